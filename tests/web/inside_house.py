"""A small real installation with its inside pages served, and people who sign in to them.

Accounts and logins are kept in memory here; everything else is SQLite (`tests.house`).
"""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pyotp

from register.people import Officer
from sealing.identifiers import new_id
from sealing.identities import wrap_identity
from sealing.stretching import TEST_COST
from tests.house import ASHA, BEN, IMPORTER, URSULA, Clock, House, small_house
from tests.web.small_house import SmallHouse
from tests.web.visiting import SeenPage, Visiting
from web.app import make_app
from web.services import WebServices, WebSettings
from web.serving import WebServer
from accounts.account import (
    Account,
    AccountRole,
    Credentials,
    NewAccount,
    new_handler_account,
    new_officer_account,
)
from accounts.login import Login
from accounts.patience import Failures

PASSPHRASE = "seven quiet stones in a row"
OFFICER = Officer(id=new_id(), name="Olga Officer", organisation_id=IMPORTER.id)


@dataclass
class MemoryShelves:
    """Accounts and logins in memory; implements both ports."""

    accounts_by_id: dict[str, Account] = field(default_factory=dict)
    steps: dict[str, int] = field(default_factory=dict)
    wrong: dict[str, Failures] = field(default_factory=dict)
    logins_by_digest: dict[str, Login] = field(default_factory=dict)


@dataclass
class MemoryAccounts:
    """`accounts.ports.AccountShelf`."""

    kept: MemoryShelves

    def put(self, account: Account) -> None:
        self.kept.accounts_by_id[account.id] = account

    def get(self, account_id: str) -> Account | None:
        return self.kept.accounts_by_id.get(account_id)

    def by_name(self, name_digest: str) -> Account | None:
        found = self.kept.accounts_by_id.values()
        return next((each for each in found if each.name_digest == name_digest), None)

    def use_step(self, account_id: str, step: int) -> bool:
        if step <= self.kept.steps.get(account_id, 0):
            return False
        self.kept.steps[account_id] = step
        return True

    def failures(self, key: str) -> Failures | None:
        return self.kept.wrong.get(key)

    def put_failures(self, key: str, failures: Failures) -> None:
        self.kept.wrong[key] = failures

    def clear_failures(self, key: str) -> None:
        self.kept.wrong.pop(key, None)

    def forget_failures(self, before: datetime) -> None:
        for key in [key for key, each in self.kept.wrong.items() if each.last_at < before]:
            del self.kept.wrong[key]


@dataclass
class MemoryLogins:
    """`accounts.ports.LoginShelf`."""

    kept: MemoryShelves

    def put(self, login: Login) -> None:
        self.kept.logins_by_digest[login.digest] = login

    def get(self, digest: str) -> Login | None:
        return self.kept.logins_by_digest.get(digest)

    def drop(self, digest: str) -> None:
        self.kept.logins_by_digest.pop(digest, None)

    def drop_all(self, account_id: str) -> tuple[str, ...]:
        theirs = [
            each.digest
            for each in self.kept.logins_by_digest.values()
            if each.account_id == account_id
        ]
        for digest in theirs:
            self.drop(digest)
        return tuple(theirs)

    def drop_started(self, before: datetime) -> None:
        for each in list(self.kept.logins_by_digest.values()):
            if each.started_at < before:
                self.drop(each.digest)


class Joined:
    """A real transaction with the shelves in memory beside it."""

    def __init__(self, tx: Any, kept: MemoryShelves) -> None:
        self._tx = tx
        self.accounts = MemoryAccounts(kept)
        self.logins = MemoryLogins(kept)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tx, name)


@dataclass
class JoinedStorage:
    """The real database with the shelves in memory beside it."""

    database: Any
    kept: MemoryShelves = field(default_factory=MemoryShelves)

    async def transaction(self, work: Callable[[Any], Any]) -> Any:
        return await self.database.transaction(lambda tx: work(Joined(tx, self.kept)))

    async def read(self, work: Callable[[Any], Any]) -> Any:
        return await self.database.read(lambda tx: work(Joined(tx, self.kept)))
