"""Teams of handlers: added, renamed, retired, and who is in which.

A change that would leave reports unread is refused with what would be, unless it is wanted all the
same. Called by `gehoor teams` and `gehoor people move`.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from locales.languages import LANGUAGES
from register.coverage import Loss, losses
from register.particulars import Theme
from register.people import Handler, Staff, Team, TeamKind
from sealing.identifiers import new_id
from service.people import team_called
from service.refusals import Refused
from storage.transaction import SqlTransaction

_COUNTRY_LETTERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A handler who is to go to another team, and what reports would miss by it."""

    handler: Handler
    team: Team
    losses: tuple[Loss, ...]


def add_team(
    tx: SqlTransaction,
    *,
    name: str,
    kind: TeamKind,
    themes: Collection[Theme] = (),
    countries: Collection[str] = (),
) -> Team:
    """A new team, for some themes and countries or for all. Raises `Refused`."""
    for code in countries:
        if len(code) != _COUNTRY_LETTERS or not (code.isascii() and code.isalpha()):
            raise Refused(f"--country: {code} is no country's two letters, such as IN")
    team = Team(
        id=new_id(),
        name=_free_name(tx, name),
        kind=kind,
        themes=frozenset(themes),
        countries=frozenset(code.upper() for code in countries),
    )
    tx.people.put_team(team)
    return team


def rename_team(tx: SqlTransaction, wanted: str, name: str) -> Team:
    """The team under its new name. Raises `Refused` for a name that another has."""
    team = team_called(tx, wanted)
    renamed = replace(team, name=_free_name(tx, name, but=team))
    tx.people.put_team(renamed)
    return renamed


def retire_team(tx: SqlTransaction, wanted: str) -> Team:
    """Nothing new goes to it. Raises `Refused` while somebody is in it: they are moved first."""
    staff = tx.people.staff()
    team = team_called(tx, wanted)
    members = [each.name for each in staff.members(team.id) if each.is_active]
    if members:
        raise Refused(
            f"{', '.join(members)} are in the team {team.name}: move them first, "
            "`gehoor people move --name NAME --team TEAM`"
        )
    retired = replace(team, is_active=False)
    tx.people.put_team(retired)
    return retired


def plan_move(tx: SqlTransaction, name: str, wanted: str, today: date) -> Move:
    """What a move would be; nothing is changed. Raises `Refused` for unknown names."""
    before = readers(tx)
    handler = handler_called(before, name)
    team = team_called(tx, wanted)
    after = _with(before, replace(handler, team_id=team.id))
    return Move(handler=handler, team=team, losses=losses_by(tx, before, after, today))


def keep_move(tx: SqlTransaction, move: Move) -> None:
    """The handler is in the other team from now on. The cases they read stay theirs."""
    handler = tx.people.handler(move.handler.id)
    if handler is not None:
        tx.people.put_handler(replace(handler, team_id=move.team.id), None)


def readers(tx: SqlTransaction) -> Staff:
    """The staff as routing sees it: who has no key cannot read."""
    return tx.people.keys().known_to(tx.people.staff())


def losses_by(tx: SqlTransaction, before: Staff, after: Staff, today: date) -> tuple[Loss, ...]:
    """What reports would miss that they did not miss, where there are sites, in all languages."""
    countries = {site.country for site in tx.sites.sites() if site.is_active}
    languages = [language.code for language in LANGUAGES]
    return losses(before, after, today, countries=countries, languages=languages)


def _with(staff: Staff, changed: Handler) -> Staff:
    """The staff with this handler in another team; whether they have a key stays as it was."""
    handlers = tuple(
        replace(each, team_id=changed.team_id) if each.id == changed.id else each
        for each in staff.handlers
    )
    return replace(staff, handlers=handlers)


def handler_called(staff: Staff, name: str) -> Handler:
    """The one active handler with this name or id. Raises `Refused`."""
    wanted = name.strip().casefold()
    found = [
        each
        for each in staff.handlers
        if each.is_active and (each.id == name or each.name.casefold() == wanted)
    ]
    if len(found) != 1:
        raise Refused(
            f"{'more than one handler is' if found else 'no handler is'} called {name}: "
            "`gehoor people list` shows them with their ids"
        )
    return found[0]


def _free_name(tx: SqlTransaction, name: str, but: Team | None = None) -> str:
    wanted = name.strip()
    if not wanted:
        raise Refused("a team has a name: --name")
    for team in tx.people.staff().teams:
        if team.name.casefold() == wanted.casefold() and (but is None or team.id != but.id):
            raise Refused(f"there is a team called {team.name} already")
    return wanted
