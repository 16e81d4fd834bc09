"""Plans for putting things right: a measure is planned, done, and judged by those harmed.

Called by the desk. A measure may be planned once a case is founded; its day may not lie beyond the
clock for remedy (A104), because what comes later than that is no plan. Only the desk writes here,
and what those harmed say is entered by the handler who asked them, or by the reporter's own answer
(`judge`).
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from register.case import Actor, Case, CaseStatus, record
from register.clocks import TIMETABLE, ClockKind, Timetable, deadlines
from register.keys import Keys
from register.log import LogAction, LogEntry
from register.papers import PaperKind, PaperRefused, Written, refused_writing, write_paper
from register.people import Role
from register.remedy import Judgement, Measure, RemedyKind, RemedyOwner

_PLANNED_IN = frozenset(
    {
        CaseStatus.FOUNDED,
        CaseStatus.PARTLY_FOUNDED,
        CaseStatus.REMEDY_AGREED,
        CaseStatus.REMEDYING,
    }
)
MOST_MEASURES = 50


class RemedyRefusal(StrEnum):
    """Why the plan stays as it is."""

    NOT_FOUNDED = "not_founded"
    """There is nothing to put right before it is found to be so."""
    NOT_YOUR_CASE = "not_your_case"
    WORDS_MISSING = "words_missing"
    WORDS_TOO_LONG = "words_too_long"
    DAY_PAST = "day_past"
    DAY_TOO_LATE = "day_too_late"
    """After the clock for remedy has run out (A104)."""
    NO_SUCH_MEASURE = "no_such_measure"
    NOT_DONE_YET = "not_done_yet"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyRefused:
    """Nothing changes."""

    reason: RemedyRefusal


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyChanged:
    """The case with its plan, and the entry."""

    case: Case
    entry: LogEntry


def plan_measure(
    case: Case,
    kind: RemedyKind,
    owner: RemedyOwner,
    due_on: date,
    words: str,
    actor: Actor,
    today: date,
    *,
    paper_id: str,
    keys: Keys,
    language: str,
    timetable: Timetable = TIMETABLE,
) -> Written | RemedyRefused:
    """One more measure, its words sealed in a paper of the same id; or why not."""
    refusal = _refused_plan(case, due_on, actor, today, timetable)
    if refusal is not None:
        return RemedyRefused(reason=refusal)
    measure = Measure(id=paper_id, kind=kind, owner=owner, due_on=due_on)
    planned = replace(case, measures=(*case.measures, measure))
    written = write_paper(
        planned,
        PaperKind.REMEDY_PLAN,
        words,
        actor,
        today,
        paper_id=paper_id,
        keys=keys,
        language=language,
    )
    if isinstance(written, PaperRefused):
        is_empty = not words.strip()
        reason = RemedyRefusal.WORDS_MISSING if is_empty else RemedyRefusal.WORDS_TOO_LONG
        return RemedyRefused(reason=reason)
    return written


def note_done(
    case: Case, measure_id: str, actor: Actor, today: date
) -> RemedyChanged | RemedyRefused:
    """The measure was done today, as far as the handler could see for themselves."""
    measure = _measure(case, measure_id)
    if refused_writing(case, actor) is not None:
        return RemedyRefused(reason=RemedyRefusal.NOT_YOUR_CASE)
    if measure is None or measure.done_on is not None:
        return RemedyRefused(reason=RemedyRefusal.NO_SUCH_MEASURE)
    changed = _with(case, replace(measure, done_on=today))
    after, entry = record(changed, LogAction.MEASURE_DONE, actor, today, subject=measure_id)
    return RemedyChanged(case=after, entry=entry)


def judge(
    case: Case, measure_id: str, judgement: Judgement, actor: Actor, today: date
) -> RemedyChanged | RemedyRefused:
    """What those harmed say of a measure; the last word counts (G14, A106)."""
    measure = _measure(case, measure_id)
    if actor.role is not Role.REPORTER and refused_writing(case, actor) is not None:
        return RemedyRefused(reason=RemedyRefusal.NOT_YOUR_CASE)
    if measure is None:
        return RemedyRefused(reason=RemedyRefusal.NO_SUCH_MEASURE)
    if measure.done_on is None:
        return RemedyRefused(reason=RemedyRefusal.NOT_DONE_YET)
    changed = _with(case, replace(measure, judged=judgement))
    after, entry = record(
        changed, LogAction.MEASURE_JUDGED, actor, today, reason=judgement, subject=measure_id
    )
    return RemedyChanged(case=after, entry=entry)


def _refused_plan(
    case: Case, due_on: date, actor: Actor, today: date, timetable: Timetable
) -> RemedyRefusal | None:
    if refused_writing(case, actor) is not None:
        return RemedyRefusal.NOT_YOUR_CASE
    if case.status not in _PLANNED_IN:
        return RemedyRefusal.NOT_FOUNDED
    if len(case.measures) >= MOST_MEASURES:
        return RemedyRefusal.TOO_MANY
    if due_on < today:
        return RemedyRefusal.DAY_PAST
    ends = [each.due_on for each in deadlines(case, timetable) if each.kind is ClockKind.REMEDY]
    return RemedyRefusal.DAY_TOO_LATE if ends and due_on > ends[0] else None


def _measure(case: Case, measure_id: str) -> Measure | None:
    return next((each for each in case.measures if each.id == measure_id), None)


def _with(case: Case, measure: Measure) -> Case:
    return replace(
        case,
        measures=tuple(measure if each.id == measure.id else each for each in case.measures),
    )
