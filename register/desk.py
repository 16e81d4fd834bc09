"""What a handler sees of their cases before opening any, and what they may do. Values only.

Used by `web.desk`. Storage gives the cases of a page (`register.ports.CaseShelf.inbox`); here they
become lines, with what is offered on each.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from register.case import Actor, Case, CaseStatus
from register.clocks import TIMETABLE, ClockKind, Timetable, next_deadline
from register.conflicts import Exclusion, exclusion_of
from register.handover import subjects_of
from register.particulars import Theme
from register.people import ROLE_OF_TEAM, Handler, Staff
from register.routing import Urgency
from register.transitions import Action, actions_for

_SHORT = 6
"""Letters of a reference that people say to each other: one in a billion pairs is alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLine:
    """One case in the list. No word of the reporter is in it."""

    ref: str
    short_ref: str
    site_id: str | None
    theme: Theme
    status: CaseStatus
    urgency: Urgency
    language: str
    owed: ClockKind | None
    due_on: date | None
    is_overdue: bool
    actions: tuple[Action, ...]


class OpenRefusal(StrEnum):
    """Why a handler may not open a case."""

    NOT_ACTIVE = "not_active"
    NOT_A_READER = "not_a_reader"
    """The envelope is not sealed to them."""
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    """A tie that was declared after the case came in; it is to be handed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRefused:
    """The case stays closed to them."""

    reason: OpenRefusal
    exclusion: Exclusion | None = None


def actor_of(handler: Handler, staff: Staff) -> Actor | None:
    """The handler as who they act on a case; None without a team."""
    team = next((team for team in staff.teams if team.id == handler.team_id), None)
    return None if team is None else Actor(role=ROLE_OF_TEAM[team.kind], id=handler.id)


def refused_opening(case: Case, handler: Handler, today: date) -> OpenRefused | None:
    """Why this handler may not open this case now (G9); None if they may.

    The envelope decides whether they can; this decides whether they may, and comes first.
    """
    if not handler.is_active:
        return OpenRefused(reason=OpenRefusal.NOT_ACTIVE)
    if handler.id not in case.handler_ids:
        return OpenRefused(reason=OpenRefusal.NOT_A_READER)
    exclusion = exclusion_of(handler, subjects_of(case), today)
    if exclusion is not None:
        return OpenRefused(reason=OpenRefusal.CONFLICT_OF_INTEREST, exclusion=exclusion)
    return None


def lines(
    cases: Iterable[Case], actor: Actor, today: date, timetable: Timetable = TIMETABLE
) -> tuple[DeskLine, ...]:
    """The cases as lines, in their order; those the actor cannot read are left out."""
    return tuple(
        _line(case, actor, today, timetable) for case in cases if actor.id in case.handler_ids
    )


def short_ref(ref: str) -> str:
    """The beginning of a case's reference, as people say it."""
    return ref[:_SHORT]


def _line(case: Case, actor: Actor, today: date, timetable: Timetable) -> DeskLine:
    owed = next_deadline(case, timetable)
    return DeskLine(
        ref=case.ref,
        short_ref=short_ref(case.ref),
        site_id=case.site_id,
        theme=case.theme,
        status=case.status,
        urgency=case.urgency,
        language=case.language,
        owed=owed.kind if owed else None,
        due_on=owed.due_on if owed else None,
        is_overdue=owed is not None and owed.is_overdue(today),
        actions=actions_for(case, actor),
    )
