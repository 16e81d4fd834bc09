"""Who handles cases, who reads the anonymised register, and what ties keep a handler out.

Read by routing and the desk. Handlers are independent experts (G9) and hold keys; officers work
for an organisation and hold none (K10).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from register.particulars import Theme


class Role(StrEnum):
    """What a person, or a rule, may be when they act on a case. Stored in the log."""

    REPORTER = "reporter"
    HANDLER = "handler"
    APPEAL_HANDLER = "appeal_handler"
    OVERSIGHT = "oversight"
    """Sees that cases are handled, and takes those that nobody else may."""
    OFFICER = "officer"
    OPERATOR = "operator"
    """Runs the installation: people, sites, keys; no case."""
    RULE = "rule"
    """A time limit that passed, or a rule such as routing."""


class TeamKind(StrEnum):
    """Which cases a team is for."""

    REGULAR = "regular"
    URGENT = "urgent"
    APPEAL = "appeal"
    OVERSIGHT = "oversight"
    """Where a case goes that nobody else may read."""


ROLE_OF_TEAM: Mapping[TeamKind, Role] = {
    TeamKind.REGULAR: Role.HANDLER,
    TeamKind.URGENT: Role.HANDLER,
    TeamKind.APPEAL: Role.APPEAL_HANDLER,
    TeamKind.OVERSIGHT: Role.OVERSIGHT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Handlers who share a kind of work. Empty themes, countries: all of them."""

    id: str
    name: str
    kind: TeamKind
    themes: frozenset[Theme] = frozenset()
    countries: frozenset[str] = frozenset()
    is_active: bool = True
    """False once it was retired: nothing new goes to it, and older cases still name it."""

    def covers(self, theme: Theme, country: str | None) -> bool:
        """True if cases of this theme and country are for this team."""
        return _covers(self.themes, theme) and _covers(self.countries, country)


class TieTo(StrEnum):
    """What a handler can be tied to. Stored: never reuse a value."""

    SITE = "site"
    ORGANISATION = "organisation"
    CASE = "case"
    PERSON = "person"
    """Named in `subject`: family, a friend, an employer. Compared with what the account says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictOfInterest:
    """A tie that a handler declared, or that somebody declared of them (G9)."""

    tie: TieTo
    subject: str = field(repr=False)
    """The id of the site, organisation or case; a person's name."""
    declared_on: date
    ended_on: date | None = None
    """The first day on which it no longer holds."""

    def holds(self, today: date) -> bool:
        """True until the day it ended."""
        return self.ended_on is None or today < self.ended_on

    def is_to_case(self, case_ref: str) -> bool:
        """True for a tie to this case."""
        return self.tie is TieTo.CASE and self.subject == case_ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Handler:
    """An independent case handler. Empty languages, themes, countries: all of them."""

    id: str
    name: str = field(repr=False)
    team_id: str
    other_names: tuple[str, ...] = field(default=(), repr=False)
    """The name in other scripts or spellings, by which an account might mention them."""
    languages: frozenset[str] = frozenset()
    themes: frozenset[Theme] = frozenset()
    countries: frozenset[str] = frozenset()
    is_active: bool = True
    has_key: bool = True
    """False until they made their key: nothing can be sealed to them."""
    ties: tuple[ConflictOfInterest, ...] = ()

    def speaks(self, language: str) -> bool:
        """True if they read this language, or its parent (`pt` for `pt_BR`)."""
        return _covers(self.languages, language) or language.split("_")[0] in self.languages

    def covers(self, theme: Theme, country: str | None) -> bool:
        """True if they take cases of this theme and country."""
        return _covers(self.themes, theme) and _covers(self.countries, country)


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """Somebody at an organisation: sees releases, risks, actions and scores; never a case."""

    id: str
    name: str = field(repr=False)
    organisation_id: str
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Everyone to whom a case can go, and the recovery key that every case goes to as well."""

    teams: tuple[Team, ...]
    handlers: tuple[Handler, ...]
    recovery_id: str
    """The recipient id of the recovery key: made offline, printed, kept by the overseers."""

    def __post_init__(self) -> None:
        if not self.recovery_id:
            raise ValueError("without a recovery key a case could be left with no reader")
        if self.recovery_id in {handler.id for handler in self.handlers}:
            raise ValueError("the recovery key is nobody's own key")

    def members(self, team_id: str) -> tuple[Handler, ...]:
        """The handlers of a team, by id."""
        of_team = (handler for handler in self.handlers if handler.team_id == team_id)
        return tuple(sorted(of_team, key=lambda handler: handler.id))

    def handler(self, handler_id: str) -> Handler | None:
        """The handler with this id."""
        return next((each for each in self.handlers if each.id == handler_id), None)


def _covers(declared: frozenset[str] | frozenset[Theme], wanted: str | None) -> bool:
    return not declared or wanted in declared
