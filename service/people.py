"""Handlers and officers with their accounts, as `gehoor people add` makes them.

A handler's key is made here, locked under the pass phrase, and its open half is what reports are
sealed to from then on. The pass phrase itself is kept nowhere: whoever forgets it gets another
account, and the recovery key is what opens the cases of before.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from accounts.account import (
    LONGEST_TYPED,
    SHORTEST_PASSPHRASE,
    Account,
    AccountRefusal,
    AccountRefused,
    Credentials,
    NewAccount,
    new_handler_account,
    new_officer_account,
    refused,
)
from register.people import Handler, Officer, Team
from register.sites import Organisation
from sealing.identifiers import new_id
from sealing.identities import new_identity, wrap_identity
from sealing.key_ring import KeyRing
from sealing.recipients import Recipient
from sealing.stretching import PRODUCTION_COST, Argon2Cost
from sealing.suites import Suite
from service.delivering.addresses import is_mail_address
from service.refusals import Refused
from storage.transaction import SqlTransaction

SERVICE_NAME = "Gehoor"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for others when read from paper."""
_GROUPS, _GROUP = 6, 4
_WORDS = {
    AccountRefusal.NAME_EMPTY: "a person has a name: --name",
    AccountRefusal.TOO_SHORT: f"a pass phrase has at least {SHORTEST_PASSPHRASE} characters",
    AccountRefusal.TOO_LONG: f"a name or pass phrase has at most {LONGEST_TYPED} characters",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """Somebody with everything that is kept of them; made outside a transaction, for it is slow."""

    person: Handler | Officer
    key: Recipient | None
    """A handler's open half: what is sealed to them is sealed to it. Officers have none (K10)."""
    account: Account
    provisioning_uri: str = field(repr=False)
    """For their authenticator, shown once."""


def generated_passphrase() -> str:
    """A pass phrase that nobody has: 24 letters and digits in groups, about 118 bits."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def check_credentials(credentials: Credentials) -> None:
    """Raises `Refused` where no account can have these; before anything slow is done."""
    refusal = refused(credentials)
    if refusal is not None:
        raise Refused(_WORDS[refusal.reason])


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleMaker:
    """Makes people, for one installation. Each takes an Argon2 call or two."""

    key_ring: KeyRing
    suite: Suite = Suite.X_WING
    cost: Argon2Cost = PRODUCTION_COST
    """Of a guess at a pass phrase; lower for samples and tests alone."""
    service_name: str = SERVICE_NAME

    def handler(
        self,
        name: str,
        passphrase: str,
        *,
        team: Team,
        languages: Collection[str] = (),
        pages_in: str = "en",
    ) -> NewPerson:
        """A handler with a key. `languages` are those they read; none: all. Raises `Refused`."""
        handler = Handler(
            id=new_id(), name=name.strip(), team_id=team.id, languages=frozenset(languages)
        )
        identity = new_identity(suite=self.suite)
        credentials = Credentials(name=name, passphrase=passphrase)
        check_credentials(credentials)
        made = new_handler_account(
            handler,
            credentials,
            wrapped_identity=wrap_identity(identity, passphrase, self.cost),
            key_ring=self.key_ring,
            service_name=self.service_name,
            language=pages_in,
            cost=self.cost,
        )
        return _person(handler, identity.recipient, made)

    def officer(
        self, name: str, passphrase: str, *, organisation: Organisation, pages_in: str = "en"
    ) -> NewPerson:
        """An officer of this organisation, with no key (K10). Raises `Refused`."""
        officer = Officer(id=new_id(), name=name.strip(), organisation_id=organisation.id)
        made = new_officer_account(
            officer,
            Credentials(name=name, passphrase=passphrase),
            key_ring=self.key_ring,
            service_name=self.service_name,
            language=pages_in,
            cost=self.cost,
        )
        return _person(officer, None, made)


def keep_person(tx: SqlTransaction, new: NewPerson) -> None:
    """Keep them. Raises `Refused` for a name that somebody signs in with already."""
    if tx.accounts.by_name(new.account.name_digest) is not None:
        raise Refused(f"somebody signs in as {new.person.name} already: choose another name")
    if isinstance(new.person, Handler):
        tx.people.put_handler(new.person, new.key)
    else:
        tx.people.put_officer(new.person)
    tx.accounts.put(new.account)


def set_mail(tx: SqlTransaction, name: str, mail: str) -> str:
    """They are told by e-mail from now on, or no more where it is empty; gives their name.

    Raises `Refused` for what is no address, and a name that is nobody's or more than one person's.
    """
    if mail and not is_mail_address(mail):
        raise Refused("--to: write one address, such as asha@desk.example")
    person = _called(tx, name)
    account = tx.accounts.get(person.id)
    if account is None:
        raise Refused(f"{person.name} has no account: only who signs in is told of anything")
    tx.accounts.put(replace(account, mail=mail))
    return person.name


def retire(tx: SqlTransaction, name: str) -> int:
    """They sign in no more, and nothing new is sealed to them; what was, stays sealed to them.

    Ends every login. Returns how many cases they read. Raises `Refused` for a name that is
    nobody's, or more than one person's.
    """
    person = _called(tx, name)
    account = tx.accounts.get(person.id)
    if account is not None:
        tx.accounts.put(replace(account, is_active=False, mail=""))
        tx.logins.drop_all(person.id)
    if isinstance(person, Officer):
        tx.people.put_officer(replace(person, is_active=False))
        return 0
    tx.people.put_handler(replace(person, is_active=False), None)
    return sum(tx.cases.counts(person.id).values())


def _called(tx: SqlTransaction, name: str) -> Handler | Officer:
    """Whoever has this name or id. Raises `Refused` where that is nobody, or several."""
    everybody: list[Handler | Officer] = [*tx.people.staff().handlers, *tx.people.officers()]
    found = [each for each in everybody if each.is_active and _is_called(each, name)]
    if len(found) != 1:
        raise Refused(
            f"{'more than one is' if found else 'nobody is'} called {name}: "
            "`gehoor people list` shows them with their ids"
        )
    return found[0]


def _is_called(person: Handler | Officer, name: str) -> bool:
    return name == person.id or person.name.casefold() == name.strip().casefold()


def _person(
    person: Handler | Officer, key: Recipient | None, made: NewAccount | AccountRefused
) -> NewPerson:
    if isinstance(made, AccountRefused):
        raise Refused(_WORDS[made.reason])
    return NewPerson(
        person=person, key=key, account=made.account, provisioning_uri=made.provisioning_uri
    )


def team_called(tx: SqlTransaction, wanted: str) -> Team:
    """The team with this name, id or kind. Raises `Refused` where that is none or several."""
    teams = [team for team in tx.people.staff().teams if team.is_active]
    for chosen in (
        [team for team in teams if wanted in {team.id, team.name}],
        [team for team in teams if team.name.casefold() == wanted.casefold()],
        [team for team in teams if team.kind == wanted.casefold()],
    ):
        if len(chosen) == 1:
            return chosen[0]
    known = ", ".join(f"{team.name} ({team.kind})" for team in teams)
    raise Refused(f"--team: which team is {wanted!r}? There are {known or 'none yet'}")
