"""What requests to companies and their answers are called: for the desk and for the company."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from locales.catalogue import Catalogue
from locales.marking import N_
from register.requests import AnswerKind, Request, RequestKind, RequestRefusal, RequestState

REQUEST_WORDS: Mapping[RequestKind, str] = {
    RequestKind.EXPLAIN: N_("Explain what happened"),
    RequestKind.STOP: N_("Make it stop"),
    RequestKind.PUT_RIGHT: N_("Put it right"),
    RequestKind.PREVENT: N_("See that it does not happen again"),
    RequestKind.REPORT: N_("Say how far you are"),
}
REQUEST_STATES: Mapping[RequestState, str] = {
    RequestState.OPEN: N_("Waits for the company"),
    RequestState.ANSWERED: N_("Answered"),
    RequestState.SETTLED: N_("Settled"),
    RequestState.TAKEN_BACK: N_("Taken back"),
}
REQUEST_TONES: Mapping[RequestState, str] = {
    RequestState.OPEN: "care",
    RequestState.ANSWERED: "plain",
    RequestState.SETTLED: "good",
    RequestState.TAKEN_BACK: "plain",
}
ANSWER_WORDS: Mapping[AnswerKind, str] = {
    AnswerKind.EXPLANATION: N_("An explanation"),
    AnswerKind.PLANNED: N_("A measure that is planned"),
    AnswerKind.DONE: N_("A measure that is done"),
    AnswerKind.REFUSED: N_("We will not do this"),
}
REQUEST_REFUSALS: Mapping[RequestRefusal, str] = {
    RequestRefusal.NOT_YOUR_CASE: N_("This case is not with you."),
    RequestRefusal.NOT_SHARED: N_(
        "The company reads nothing of this case. First share a summary that the reporter agreed to."
    ),
    RequestRefusal.NOT_CONCERNED: N_("This case is not about a site of that company."),
    RequestRefusal.WORDS_MISSING: N_("Please write something first."),
    RequestRefusal.WORDS_TOO_LONG: N_("This is too long. Please make it shorter."),
    RequestRefusal.DAY_PAST: N_("This day is past. Please choose a later one."),
    RequestRefusal.DAY_TOO_LATE: N_("Please choose a day within the next 90 days."),
    RequestRefusal.DAY_MISSING: N_("Please say the day: until when, or since when."),
    RequestRefusal.DAY_TO_COME: N_(
        "This day is still to come. If it is not done yet, say planned."
    ),
    RequestRefusal.TOO_MANY: N_("There are too many already. Please settle some first."),
    RequestRefusal.NOT_WAITING: N_("This is settled or taken back. Nothing can be added to it."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerShown:
    """One answer in words."""

    what: str
    words: str
    on: date
    measure_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestShown:
    """One request in words, for the desk and for the company alike."""

    id: str
    what: str
    company: str
    words: str
    due_on: date
    state: str
    tone: str
    is_waiting: bool
    is_unanswered: bool
    is_overdue: bool
    answers: tuple[AnswerShown, ...]


def request_shown(each: Request, company: str, today: date, words: Catalogue) -> RequestShown:
    """One request in words."""
    return RequestShown(
        id=each.id,
        what=words.text(REQUEST_WORDS[each.kind]),
        company=company,
        words=each.words,
        due_on=each.due_on,
        state=words.text(REQUEST_STATES[each.state]),
        tone=REQUEST_TONES[each.state],
        is_waiting=each.is_waiting,
        is_unanswered=each.state is RequestState.OPEN,
        is_overdue=each.is_overdue(today),
        answers=tuple(
            AnswerShown(
                what=words.text(ANSWER_WORDS[given.kind]),
                words=given.words,
                on=given.on,
                measure_on=given.measure_on,
            )
            for given in each.answers
        ),
    )
