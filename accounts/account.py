"""Accounts: who may sign in, as what, and with which proofs.

Made by `gehoor people add` with `new_handler_account` or `new_officer_account`, kept by
`accounts.ports.AccountShelf`, read at sign-in. The person behind it stands in
`register.people` under the same id.
"""

import unicodedata
from dataclasses import dataclass, field, replace
from enum import StrEnum

from accounts.second_factor import new_secret, provisioning_uri
from register.people import Handler, Officer
from sealing.key_ring import KeyRing
from sealing.passphrases import hash_passphrase
from sealing.stretching import PRODUCTION_COST, Argon2Cost

SHORTEST_PASSPHRASE = 12
"""Characters. Length is what makes guessing dear; no rules about kinds of characters."""
LONGEST_TYPED = 200
"""Characters of a name or pass phrase that are looked at."""


class AccountRole(StrEnum):
    """Which pages an account opens. Stored: never reuse a value."""

    HANDLER = "handler"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account. Everything but the ids, the role and the digest is kept sealed."""

    id: str
    """The handler's or officer's id in `register.people`."""
    name_digest: str
    """What it is found by: `digest_of_name`."""
    role: AccountRole
    display_name: str = field(repr=False)
    passphrase_hash: str = field(repr=False)
    totp_secret: str = field(repr=False)
    """Base32 (RFC 6238)."""
    wrapped_identity: bytes | None = field(default=None, repr=False)
    """A handler's private key under their pass phrase (`sealing.identities.wrap_identity`)."""
    organisation_id: str | None = None
    """Whose figures an officer sees."""
    language: str = "en"
    mail: str = field(default="", repr=False)
    """Where they are told that there is work; empty: nowhere."""
    is_active: bool = True

    def __post_init__(self) -> None:
        """Raises ValueError for a handler without a key, and an officer with one (K10)."""
        match self.role:
            case AccountRole.HANDLER if self.wrapped_identity is None or self.organisation_id:
                raise ValueError("a handler has a key and belongs to no organisation")
            case AccountRole.OFFICER if self.wrapped_identity or not self.organisation_id:
                raise ValueError("an officer has an organisation and no key")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """An account to store, and what its owner puts into their authenticator, once."""

    account: Account
    provisioning_uri: str = field(repr=False)
    """`otpauth://…`; shown as a QR code and kept nowhere."""


class AccountRefusal(StrEnum):
    """Why no account is made."""

    NAME_EMPTY = "name_empty"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRefused:
    """No account."""

    reason: AccountRefusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What an account's owner chose. The pass phrase is hashed and forgotten."""

    name: str
    """What they type at sign-in; case does not matter."""
    passphrase: str = field(repr=False)


def new_handler_account(
    handler: Handler,
    credentials: Credentials,
    *,
    wrapped_identity: bytes,
    key_ring: KeyRing,
    service_name: str,
    language: str = "en",
    cost: Argon2Cost = PRODUCTION_COST,
) -> NewAccount | AccountRefused:
    """An account for a handler.

    `wrapped_identity` is their new identity under the same pass phrase; its public half goes to
    `PeopleShelf.put_handler`. Takes as long as `cost` says: use a thread.
    """
    refusal = refused(credentials)
    if refusal is not None:
        return refusal
    account = Account(
        id=handler.id,
        name_digest=digest_of_name(key_ring, credentials.name),
        role=AccountRole.HANDLER,
        display_name=handler.name,
        passphrase_hash=hash_passphrase(credentials.passphrase, cost),
        totp_secret=new_secret(),
        wrapped_identity=wrapped_identity,
        language=language,
    )
    return _with_uri(account, credentials, service_name)


def new_officer_account(
    officer: Officer,
    credentials: Credentials,
    *,
    key_ring: KeyRing,
    service_name: str,
    language: str = "en",
    cost: Argon2Cost = PRODUCTION_COST,
) -> NewAccount | AccountRefused:
    """An account for an officer; no key comes with it (K10). Use a thread."""
    refusal = refused(credentials)
    if refusal is not None:
        return refusal
    account = Account(
        id=officer.id,
        name_digest=digest_of_name(key_ring, credentials.name),
        role=AccountRole.OFFICER,
        display_name=officer.name,
        passphrase_hash=hash_passphrase(credentials.passphrase, cost),
        totp_secret=new_secret(),
        organisation_id=officer.organisation_id,
        language=language,
    )
    return _with_uri(account, credentials, service_name)


def refused(credentials: Credentials) -> AccountRefused | None:
    """Why these cannot be an account's; None if they can."""
    if not _folded(credentials.name):
        return AccountRefused(reason=AccountRefusal.NAME_EMPTY)
    if len(credentials.passphrase) < SHORTEST_PASSPHRASE:
        return AccountRefused(reason=AccountRefusal.TOO_SHORT)
    if max(len(credentials.passphrase), len(credentials.name)) > LONGEST_TYPED:
        return AccountRefused(reason=AccountRefusal.TOO_LONG)
    return None


def digest_of_name(key_ring: KeyRing, name: str) -> str:
    """The pseudonym under which an account is found; the name itself is not kept."""
    return key_ring.pseudonym("account name", _folded(name))


def rehashed(account: Account, passphrase: str, cost: Argon2Cost = PRODUCTION_COST) -> Account:
    """The account with its pass phrase hashed at today's cost. Use a thread."""
    return replace(account, passphrase_hash=hash_passphrase(passphrase, cost))


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name[:LONGEST_TYPED]).strip().casefold()


def _with_uri(account: Account, credentials: Credentials, service_name: str) -> NewAccount:
    uri = provisioning_uri(account.totp_secret, credentials.name.strip(), service_name)
    return NewAccount(account=account, provisioning_uri=uri)
