"""The log of a case: whatever is done to it afterwards shows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from register import log
from register.log import LogEntry, LogFaultKind, LogTip
from register.people import Role

START = date(2026, 1, 1)


def entries(count: int, case_ref: str = "case1") -> list[LogEntry]:
    made: list[LogEntry] = []
    tip = log.start(case_ref)
    for number in range(count):
        entry = log.append(
            tip,
            case_ref=case_ref,
            day=START + timedelta(days=number),
            role=Role.HANDLER,
            actor_id=f"h{number}",
            action="assess",
            reason=None,
            subject=None,
            status="assessing",
        )
        made.append(entry)
        tip = entry.tip
    return made


def test_an_untouched_log_is_whole() -> None:
    made = entries(5)
    assert log.verify(made, "case1", made[-1].tip) == ()
    assert log.verify([], "case1", log.start("case1")) == ()


def kinds(made: list[LogEntry], tip: LogTip | None = None) -> set[LogFaultKind]:
    return {fault.kind for fault in log.verify(made, "case1", tip)}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda made: [made[0], *made[2:]], LogFaultKind.MISSING),
        (lambda made: made[1:], LogFaultKind.MISSING),
        (lambda made: [made[1], made[0], *made[2:]], LogFaultKind.OUT_OF_ORDER),
        (lambda made: [*made, made[-1]], LogFaultKind.OUT_OF_ORDER),
        (lambda made: [replace(made[0], actor_id="x"), *made[1:]], LogFaultKind.CHANGED),
        (lambda made: [*made[:2], entries(3, "case2")[2], *made[3:]], LogFaultKind.FOREIGN),
        (lambda made: made[:-1], LogFaultKind.WRONG_END),
        (lambda made: [], LogFaultKind.WRONG_END),
    ],
)
def test_a_change_is_named(
    change: Callable[[list[LogEntry]], list[LogEntry]], fault: LogFaultKind
) -> None:
    made = entries(5)
    assert fault in kinds(change(made), made[-1].tip)


def test_an_entry_that_was_rewritten_with_its_digest_breaks_the_link_after_it() -> None:
    made = entries(3)
    forged = log.append(
        made[0].tip,
        case_ref="case1",
        day=made[1].day,
        role=Role.HANDLER,
        actor_id="other",
        action="assess",
        reason=None,
        subject=None,
        status="assessing",
    )
    assert kinds([made[0], forged, made[2]]) == {LogFaultKind.BROKEN_LINK}


def test_an_entry_dated_before_the_last_is_named() -> None:
    first = entries(1)[0]
    back = log.append(
        first.tip,
        case_ref="case1",
        day=START - timedelta(days=1),
        role=Role.RULE,
        actor_id=None,
        action="assess",
        reason=None,
        subject=None,
        status="assessing",
    )
    assert kinds([first, back]) == {LogFaultKind.BACKDATED}


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_any_other_order_or_selection_shows(data: st.DataObject) -> None:
    made = entries(5)
    picked = data.draw(st.lists(st.sampled_from(made), max_size=7))
    assert (log.verify(picked, "case1", made[-1].tip) == ()) is (picked == made)


@pytest.mark.parametrize(
    "field",
    ["day", "role", "actor_id", "action", "reason", "subject", "status", "previous", "digest"],
)
def test_a_change_of_any_field_shows(field: str) -> None:
    made = entries(3)
    other = {"day": date(2026, 1, 2), "role": Role.REPORTER}.get(field, "x")
    changed = replace(made[1], **{field: other})
    if changed == made[1]:
        changed = replace(made[1], day=date(2026, 1, 3))
    assert log.verify([made[0], changed, made[2]], "case1") != ()
