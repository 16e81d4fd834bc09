"""Who may not read a case, and why: the conflict-of-interest guard (G9).

Used by routing (who becomes a recipient), by the desk (who may open) and whenever a case is handed
on. A tie counts from the day it is declared; doubt excludes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from register.folding import fold
from register.people import ConflictOfInterest, Handler, Staff, TieTo

_SHORTEST_LONE_NAME = 4
"""Letters. A shorter name of one word ("An", "Li") would be found in every account."""
_APART = " | "
"""Between one answer and the next; folded words hold no such sign."""
_WITHOUT_SPACES = "\u2e80"
"""From here on Unicode holds the scripts of China, Japan and Korea."""


class ExclusionReason(StrEnum):
    """Why a handler may not read a case. Stored in the log: never reuse a value."""

    TIED_TO_SITE = "tied_to_site"
    TIED_TO_ORGANISATION = "tied_to_organisation"
    TIED_TO_CASE = "tied_to_case"
    TIED_TO_PERSON = "tied_to_person"
    NAMED_IN_ACCOUNT = "named_in_account"
    KEPT_OUT_BEFORE = "kept_out_before"
    """Something in the account spoke against it when it was filed."""
    HANDLED_BEFORE = "handled_before"
    """An appeal is heard by people who did not handle the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """One handler is kept out of a case."""

    handler_id: str
    reason: ExclusionReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """What a case touches, by id; and the handlers whose own or tied names its account says."""

    case_ref: str | None = None
    site_id: str | None = None
    organisation_ids: frozenset[str] = frozenset()
    named: tuple[Exclusion, ...] = ()
    """From `named_in`, while the account was in memory; names themselves are not kept."""
    kept_out_ids: frozenset[str] = frozenset()
    """Who was kept out when the account could be read."""
    earlier_handler_ids: frozenset[str] = frozenset()
    """Who handled the case before an appeal."""


def exclusions(staff: Staff, subjects: Subjects, today: date) -> tuple[Exclusion, ...]:
    """Every handler who may not read such a case, each once, by id."""
    found = (exclusion_of(handler, subjects, today) for handler in staff.handlers)
    return tuple(sorted(filter(None, found), key=lambda each: each.handler_id))


def exclusion_of(handler: Handler, subjects: Subjects, today: date) -> Exclusion | None:
    """Why this handler may not read such a case; None if nothing speaks against it."""
    for each in subjects.named:
        if each.handler_id == handler.id:
            return each
    if handler.id in subjects.kept_out_ids:
        return Exclusion(handler_id=handler.id, reason=ExclusionReason.KEPT_OUT_BEFORE)
    if handler.id in subjects.earlier_handler_ids:
        return Exclusion(handler_id=handler.id, reason=ExclusionReason.HANDLED_BEFORE)
    for tie in handler.ties:
        reason = _touched(tie, subjects) if tie.holds(today) else None
        if reason is not None:
            return Exclusion(handler_id=handler.id, reason=reason)
    return None


def named_in(words: Iterable[str], staff: Staff, today: date) -> tuple[Exclusion, ...]:
    """The handlers whom an account names, by their own name or that of somebody they are tied to.

    Compared without case and accents, as whole words. A name that is one very short word is not
    looked for. Somebody else of the same name excludes the handler too: another one can read it.
    """
    text = _APART.join(("", *map(fold, words), ""))
    found = []
    for handler in sorted(staff.handlers, key=lambda each: each.id):
        people = [tie for tie in handler.ties if tie.tie is TieTo.PERSON and tie.holds(today)]
        if any(_says(text, name) for name in (handler.name, *handler.other_names)):
            reason = ExclusionReason.NAMED_IN_ACCOUNT
        elif any(_says(text, tie.subject) for tie in people):
            reason = ExclusionReason.TIED_TO_PERSON
        else:
            continue
        found.append(Exclusion(handler_id=handler.id, reason=reason))
    return tuple(found)


def _touched(tie: ConflictOfInterest, subjects: Subjects) -> ExclusionReason | None:
    match tie.tie:
        case TieTo.SITE if tie.subject == subjects.site_id:
            return ExclusionReason.TIED_TO_SITE
        case TieTo.ORGANISATION if tie.subject in subjects.organisation_ids:
            return ExclusionReason.TIED_TO_ORGANISATION
        case TieTo.CASE if tie.subject == subjects.case_ref:
            return ExclusionReason.TIED_TO_CASE
        case _:
            return None


def _says(text: str, name: str) -> bool:
    folded = fold(name)
    if any(character >= _WITHOUT_SPACES for character in folded):
        return len(folded) > 1 and folded in text
    is_telling = " " in folded or len(folded) >= _SHORTEST_LONE_NAME
    return is_telling and f" {folded} " in text
