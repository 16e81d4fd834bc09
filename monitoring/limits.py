"""How a quarter's time limits were kept: figures that a company may see (L1, G7, K1, K4).

Worked out once, with the release of the quarter (`monitoring.overview.releasing`), kept by
`monitoring.ports.FigureShelf`, shown on the officer's pages and read as evidence.

Theory. A limit belongs to the quarter in which its last day lies. When that quarter is over, each
of its limits was either kept or missed, and nothing that happens later changes it; what is still
running belongs to a later quarter. So a complaint that comes in changes no figure (S5), and being
late does. Figures count cases; each needs enough different people behind it, those of kept and of
missed limits apart. A number that is too small and a nought look the same.

What can be worked out all the same: in a quarter with few cases, the released number of reports
less the limits kept is about the limits missed. That tells how the desk works, and of nobody.

Worked example. Eleven people filed in May and June; the desk acknowledged nine in time and two
late. The figure for the second quarter says nine kept, and nothing of missed ones.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from register.clocks import TIMETABLE, ClockKind, Timetable
from register.quarters import Quarter
from register.release import Report, Thresholds
from register.spans import Span

COUNTED = (ClockKind.ACKNOWLEDGE, ClockKind.FEEDBACK)
"""The limits that every reporter is promised. They are met once and never undone; those after an
appeal or a reopening begin anew, and would change figures of quarters that are over."""

QUARTERS_BACK = 2
"""How many quarters before its own a limit's case may have been filed: feedback is due three
months and a week after filing. A case whose acknowledgement
came a quarter late is among those missed there, and is not followed further."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitFigure:
    """One kind of limit in one quarter. None: too few to show, which may be none."""

    kind: ClockKind
    in_time: int | None
    missed: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterLimits:
    """All limits whose last day lies in one quarter, at an organisation's sites together."""

    organisation_id: str
    quarter: Quarter
    figures: tuple[LimitFigure, ...]

    def of(self, kind: ClockKind) -> LimitFigure:
        """The figure of one kind; nothing to show where it was not counted."""
        nothing = LimitFigure(kind=kind, in_time=None, missed=None)
        return next((each for each in self.figures if each.kind is kind), nothing)


def quarters_read(quarter: Quarter) -> tuple[Quarter, ...]:
    """In which quarters the cases were filed whose limits may lie in this one, oldest first."""
    found = [quarter]
    for _ in range(QUARTERS_BACK):
        day_before = found[0].first_day - timedelta(days=1)
        found.insert(0, Quarter.of(day_before))
    return tuple(found)


def limits_of(
    organisation_id: str,
    quarter: Quarter,
    reports: Iterable[Report],
    *,
    thresholds: Thresholds,
    timetable: Timetable = TIMETABLE,
) -> QuarterLimits:
    """The figures of a quarter that is over. `reports` are those filed in `quarters_read`."""
    kept: dict[ClockKind, list[Hashable]] = {kind: [] for kind in COUNTED}
    missed: dict[ClockKind, list[Hashable]] = {kind: [] for kind in COUNTED}
    last_days = {
        ClockKind.ACKNOWLEDGE: _last_days(quarter, timetable.acknowledge),
        ClockKind.FEEDBACK: _last_days(quarter, timetable.feedback),
    }
    for report in reports:
        for kind, start, met_on in _limits(report):
            due_on = None if start is None else last_days[kind](start)
            if due_on is not None:
                side = kept if met_on is not None and met_on <= due_on else missed
                side[kind].append(report.reporter_tag)
    return QuarterLimits(
        organisation_id=organisation_id,
        quarter=quarter,
        figures=tuple(
            LimitFigure(
                kind=kind,
                in_time=_shown(kept[kind], thresholds),
                missed=_shown(missed[kind], thresholds),
            )
            for kind in COUNTED
        ),
    )


def _limits(report: Report) -> Iterator[tuple[ClockKind, date | None, date | None]]:
    """The limits that are counted: when each began, and when it was met."""
    yield ClockKind.ACKNOWLEDGE, report.filed_on, report.acknowledged_on
    yield ClockKind.FEEDBACK, report.acknowledged_on, report.feedback_on


def _last_days(quarter: Quarter, span: Span) -> Callable[[date], date | None]:
    """The last day of a limit that began on a day; None for one in another quarter.

    There are at most some hundred such days, and a million cases.
    """

    @cache
    def last_day(start: date) -> date | None:
        due_on = span.after(start)
        return due_on if Quarter.of(due_on) == quarter else None

    return last_day


def _shown(people: Sequence[Hashable], thresholds: Thresholds) -> int | None:
    return len(people) if len(set(people)) >= thresholds.people else None
