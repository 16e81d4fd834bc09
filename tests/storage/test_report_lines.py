"""What releases count: line by line, gathered in pages, and after a case changed."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from register.case import Case
from register.filing import Filing
from register.particulars import Group, Particulars, Theme
from register.quarters import Quarter
from register.release import Report, report_of
from register.routing import Urgency
from sealing.identifiers import new_id
from storage import releases
from storage.report_lines import (
    THEME_NUMBERS,
    UnreadableReportError,
    line_of,
    page_of,
    report_in,
    reports_in,
)
from storage.tables import CASE_ORGANISATIONS
from storage.tally_lines import GROUP_NUMBERS
from tests.storage.ground import TODAY, Ground, case, changed, filing, organisation

THIS = Quarter.of(TODAY)
SITE = "s" * 26

DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2060, 1, 1))
REPORTS = st.builds(
    Report,
    reporter_tag=st.text(max_size=30),
    site_id=st.sampled_from([SITE, "quarry", "2" * 26]),
    theme=st.sampled_from(Theme),
    group=st.sampled_from(Group),
    filed_on=DAYS,
    acknowledged_on=st.none() | DAYS,
    feedback_on=st.none() | DAYS,
)


def test_every_theme_and_group_has_a_number_of_its_own() -> None:
    for numbers, kind in ((THEME_NUMBERS, Theme), (GROUP_NUMBERS, Group)):
        assert set(numbers) == set(kind)
        assert len(set(numbers.values())) == len(kind)


@given(REPORTS, REPORTS)
def test_a_line_says_what_was_counted(one: Report, other: Report) -> None:
    read, read_other = report_in(line_of(one)), report_in(line_of(other))
    assert read == one._replace(reporter_tag=read.reporter_tag)
    assert (read.reporter_tag == read_other.reporter_tag) == (
        one.reporter_tag == other.reporter_tag
    )


@given(st.lists(REPORTS, max_size=5))
def test_a_page_holds_the_lines(reports: list[Report]) -> None:
    lines = [line_of(each) for each in reports]
    page = page_of([(new_id(), line) for line in lines])
    assert [report for _, report in reports_in(page)] == [report_in(line) for line in lines]


@pytest.mark.parametrize("stored", [b"", b"\x01{}", b"\x02short", b"\x03" + bytes(48)])
def test_other_bytes_are_refused_without_saying_what_they_hold(stored: bytes) -> None:
    for read in (report_in, lambda page: list(reports_in(page + b"x"))):
        with pytest.raises(UnreadableReportError, match="not of a known form"):
            read(stored)


def counted(organisation_id: str, tag: str | None = None) -> Case:
    return case(
        organisation_ids=(organisation_id,),
        particulars=Particulars(site_id=SITE, theme=Theme.LIVING_WAGE),
        reporter_tag=tag,
    )


def filed(ground: Ground, number: int) -> tuple[str, list[Filing]]:
    """An organisation, and cases that are filed about it."""
    ours = organisation()
    filings = [filing(counted(ours.id)) for _ in range(number)]
    with ground.writing() as tx:
        tx.sites.put_organisation(ours)
        for each in filings:
            tx.cases.add(each)
    return ours.id, filings


def gather(ground: Ground) -> list[int]:
    """Until nothing is left to gather; how many went into each page."""
    gathered = []
    while True:
        with ground.writing() as tx:
            number = tx.releases.gather()
        if not number:
            return gathered
        gathered.append(number)


def reports_of(ground: Ground, organisation_id: str) -> Counter[Report]:
    with ground.reading() as tx:
        return Counter(tx.releases.reports(organisation_id, THIS))


def test_a_report_does_not_show_who_it_was() -> None:
    assert "only-me" not in repr(report_of(counted(new_id(), tag="only-me")))


def test_gathered_cases_count_once_and_as_they_are_now(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releases, "WORTH_A_PAGE", 3)
    monkeypatch.setattr(releases, "LINES_OF_A_PAGE", 4)
    ours, filings = filed(ground, 9)
    before = reports_of(ground, ours)
    assert before.total() == 9
    assert gather(ground) == [4, 4]
    assert reports_of(ground, ours) == before

    # The last by reference stands apart still; the first is in a page.
    first = min((each.case for each in filings), key=lambda case: case.ref)
    with ground.writing() as tx:
        tx.cases.keep(*changed(first, acknowledged_on=TODAY))
    after = reports_of(ground, ours)
    assert after.total() == 9
    assert sum(each.acknowledged_on == TODAY for each in after) == 1

    monkeypatch.setattr(releases, "WORTH_A_PAGE", 1)
    assert sum(gather(ground)) == 2
    assert reports_of(ground, ours) == after


def test_a_change_that_no_release_counts_leaves_the_page_alone(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releases, "WORTH_A_PAGE", 1)
    _, (one,) = filed(ground, 1)
    assert gather(ground) == [1]
    with ground.writing() as tx:
        tx.cases.keep(*changed(one.case, urgency=Urgency.URGENT))
    assert gather(ground) == []


def test_pages_of_long_ago_are_forgotten(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(releases, "WORTH_A_PAGE", 1)
    ours, _ = filed(ground, 1)
    gather(ground)
    with ground.writing() as tx:
        tx.releases.forget_gathered(THIS)
    assert reports_of(ground, ours).total() == 1
    with ground.writing() as tx:
        tx.releases.forget_gathered(THIS.next)
    assert reports_of(ground, ours).total() == 0


def test_a_line_without_days_is_read_from_its_case(ground: Ground) -> None:
    ours, (one,) = filed(ground, 1)
    before = reports_of(ground, ours)
    old = ground.key_ring.seal_row("case_organisations", "report", one.case.ref, b"\x01{}")
    with ground.engine.begin() as connection:
        connection.execute(update(CASE_ORGANISATIONS), {"report_sealed": old})
    assert reports_of(ground, ours) == before


def test_of_others_are_read_the_cases_at_the_shared_sites_that_one_lacks(ground: Ground) -> None:
    """Once each, however many of the others have them; what others have elsewhere is not read."""
    late, early, third = (organisation() for _ in range(3))

    def at(site_id: str, *having: str) -> Filing:
        told = Particulars(site_id=site_id, theme=Theme.LIVING_WAGE)
        return filing(case(particulars=told, organisation_ids=having))

    lacking = at(SITE, early.id, third.id)
    with ground.writing() as tx:
        for each in (late, early, third):
            tx.sites.put_organisation(each)
        for each in (lacking, at(SITE, early.id, late.id), at("e" * 26, early.id)):
            tx.cases.add(each)
    with ground.reading() as tx:
        found = list(tx.releases.reports_of_others(late.id, (early.id, third.id), THIS, {SITE}))
        wanted = report_of(lacking.case)
        assert wanted is not None
        assert [each._replace(reporter_tag="") for each in found] == [
            wanted._replace(reporter_tag="")
        ]
        assert list(tx.releases.reports_of_others(late.id, (early.id,), THIS, ())) == []
