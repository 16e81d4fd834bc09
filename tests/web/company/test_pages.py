"""What officers see: released figures of their own organisation, and nothing else."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from consultations.invitation import Invitation
from consultations.ratings import StakeholderRating
from consultations.round import Round, RoundStatus
from monitoring.overview.organisations import refresh_organisation
from monitoring.risk.involvement import (
    Involvement,
    InvolvementEntry,
    InvolvementGround,
    InvolvementLog,
    OutsideView,
)
from register.particulars import AnonymityLevel, Theme
from register.sites import Site, SiteKind, SupplyLink
from sealing.identifiers import new_id
from tests.house import IMPORTER, QUARRY
from tests.web.inside_house import OLGA, RIVAL, Inside
from tests.web.visiting import Visiting

PAGES = (
    "/company",
    "/company/register",
    "/company/heat-map",
    "/company/findings",
    "/company/score",
    "/company/score/print",
    "/company/score/questions/2.2.5",
)
TOLD = (
    ("living_wage", 9),
    ("health_safety", 3),
    ("land_rights", 4),
    ("living_environment", 4),
    ("other", 4),
)
"""Enough in each hidden number for the others to hide behind, so that nine stays shown (K3)."""
FINDING = f"/company/findings/{QUARRY.id}.living_wage"


async def quarter_of_wages(inside: Inside) -> list[str]:
    """Nine people tell of wages and a few of each other thing; the quarter is released."""
    refs = []
    for theme, people in TOLD:
        for number in range(people):
            filed = await inside.filed(theme=theme, told=f"CANARY-STORY {theme} {number}")
            refs.append(filed.case.ref)
    await inside.closes_quarter()
    return refs


def without_isolates(text: str) -> str:
    """As it is read: names inside a sentence are fenced by signs that nobody sees."""
    return re.sub("[\u2066-\u2069]", "", text)


async def refreshed(inside: Inside) -> None:
    today = inside.house.clock.today
    await inside.house.database.transaction(lambda tx: refresh_organisation(tx, IMPORTER.id, today))


async def seen(visitor: Visiting) -> dict[str, str]:
    """All pages, without what differs between two looks at the same thing."""
    return {
        path: re.sub(r'name="form_token" value="\w+"', "", (await visitor.goes(path)).html)
        for path in (*PAGES, FINDING)
    }


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_has_something_to_say_before_anything_happened(
    inside: Inside, path: str
) -> None:
    olga = await inside.signs_in(OLGA.id)
    page = await olga.goes(path)
    assert page.status == 200


async def test_a_number_of_enough_people_is_shown_and_smaller_ones_look_like_none(
    inside: Inside,
) -> None:
    await quarter_of_wages(inside)
    olga = await inside.signs_in(OLGA.id)
    page = await olga.goes("/company/register?quarter=2026-Q3")
    numbers = row_of(page.html, "Rajnagar Quarry 3")
    assert len(numbers) == len(Theme) + 1
    assert numbers["Living wage"] == "9"
    for hidden in ("Health and safety", "Land rights", "Child labour"):
        assert numbers[hidden] == "–too few to show"


def row_of(html: str, place: str) -> dict[str, str]:
    """What stands in the row of a place, by column."""
    table = next(each for each in html.split("<table>") if place in each)
    columns = re.findall(r'<th scope="col">([^<]*)</th>', table)
    row = re.search(rf"{place}</th>(.*?)</tr>", table, re.DOTALL)
    assert row is not None
    cells = re.findall(r"<td[^>]*>(.*?)</td>", row[1])
    texts = (re.sub(r"<[^>]*>", "", cell) for cell in cells)
    return dict(zip(columns[1:], texts, strict=True))


async def test_nothing_that_anybody_told_and_no_case_is_on_any_page(inside: Inside) -> None:
    refs = await quarter_of_wages(inside)
    olga = await inside.signs_in(OLGA.id)
    for path, html in (await seen(olga)).items():
        assert "CANARY-STORY" not in html, path
        assert not any(ref in html for ref in refs), path


async def test_what_comes_in_now_changes_no_page_of_the_company(inside: Inside) -> None:
    await quarter_of_wages(inside)
    olga = await inside.signs_in(OLGA.id)
    before = await seen(olga)
    for theme in ("child_labour", "living_wage", "land_rights", "health_safety"):
        await inside.filed(theme=theme, danger="yes", people="hundreds", group="children")
    await refreshed(inside)
    assert await seen(olga) == before


async def test_an_officer_sees_nothing_of_another_company(inside: Inside) -> None:
    await quarter_of_wages(inside)
    rival = await inside.signs_in(RIVAL.id)
    for path in PAGES:
        page = await rival.goes(path)
        assert page.status == 200
        for theirs in (IMPORTER.name, QUARRY.name, QUARRY.id):
            assert theirs not in page.html, path
    assert (await rival.goes(FINDING)).status == 404
    query = await rival.goes(f"/company/register?organisation={IMPORTER.id}")
    assert QUARRY.name not in query.text


async def test_an_officer_who_left_or_moved_sees_nothing(inside: Inside) -> None:
    olga = await inside.signs_in(OLGA.id)
    for gone in (
        replace(OLGA, is_active=False),
        replace(OLGA, organisation_id=RIVAL.organisation_id),
    ):
        await inside.house.database.transaction(lambda tx, gone=gone: tx.people.put_officer(gone))
        for path in PAGES:
            assert (await olga.goes(path)).status == 403, path
        posted = await inside.posts(olga, "/company/score/questions/2.2.5", part="2")
        assert posted.status == 403


async def test_a_quarter_that_is_not_shown_leads_to_the_newest(inside: Inside) -> None:
    olga = await inside.signs_in(OLGA.id)
    for asked in ("2026-Q3", "1999-Q1", "<b>", "2026-Q4"):
        page = await olga.goes(f"/company/register?quarter={asked}")
        assert "2026-Q2" in page.title
        assert "<b>" not in page.html


async def test_the_heat_map_says_in_words_what_it_colours(inside: Inside) -> None:
    await quarter_of_wages(inside)
    olga = await inside.signs_in(OLGA.id)
    page = await olga.goes("/company/heat-map")
    assert "Act first" in page.text
    assert re.search(r"Serious\s+Certain\s+9 people", page.text)
    assert "9 people" in page.text
    assert f'href="{FINDING}"' in page.html
    assert "Unheard: much can go wrong here" in page.text
    square = await olga.goes("/company/findings?severity=3&likelihood=5")
    assert "Living wage – Rajnagar Quarry 3" in square.text
    other = await olga.goes("/company/findings?severity=1&likelihood=1")
    assert "No risk can be shown" in other.text


async def test_a_risk_says_what_it_weighs_and_why_it_was_chosen(inside: Inside) -> None:
    await quarter_of_wages(inside)
    log = InvolvementLog(
        organisation_id=IMPORTER.id,
        finding_id=f"{QUARRY.id}.living_wage",
        is_own_site=False,
        entries=(
            InvolvementEntry(
                day=inside.house.clock.today,
                involvement=Involvement.CONTRIBUTE,
                ground=InvolvementGround.ASSESSED,
                reason="Prices were pressed twice.",
                by=OLGA.id,
                outside=(
                    OutsideView(
                        day=inside.house.clock.today,
                        by="Stone Union",
                        agrees=False,
                        words="It is worse.",
                    ),
                ),
            ),
        ),
    )
    await inside.house.database.transaction(lambda tx: tx.involvements.put(log))
    olga = await inside.signs_in(OLGA.id)
    page = await olga.goes(FINDING)
    for wanted in (
        "Health, income or dignity is hurt.",
        "Next by severity and likelihood",
        "You contribute to it",
        "Make your own share good.",
        "Stone Union disagrees: It is worse.",
    ):
        assert wanted in without_isolates(page.text)


async def test_a_risk_is_put_off_or_chosen_with_a_reason_that_stays(inside: Inside) -> None:
    await quarter_of_wages(inside)
    olga = await inside.signs_in(OLGA.id)
    await olga.goes(FINDING)
    page = await olga.presses("Put it off", reason=" ")
    assert page.status == 422
    assert "Please give the reason" in page.text
    page = await olga.presses("Put it off", reason="First the <dam> is mended.")
    assert "Put off for the reason given. First the <dam> is mended." in without_isolates(page.text)
    assert "<dam>" not in page.html
    assert "Looked at again by" in page.text
    await refreshed(inside)
    assert "Put off for the reason given." in (await olga.goes(FINDING)).text
    page = await olga.presses("Deal with it now", reason="The dam is mended.")
    assert "Chosen for the reason given. The dam is mended." in without_isolates(page.text)


async def test_the_most_severe_cannot_be_put_off(inside: Inside) -> None:
    for _ in range(12):
        await inside.filed(theme="forced_labour")
    await inside.closes_quarter()
    olga = await inside.signs_in(OLGA.id)
    address = f"/company/findings/{QUARRY.id}.forced_labour"
    page = await olga.goes(address)
    assert not page.has_button("Put it off")
    page = await inside.posts(olga, f"{address}/choice", do="postpone", reason="Later.")
    assert page.status == 422
    assert "cannot be put off" in page.text
    assert (await inside.posts(olga, f"{address}/choice", do="drop")).status == 400
    rival = await inside.signs_in(RIVAL.id)
    theirs = await inside.posts(rival, f"{address}/choice", do="choose", reason="x")
    assert theirs.status == 404


async def test_ratings_are_a_picture_that_points_at_nobody_but_open_voices(inside: Inside) -> None:
    await quarter_of_wages(inside)
    today = inside.house.clock.today
    round_ = Round(
        id=new_id(),
        organisation_id=IMPORTER.id,
        site_ids=(QUARRY.id,),
        status=RoundStatus.CLOSED,
        opens=today - timedelta(days=40),
        closes=today - timedelta(days=10),
        feedback_by=today - timedelta(days=1),
    )
    grades = (2, 4, 4, 5, 5, 5)
    closed = AnonymityLevel.ANONYMOUS

    def rating(name: str, grade: int, anonymity: AnonymityLevel) -> StakeholderRating:
        return StakeholderRating(
            round_id=round_.id,
            participant=name,
            site_id=QUARRY.id,
            theme=Theme.LIVING_WAGE,
            day=today - timedelta(days=20),
            anonymity=anonymity,
            gravity=grade,
            scope=3,
            irremediability=2,
            likelihood=grade,
        )

    def work(tx: object) -> None:
        tx.rounds.put(round_)
        for number, grade in enumerate(grades):
            each = rating(f"participant{number}", grade, closed)
            tx.ratings.replace(round_.id, each.participant, QUARRY.id, (each,))
        voice = rating("open-one", 1, AnonymityLevel.OPEN)
        tx.ratings.replace(round_.id, voice.participant, QUARRY.id, (voice,))
        tx.invitations.put(
            Invitation(
                id=new_id(),
                round_id=round_.id,
                participant="open-one",
                token_digest="d" * 64,
                label="Stone Workers Union",
                anonymity=AnonymityLevel.OPEN,
                made=today,
                lapses=today,
                language="en",
            )
        )

    await inside.house.database.transaction(work)
    await refreshed(inside)
    olga = await inside.signs_in(OLGA.id)
    page = await olga.goes(FINDING)
    assert "the middle is 5 of 5" in page.text
    assert "Stone Workers Union says 1." in without_isolates(page.text)
    assert page.html.count('class="voice"') == len(("gravity", "scope", "hard", "likely"))
    assert page.html.count('class="middle"') == len(("gravity", "scope", "hard", "likely"))
    assert "participant0" not in page.html
    assert "1 consultation round is waiting for your answer" in (await olga.goes("/company")).text


async def test_small_sites_together_have_a_page_of_their_own(inside: Inside) -> None:
    small = [
        Site(
            id=new_id(),
            code=f"SM{n}",
            name=f"Small {n}",
            country="IN",
            region="Rājasthān / North",
            kind=SiteKind.QUARRY,
            workers=10,
        )
        for n in range(3)
    ]

    def work(tx: object) -> None:
        for site in small:
            tx.sites.put_site(site)
            tx.sites.put_link(SupplyLink(organisation_id=IMPORTER.id, site_id=site.id))

    await inside.house.database.transaction(work)
    for site in small:
        for _ in range(3):
            await inside.filed(site=site.id, theme="living_wage", sites=small)
    await inside.closes_quarter()
    olga = await inside.signs_in(OLGA.id)
    page = await olga.goes("/company/findings")
    (address,) = set(re.findall(r'href="(/company/findings/[^"]*%20[^"]*)"', page.html))
    page = await olga.goes(address)
    assert page.status == 200
    assert "Small sites in Rājasthān / North, India" in without_isolates(page.text)


async def test_a_statement_is_kept_counted_apart_and_taken_back(inside: Inside) -> None:
    olga = await inside.signs_in(OLGA.id)
    await olga.goes("/company/score/questions/1.1.8")
    page = await olga.presses("State it", part="2", document="Minutes of 3 May, <page> 4")
    assert "Kept as a statement of the company." in page.text
    assert "stated by the company" in page.text
    assert "Minutes of 3 May, <page> 4" in page.text
    assert "<page>" not in page.html
    page = await olga.presses("Take back")
    assert "The statement is taken back." in page.text
    assert "Minutes" not in page.text


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("part", "", "Please choose a part of the question."),
        ("part", "nonsense", "Please choose a part of the question."),
        ("document", " ", "Please say in which document it can be looked up."),
        ("stated_by", "", "Please say who answers for it."),
        ("day", "yesterday", "Please give a day."),
        ("day", "2030-01-01", "This day is still to come."),
        ("document", "x" * 501, "This is too long."),
    ],
)
async def test_a_statement_that_is_not_whole_is_said_beside_its_field(
    inside: Inside, field: str, typed: str, says: str
) -> None:
    olga = await inside.signs_in(OLGA.id)
    await olga.goes("/company/score/questions/1.1.8")
    whole = {"part": "2", "document": "Minutes", "stated_by": "O. Officer", "day": "2026-08-01"}
    page = await olga.presses("State it", **{**whole, field: typed})
    assert page.status == 422
    assert says in page.text
    assert f'href="#{field}"' in page.html
    kept = await inside.house.database.read(lambda tx: tx.attestations.of_organisation(IMPORTER.id))
    assert kept == ()


async def test_a_share_is_stated_as_a_number(inside: Inside) -> None:
    olga = await inside.signs_in(OLGA.id)
    path = "/company/score/questions/2.3.7"
    await olga.goes(path)
    page = await olga.presses("State it", part="percent", percent="62,5", document="Map")
    assert "62.5%" in page.text
    page = await olga.presses("State it", part="percent", percent="101", document="Map")
    assert "A share is a number from 0 to 100." in page.text


async def test_a_question_that_is_not_asked_is_not_there(inside: Inside) -> None:
    olga = await inside.signs_in(OLGA.id)
    assert (await olga.goes("/company/score/questions/9.9.9")).status == 404
    posted = await inside.posts(olga, "/company/score/questions/9.9.9", part="1")
    assert posted.status == 404


async def test_the_score_shows_both_totals_and_which_one_decides(inside: Inside) -> None:
    olga = await inside.signs_in(OLGA.id)
    page = await olga.goes("/company/score")
    assert "by the sum of the questions decides" in page.text
    assert "252" in page.text
    assert "by the published total" in page.text
    assert "What level 1 still asks" in page.text


async def test_on_paper_every_question_stands_open(inside: Inside) -> None:
    olga = await inside.signs_in(OLGA.id)
    page = await olga.goes("/company/score/print")
    assert page.html.count("<details") == page.html.count(" open>")
