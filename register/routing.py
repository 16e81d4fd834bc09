"""To whom a case goes: the theory first, then the tables, then the walk through them.

A case goes to the people who can act on it, as few as will do, and to nobody with a tie to it.
Urgency comes from the coded answers alone, before anybody has read a word (`URGENCY`). Each urgency
has an order of team kinds (`TEAM_ORDER`); within a kind the most specific team that covers theme
and country goes first. A team whose members are all excluded is passed over; oversight comes last.

Recipients are handlers one by one, never a team's key: a shared key would let the excluded member
in, and whoever joins the team tomorrow. The recovery key is always a recipient, so that a lost pass
phrase loses no case; alone, it is what is left when everybody is excluded.

Worked example. A quarry in India, theme `health_safety`, danger `yes`, told in Hindi. `danger_now`
makes it urgent, so the urgent teams come first. Of their members Asha (Hindi) and Ben (English) are
free and Chandra is tied to the quarry. Asha alone speaks Hindi; two readers are the least, so Ben
is added. Recipients: Asha, Ben, recovery. Excluded: Chandra, `tied_to_site`.

Used by filing, appeals and the operator's dry run.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from register.conflicts import Exclusion, Subjects, exclusions
from register.particulars import Danger, Particulars, Retaliation, Theme
from register.people import Handler, Staff, Team, TeamKind

LEAST_READERS = 2
"""Handlers per case where the team has them: one illness must not stop a case."""


class Urgency(StrEnum):
    """How soon somebody must look."""

    URGENT = "urgent"
    """At once, by the urgent team."""
    SOON = "soon"
    """First on the regular team's list."""
    NORMAL = "normal"


class UrgencyReason(StrEnum):
    """Which rule gave the urgency."""

    CHILD_OR_TRAFFICKING = "child_or_trafficking"
    DANGER_NOW = "danger_now"
    CHILD_LABOUR = "child_labour"
    FORCED_LABOUR = "forced_labour"
    DANGER_UNSURE = "danger_unsure"
    PUNISHED = "punished"
    NOTHING_PRESSES = "nothing_presses"


URGENCY: tuple[tuple[UrgencyReason, Callable[[Particulars], bool], Urgency], ...] = (
    (UrgencyReason.CHILD_OR_TRAFFICKING, lambda p: p.is_child_or_trafficking, Urgency.URGENT),
    (UrgencyReason.DANGER_NOW, lambda p: p.danger is Danger.YES, Urgency.URGENT),
    (UrgencyReason.CHILD_LABOUR, lambda p: p.theme is Theme.CHILD_LABOUR, Urgency.URGENT),
    (UrgencyReason.FORCED_LABOUR, lambda p: p.theme is Theme.FORCED_LABOUR, Urgency.SOON),
    (UrgencyReason.DANGER_UNSURE, lambda p: p.danger is Danger.UNSURE, Urgency.SOON),
    (UrgencyReason.PUNISHED, lambda p: p.retaliation is Retaliation.YES, Urgency.SOON),
    (UrgencyReason.NOTHING_PRESSES, lambda _: True, Urgency.NORMAL),
)
"""The first rule that holds counts (design §7, W10, G5)."""


class Purpose(StrEnum):
    """What the case is routed for."""

    INTAKE = "intake"
    APPEAL = "appeal"


_REGULAR_FIRST = (TeamKind.REGULAR, TeamKind.URGENT, TeamKind.OVERSIGHT)
TEAM_ORDER: Mapping[tuple[Purpose, Urgency], tuple[TeamKind, ...]] = {
    (Purpose.INTAKE, Urgency.URGENT): (TeamKind.URGENT, TeamKind.REGULAR, TeamKind.OVERSIGHT),
    (Purpose.INTAKE, Urgency.SOON): _REGULAR_FIRST,
    (Purpose.INTAKE, Urgency.NORMAL): _REGULAR_FIRST,
    (Purpose.APPEAL, Urgency.URGENT): (TeamKind.APPEAL, TeamKind.OVERSIGHT),
    (Purpose.APPEAL, Urgency.SOON): (TeamKind.APPEAL, TeamKind.OVERSIGHT),
    (Purpose.APPEAL, Urgency.NORMAL): (TeamKind.APPEAL, TeamKind.OVERSIGHT),
}
"""Appeal teams take no new cases, so that an appeal always finds people who know nothing of it."""


class Explanation(StrEnum):
    """One step of the walk, for the dry run and the log."""

    CHOSEN = "chosen"
    COVERS_NOT = "covers_not"
    """Another team covers this theme and country better; this one stays as a last resort."""
    NOBODY_AVAILABLE = "nobody_available"
    """No member is active and has a key."""
    ALL_EXCLUDED = "all_excluded"
    NOBODY_SPEAKS = "nobody_speaks"
    """Chosen although no member reads the reporter's language."""
    READERS_ADDED = "readers_added"
    """Fewer than two fit best, so the next best of the team were added."""
    RECOVERY_ONLY = "recovery_only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What was found about a team; `team_id` is None where no team is meant."""

    explanation: Explanation
    team_id: str | None = None


class Unroutable(StrEnum):
    """Why only the recovery key can open the case; the operator is told at once."""

    NO_TEAM = "no_team"
    """No team of any fitting kind has an active member with a key."""
    EVERYBODY_EXCLUDED = "everybody_excluded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What routing looks at."""

    particulars: Particulars
    language: str
    country: str | None = None
    subjects: Subjects = field(default_factory=Subjects)


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """Who gets the case and why. `recipient_ids` is never empty."""

    handler_ids: tuple[str, ...]
    recovery_id: str
    team_id: str | None
    urgency: Urgency
    urgency_reason: UrgencyReason
    excluded: tuple[Exclusion, ...]
    reasons: tuple[Reason, ...]
    unroutable: Unroutable | None = None

    @property
    def recipient_ids(self) -> tuple[str, ...]:
        """To whom the envelope is sealed: each handler, and the recovery key last."""
        return (*self.handler_ids, self.recovery_id)


def urgency_of(particulars: Particulars) -> tuple[Urgency, UrgencyReason]:
    """How soon, and by which rule of `URGENCY`."""
    for reason, holds, urgency in URGENCY:
        if holds(particulars):
            return urgency, reason
    raise AssertionError("the last rule of URGENCY always holds")


def route(
    matter: Matter, staff: Staff, today: date, *, purpose: Purpose = Purpose.INTAKE
) -> Routing:
    """Who gets the case. The same matter and staff always give the same answer.

    Nobody with a tie is among the recipients (G9), and there is always a recipient.
    """
    urgency, urgency_reason = urgency_of(matter.particulars)
    excluded = exclusions(staff, matter.subjects, today)
    kept_out = frozenset(each.handler_id for each in excluded)
    reasons: list[Reason] = []
    team, readers = None, ()  # type: tuple[Team | None, tuple[str, ...]]
    for candidate in _candidates(matter, staff, TEAM_ORDER[purpose, urgency], reasons):
        readers = _readers(candidate, matter, staff, kept_out, reasons)
        if readers:
            team = candidate
            break
    return Routing(
        handler_ids=readers,
        recovery_id=staff.recovery_id,
        team_id=team.id if team else None,
        urgency=urgency,
        urgency_reason=urgency_reason,
        excluded=excluded,
        unroutable=None if team else _unroutable(reasons),
        reasons=tuple(reasons),
    )


def _unroutable(reasons: list[Reason]) -> Unroutable:
    were_excluded = any(each.explanation is Explanation.ALL_EXCLUDED for each in reasons)
    reasons.append(Reason(explanation=Explanation.RECOVERY_ONLY))
    return Unroutable.EVERYBODY_EXCLUDED if were_excluded else Unroutable.NO_TEAM


def _candidates(
    matter: Matter, staff: Staff, kinds: tuple[TeamKind, ...], reasons: list[Reason]
) -> Iterator[Team]:
    """Teams that cover the matter, in the order of their kinds; after them those that do not."""
    passed_over = []
    for kind in kinds:
        of_kind = [team for team in staff.teams if team.kind is kind and team.is_active]
        for team in sorted(of_kind, key=lambda team: _rank(team, matter, staff)):
            if team.covers(matter.particulars.theme, matter.country):
                yield team
            else:
                reasons.append(Reason(explanation=Explanation.COVERS_NOT, team_id=team.id))
                passed_over.append(team)
    yield from passed_over


def _rank(team: Team, matter: Matter, staff: Staff) -> tuple[bool, bool, bool, str]:
    """A team for this very theme or country goes before one for all; then language; then id."""
    speaks = any(handler.speaks(matter.language) for handler in staff.members(team.id))
    return not team.themes, not team.countries, not speaks, team.id


def _readers(
    team: Team, matter: Matter, staff: Staff, kept_out: frozenset[str], reasons: list[Reason]
) -> tuple[str, ...]:
    """Members who fit best, and the next best until there are two; empty if nobody may."""
    available = [each for each in staff.members(team.id) if each.is_active and each.has_key]
    free = [each for each in available if each.id not in kept_out]
    if not free:
        found = Explanation.ALL_EXCLUDED if available else Explanation.NOBODY_AVAILABLE
        reasons.append(Reason(explanation=found, team_id=team.id))
        return ()
    reasons.append(Reason(explanation=Explanation.CHOSEN, team_id=team.id))
    if not any(each.speaks(matter.language) for each in free):
        reasons.append(Reason(explanation=Explanation.NOBODY_SPEAKS, team_id=team.id))
    best = max(_fit(each, matter) for each in free)
    readers = [each.id for each in free if _fit(each, matter) == best]
    if len(readers) < LEAST_READERS and len(free) > len(readers):
        others = sorted((each for each in free if each.id not in readers), key=_by_fit(matter))
        readers += [each.id for each in others[: LEAST_READERS - len(readers)]]
        reasons.append(Reason(explanation=Explanation.READERS_ADDED, team_id=team.id))
    return tuple(sorted(readers))


def _fit(handler: Handler, matter: Matter) -> tuple[bool, bool]:
    covers = handler.covers(matter.particulars.theme, matter.country)
    return handler.speaks(matter.language), covers


def _by_fit(matter: Matter) -> Callable[[Handler], tuple[bool, bool, str]]:
    def key(handler: Handler) -> tuple[bool, bool, str]:
        speaks, covers = _fit(handler, matter)
        return not speaks, not covers, handler.id

    return key
