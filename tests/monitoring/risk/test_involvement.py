"""Involvement: what follows, and that it is not static (R95-R98)."""

from datetime import date, timedelta

import pytest

from monitoring.risk.involvement import (
    OBLIGATION_WORDS,
    OBLIGATIONS,
    Effort,
    Involvement,
    InvolvementEntry,
    InvolvementGround,
    InvolvementLog,
    Obligation,
    OutsideView,
)
from monitoring.risk.involving import (
    EFFORT_DAYS,
    LONGEST_REASON,
    InvolvementFault,
    InvolvementRefused,
    record,
    record_effort,
    reviewed,
    with_effort,
)

MARCH = date(2026, 3, 31)


def a_log(*, is_own_site: bool = False) -> InvolvementLog:
    return InvolvementLog(organisation_id="o", finding_id="s.child_labour", is_own_site=is_own_site)


def an_entry(involvement: Involvement, day: date = MARCH, **changes) -> InvolvementEntry:
    values = {
        "day": day,
        "involvement": involvement,
        "ground": InvolvementGround.ASSESSED,
        "reason": "Bought through a trader at a fair price.",
        "by": "h1",
    } | changes
    return InvolvementEntry(**values)


def recorded(log: InvolvementLog, *entries: InvolvementEntry) -> InvolvementLog:
    for entry in entries:
        result = record(log, entry)
        assert isinstance(result, InvolvementLog)
        log = result
    return log


def fault(log: InvolvementLog, entry: InvolvementEntry) -> InvolvementFault:
    refused = record(log, entry)
    assert isinstance(refused, InvolvementRefused)
    return refused.reason


@pytest.mark.parametrize(
    ("involvement", "due"),
    [
        (Involvement.CAUSE, {Obligation.STOP, Obligation.REMEDY}),
        (
            Involvement.CONTRIBUTE,
            {
                Obligation.STOP_OWN_SHARE,
                Obligation.REMEDY_OWN_SHARE,
                Obligation.USE_LEVERAGE,
                Obligation.PREVENT_REPETITION,
            },
        ),
        (Involvement.LINKED, {Obligation.USE_LEVERAGE}),
    ],
)
def test_each_involvement_brings_its_obligations(involvement, due) -> None:
    assert set(recorded(a_log(), an_entry(involvement)).obligations) == due


def test_every_involvement_and_obligation_is_in_the_tables() -> None:
    assert set(OBLIGATIONS) == set(Involvement)
    assert set(OBLIGATION_WORDS) == set(Obligation)


def test_nothing_is_due_before_anybody_looked() -> None:
    assert a_log().now is None
    assert a_log().obligations == ()


def test_harm_at_its_own_sites_an_organisation_causes() -> None:
    own = a_log(is_own_site=True)
    assert own.now is Involvement.CAUSE
    assert fault(own, an_entry(Involvement.LINKED)) is InvolvementFault.OWN_SITE
    assert recorded(own, an_entry(Involvement.CAUSE)).now is Involvement.CAUSE


def test_a_year_without_effort_moves_linked_to_contribute() -> None:
    linked = recorded(a_log(), an_entry(Involvement.LINKED))
    assert reviewed(linked, date(2027, 3, 31)) == linked
    moved = reviewed(linked, date(2027, 4, 1))
    assert moved.now is Involvement.CONTRIBUTE
    assert moved.entries[-1].ground is InvolvementGround.LACK_OF_EFFORT
    assert moved.entries[0] == linked.entries[0]
    assert reviewed(moved, date(2030, 1, 1)) == moved


def test_an_effort_keeps_linked_what_was_linked() -> None:
    linked = recorded(a_log(), an_entry(Involvement.LINKED))
    trying = with_effort(linked, date(2027, 2, 1))
    assert reviewed(trying, date(2028, 2, 1)) == trying
    assert reviewed(trying, date(2028, 2, 2)).now is Involvement.CONTRIBUTE
    assert with_effort(trying, date(2027, 2, 1)) == trying


@pytest.mark.parametrize("involvement", [Involvement.CONTRIBUTE, Involvement.CAUSE])
def test_lack_of_effort_moves_nothing_else(involvement) -> None:
    log = recorded(a_log(), an_entry(involvement))
    assert reviewed(log, date(2040, 1, 1)) == log
    assert reviewed(a_log(), date(2040, 1, 1)) == a_log()


def test_going_down_a_step_is_put_to_outsiders_and_their_disagreement_is_kept() -> None:
    log = recorded(a_log(), an_entry(Involvement.CONTRIBUTE))
    lighter = an_entry(Involvement.LINKED, date(2026, 6, 1))
    assert fault(log, lighter) is InvolvementFault.NO_OUTSIDE_VIEW
    no = OutsideView(day=date(2026, 5, 20), by="union", agrees=False, words="Prices fell again.")
    disputed = an_entry(Involvement.LINKED, date(2026, 6, 1), outside=(no,))
    after = recorded(log, disputed)
    assert after.now is Involvement.LINKED
    assert after.entries[-1].is_disputed
    assert "Prices" not in repr(after)


def test_going_up_a_step_needs_nobodys_leave() -> None:
    log = recorded(a_log(), an_entry(Involvement.LINKED))
    assert recorded(log, an_entry(Involvement.CAUSE)).now is Involvement.CAUSE


def test_an_entry_needs_a_reason_and_follows_the_last_one() -> None:
    log = recorded(a_log(), an_entry(Involvement.LINKED))
    assert fault(log, an_entry(Involvement.CAUSE, reason=" ")) is InvolvementFault.NO_REASON
    early = an_entry(Involvement.CAUSE, date(2026, 3, 30))
    assert fault(log, early) is InvolvementFault.BEFORE_THE_LAST


def test_writing_the_same_again_is_no_effort() -> None:
    linked = recorded(a_log(), an_entry(Involvement.LINKED))
    again = recorded(linked, an_entry(Involvement.LINKED, date(2027, 1, 31)))
    assert reviewed(again, MARCH + timedelta(days=EFFORT_DAYS)) == again
    moved = reviewed(again, MARCH + timedelta(days=EFFORT_DAYS + 1))
    assert moved.now is Involvement.CONTRIBUTE


def test_the_year_begins_anew_where_it_went_down_a_step_with_a_word_from_outside() -> None:
    view = OutsideView(day=MARCH, by="union", agrees=True)
    log = recorded(a_log(), an_entry(Involvement.CONTRIBUTE))
    later = date(2026, 12, 1)
    log = recorded(log, an_entry(Involvement.LINKED, later, outside=(view,)))
    assert reviewed(log, later + timedelta(days=EFFORT_DAYS)) == log


def test_not_known_yet_is_a_first_word_and_never_a_later_one() -> None:
    unsure = recorded(a_log(), an_entry(None))
    assert unsure.now is None
    assert unsure.obligations == ()
    known = recorded(unsure, an_entry(None), an_entry(Involvement.LINKED))
    assert fault(known, an_entry(None)) is InvolvementFault.KNOWN_BEFORE
    assert fault(a_log(is_own_site=True), an_entry(None)) is InvolvementFault.OWN_SITE


def test_nobody_writes_over_a_line_that_they_have_not_seen() -> None:
    log = a_log()
    seen = log.version
    log = recorded(log, an_entry(Involvement.LINKED))
    refused = record(log, an_entry(Involvement.CAUSE), seen=seen)
    assert refused == InvolvementRefused(reason=InvolvementFault.WRITTEN_MEANWHILE)
    assert isinstance(record(log, an_entry(Involvement.CAUSE), seen=log.version), InvolvementLog)


@pytest.mark.parametrize(
    ("words", "day", "fault"),
    [
        (" ", MARCH, InvolvementFault.NO_REASON),
        ("x" * (LONGEST_REASON + 1), MARCH, InvolvementFault.TOO_LONG),
        ("A talk.", MARCH + timedelta(days=1), InvolvementFault.EFFORT_TO_COME),
    ],
)
def test_an_effort_needs_words_and_a_day_that_was(words, day, fault) -> None:
    refused = record_effort(a_log(), Effort(day=day, words=words, by="o"), MARCH)
    assert refused == InvolvementRefused(reason=fault)


def test_an_effort_stays_with_its_words_and_keeps_linked_what_was_linked() -> None:
    linked = recorded(a_log(), an_entry(Involvement.LINKED))
    later = date(2027, 2, 1)
    tried = record_effort(linked, Effort(day=later, words="A talk.", by="o"), later)
    assert isinstance(tried, InvolvementLog)
    assert tried.efforts == (later,)
    assert tried.version == linked.version + 1
    assert reviewed(tried, date(2028, 2, 1)) == tried
