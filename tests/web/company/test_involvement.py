"""An officer says how the company is tied to a risk; the log, and what the score makes of it."""

from dataclasses import replace
from typing import Any

import pytest

from monitoring.risk.involvement import Involvement, InvolvementLog, Leverage
from monitoring.risk.involving import LONGEST_REASON
from register.classification import RootCause
from register.people import Officer
from register.sites import SupplyLink
from tests.house import ASHA, IMPORTER, QUARRY
from tests.web.company.test_pages import FINDING, quarter_of_wages, without_isolates
from tests.web.inside_house import OLGA, RIVAL, TOLD, Inside
from tests.web.visiting import SeenPage, Visiting

PAGE = f"{FINDING}/involvement"
KEEP = "Keep this judgement"
WHY = "We pressed the price <twice> in a year."
OUTSIDE = {
    "outside_by": "Stone Union",
    "outside_agrees": "no",
    "outside_day": "2026-01-01",
    "outside_words": "It is worse than you say.",
}


async def officer(inside: Inside) -> Visiting:
    await quarter_of_wages(inside)
    return await inside.signs_in(OLGA.id)


async def judges(olga: Visiting, involvement: str, reason: str = WHY, **more: str) -> SeenPage:
    await olga.goes(PAGE)
    return await olga.presses(KEEP, involvement=involvement, reason=reason, **more)


async def log(inside: Inside) -> InvolvementLog | None:
    return await inside.house.database.read(
        lambda tx: tx.involvements.get(IMPORTER.id, f"{QUARRY.id}.living_wage")
    )


async def chains_described(olga: Visiting) -> bool:
    page = await olga.goes("/company/score/questions/2.3.7")
    return "For 0 of" not in page.text and "chains it is described" in page.text


async def test_the_page_says_what_to_do_while_nobody_has_looked(inside: Inside) -> None:
    olga = await officer(inside)
    page = await olga.goes(FINDING)
    assert f'href="{PAGE}"' in page.html
    page = await olga.goes(PAGE)
    assert "Nobody has looked at this yet." in page.text
    assert "enough by itself for the harm to happen" in page.text
    assert "nothing for wages or safety" in page.text
    assert "only through a supplier" in page.text
    assert "It is not yet known how you are involved" in page.text


async def test_the_page_shows_released_facts_and_nothing_that_was_told(inside: Inside) -> None:
    olga = await officer(inside)
    page = await olga.goes(PAGE)
    assert "9" in page.text
    assert TOLD not in page.text
    assert ASHA.name not in page.text


async def test_a_judgement_is_kept_with_who_when_causes_and_influence(inside: Inside) -> None:
    olga = await officer(inside)
    page = await judges(
        olga,
        "contribute",
        cause_price_pressure="yes",
        cause_custom="yes",
        leverage_large_buyer="yes",
        leverage_words="A fixed price for two years.",
    )
    text = without_isolates(page.text)
    for wanted in (
        "Kept. What follows from it stands below",
        "You contribute to it",
        "Make your own share good.",
        f"2026, {OLGA.name}",
        "We pressed the price <twice> in a year.",
        "Buyers press the price; It was always done so",
        "You buy a large part of what they make",
        "A fixed price for two years.",
    ):
        assert wanted in text, wanted
    assert "<twice>" not in page.html
    kept = await log(inside)
    assert kept is not None
    (entry,) = kept.entries
    assert entry.involvement is Involvement.CONTRIBUTE
    assert entry.root_causes == {RootCause.PRICE_PRESSURE, RootCause.CUSTOM}
    assert entry.leverage == {Leverage.LARGE_BUYER}
    assert (entry.by, entry.day) == (OLGA.id, inside.house.clock.today)
    assert "You contribute to it" in (await olga.goes(FINDING)).text


async def test_a_later_judgement_leaves_the_earlier_one_to_be_read(inside: Inside) -> None:
    olga = await officer(inside)
    await judges(olga, "linked", "Through a trader.")
    page = await judges(olga, "cause", "We locked the door ourselves.")
    assert "Through a trader." in page.text
    assert "We locked the door ourselves." in page.text
    assert "You cause it" in (await olga.goes(FINDING)).text


async def test_the_score_has_its_evidence_once_it_is_described(inside: Inside) -> None:
    olga = await officer(inside)
    assert not await chains_described(olga)
    await judges(olga, "unknown", "We ask the trader by June.")
    assert not await chains_described(olga)
    await judges(olga, "linked", "Through a trader.")
    assert await chains_described(olga)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"reason": "x"}, "Please choose one of the four."),
        ({"involvement": "owner", "reason": "x"}, "Please choose one of the four."),
        ({"involvement": "linked", "reason": " "}, "Please write why."),
        ({"reason": " "}, "Please write why."),
        ({"involvement": "linked", "reason": "x" * (LONGEST_REASON + 1)}, "This is too long."),
        (
            {"involvement": "linked", "reason": "x", "leverage_words": "y" * (LONGEST_REASON + 1)},
            "This is too long.",
        ),
        (
            {"involvement": "linked", "reason": "x", "outside_by": "Union"},
            "Please say whether they see it as you do.",
        ),
        ({"involvement": "linked", "reason": "x", "outside_words": "No."}, "Please give a day."),
        (
            {"involvement": "linked", "reason": "x", **OUTSIDE, "outside_by": ""},
            "Please say which organisation it was.",
        ),
        (
            {"involvement": "linked", "reason": "x", **OUTSIDE, "outside_day": "2099-01-01"},
            "This day is still to come.",
        ),
        (
            {"involvement": "linked", "reason": "x", **OUTSIDE, "outside_words": "y" * 2001},
            "is too long",
        ),
    ],
)
async def test_what_is_not_whole_is_said_and_nothing_is_kept(
    inside: Inside, sent: dict[str, str], said: str
) -> None:
    olga = await officer(inside)
    await olga.goes(PAGE)
    page = await olga.presses(KEEP, **sent)
    assert page.status == 422
    assert said in page.text
    assert 'href="#' in page.html
    if sent.get("reason", "").strip():
        assert sent["reason"] in page.text
    assert await log(inside) is None


async def test_less_than_before_needs_a_word_from_outside_that_stays(inside: Inside) -> None:
    olga = await officer(inside)
    await judges(olga, "contribute")
    page = await judges(olga, "linked", "The trader set the price.")
    assert page.status == 422
    assert "Ask somebody outside first" in page.text
    page = await judges(olga, "linked", "The trader set the price.", **OUTSIDE)
    assert page.status == 200
    assert "Stone Union disagrees: It is worse than you say." in without_isolates(page.text)


async def test_what_was_known_does_not_become_unknown(inside: Inside) -> None:
    olga = await officer(inside)
    await judges(olga, "linked")
    page = await olga.goes(PAGE)
    assert "It is not yet known how you are involved" not in page.text
    page = await judges(olga, "unknown", "We forgot.", **OUTSIDE)
    assert page.status == 422
    assert "It was known before." in page.text


async def test_two_officers_do_not_write_over_each_other_unseen(inside: Inside) -> None:
    olga = await officer(inside)
    await olga.goes(PAGE)
    other = await inside.signs_in(OLGA.id)
    await judges(other, "linked", "Through a trader.")
    page = await olga.presses(KEEP, involvement="cause", reason="We locked the door.")
    assert page.status == 409
    assert "A colleague wrote something here in the meantime" in page.text
    assert "We locked the door." in page.text
    assert "Through a trader." in page.text
    kept = await log(inside)
    assert kept is not None and len(kept.entries) == 1
    page = await olga.presses(KEEP, involvement="cause", reason="We locked the door.")
    assert page.status == 200
    kept = await log(inside)
    assert kept is not None
    assert [each.involvement for each in kept.entries] == [Involvement.LINKED, Involvement.CAUSE]


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "٣"])
async def test_a_form_without_a_version_is_taken_for_an_old_one(
    inside: Inside, version: str
) -> None:
    olga = await officer(inside)
    page = await inside.posts(olga, PAGE, involvement="linked", reason="x", version=version)
    assert page.status == 409
    assert await log(inside) is None


async def test_a_step_is_written_down_and_counts_as_effort(inside: Inside) -> None:
    olga = await officer(inside)
    await judges(olga, "linked")
    await olga.goes(PAGE)
    today = inside.house.clock.today
    page = await olga.presses("Keep this step", effort="A talk with the trader.")
    assert "A talk with the trader." in page.text
    kept = await log(inside)
    assert kept is not None
    assert kept.efforts == (today,)
    page = await olga.presses("Keep this step", effort=" ")
    assert (page.status, "Please write why" in page.text) == (422, True)
    page = await olga.presses("Keep this step", effort="Soon.", effort_day="2099-01-01")
    assert "This day is still to come." in page.text
    page = await olga.presses("Keep this step", effort="Once.", effort_day="soon")
    assert "Please give a day." in page.text
    kept = await log(inside)
    assert kept is not None
    assert len(kept.acts) == 1


async def test_what_happens_at_its_own_site_a_company_causes(inside: Inside) -> None:
    olga = await officer(inside)

    def own(tx: Any) -> None:
        for link in tx.sites.links_of(IMPORTER.id):
            if link.site_id == QUARRY.id:
                tx.sites.remove_link(link)
        tx.sites.put_link(SupplyLink(organisation_id=IMPORTER.id, site_id=QUARRY.id, tier=0))

    await inside.house.database.transaction(own)
    page = await olga.goes(PAGE)
    assert "It is your own site." in page.text
    assert "You are linked to it" not in page.text
    version = {"version": "0"}
    page = await inside.posts(olga, PAGE, involvement="linked", reason="x", **version)
    assert (page.status, "What happens there, you cause." in page.text) == (422, True)
    page = await inside.posts(olga, PAGE, involvement="cause", reason="Our shift.", **version)
    assert page.status == 200
    kept = await log(inside)
    assert kept is not None and kept.entries[-1].ground == "own_site"


async def test_the_risk_of_another_company_is_not_there_to_judge(inside: Inside) -> None:
    await quarter_of_wages(inside)
    rival = await inside.signs_in(RIVAL.id)
    assert (await rival.goes(PAGE)).status == 404
    for path in (PAGE, f"{PAGE}/effort"):
        sent = {"involvement": "linked", "reason": "x", "version": "0", "effort": "x"}
        sent["effort_day"] = "2026-01-01"
        assert (await inside.posts(rival, path, **sent)).status == 404
    assert await log(inside) is None


async def test_an_officer_who_left_judges_nothing(inside: Inside) -> None:
    olga = await officer(inside)
    await olga.goes(PAGE)
    gone = Officer(id=OLGA.id, name=OLGA.name, organisation_id=IMPORTER.id, is_active=False)
    await inside.house.database.transaction(lambda tx: tx.people.put_officer(gone))
    page = await olga.presses(KEEP, involvement="linked", reason="x")
    assert page.status == 403
    assert await log(inside) is None


async def test_dutch_officers_judge_in_dutch(inside: Inside) -> None:
    await quarter_of_wages(inside)
    dutch = replace(inside.accounts[OLGA.id], language="nl")
    await inside.house.database.transaction(lambda tx: tx.accounts.put(dutch))
    visitor = await inside.signs_in(OLGA.id)
    page = await visitor.goes(PAGE)
    assert "Zeg hoe je erbij betrokken bent" in page.text
    page = await visitor.presses("Bewaar dit oordeel", involvement="linked")
    assert "Schrijf waarom." in page.text
