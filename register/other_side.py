"""What is said to the other side, and that the reporter agreed to it first (G13).

    asked -> agreed -> told
          -> declined, and asked anew in other words
    agreed -> taken back, until it was told

The words are a letter: the reporter reads them like any other, they are sealed anew and erased like
any other. Where they stand is read from the log alone, so nothing can disagree with it. Asking anew
begins anew: a yes is for those words and no others. Called by the desk and by the reporter's pages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from register.account import Account
from register.alerts import Alert, AlertKind
from register.case import Actor, Case, record
from register.helping import Helper
from register.keys import Keys
from register.letters import LetterRefusal, LetterRefused, Sent, write
from register.log import LogAction, LogEntry
from register.people import Role
from sealing.recipients import Recipient

LONGEST_EXTRACT = 20_000
"""Characters."""
_DESK = frozenset({Role.HANDLER, Role.APPEAL_HANDLER, Role.OVERSIGHT})
_REPORTER = frozenset({Role.REPORTER})


class ExtractState(StrEnum):
    """Where the words stand that the other side would hear."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    TOLD = "told"
    """They were said: from then on there is nothing to take back."""


_S, _L = ExtractState, LogAction
_STATES: Mapping[LogAction, ExtractState] = MappingProxyType(
    {
        _L.EXTRACT_ASKED: _S.ASKED,
        _L.EXTRACT_AGREED: _S.AGREED,
        _L.EXTRACT_DECLINED: _S.DECLINED,
        _L.EXTRACT_TAKEN_BACK: _S.TAKEN_BACK,
        _L.EXTRACT_TOLD: _S.TOLD,
    }
)
_STEPS: Mapping[tuple[ExtractState, LogAction], frozenset[Role]] = MappingProxyType(
    {
        (_S.ASKED, _L.EXTRACT_AGREED): _REPORTER,
        (_S.ASKED, _L.EXTRACT_DECLINED): _REPORTER,
        (_S.AGREED, _L.EXTRACT_TAKEN_BACK): _REPORTER,
        (_S.AGREED, _L.EXTRACT_TOLD): _DESK,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """The newest words that the other side would hear."""

    letter_id: str
    state: ExtractState
    day: date
    """Of the last change of state."""


class ExtractRefusal(StrEnum):
    """Why nothing was asked or done."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    WAITS = "waits"
    """The reporter was asked and has not answered."""
    CLOSED = "closed"
    NOT_AGREED = "not_agreed"
    """The reporter did not say yes to these words, or took it back."""
    NOT_YOUR_CASE = "not_your_case"
    ON_APPEAL = "on_appeal"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractRefused:
    """The case stays as it is."""

    reason: ExtractRefusal


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractChanged:
    """What is stored of a step, in one transaction."""

    case: Case
    entry: LogEntry
    alerts: tuple[Alert, ...] = ()


def extract_of(entries: Sequence[LogEntry]) -> Extract | None:
    """What a case's log says of it; None where the reporter was never asked."""
    for entry in reversed(entries):
        if entry.action in _STATES and entry.subject is not None:
            state = _STATES[LogAction(entry.action)]
            return Extract(letter_id=entry.subject, state=state, day=entry.day)
    return None


def ask_reporter(
    case: Case,
    earlier: Extract | None,
    content: Account,
    actor: Actor,
    today: date,
    *,
    letter_id: str,
    keys: Keys,
    reporter: Recipient,
    helpers: Sequence[Helper] = (),
) -> Sent | ExtractRefused:
    """A letter whose words may be said once the reporter says yes; `earlier` as the log has it."""
    words = "".join(content.words).strip()
    refusal = None
    if not words:
        refusal = ExtractRefusal.EMPTY
    elif len(words) > LONGEST_EXTRACT:
        refusal = ExtractRefusal.TOO_LONG
    elif not case.is_open:
        refusal = ExtractRefusal.CLOSED
    elif earlier is not None and earlier.state is ExtractState.ASKED:
        refusal = ExtractRefusal.WAITS
    if refusal is not None:
        return ExtractRefused(reason=refusal)
    sent = write(
        case,
        content,
        actor,
        today,
        letter_id=letter_id,
        keys=keys,
        reporter=reporter,
        helpers=helpers,
        logged_as=LogAction.EXTRACT_ASKED,
    )
    if isinstance(sent, LetterRefused):
        is_appeal = sent.reason is LetterRefusal.ON_APPEAL
        reason = ExtractRefusal.ON_APPEAL if is_appeal else ExtractRefusal.NOT_YOUR_CASE
        return ExtractRefused(reason=reason)
    return sent


def go_on(
    case: Case, extract: Extract | None, action: LogAction, actor: Actor, today: date
) -> ExtractChanged | ExtractRefused:
    """One step on: the reporter's answer, or that it was said. Handlers hear of an answer."""
    if not case.is_open:
        return ExtractRefused(reason=ExtractRefusal.CLOSED)
    roles = None if extract is None else _STEPS.get((extract.state, action))
    if extract is None or roles is None:
        return ExtractRefused(reason=ExtractRefusal.NOT_AGREED)
    if actor.role not in roles or (actor.role in _DESK and actor.id not in case.handler_ids):
        return ExtractRefused(reason=ExtractRefusal.NOT_YOUR_CASE)
    if case.is_on_appeal and actor.role is Role.HANDLER:
        return ExtractRefused(reason=ExtractRefusal.ON_APPEAL)
    after, entry = record(case, action, actor, today, subject=extract.letter_id)
    told = Alert(
        kind=AlertKind.REPORTER_ACTED,
        case_ref=case.ref,
        urgency=case.urgency,
        to=case.handler_ids,
    )
    return ExtractChanged(
        case=after, entry=entry, alerts=(told,) if actor.role is Role.REPORTER else ()
    )
