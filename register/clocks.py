"""What the desk owes by which day (L1-L4, A104), as one table.

Every clock starts on a day of the case and is stopped by another. Months are the calendar's: one
month after 31 October is 30 November. Nothing is due before the end of its day.

Worked example. Filed on 24 November: acknowledged by 1 December at the latest. If that is done on
30 November, feedback is due on 28 February (there is no 30 February), whatever else happens.

`timed` is called wherever a case changes; `promise` says to the reporter, before anything is sent,
what will come when.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from register.case import FOUNDED, Case
from register.hold import BINDING
from register.spans import MONTHS_PER_YEAR as _YEAR
from register.spans import Span


class ClockKind(StrEnum):
    """What is due."""

    ACKNOWLEDGE = "acknowledge"
    FEEDBACK = "feedback"
    DECIDE_APPEAL = "decide_appeal"
    DECIDE_REOPENED = "decide_reopened"
    STOP = "stop"
    REMEDY = "remedy"
    ERASE_IDENTITY = "erase_identity"
    ERASE_RECORD = "erase_record"


LONGEST: Mapping[str, Span] = {
    "acknowledge": Span(days=7),
    "feedback": Span(months=3),
    "stop": Span(months=_YEAR),
    "remedy": Span(months=2 * _YEAR),
    "remedy_small": Span(months=3 * _YEAR),
    "erase_identity": Span(months=2),
}
"""The lengths that the rules give; a timetable starts out with them."""
_STARTS = tuple(date(2001, month, 1) for month in range(1, 13))
"""Days on which lengths are compared: 90 days are three months only from some of them."""
LONGEST_ACCOUNT_DAYS = 365
RECORD_YEARS = range(5, 8)
"""An anonymised record is kept no shorter and no longer (L3, L4)."""
REST_DAYS = 92
"""After the last entry of its log a record rests for so long: a quarter, so that a receipt of where
all logs end that is younger than that can always be compared (`register.checkpoints`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """The lengths of the clocks. Settings may promise sooner, never later (L1, L4, A104)."""

    acknowledge: Span = LONGEST["acknowledge"]
    feedback: Span = LONGEST["feedback"]
    stop: Span = LONGEST["stop"]
    remedy: Span = LONGEST["remedy"]
    remedy_small: Span = LONGEST["remedy_small"]
    erase_identity: Span = LONGEST["erase_identity"]
    erase_account_after_days: int = LONGEST_ACCOUNT_DAYS
    """From the closing day, what was told is kept so long; the identity goes before it."""
    keep_record_years: int = RECORD_YEARS[-1]
    """From the closing day, the anonymised record is kept so long."""

    def __post_init__(self) -> None:
        """Raises ValueError for a length that the rules do not allow."""
        for name, longest in LONGEST.items():
            span = getattr(self, name)
            if not all(start < span.after(start) <= longest.after(start) for start in _STARTS):
                raise ValueError(f"{name}: longer than the rules allow, or no time at all")
        if self.keep_record_years not in RECORD_YEARS:
            raise ValueError("keep_record_years: an anonymised record is kept 5 to 7 years")
        account = Span(days=self.erase_account_after_days)
        if self.erase_account_after_days > LONGEST_ACCOUNT_DAYS or any(
            account.after(day) < self.erase_identity.after(day) for day in _STARTS
        ):
            raise ValueError(
                "erase_account_after_days: at most 365, and not before the identity is erased"
            )

    @property
    def erase_record(self) -> Span:
        """How long the anonymised record is kept."""
        return Span(months=self.keep_record_years * _YEAR)


TIMETABLE = Timetable()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One row of `CLOCKS`."""

    kind: ClockKind
    starts: Callable[[Case], date | None]
    ends: Callable[[Case], date | None]
    span: Callable[[Timetable, Case], Span]


def _founded(case: Case) -> date | None:
    return case.decided_on if case.decision in FOUNDED else None


CLOCKS: tuple[Clock, ...] = (
    Clock(
        kind=ClockKind.ACKNOWLEDGE,
        starts=lambda case: case.filed_on,
        ends=lambda case: case.acknowledged_on,
        span=lambda table, _: table.acknowledge,
    ),
    Clock(
        kind=ClockKind.FEEDBACK,
        starts=lambda case: case.acknowledged_on,
        ends=lambda case: case.feedback_on,
        span=lambda table, _: table.feedback,
    ),
    Clock(
        kind=ClockKind.DECIDE_APPEAL,
        starts=lambda case: case.appealed_on,
        ends=lambda case: case.decided_on,
        span=lambda table, _: table.feedback,
    ),
    Clock(
        kind=ClockKind.DECIDE_REOPENED,
        starts=lambda case: case.reopened_on,
        ends=lambda case: case.decided_on or case.appealed_on,
        span=lambda table, _: table.feedback,
    ),
    Clock(
        kind=ClockKind.STOP,
        starts=_founded,
        ends=lambda case: case.stopped_on or case.closed_on,
        span=lambda table, _: table.stop,
    ),
    Clock(
        kind=ClockKind.REMEDY,
        starts=_founded,
        ends=lambda case: case.closed_on,
        span=lambda table, case: table.remedy_small if case.is_small_company else table.remedy,
    ),
    Clock(
        kind=ClockKind.ERASE_IDENTITY,
        starts=lambda case: case.closed_on,
        ends=lambda case: case.identity_erased_on,
        span=lambda table, _: table.erase_identity,
    ),
    Clock(
        kind=ClockKind.ERASE_RECORD,
        starts=lambda case: case.closed_on,
        ends=lambda _: None,
        span=lambda table, _: table.erase_record,
    ),
)

_ERASURES = frozenset({ClockKind.ERASE_IDENTITY, ClockKind.ERASE_RECORD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One running or stopped clock of a case."""

    kind: ClockKind
    due_on: date
    met_on: date | None

    def is_overdue(self, today: date) -> bool:
        """True from the day after it was due, until it is met."""
        return self.met_on is None and today > self.due_on

    @property
    def was_late(self) -> bool:
        """True if it was met, and after its day."""
        return self.met_on is not None and self.met_on > self.due_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a reporter is told when they file, as days that are known beforehand (G7)."""

    acknowledge_by: date
    feedback_by: date
    """At the latest: it comes sooner if the acknowledgement does."""


def promise(filed_on: date, timetable: Timetable = TIMETABLE) -> Promise:
    """The days that a reporter is promised."""
    acknowledge_by = timetable.acknowledge.after(filed_on)
    return Promise(
        acknowledge_by=acknowledge_by, feedback_by=timetable.feedback.after(acknowledge_by)
    )


def deadlines(case: Case, timetable: Timetable = TIMETABLE) -> tuple[Deadline, ...]:
    """Every clock that has started, in the order of `CLOCKS`; a hold puts erasures off."""
    days = erasures(case, timetable)
    erased_on = (
        {}
        if days is None
        else {
            ClockKind.ERASE_IDENTITY: days.identity_on,
            ClockKind.ERASE_RECORD: days.record_on,
        }
    )
    return tuple(
        Deadline(
            kind=clock.kind,
            due_on=erased_on.get(clock.kind) or clock.span(timetable, case).after(start),
            met_on=clock.ends(case),
        )
        for clock in CLOCKS
        if (start := clock.starts(case)) is not None
    )


def next_deadline(case: Case, timetable: Timetable = TIMETABLE) -> Deadline | None:
    """What the desk owes first; None if nothing is owed. Erasures are not the desk's work."""
    owed = [
        each
        for each in deadlines(case, timetable)
        if each.met_on is None and each.kind not in _ERASURES
    ]
    return min(owed, key=lambda each: each.due_on, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasures:
    """The three days on which something of a closed case is erased (L4), in this order."""

    identity_on: date
    """Who told it."""
    account_on: date
    """What was told."""
    record_on: date
    """All that is left."""


def erasures(case: Case, timetable: Timetable = TIMETABLE) -> Erasures | None:
    """When what is erased of the case; None while it is open.

    Its record rests for a while after the last entry of its log, whatever that was. What is held
    goes after the hold at the earliest; but who told it of a report that was withdrawn goes on its
    usual day, unless the law forbids that (docs/decisions/erasing.md).
    """
    if case.closed_on is None:
        return None
    hold = case.hold
    free_on = date.min if hold is None else hold.free_on
    binds = hold is not None and hold.reason in BINDING
    identity_free_on = free_on if binds or case.withdrawn_on is None else date.min
    rested = case.moved_on + timedelta(days=REST_DAYS)
    return Erasures(
        identity_on=max(timetable.erase_identity.after(case.closed_on), identity_free_on),
        account_on=max(
            Span(days=timetable.erase_account_after_days).after(case.closed_on), free_on
        ),
        record_on=max(timetable.erase_record.after(case.closed_on), rested, free_on),
    )


def timed(case: Case, timetable: Timetable = TIMETABLE) -> Case:
    """The case with `due_on` and `erase_on` as its days now imply."""
    owed = next_deadline(case, timetable)
    return replace(
        case, due_on=owed.due_on if owed else None, erase_on=_next_erasure(case, timetable)
    )


def _next_erasure(case: Case, timetable: Timetable) -> date | None:
    days = erasures(case, timetable)
    if days is None:
        return None
    if case.identity_erased_on is None:
        return days.identity_on
    return days.record_on if case.account_erased_on else days.account_on
