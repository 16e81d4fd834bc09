"""Shelves of signing in: accounts with their wrong tries, and logins."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update
from sqlalchemy.sql import ColumnElement

from accounts.account import Account, AccountRole
from accounts.login import Login
from accounts.patience import Failures
from sealing.key_ring import KeyRing
from storage.sealed_values import SealedValues
from storage.statements import put
from storage.tables import ACCOUNTS, FAILURES, LOGINS


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proofs:
    """What of an account is sealed and not a key."""

    display_name: str = field(repr=False)
    passphrase_hash: str = field(repr=False)
    totp_secret: str = field(repr=False)
    language: str
    is_active: bool
    mail: str = field(default="", repr=False)


_PROOFS = SealedValues(_Proofs, "accounts", "proofs")
_FAILURES = SealedValues(Failures, "failures", "details")
_LOGIN = SealedValues(Login, "logins", "details")


class SqlAccountShelf:
    """Implements `accounts.ports.AccountShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    def put(self, account: Account) -> None:
        """Add it, or replace the one with its id; the last used step stays as it is."""
        proofs = _Proofs(
            display_name=account.display_name,
            passphrase_hash=account.passphrase_hash,
            totp_secret=account.totp_secret,
            language=account.language,
            is_active=account.is_active,
            mail=account.mail,
        )
        row = {
            "id": account.id,
            "name_digest": account.name_digest,
            "role": account.role,
            "organisation_id": account.organisation_id,
            "proofs_sealed": _PROOFS.seal(self._key_ring, account.id, proofs),
            "identity_sealed": self._sealed(account),
        }
        put(self._connection, ACCOUNTS, row)

    def get(self, account_id: str) -> Account | None:
        """The account with this id."""
        return self._where(ACCOUNTS.c.id == account_id)

    def by_name(self, name_digest: str) -> Account | None:
        """The account with this name."""
        return self._where(ACCOUNTS.c.name_digest == name_digest)

    def use_step(self, account_id: str, step: int) -> bool:
        """Note the step of a code; False unless it is higher than every step used before."""
        theirs = ACCOUNTS.c.id == account_id
        chosen = select(ACCOUNTS.c.last_step_sealed).where(theirs).with_for_update()
        kept = self._connection.execute(chosen).one_or_none()
        if kept is None or step <= self._step(account_id, kept.last_step_sealed):
            return False
        sealed = self._key_ring.seal_row("accounts", "last_step", account_id, b"%d" % step)
        self._connection.execute(update(ACCOUNTS).where(theirs), {"last_step_sealed": sealed})
        return True

    def failures(self, key: str) -> Failures | None:
        """Wrong tries under this key; None when there were none."""
        chosen = select(FAILURES.c.details_sealed).where(FAILURES.c.key == key)
        sealed = self._connection.execute(chosen).scalar_one_or_none()
        return None if sealed is None else _FAILURES.open(self._key_ring, key, sealed)

    def put_failures(self, key: str, failures: Failures) -> None:
        """Keep them in place of those before."""
        row = {
            "key": key,
            "last_on": failures.last_at.date(),
            "details_sealed": _FAILURES.seal(self._key_ring, key, failures),
        }
        put(self._connection, FAILURES, row, key=("key",))

    def clear_failures(self, key: str) -> None:
        """They are forgotten: somebody got in."""
        self._connection.execute(delete(FAILURES).where(FAILURES.c.key == key))

    def forget_failures(self, before: datetime) -> None:
        """Drop all that were last counted before this moment's day."""
        self._connection.execute(delete(FAILURES).where(FAILURES.c.last_on < before.date()))

    def _step(self, account_id: str, sealed: bytes | None) -> int:
        if sealed is None:
            return 0
        return int(self._key_ring.open_row("accounts", "last_step", account_id, sealed))

    def _where(self, condition: ColumnElement[bool]) -> Account | None:
        row = self._connection.execute(select(ACCOUNTS).where(condition)).one_or_none()
        return None if row is None else self._account(row)

    def _account(self, row: Row[*tuple[Any, ...]]) -> Account:
        proofs = _PROOFS.open(self._key_ring, row.id, row.proofs_sealed)
        identity = row.identity_sealed
        if identity is not None:
            identity = self._key_ring.open_row("accounts", "identity", row.id, identity)
        return Account(
            id=row.id,
            name_digest=row.name_digest,
            role=AccountRole(row.role),
            display_name=proofs.display_name,
            passphrase_hash=proofs.passphrase_hash,
            totp_secret=proofs.totp_secret,
            wrapped_identity=identity,
            organisation_id=row.organisation_id,
            language=proofs.language,
            is_active=proofs.is_active,
            mail=proofs.mail,
        )

    def _sealed(self, account: Account) -> bytes | None:
        """The handler's key, wrapped under their pass phrase already, once more under the ring."""
        if account.wrapped_identity is None:
            return None
        return self._key_ring.seal_row("accounts", "identity", account.id, account.wrapped_identity)


class SqlLoginShelf:
    """Implements `accounts.ports.LoginShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    def put(self, login: Login) -> None:
        """Keep it as it is now, new or touched."""
        row = {
            "digest": login.digest,
            "account_id": login.account_id,
            "started_on": login.started_at.date(),
            "details_sealed": _LOGIN.seal(self._key_ring, login.digest, login),
        }
        put(self._connection, LOGINS, row, key=("digest",))

    def get(self, digest: str) -> Login | None:
        """The login, lapsed ones too."""
        chosen = select(LOGINS.c.details_sealed).where(LOGINS.c.digest == digest)
        sealed = self._connection.execute(chosen).scalar_one_or_none()
        return None if sealed is None else _LOGIN.open(self._key_ring, digest, sealed)

    def drop(self, digest: str) -> None:
        """It is over; nothing happens when there is none."""
        self._connection.execute(delete(LOGINS).where(LOGINS.c.digest == digest))

    def drop_all(self, account_id: str) -> tuple[str, ...]:
        """All logins of an account are over; gives their digests."""
        theirs = LOGINS.c.account_id == account_id
        digests = tuple(self._connection.execute(select(LOGINS.c.digest).where(theirs)).scalars())
        self._connection.execute(delete(LOGINS).where(theirs))
        return digests

    def drop_started(self, before: datetime) -> None:
        """Drop all that began before this moment's day."""
        self._connection.execute(delete(LOGINS).where(LOGINS.c.started_on < before.date()))
