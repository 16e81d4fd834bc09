"""The list of cases: urgent first, what is overdue in words, a page at a time."""

import pytest

from register.people import ConflictOfInterest, TieTo
from tests.house import ASHA, BEN, FACTORY, QUARRY, URSULA
from tests.web.inside_house import Inside
from web.desk.inbox import PAGE, wanted_in


async def test_an_empty_desk_says_what_to_do(inside: Inside) -> None:
    asha = await inside.signs_in(ASHA.id)
    page = await asha.goes("/desk")
    assert "Nothing waits for you" in page.text
    assert "Look at your ties" in page.text


async def test_only_cases_that_are_sealed_to_them_are_listed(inside: Inside) -> None:
    filed = await inside.filed()
    urgent = await inside.filed(danger="yes")
    asha, ursula = await inside.signs_in(ASHA.id), await inside.signs_in(URSULA.id)
    hers, theirs = await asha.goes("/desk"), await ursula.goes("/desk")
    assert filed.address in hers.html
    assert urgent.address not in hers.html
    assert urgent.address in theirs.html
    assert filed.address not in theirs.html


async def test_of_a_case_with_a_tie_only_that_it_is_there_is_listed(inside: Inside) -> None:
    filed = await inside.filed(theme="land_rights")
    tie = ConflictOfInterest(
        tie=TieTo.SITE, subject=QUARRY.id, declared_on=inside.house.clock.today
    )
    await inside.house.database.transaction(lambda tx: tx.people.declare(ASHA.id, tie))
    asha = await inside.signs_in(ASHA.id)
    page = await asha.goes("/desk")
    assert filed.address in page.html
    assert "Not for you to read: please hand it on" in page.text
    listed = page.html.split('class="cases"')[1]
    assert "Land rights" not in listed
    assert QUARRY.name not in listed


async def test_what_presses_stands_first_and_no_word_of_it_is_listed(inside: Inside) -> None:
    normal = await inside.filed()
    soon = await inside.filed(danger="unsure")
    ben = await inside.signs_in(BEN.id)
    page = await ben.goes("/desk")
    assert page.html.index(soon.address) < page.html.index(normal.address)
    assert "foreman" not in page.html


async def test_overdue_is_said_in_words(inside: Inside) -> None:
    await inside.filed()
    inside.house.clock.pass_days(8)
    asha = await inside.signs_in(ASHA.id)
    page = await asha.goes("/desk")
    assert "Overdue since 10 August 2026" in page.text
    assert "1 is overdue." in page.text


async def test_beyond_a_thousand_it_is_said_that_there_are_more(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.desk.inbox.MOST_COUNTED", 1)
    for _ in range(3):
        await inside.filed()
    inside.house.clock.pass_days(8)
    asha = await inside.signs_in(ASHA.id)
    page = await asha.goes("/desk")
    assert "More than 1 are overdue." in page.text


async def test_choices_leave_out_what_does_not_fit(inside: Inside) -> None:
    wage = await inside.filed(theme="living_wage")
    dust = await inside.filed(site=FACTORY.id)
    asha = await inside.signs_in(ASHA.id)
    for query, shown, hidden in (
        ("theme=living_wage", wage, dust),
        (f"site={FACTORY.id}", dust, wage),
        (f"site={QUARRY.id}&status=received", wage, dust),
    ):
        page = await asha.goes(f"/desk?{query}")
        assert shown.address in page.html
        assert hidden.address not in page.html
    page = await asha.goes("/desk?status=closed")
    assert "No case fits this choice" in page.text


async def test_pages_follow_each_other_and_none_is_left_out(inside: Inside) -> None:
    filed = [await inside.filed() for _ in range(PAGE + 3)]
    asha = await inside.signs_in(ASHA.id)
    first = await asha.goes("/desk")
    following = next(
        part.split('"')[0] for part in first.html.split('href="') if part.startswith("/desk?after=")
    )
    second = await asha.goes(following.replace("&amp;", "&"))
    listed = [each.address in first.html for each in filed]
    later = [each.address in second.html for each in filed]
    assert sum(listed) == PAGE
    assert all(one != other for one, other in zip(listed, later, strict=True))


def test_codes_that_nobody_knows_are_passed_over() -> None:
    query = {"status": "x", "theme": "'", "site": "../..", "after": "9.x.y"}
    assert not wanted_in(query).is_filtered
    assert wanted_in({"after": "1.2026-13-45." + "a" * 26}).after is None
    assert wanted_in({"after": "1.." + "a" * 26}).after is not None
