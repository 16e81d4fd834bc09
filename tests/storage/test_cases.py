"""The shelf of cases: what goes in comes out, pages skip and repeat nothing, counts are true."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.case import Case, CaseStatus
from register.errors import StaleCaseError
from register.hold import Hold, HoldReason
from register.particulars import Particulars, Theme
from register.ports import HeldCursor, InboxCursor, InboxFilter
from register.quarters import Quarter
from register.release import report_of
from register.routing import Urgency
from sealing.identifiers import new_id
from sealing.seal import seal
from tests.storage.ground import (
    TODAY,
    Ground,
    case,
    changed,
    envelope,
    filing,
    handler,
    organisation,
    somebody,
)

SAME_DATABASE = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
THEMES = (Theme.HEALTH_SAFETY, Theme.LIVING_WAGE)
STATUSES = (CaseStatus.RECEIVED, CaseStatus.ASSESSING, CaseStatus.CLOSED)
SITES = ("s" * 26, "t" * 26, None)
_RANK = {Urgency.URGENT: 0, Urgency.SOON: 1, Urgency.NORMAL: 2}


def with_handlers(ground: Ground, number: int) -> list[str]:
    handlers = [handler() for _ in range(number)]
    with ground.writing() as tx:
        for each in handlers:
            tx.people.put_handler(each, None)
    return [each.id for each in handlers]


def test_a_filed_case_is_found_with_all_that_belongs_to_it(ground: Ground) -> None:
    (asha,) = with_handlers(ground, 1)
    blobs = (new_id(), new_id())
    filed = filing(case(handler_ids=(asha,), due_on=TODAY), lookup="l" * 52, blobs=blobs)
    with ground.writing() as tx:
        tx.cases.add(filed)
    with ground.reading() as tx:
        ref = tx.cases.by_receipt("l" * 52)
        assert ref == filed.case.ref
        assert tx.cases.get(ref) == filed.case
        assert tx.cases.envelope(ref) == envelope(ref)
        assert tx.cases.reporter(ref) == somebody()
        assert tx.log.of_case(ref) == filed.entries
        assert tx.cases.owned_blobs((*blobs, new_id())) == frozenset(blobs)
        assert tx.cases.get(new_id()) is None
        assert tx.cases.by_receipt("m" * 52) is None


def test_a_handed_over_envelope_replaces_the_one_before(ground: Ground) -> None:
    filed = filing(case())
    with ground.writing() as tx:
        tx.cases.add(filed)
    handed_over = seal(filed.case.ref, {"account": b"the same words"}, (somebody(),))
    with ground.writing() as tx:
        tx.cases.replace_envelope(handed_over)
    with ground.reading() as tx:
        assert tx.cases.envelope(filed.case.ref) == handed_over


def test_whoever_is_second_at_a_case_is_told(ground: Ground) -> None:
    filed = filing(case())
    with ground.writing() as tx:
        tx.cases.add(filed)
    stored = filed.case
    first = changed(stored, status=CaseStatus.ACKNOWLEDGED)
    second = changed(stored, status=CaseStatus.ASSESSING)
    with ground.writing() as tx:
        tx.cases.keep(*first)
    with pytest.raises(StaleCaseError), ground.writing() as tx:
        tx.cases.keep(*second)
    with ground.reading() as tx:
        assert tx.cases.get(stored.ref) == first[0]
        assert [entry.number for entry in tx.log.of_case(stored.ref)] == [1, 2]


def test_a_case_that_is_not_there_cannot_be_kept(ground: Ground) -> None:
    with pytest.raises(StaleCaseError), ground.writing() as tx:
        tx.cases.keep(*changed(case()))


a_case = st.builds(
    lambda urgency, days, theme, status, place: {
        "urgency": urgency,
        "due_on": None if days is None else TODAY + timedelta(days=days),
        "particulars": Particulars(theme=theme, site_id=place),
        "status": status,
    },
    st.sampled_from(list(Urgency)),
    st.none() | st.integers(0, 2),  # ties are the point
    st.sampled_from(THEMES),
    st.sampled_from(STATUSES),
    st.sampled_from(SITES),
)
a_filter = st.builds(
    InboxFilter,
    statuses=st.frozensets(st.sampled_from(STATUSES), max_size=2),
    themes=st.frozensets(st.sampled_from(THEMES), max_size=1),
    site_ids=st.frozensets(st.sampled_from(SITES[:2]), max_size=1),
)


@SAME_DATABASE
@given(
    cases=st.lists(a_case, max_size=9),
    wanted=a_filter,
    size=st.integers(1, 4),
)
def test_the_inbox_skips_no_case_and_shows_none_twice(
    ground: Ground, cases: list[dict[str, object]], wanted: InboxFilter, size: int
) -> None:
    mine, other = with_handlers(ground, 2)
    kept = []
    with ground.writing() as tx:
        for number, fields in enumerate(cases):
            readers = (mine,) if number % 3 else (mine, other)
            filed = filing(case(handler_ids=readers, **fields))
            tx.cases.add(filed)
            kept.append(filed.case)
    seen: list[Case] = []
    after: InboxCursor | None = None
    with ground.reading() as tx:
        for _ in count():
            page = tx.cases.inbox(mine, wanted=wanted, after=after, limit=size)
            seen += page.cases
            assert len(page.cases) <= size
            after = page.next
            if after is None:
                break
            assert len(page.cases) == size
    assert [each.ref for each in seen] == [
        each.ref for each in sorted(kept, key=_in_order) if _is_wanted(each, wanted)
    ]


def _in_order(each: Case) -> tuple[int, bool, object, str]:
    return (_RANK[each.urgency], each.due_on is None, each.due_on or TODAY, each.ref)


def _is_wanted(each: Case, wanted: InboxFilter) -> bool:
    fits = each.status in wanted.statuses if wanted.statuses else each.is_open
    return (
        fits
        and (not wanted.themes or each.theme in wanted.themes)
        and (not wanted.site_ids or each.site_id in wanted.site_ids)
    )


moves = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(STATUSES), st.sets(st.integers(0, 2))),
    max_size=10,
)


@SAME_DATABASE
@given(moves=moves)
def test_kept_counts_are_what_counting_again_gives(
    ground: Ground, moves: list[tuple[int, CaseStatus, set[int]]]
) -> None:
    handlers = with_handlers(ground, 3)
    with ground.writing() as tx:
        refs = []
        for number in range(4):
            filed = filing(case(handler_ids=(handlers[number % 3],)))
            tx.cases.add(filed)
            refs.append(filed.case.ref)
        for number, status, readers in moves:
            stored = tx.cases.get(refs[number])
            assert stored is not None
            ids = tuple(handlers[each] for each in sorted(readers))
            tx.cases.keep(*changed(stored, status=status, handler_ids=ids))
    with ground.reading() as tx:
        cases = [tx.cases.get(ref) for ref in refs]
        for each in handlers:
            again = Counter(kept.status for kept in cases if kept and each in kept.handler_ids)
            assert tx.cases.counts(each) == again
            everything = InboxFilter(statuses=frozenset(CaseStatus))
            inbox = tx.cases.inbox(each, wanted=everything).cases
            assert Counter(kept.status for kept in inbox) == again


def test_what_is_late_is_counted_for_each_and_no_further_than_wished(ground: Ground) -> None:
    asha, ben = with_handlers(ground, 2)
    with ground.writing() as tx:
        for days, readers in ((-1, (asha, ben)), (0, (asha,)), (None, (asha,)), (-9, (ben,))):
            due = None if days is None else TODAY + timedelta(days=days)
            tx.cases.add(filing(case(handler_ids=readers, due_on=due)))
    with ground.reading() as tx:
        assert tx.cases.overdue(TODAY, asha, most=100) == 1
        assert tx.cases.overdue(TODAY, ben, most=2) == 2
        assert tx.cases.overdue(TODAY, ben, most=1) == 2
        assert tx.cases.overdue(TODAY, ben, most=0) == 1
        owing = tx.cases.due_before(TODAY)
        assert [each.ref for each in owing] == sorted(each.ref for each in owing)
        rest = tx.cases.due_before(TODAY, after=owing[0].ref)
        assert rest == owing[1:]


def test_identities_are_erased_when_their_day_has_come(ground: Ground) -> None:
    with ground.writing() as tx:
        due = filing(case(status=CaseStatus.CLOSED, erase_on=TODAY))
        tx.cases.add(due)
        tx.cases.add(filing(case(status=CaseStatus.CLOSED, erase_on=TODAY + timedelta(days=1))))
        tx.cases.add(filing(case()))
    with ground.reading() as tx:
        assert [each.ref for each in tx.cases.to_erase(TODAY)] == [due.case.ref]


def test_all_references_come_in_pages(ground: Ground) -> None:
    with ground.writing() as tx:
        filed = [filing(case()) for _ in range(5)]
        for each in filed:
            tx.cases.add(each)
    seen: list[str] = []
    with ground.reading() as tx:
        while page := tx.cases.refs(after=seen[-1] if seen else None, limit=2):
            seen += page
    assert seen == sorted(each.case.ref for each in filed)


def test_open_cases_that_some_read_and_others_do_not_come_once_each_in_pages(
    ground: Ground,
) -> None:
    asha, ben, chandra = with_handlers(ground, 3)
    readers = {
        "both": ((asha, ben), CaseStatus.RECEIVED, Urgency.URGENT),
        "one": ((ben,), CaseStatus.ASSESSING, Urgency.NORMAL),
        "had": ((asha, chandra), CaseStatus.RECEIVED, Urgency.SOON),
        "other": ((chandra,), CaseStatus.RECEIVED, Urgency.SOON),
        "closed": ((asha,), CaseStatus.CLOSED, Urgency.NORMAL),
    }
    made = {
        name: case(handler_ids=handlers, status=status, urgency=urgency)
        for name, (handlers, status, urgency) in readers.items()
    }
    with ground.writing() as tx:
        for each in made.values():
            tx.cases.add(filing(each))
    wanted = sorted((made["both"].ref, made["one"].ref))
    with ground.reading() as tx:
        assert list(tx.cases.open_with((asha, ben), without=(chandra,))) == wanted
        first = tx.cases.open_with((asha, ben), without=(chandra,), limit=1)
        after = tx.cases.open_with((asha, ben), without=(chandra,), after=first[0], limit=1)
        assert [*first, *after] == wanted
        assert tx.cases.open_with((asha, ben), without=(chandra,), after=wanted[1]) == ()
        assert tx.cases.open_with((), without=(chandra,)) == ()
        assert len(tx.cases.open_with((asha, ben), without=())) == 3
        counted = tx.cases.count_open_with((asha, ben), without=(chandra,))
    assert list(counted.items()) == [(Urgency.URGENT, 1), (Urgency.NORMAL, 1)]


def test_two_cases_of_one_receipt_are_refused(ground: Ground) -> None:
    with ground.writing() as tx:
        tx.cases.add(filing(case(), lookup="l" * 52))
    with pytest.raises(Exception, match=r"(?i)unique"), ground.writing() as tx:
        tx.cases.add(filing(case(), lookup="l" * 52))


def test_what_a_release_counts_stands_beside_each_organisation(ground: Ground) -> None:
    ours, theirs = organisation(), organisation()
    with ground.writing() as tx:
        tx.sites.put_organisation(ours)
        tx.sites.put_organisation(theirs)
        filed = filing(
            case(
                organisation_ids=(ours.id, theirs.id),
                particulars=Particulars(site_id="s" * 26, theme=Theme.LIVING_WAGE),
                reporter_tag="r" * 26,
            )
        )
        tx.cases.add(filed)
    with ground.reading() as tx:
        for each in (ours, theirs):
            (found,) = tx.releases.reports(each.id, Quarter.of(TODAY))
            counted = report_of(filed.case)
            assert counted is not None
            assert found == counted._replace(reporter_tag=found.reporter_tag)
        assert tx.releases.first_quarter() == Quarter.of(TODAY)


def held_until(day: date | None, **more: object) -> Case:
    hold = day and Hold(reason=HoldReason.COURT, until=day, since=TODAY - timedelta(days=9))
    return case(hold=hold, **more)


def test_held_cases_are_found_by_reader_in_the_order_in_which_the_holds_end(
    ground: Ground,
) -> None:
    asha, ben = with_handlers(ground, 2)
    days = [TODAY + timedelta(days=each) for each in (-1, 0, 3, 3, 9)]
    made = [held_until(each, handler_ids=(asha,)) for each in days]
    others = held_until(TODAY, handler_ids=(ben,))
    with ground.writing() as tx:
        for each in (*made, others, held_until(None, handler_ids=(asha,))):
            tx.cases.add(filing(each))
    wanted = [each.ref for each in sorted(made[1:], key=lambda c: (c.hold and c.hold.until, c.ref))]
    with ground.reading() as tx:
        assert [each.ref for each in tx.cases.held(TODAY, handler_id=asha)] == wanted
        soon = tx.cases.held(TODAY, handler_id=asha, until=TODAY + timedelta(days=3))
        assert [each.ref for each in soon] == wanted[:3]
        assert {each.ref for each in tx.cases.held(TODAY)} == {*wanted, others.ref}
        walked: list[str] = []
        after = None
        while page := tx.cases.held(TODAY, handler_id=asha, after=after, limit=1):
            (one,) = page
            assert one.hold is not None
            walked.append(one.ref)
            after = HeldCursor(until=one.hold.until, ref=one.ref)
        assert walked == wanted
        ending = tx.cases.holds_ending(TODAY)
        assert {each.ref for each in ending} == {made[0].ref, made[1].ref, others.ref}


def test_a_case_that_is_held_no_longer_is_in_no_list(ground: Ground) -> None:
    filed = filing(held_until(TODAY + timedelta(days=9)))
    with ground.writing() as tx:
        tx.cases.add(filed)
        tx.cases.note(replace(filed.case, hold=None))
    with ground.reading() as tx:
        assert tx.cases.held(TODAY) == ()
        assert tx.cases.holds_ending(TODAY + timedelta(days=99)) == ()
