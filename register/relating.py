"""Cases that have to do with each other, seen by whoever reads both. Called by the desk.

Two reports of one thing are not put into one case: each reporter keeps their own receipt, letters
and say, and neither learns of the other. The tie is written into both cases, so a handler finds one
from the other and decides them together.

A log stays as it is for as long as its record is kept, and the other record may have to go before
it. So the log names a tie by a digest of both references: whoever reads both cases finds it, and
when one of them is erased, nothing names it any more.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from register.case import Actor, Case, Relation, RelationKind, record
from register.log import LogAction, LogEntry
from register.papers import refused_writing
from sealing.identifiers import ID_BYTES, as_letters

MOST_RELATIONS = 50
_TIE = "gehoor tie 1"


class RelationRefusal(StrEnum):
    """Why nothing was noted."""

    NOT_BOTH_YOURS = "not_both_yours"
    """Only somebody who reads both cases may say that they belong together."""
    ITSELF = "itself"
    ALREADY = "already"
    NOT_RELATED = "not_related"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationRefused:
    """Both cases stay as they are."""

    reason: RelationRefusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Both cases and both entries, stored together."""

    changed: tuple[tuple[Case, LogEntry], tuple[Case, LogEntry]]


def relate(
    case: Case, other: Case, kind: RelationKind, actor: Actor, today: date
) -> Related | RelationRefused:
    """Both cases, each naming the other; or why not."""
    refusal = _refusal_of(case, other, actor)
    if refusal is None and other.ref in {each.ref for each in case.relations}:
        refusal = RelationRefusal.ALREADY
    if refusal is None and max(len(case.relations), len(other.relations)) >= MOST_RELATIONS:
        refusal = RelationRefusal.TOO_MANY
    if refusal is not None:
        return RelationRefused(reason=refusal)

    def naming(one: Case, its_other: Case) -> tuple[Case, LogEntry]:
        named = replace(one, relations=(*one.relations, Relation(kind=kind, ref=its_other.ref)))
        return record(
            named, LogAction.RELATED, actor, today, reason=kind, subject=tie_of(one, its_other)
        )

    return Related(changed=(naming(case, other), naming(other, case)))


def part(case: Case, other: Case, actor: Actor, today: date) -> Related | RelationRefused:
    """Both cases without the tie between them; or why not."""
    refusal = _refusal_of(case, other, actor)
    if refusal is None and other.ref not in {each.ref for each in case.relations}:
        refusal = RelationRefusal.NOT_RELATED
    if refusal is not None:
        return RelationRefused(reason=refusal)

    def parted(one: Case, its_other: Case) -> tuple[Case, LogEntry]:
        left = tuple(each for each in one.relations if each.ref != its_other.ref)
        case_without = replace(one, relations=left)
        return record(
            case_without, LogAction.UNRELATED, actor, today, subject=tie_of(one, its_other)
        )

    return Related(changed=(parted(case, other), parted(other, case)))


def tie_of(one: Case, other: Case) -> str:
    """What the log of one case calls its tie to the other: it tells neither."""
    said = "|".join((_TIE, one.ref, other.ref))
    return as_letters(hashlib.sha256(said.encode()).digest()[:ID_BYTES])


def without(case: Case, other_ref: str) -> Case:
    """The case without its tie to another, whose record may be erased: then nothing is logged."""
    left = tuple(each for each in case.relations if each.ref != other_ref)
    return replace(case, relations=left)


def _refusal_of(case: Case, other: Case, actor: Actor) -> RelationRefusal | None:
    if case.ref == other.ref:
        return RelationRefusal.ITSELF
    if refused_writing(case, actor) or refused_writing(other, actor):
        return RelationRefusal.NOT_BOTH_YOURS
    return None
