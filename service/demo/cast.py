"""The invented handlers and officers, with keys, pass phrases and second factors of their own.

Made like real ones (`service.people`); only what a visitor needs to sign in as them is kept, on the
card. Called by `making`.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from register.people import ConflictOfInterest, Handler, Officer, Team, TieTo
from service.demo.card import Login
from service.demo.chain import Furnished
from service.demo.naming import marked, sample_id
from service.demo.script import Cast, HandlerRow, OfficerRow
from service.people import NewPerson, PeopleMaker, generated_passphrase, keep_person
from storage.transaction import SqlTransaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """One of them, and the pass phrase that nothing else knows."""

    key: str
    new: NewPerson
    passphrase: str = field(repr=False)
    what: str
    """What they are, for the card."""

    @property
    def login(self) -> Login:
        """What a visitor types to be them."""
        return Login(
            name=self.key,
            what=self.what,
            passphrase=self.passphrase,
            totp_secret=self.new.account.totp_secret,
        )


def make_players(
    cast: Cast,
    furnished: Furnished,
    teams: Mapping[str, Team],
    maker: PeopleMaker,
    today: date,
) -> tuple[Player, ...]:
    """All of them; `teams` are the installation's by kind. Takes an Argon2 call or two for each."""
    ties = {each.handler: _tie(furnished, each.site, today, each.days_ago) for each in cast.ties}

    def handler(row: HandlerRow) -> Player:
        return _handler(row, teams[row.team], maker, ties.get(row.key, ()))

    def officer(row: OfficerRow) -> Player:
        return _officer(row, furnished, maker)

    with ThreadPoolExecutor(max_workers=2) as threads:
        handlers = threads.map(handler, cast.handlers)
        officers = threads.map(officer, cast.officers)
        return (*handlers, *officers)


def keep_players(tx: SqlTransaction, players: tuple[Player, ...]) -> None:
    """Keep them with their accounts."""
    for player in players:
        keep_person(tx, player.new)


def _tie(
    furnished: Furnished, code: str, today: date, days_ago: int
) -> tuple[ConflictOfInterest, ...]:
    declared_on = today - timedelta(days=days_ago)
    subject = furnished.sites[code].id
    return (ConflictOfInterest(tie=TieTo.SITE, subject=subject, declared_on=declared_on),)


def _handler(
    row: HandlerRow, team: Team, maker: PeopleMaker, ties: tuple[ConflictOfInterest, ...]
) -> Player:
    passphrase = generated_passphrase()
    new = maker.handler(row.key, passphrase, team=team, languages=row.languages, pages_in=row.desk)
    person = Handler(
        id=sample_id("handler", row.key),
        name=marked(row.name),
        other_names=(row.name, *row.other_names),
        team_id=team.id,
        languages=row.languages,
        ties=ties,
    )
    tied = ", with a tie to a site" if ties else ""
    reads = ", ".join(sorted(row.languages)) or "all languages"
    what = f"{row.name}, handler: {team.name}; reads {reads}{tied}"
    return Player(key=row.key, new=_as(new, person), passphrase=passphrase, what=what)


def _officer(row: OfficerRow, furnished: Furnished, maker: PeopleMaker) -> Player:
    passphrase = generated_passphrase()
    company = furnished.companies[row.company]
    new = maker.officer(row.key, passphrase, organisation=company, pages_in=row.desk)
    person = Officer(
        id=sample_id("officer", row.key), name=marked(row.name), organisation_id=company.id
    )
    what = f"{row.name}, officer of {company.name}"
    return Player(key=row.key, new=_as(new, person), passphrase=passphrase, what=what)


def _as(new: NewPerson, person: Handler | Officer) -> NewPerson:
    """The new person under a name and an id that are shown; the account follows."""
    account = replace(new.account, id=person.id, display_name=person.name)
    return replace(new, person=person, account=account)
