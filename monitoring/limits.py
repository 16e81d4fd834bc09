"""How a quarter's time limits were kept: figures that a company may see (L1, G7, K1, K4).

Worked out once, with the release of the quarter (`monitoring.overview.releasing`), kept by
`monitoring.ports.FigureShelf`, shown on the officer's pages and read as evidence.

Theory. A limit belongs to the quarter in which its last day lies. When that quarter is over, each
of its limits was either kept or missed, and nothing that happens later changes it; what is still
running belongs to a later quarter. So a complaint that comes in changes no figure (S5), and being
late does. Figures count cases; each needs enough different people behind it, those of kept and of
missed limits apart. A number that is too small and a nought look the same.

Counted are only cases at sites whose people are within a number that was released of the quarter
in which they were filed (`register.release.Release.told_sites`). If all were counted, the limits
kept would be about the number of all reports, and less those that are shown, that of the others.
What can be worked out all the same: the released number of reports less the limits kept is about
the limits missed. That tells how the desk works, and of nobody.

Worked example. Eleven people filed in May and June; the desk acknowledged nine in time and two
late. The figure for the second quarter says nine kept, and nothing of missed ones.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TypeAlias

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


_Counted: TypeAlias = dict[ClockKind, dict[str, list[Hashable]]]
"""Who is behind each limit, by site."""


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


class LimitCount:
    """Counts the limits of a quarter that is over, report by report.

    It wants the reports that were filed in `quarters_read`.
    """

    def __init__(self, quarter: Quarter, timetable: Timetable = TIMETABLE) -> None:
        self._quarter = quarter
        self._acknowledge = _last_days(quarter, timetable.acknowledge)
        self._feedback = _last_days(quarter, timetable.feedback)
        self._kept: _Counted = {kind: defaultdict(list) for kind in COUNTED}
        self._missed: _Counted = {kind: defaultdict(list) for kind in COUNTED}

    def note(self, report: Report) -> None:
        """One more."""
        begun, acknowledged = report.filed_on, report.acknowledged_on
        due_on = self._acknowledge(begun)
        if due_on is not None:
            self._count(ClockKind.ACKNOWLEDGE, report, due_on, acknowledged)
        due_on = None if acknowledged is None else self._feedback(acknowledged)
        if due_on is not None:
            self._count(ClockKind.FEEDBACK, report, due_on, report.feedback_on)

    def leave_out_all_but(self, site_ids: Collection[str]) -> None:
        """Forgets the reports noted until now of all other sites."""
        for side in (self._kept, self._missed):
            for by_site in side.values():
                for site_id in set(by_site).difference(site_ids):
                    del by_site[site_id]

    def limits(self, organisation_id: str, thresholds: Thresholds) -> QuarterLimits:
        """What they come to."""
        return QuarterLimits(
            organisation_id=organisation_id,
            quarter=self._quarter,
            figures=tuple(
                LimitFigure(
                    kind=kind,
                    in_time=_shown(self._kept[kind], thresholds),
                    missed=_shown(self._missed[kind], thresholds),
                )
                for kind in COUNTED
            ),
        )

    def _count(self, kind: ClockKind, report: Report, due_on: date, met_on: date | None) -> None:
        side = self._kept if met_on is not None and met_on <= due_on else self._missed
        side[kind][report.site_id].append(report.reporter_tag)


def _last_days(quarter: Quarter, span: Span) -> Callable[[date], date | None]:
    """The last day of a limit that began on a day; None for one in another quarter.

    There are at most some hundred such days, and a million cases.
    """

    @cache
    def last_day(start: date) -> date | None:
        due_on = span.after(start)
        return due_on if Quarter.of(due_on) == quarter else None

    return last_day


def _shown(by_site: Mapping[str, Sequence[Hashable]], thresholds: Thresholds) -> int | None:
    people = set().union(*by_site.values())
    return sum(map(len, by_site.values())) if len(people) >= thresholds.people else None
