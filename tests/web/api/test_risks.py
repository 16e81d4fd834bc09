"""Heat map, risks and requests tell what the company's pages show, and not a thing more."""

import pytest

from accounts.api_tokens import Scope
from monitoring.overview.company import company_view
from register.particulars import Theme
from tests.house import ASHA, BEN, IMPORTER, QUARRY
from tests.web.api.checking import faults
from tests.web.company.test_involvement import OUTSIDE, WHY, judges
from tests.web.company.test_pages import FINDING, quarter_of_wages, refreshed
from tests.web.company.test_requests import ANSWERED, ASKED, asks, shared
from tests.web.desk.test_acts import SUMMARY
from tests.web.inside_house import OLGA, OTHER, TOLD, Inside
from tests.web.programs import program
from tests.web.sharing import taken_back
from web.api.routes import openapi
from web.inside.words import THEME_WORDS

ADDRESSES = ("/api/v1/heat-map", "/api/v1/risks", "/api/v1/requests")


async def test_the_heat_map_is_that_of_the_page(inside: Inside) -> None:
    await quarter_of_wages(inside)
    mine, olga = await program(inside, Scope.RISKS), await inside.signs_in(OLGA.id)
    told = (await mine.asks("/api/v1/heat-map")).content
    page = await olga.goes("/company/heat-map")
    quarry = next(each for each in told["places"] if each["name"] == QUARRY.name)
    (wages,) = quarry["themes"]
    assert (wages["theme"], wages["people"]) == (Theme.LIVING_WAGE, 9)
    assert "9 people" in page.text
    assert len(told["matrix"]) == 25
    (square,) = (each for each in told["matrix"] if each["risks"])
    assert square["risks"] == [wages["risk"]]
    assert (square["severity"], square["likelihood"]) == (wages["severity"], wages["likelihood"])
    assert f"/company/findings/{wages['risk']}" in page.html


async def test_risks_come_in_the_order_of_the_page_with_its_numbers(inside: Inside) -> None:
    await quarter_of_wages(inside)
    await refreshed(inside)
    mine, olga = await program(inside), await inside.signs_in(OLGA.id)
    (risk,) = (await mine.asks("/api/v1/risks")).content["risks"]
    page = await olga.goes(FINDING)
    assert page.title.startswith(THEME_WORDS[Theme(risk["theme"])])
    assert risk["quarters"][0] == {"quarter": "2026-Q3", "people": 9}
    assert {each["people"] for each in risk["quarters"][1:]} == {None}
    assert risk["rank"]["place"] == 1
    assert risk["involvement"] is None
    view = await inside.house.database.read(
        lambda tx: company_view(tx, IMPORTER.id, inside.house.clock.today)
    )
    assert view is not None
    assert [each.id for each in view.findings] == [risk["risk"]]


async def test_what_the_company_wrote_of_its_part_is_told_without_who_wrote_it(
    inside: Inside,
) -> None:
    await quarter_of_wages(inside)
    mine, olga = await program(inside), await inside.signs_in(OLGA.id)
    await judges(olga, "contribute", cause_price_pressure="yes", **OUTSIDE)
    told = await mine.asks("/api/v1/risks")
    (risk,) = told.content["risks"]
    involvement = risk["involvement"]
    assert involvement["now"] == "contribute"
    assert "stop_own_share" in involvement["obligations"]
    (entry,) = involvement["judgements"]
    assert (entry["reason"], entry["root_causes"]) == (WHY, ["price_pressure"])
    assert entry["outside"] == [
        {"by": OUTSIDE["outside_by"], "agrees": False, "words": OUTSIDE["outside_words"]}
    ]
    schema = {"$ref": "#/components/schemas/Risks"}
    assert list(faults(told.content, schema, openapi())) == []
    for name in (OLGA.id, OLGA.name, ASHA.name, TOLD):
        assert name not in told.text


async def test_what_comes_in_now_changes_neither_map_nor_risks(inside: Inside) -> None:
    refs = await quarter_of_wages(inside)
    await refreshed(inside)
    mine = await program(inside)
    before = [(await mine.asks(each)).content for each in ADDRESSES]
    for theme in ("child_labour", "living_wage", "land_rights"):
        await inside.filed(theme=theme, danger="yes", people="hundreds", group="children")
    assert [(await mine.asks(each)).content for each in ADDRESSES] == before
    await refreshed(inside)
    for address in ADDRESSES:
        told = (await mine.asks(address)).text
        assert "CANARY-STORY" not in told
        assert "child_labour" not in told
        assert not any(ref in told for ref in refs)


async def test_what_is_asked_is_told_while_its_summary_is_shared(inside: Inside) -> None:
    filed, asha = await shared(inside)
    await asks(asha)
    mine, other = await program(inside), await program(inside, organisation_id=OTHER.id)
    told = await mine.asks("/api/v1/requests")
    (asked,) = told.content["requests"]
    assert (asked["words"], asked["summary"], asked["state"]) == (ASKED, SUMMARY, "open")
    assert (await other.asks("/api/v1/requests")).content == {"requests": []}
    olga = await inside.signs_in(OLGA.id)
    page = await olga.goes(f"/company/requests/{asked['request']}")
    assert ASKED in page.text
    today = str(inside.house.clock.today)
    await olga.presses("Send the answer", kind="done", words=ANSWERED, day=today)
    told = await mine.asks("/api/v1/requests")
    (asked,) = told.content["requests"]
    assert asked["answers"] == [
        {"kind": "done", "words": ANSWERED, "day": today, "measure_on": today}
    ]
    schema = {"$ref": "#/components/schemas/Requests"}
    assert list(faults(told.content, schema, openapi())) == []
    for name in (filed.case.ref, OLGA.id, ASHA.id, BEN.id, ASHA.name, QUARRY.id, TOLD):
        assert name not in told.text
    summary = await inside.house.database.read(lambda tx: tx.summaries.of_case(filed.case.ref))
    await taken_back(inside, summary)
    assert (await mine.asks("/api/v1/requests")).content == {"requests": []}


@pytest.mark.parametrize(
    ("address", "scope"),
    [(ADDRESSES[0], Scope.RISKS), (ADDRESSES[1], Scope.RISKS), (ADDRESSES[2], Scope.REQUESTS)],
)
async def test_a_token_without_the_scope_is_told_which_it_lacks(
    inside: Inside, address: str, scope: Scope
) -> None:
    others = tuple(each for each in Scope if each is not scope)
    told = await (await program(inside, *others)).asks(address)
    assert told.status == 403
    assert f"--scope {scope}" in told.content["detail"]
    assert (await (await program(inside, scope)).asks(address)).status == 200


async def test_a_language_that_is_not_ours_is_refused(inside: Inside) -> None:
    mine = await program(inside)
    for address in ADDRESSES[:2]:
        assert (await mine.asks(f"{address}?language=xx")).status == 400
        assert (await mine.asks(f"{address}?language=nl")).status == 200


async def test_another_company_sees_its_own_alone(inside: Inside) -> None:
    await quarter_of_wages(inside)
    theirs = await program(inside, organisation_id=OTHER.id)
    assert (await theirs.asks("/api/v1/risks")).content == {"risks": []}
    assert (await theirs.asks("/api/v1/heat-map")).content["places"] == []
