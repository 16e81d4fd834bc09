"""What a company is asked about a case, and what it answers (G7, G13, G16).

    open -> answered (as often as the company likes) -> settled, by a handler
    open, answered -> taken back, by a handler

A handler may ask once the reporter agreed that the company reads a summary: the request hangs on
that summary and goes with it. When the summary is taken back, the company sees neither any more.
The words go to the company, so they are written for it and hold no name (`web.desk.asking`).

Called by the desk (`ask`, `settle`, `take_back`) and by the officer's pages (`answer`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from register.alerts import Alert, AlertKind
from register.case import Actor, Case, record
from register.log import LogAction, LogEntry
from register.papers import refused_writing
from register.people import Role
from register.summary import Summary, words_for_company

LONGEST_REQUEST = 2000
LONGEST_ANSWER = 5000
"""Characters."""
LONGEST_WAIT = timedelta(days=90)
"""Nobody who was harmed waits longer for a company's answer."""
MOST_OPEN = 20
MOST_ANSWERS = 50


class RequestKind(StrEnum):
    """What is asked. Stored: never reuse a value."""

    EXPLAIN = "explain"
    STOP = "stop"
    PUT_RIGHT = "put_right"
    PREVENT = "prevent"
    REPORT = "report"
    """How far it is with what it said it would do."""


class RequestState(StrEnum):
    """Where a request stands. Stored: never reuse a value."""

    OPEN = "open"
    ANSWERED = "answered"
    SETTLED = "settled"
    TAKEN_BACK = "taken_back"


class AnswerKind(StrEnum):
    """What a company says. Stored: never reuse a value."""

    EXPLANATION = "explanation"
    PLANNED = "planned"
    """A measure, and the day until when."""
    DONE = "done"
    """A measure, and the day since when."""
    REFUSED = "refused"


_DATED = frozenset({AnswerKind.PLANNED, AnswerKind.DONE})
_WAITING = frozenset({RequestState.OPEN, RequestState.ANSWERED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer of a company."""

    kind: AnswerKind
    words: str = field(repr=False)
    on: date
    by: str
    """The officer's id."""
    measure_on: date | None = None
    """Until when it is planned, or since when it is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing that one company is asked."""

    id: str
    case_ref: str
    """Never shown to the company."""
    organisation_id: str
    summary_id: str
    kind: RequestKind
    words: str = field(repr=False)
    by: str
    """The handler's id."""
    asked_on: date
    due_on: date
    state: RequestState = RequestState.OPEN
    answers: tuple[Answer, ...] = ()

    @property
    def is_waiting(self) -> bool:
        """Whether an answer can still be given."""
        return self.state in _WAITING

    def is_overdue(self, today: date) -> bool:
        """Whether the company should have answered before this day, and has not."""
        return self.state is RequestState.OPEN and today > self.due_on


class RequestRefusal(StrEnum):
    """Why nothing was done."""

    NOT_YOUR_CASE = "not_your_case"
    NOT_SHARED = "not_shared"
    """The company reads nothing of this case, so it cannot be asked about it."""
    NOT_CONCERNED = "not_concerned"
    WORDS_MISSING = "words_missing"
    WORDS_TOO_LONG = "words_too_long"
    DAY_PAST = "day_past"
    DAY_TOO_LATE = "day_too_late"
    DAY_MISSING = "day_missing"
    DAY_TO_COME = "day_to_come"
    """What is done cannot have been done on a day that has not come."""
    TOO_MANY = "too_many"
    NOT_WAITING = "not_waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRefused:
    """Nothing changes."""

    reason: RequestRefusal


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestChanged:
    """What is stored of a step, in one transaction."""

    request: Request
    case: Case
    entry: LogEntry
    alerts: tuple[Alert, ...] = ()


def ask(
    case: Case,
    summary: Summary | None,
    kind: RequestKind,
    words: str,
    due_on: date,
    actor: Actor,
    today: date,
    *,
    request_id: str,
    organisation_id: str,
    earlier: Iterable[Request] = (),
) -> RequestChanged | RequestRefused:
    """The request, open; or why the company cannot be asked this."""
    refusal = _refused_asking(case, summary, words, due_on, actor, today)
    if refusal is None and organisation_id not in case.organisation_ids:
        refusal = RequestRefusal.NOT_CONCERNED
    if refusal is None and sum(each.is_waiting for each in earlier) >= MOST_OPEN:
        refusal = RequestRefusal.TOO_MANY
    if refusal is not None or summary is None or actor.id is None:
        return RequestRefused(reason=refusal or RequestRefusal.NOT_YOUR_CASE)
    request = Request(
        id=request_id,
        case_ref=case.ref,
        organisation_id=organisation_id,
        summary_id=summary.id,
        kind=kind,
        words=words.strip(),
        by=actor.id,
        asked_on=today,
        due_on=due_on,
    )
    after, entry = record(case, LogAction.COMPANY_ASKED, actor, today, kind, request_id)
    alert = Alert(
        kind=AlertKind.COMPANY_ASKED,
        case_ref=case.ref,
        urgency=case.urgency,
        organisation_id=organisation_id,
    )
    return RequestChanged(request=request, case=after, entry=entry, alerts=(alert,))


def answer(
    request: Request,
    case: Case,
    kind: AnswerKind,
    words: str,
    officer_id: str,
    today: date,
    *,
    measure_on: date | None = None,
) -> RequestChanged | RequestRefused:
    """The request with one more answer of the company's officer; or why it was not taken.

    The caller has made sure that the officer is the organisation's, and that it may see the
    request (`asked_of`).
    """
    refusal = _refused_answer(request, kind, words, measure_on, today)
    if refusal is not None:
        return RequestRefused(reason=refusal)
    given = Answer(
        kind=kind,
        words=words.strip(),
        on=today,
        by=officer_id,
        measure_on=measure_on if kind in _DATED else None,
    )
    answered = replace(request, state=RequestState.ANSWERED, answers=(*request.answers, given))
    actor = Actor(role=Role.OFFICER, id=officer_id)
    after, entry = record(case, LogAction.COMPANY_ANSWERED, actor, today, kind, request.id)
    alert = Alert(
        kind=AlertKind.COMPANY_ANSWERED,
        case_ref=case.ref,
        urgency=case.urgency,
        to=case.handler_ids,
    )
    return RequestChanged(request=answered, case=after, entry=entry, alerts=(alert,))


def settle(
    request: Request, case: Case, state: RequestState, actor: Actor, today: date
) -> RequestChanged | RequestRefused:
    """A handler ends it: `state` is settled, or taken back."""
    if refused_writing(case, actor) is not None or request.case_ref != case.ref:
        return RequestRefused(reason=RequestRefusal.NOT_YOUR_CASE)
    if not request.is_waiting or state in _WAITING:
        return RequestRefused(reason=RequestRefusal.NOT_WAITING)
    after, entry = record(case, LogAction.COMPANY_REQUEST_ENDED, actor, today, state, request.id)
    return RequestChanged(request=replace(request, state=state), case=after, entry=entry)


def asked_of(
    organisation_id: str, requests: Iterable[Request], shared: Iterable[Summary]
) -> tuple[tuple[Request, str], ...]:
    """What a company may see of what it is asked, each with its summary's words: waiting first.

    `shared` are the summaries that are shared with it now. What hangs on another is not there.
    """
    words = {each.id: words_for_company(each) for each in shared}
    seen = [
        (each, told)
        for each in requests
        if each.organisation_id == organisation_id
        and each.state is not RequestState.TAKEN_BACK
        and (told := words.get(each.summary_id)) is not None
    ]
    return tuple(sorted(seen, key=lambda pair: _place(pair[0])))


def _place(request: Request) -> tuple[bool, bool, date, str]:
    is_open = request.state is RequestState.OPEN
    return (not request.is_waiting, not is_open, request.due_on, request.id)


def _refused_asking(
    case: Case, summary: Summary | None, words: str, due_on: date, actor: Actor, today: date
) -> RequestRefusal | None:
    if refused_writing(case, actor) is not None:
        return RequestRefusal.NOT_YOUR_CASE
    if summary is None or words_for_company(summary) is None:
        return RequestRefusal.NOT_SHARED
    if due_on < today:
        return RequestRefusal.DAY_PAST
    if due_on > today + LONGEST_WAIT:
        return RequestRefusal.DAY_TOO_LATE
    return _refused_words(words, LONGEST_REQUEST)


def _refused_answer(
    request: Request, kind: AnswerKind, words: str, measure_on: date | None, today: date
) -> RequestRefusal | None:
    if not request.is_waiting:
        return RequestRefusal.NOT_WAITING
    if len(request.answers) >= MOST_ANSWERS:
        return RequestRefusal.TOO_MANY
    if kind in _DATED and measure_on is None:
        return RequestRefusal.DAY_MISSING
    if kind is AnswerKind.PLANNED and measure_on is not None and measure_on < today:
        return RequestRefusal.DAY_PAST
    if kind is AnswerKind.DONE and measure_on is not None and measure_on > today:
        return RequestRefusal.DAY_TO_COME
    return _refused_words(words, LONGEST_ANSWER)


def _refused_words(words: str, longest: int) -> RequestRefusal | None:
    if not words.strip():
        return RequestRefusal.WORDS_MISSING
    return RequestRefusal.WORDS_TOO_LONG if len(words) > longest else None
