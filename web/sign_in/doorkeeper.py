"""Lets people in and out: checks what was typed, makes and ends logins.

Called by the sign-in pages and by `web.inside.routes` on every page. A try is counted before it is
looked at, so that many at once are no way around the pauses; a right one takes its count back.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias, TypeVar

from accounts.account import LONGEST_TYPED, Account, AccountRole, digest_of_name, rehashed
from accounts.login import NewLogin, digest_of, new_login
from accounts.patience import EVERYBODY, Failures, failed, failed_by_anybody, pause
from accounts.ports import SignInStorage, SignInTransaction
from accounts.second_factor import STAND_IN_SECRET, step_of
from sealing.key_ring import KeyRing
from sealing.passphrases import Verdict, verify_passphrase
from sealing.stretching import PRODUCTION_COST, Argon2Cost
from web.sign_in.known_browser import Tally, new_mark, tally_of

HASHES_AT_ONCE = 2
"""64 MiB each: many tries at once wait for each other instead of exhausting the machine."""

_Stretched = TypeVar("_Stretched")

OnEntry: TypeAlias = Callable[[Account, str, str], Awaitable[None]]
"""Takes the account, the pass phrase and the login's digest once somebody is in."""
OnLeave: TypeAlias = Callable[[str], None]
"""Takes the digest of a login that is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What came with the sign-in form."""

    name: str = field(repr=False)
    passphrase: str = field(repr=False)
    code: str = field(repr=False)
    mark: str = field(default="", repr=False)
    """The browser's, see `known_browser`."""
    earlier_token: str = field(default="", repr=False)
    """The login that the browser still had: it ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """Somebody is in."""

    account: Account
    login: NewLogin
    mark: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRefused:
    """Nobody is in. Which part was wrong is not said, nor whether the name is known."""

    wait: timedelta = timedelta()
    """Above nothing: it was not looked at, because too many tries were wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is signed in."""

    account_id: str
    role: AccountRole
    name: str = field(repr=False)
    language: str
    organisation_id: str | None
    login: str = field(repr=False)
    """The digest of the login."""


class Doorkeeper:
    """One for the installation."""

    def __init__(
        self,
        storage: SignInStorage,
        key_ring: KeyRing,
        clock: Callable[[], datetime],
        *,
        on_entry: OnEntry | None = None,
        on_leave: OnLeave | None = None,
        cost: Argon2Cost = PRODUCTION_COST,
    ) -> None:
        self._storage = storage
        self._key_ring = key_ring
        self._clock = clock
        self._on_entry = on_entry
        self._on_leave = on_leave
        self._cost = cost
        self._hashes = asyncio.Semaphore(HASHES_AT_ONCE)

    async def enter(self, typed: Typed) -> Entered | EntryRefused:
        """A new login for whoever knows name, pass phrase and code; or that it is not so."""
        digest = digest_of_name(self._key_ring, typed.name)
        tally = tally_of(self._key_ring, digest, typed.mark)
        now = self._clock()
        admitted = await self._storage.transaction(lambda tx: _admit(tx, digest, tally, now))
        if isinstance(admitted, EntryRefused):
            return admitted
        verdict = await self._verdict(admitted.account, typed.passphrase)
        secret = admitted.account.totp_secret if admitted.account else STAND_IN_SECRET
        step = step_of(secret, typed.code, now)
        account = admitted.account
        if account is None or not account.is_active or verdict is Verdict.WRONG or step is None:
            return EntryRefused()
        if verdict is Verdict.RIGHT_BUT_STALE:
            account = await self._stretched(rehashed, account, typed.passphrase, self._cost)
        return await self._let_in(account, step, tally, typed, now)

    async def who(self, token: str) -> Person | None:
        """Who has this token; None if nobody, or no longer. Counts as being there."""
        now, digest = self._clock(), digest_of(token)
        found = await self._storage.read(lambda tx: (tx.logins.get(digest), _account(tx, digest)))
        login, account = found
        if login is None:
            return None
        if account is None or not account.is_active or not login.is_live(now):
            await self.leave(token)
            return None
        if login.wants_touch(now):
            touched = login.touched(now)
            # Dropped in the meantime means signed out elsewhere: it must not come back.
            await self._storage.transaction(
                lambda tx: tx.logins.put(touched) if tx.logins.get(digest) else None
            )
        return Person(
            account_id=account.id,
            role=account.role,
            name=account.display_name,
            language=account.language,
            organisation_id=account.organisation_id,
            login=digest,
        )

    async def check_passphrase(self, account_id: str, passphrase: str) -> Account | EntryRefused:
        """The account if this is its pass phrase; for unlocking again. Counted like a sign-in."""
        now = self._clock()
        account = await self._storage.read(lambda tx: tx.accounts.get(account_id))
        if account is None:
            return EntryRefused()
        tally = Tally(key=self._key_ring.pseudonym("wrong unlocks", account_id), is_own=True)
        digest = account.name_digest
        admitted = await self._storage.transaction(lambda tx: _admit(tx, digest, tally, now))
        if isinstance(admitted, EntryRefused):
            return admitted
        if await self._verdict(account, passphrase[:LONGEST_TYPED]) is Verdict.WRONG:
            return EntryRefused()
        await self._storage.transaction(lambda tx: _forgive(tx, tally))
        return account

    async def leave(self, token: str) -> None:
        """This login is over."""
        digest = digest_of(token)
        await self._storage.transaction(lambda tx: tx.logins.drop(digest))
        self._tell_left(digest)

    async def leave_everywhere(self, account_id: str) -> None:
        """All logins of an account are over, in every browser."""
        for digest in await self._storage.transaction(lambda tx: tx.logins.drop_all(account_id)):
            self._tell_left(digest)

    async def _let_in(
        self, account: Account, step: int, tally: Tally, typed: Typed, now: datetime
    ) -> Entered | EntryRefused:
        fresh = new_login(account, now)
        earlier = digest_of(typed.earlier_token) if typed.earlier_token else ""

        def work(tx: SignInTransaction) -> bool:
            if not tx.accounts.use_step(account.id, step):
                return False
            tx.accounts.put(account)
            tx.logins.put(fresh.login)
            if earlier:
                tx.logins.drop(earlier)
            _forgive(tx, tally)
            return True

        if not await self._storage.transaction(work):
            return EntryRefused()
        if earlier:
            self._tell_left(earlier)
        if self._on_entry is not None:
            async with self._hashes:
                await self._on_entry(account, typed.passphrase, fresh.login.digest)
        return Entered(
            account=account, login=fresh, mark=new_mark(self._key_ring, account.name_digest)
        )

    async def _verdict(self, account: Account | None, passphrase: str) -> Verdict:
        stored = account.passphrase_hash if account else None
        cut = passphrase[: LONGEST_TYPED + 1]
        return await self._stretched(verify_passphrase, stored, cut, self._cost)

    async def _stretched(self, work: Callable[..., _Stretched], *args: object) -> _Stretched:
        async with self._hashes:
            return await asyncio.to_thread(work, *args)

    def _tell_left(self, digest: str) -> None:
        if self._on_leave is not None:
            self._on_leave(digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Admitted:
    """A try that is looked at; the account if somebody has the name."""

    account: Account | None


def _admit(
    tx: SignInTransaction, name_digest: str, tally: Tally, now: datetime
) -> _Admitted | EntryRefused:
    """Count a try and let it be looked at, or say how long to wait."""
    counted = tx.accounts.failures(tally.key)
    of_everybody = None if tally.is_own else tx.accounts.failures(EVERYBODY)
    wait = pause(counted, of_everybody, now)
    if wait:
        return EntryRefused(wait=wait)
    tx.accounts.put_failures(tally.key, failed(counted, now))
    if not tally.is_own:
        tx.accounts.put_failures(EVERYBODY, failed_by_anybody(of_everybody, now))
    return _Admitted(account=tx.accounts.by_name(name_digest))


def _forgive(tx: SignInTransaction, tally: Tally) -> None:
    """The try was right: its count goes back."""
    tx.accounts.clear_failures(tally.key)
    of_everybody = None if tally.is_own else tx.accounts.failures(EVERYBODY)
    if of_everybody is not None:
        eased = Failures(count=max(0.0, of_everybody.count - 1), last_at=of_everybody.last_at)
        tx.accounts.put_failures(EVERYBODY, eased)


def _account(tx: SignInTransaction, digest: str) -> Account | None:
    login = tx.logins.get(digest)
    return None if login is None else tx.accounts.get(login.account_id)
