"""What may be added to the log of how an organisation is tied to a finding, and what adds itself.

Called by the officers' pages (`record`, `record_effort`) and by the daily round (`reviewed`). A
line is never changed: who sees it differently adds another.

Worked example. A company that is linked looks again after ten months and writes "linked" once
more. Nothing was done, so on the day after a whole year since the first of the two lines it comes
to contribute: writing the same again is no effort.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from monitoring.risk.involvement import (
    DEPTH,
    LACK_OF_EFFORT,
    Effort,
    Involvement,
    InvolvementEntry,
    InvolvementGround,
    InvolvementLog,
)

EFFORT_DAYS = 365
"""Days without any effort after which linked becomes contribute. Own rule; R96 names no time."""
LONGEST_REASON = 3_000
"""Characters of a reason, of how influence is used, and of what was done."""
LONGEST_OUTSIDE = 2_000
"""Characters of what an outsider said."""
LONGEST_NAME = 200
"""Characters of who was asked outside."""
_LEAST_UNKNOWN = -1
"""Not known yet is less than linked."""


class InvolvementFault(StrEnum):
    """Why an entry is not taken. The pages have words for each."""

    NO_REASON = "no_reason"
    TOO_LONG = "too_long"
    LEVERAGE_TOO_LONG = "leverage_too_long"
    OUTSIDE_TOO_LONG = "outside_too_long"
    OWN_SITE = "own_site"
    """At its own sites an organisation causes (R98)."""
    KNOWN_BEFORE = "known_before"
    """What was known does not become unknown again; what changed is another judgement."""
    BEFORE_THE_LAST = "before_the_last"
    NO_OUTSIDE_VIEW = "no_outside_view"
    """Going down a step is put to outsiders first (R97)."""
    OUTSIDE_NAMELESS = "outside_nameless"
    """A view of nobody in particular."""
    OUTSIDE_TO_COME = "outside_to_come"
    EFFORT_TO_COME = "effort_to_come"
    WRITTEN_MEANWHILE = "written_meanwhile"
    """Somebody else added a line that whoever wrote this one had not seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvolvementRefused:
    """The log is as it was."""

    reason: InvolvementFault


def record(
    log: InvolvementLog, entry: InvolvementEntry, *, seen: int | None = None
) -> InvolvementLog | InvolvementRefused:
    """The log with one more entry, or why it is refused. Disagreement is no reason to refuse.

    `seen` is the version of the log that the writer had before them; None: the one given.
    """
    fault = _unseen(log, seen) or _fault(log, entry) or _outside_fault(entry)
    if fault is not None:
        return InvolvementRefused(reason=fault)
    return replace(log, entries=(*log.entries, entry))


def record_effort(
    log: InvolvementLog, effort: Effort, today: date, *, seen: int | None = None
) -> InvolvementLog | InvolvementRefused:
    """The log with something that was done about it, or why it is refused."""
    fault = _unseen(log, seen) or _effort_fault(effort, today)
    if fault is not None:
        return InvolvementRefused(reason=fault)
    return replace(with_effort(log, effort.day), acts=(*log.acts, effort))


def with_effort(log: InvolvementLog, day: date) -> InvolvementLog:
    """The log with one more day on which the organisation did something about it."""
    return replace(log, efforts=tuple(sorted({*log.efforts, day})))


def reviewed(log: InvolvementLog, today: date) -> InvolvementLog:
    """The log, moved from linked to contribute where a year went by without effort (R96).

    Called for every log once a day; calling it again changes nothing.
    """
    if log.now is not Involvement.LINKED:
        return log
    since = max((_linked_since(log), *log.efforts))
    if today <= since + timedelta(days=EFFORT_DAYS):
        return log
    entry = InvolvementEntry(
        day=today,
        involvement=Involvement.CONTRIBUTE,
        ground=InvolvementGround.LACK_OF_EFFORT,
        reason=LACK_OF_EFFORT,
        by="",
    )
    return replace(log, entries=(*log.entries, entry))


def _linked_since(log: InvolvementLog) -> date:
    """The first day of those on which it was said to be linked, one after the other."""
    since = log.entries[-1].day
    for entry in reversed(log.entries):
        if entry.involvement is not Involvement.LINKED:
            break
        since = entry.day
    return since


def _unseen(log: InvolvementLog, seen: int | None) -> InvolvementFault | None:
    return InvolvementFault.WRITTEN_MEANWHILE if seen not in (None, log.version) else None


def _fault(log: InvolvementLog, entry: InvolvementEntry) -> InvolvementFault | None:
    if not entry.reason.strip():
        return InvolvementFault.NO_REASON
    if len(entry.reason) > LONGEST_REASON:
        return InvolvementFault.TOO_LONG
    if len(entry.leverage_words) > LONGEST_REASON:
        return InvolvementFault.LEVERAGE_TOO_LONG
    if log.is_own_site and entry.involvement is not Involvement.CAUSE:
        return InvolvementFault.OWN_SITE
    if log.entries and entry.day < log.entries[-1].day:
        return InvolvementFault.BEFORE_THE_LAST
    if log.now is not None and entry.involvement is None:
        return InvolvementFault.KNOWN_BEFORE
    if _depth(entry.involvement) < _depth(log.now) and not entry.outside:
        return InvolvementFault.NO_OUTSIDE_VIEW
    return None


def _outside_fault(entry: InvolvementEntry) -> InvolvementFault | None:
    for view in entry.outside:
        if not view.by.strip():
            return InvolvementFault.OUTSIDE_NAMELESS
        if len(view.by) > LONGEST_NAME or len(view.words) > LONGEST_OUTSIDE:
            return InvolvementFault.OUTSIDE_TOO_LONG
        if view.day > entry.day:
            return InvolvementFault.OUTSIDE_TO_COME
    return None


def _effort_fault(effort: Effort, today: date) -> InvolvementFault | None:
    if not effort.words.strip():
        return InvolvementFault.NO_REASON
    if len(effort.words) > LONGEST_REASON:
        return InvolvementFault.TOO_LONG
    return InvolvementFault.EFFORT_TO_COME if effort.day > today else None


def _depth(involvement: Involvement | None) -> int:
    return _LEAST_UNKNOWN if involvement is None else DEPTH[involvement]
