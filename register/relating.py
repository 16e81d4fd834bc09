"""Cases that have to do with each other, seen by whoever reads both. Called by the desk.

Two reports of one thing are not put into one case: each reporter keeps their own receipt, letters
and say, and neither learns of the other. The tie is written into both cases, so a handler finds one
from the other and decides them together.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from register.case import Actor, Case, Relation, RelationKind, record
from register.log import LogAction, LogEntry
from register.papers import refused_writing

MOST_RELATIONS = 50


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
        return record(named, LogAction.RELATED, actor, today, reason=kind, subject=its_other.ref)

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
        return record(case_without, LogAction.UNRELATED, actor, today, subject=its_other.ref)

    return Related(changed=(parted(case, other), parted(other, case)))


def _refusal_of(case: Case, other: Case, actor: Actor) -> RelationRefusal | None:
    if case.ref == other.ref:
        return RelationRefusal.ITSELF
    if refused_writing(case, actor) or refused_writing(other, actor):
        return RelationRefusal.NOT_BOTH_YOURS
    return None
