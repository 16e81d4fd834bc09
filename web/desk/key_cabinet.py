"""The private keys of handlers who are signed in: in this process's memory and nowhere else.

Filled at sign-in, because the pass phrase that lets a handler in also unlocks their key; emptied
when the login ends or lies idle. After a restart of the process it is empty, and the handler is
asked for the pass phrase again (`unlocking`).
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from accounts.account import Account, AccountRole
from accounts.login import IDLE, LONGEST
from sealing.identities import Identity, WrongPassphrase, unlock


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    identity: Identity
    since: datetime
    used_at: datetime

    def is_live(self, now: datetime) -> bool:
        return now - self.used_at < IDLE and now - self.since < LONGEST


class KeyCabinet:
    """One for the process. Keys are held by the digest of the login that unlocked them."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._held: dict[str, _Held] = {}

    def __repr__(self) -> str:
        """How many keys there are, and nothing of them."""
        return f"KeyCabinet({len(self._held)} held, ***)"

    async def unlock(self, account: Account, passphrase: str, login: str) -> bool:
        """Unlock the account's key for this login; False if the pass phrase is not the key's.

        Gives True for an officer's account, which has no key. Takes about 0.2 s, in a thread.
        """
        if account.role is not AccountRole.HANDLER or account.wrapped_identity is None:
            return True
        found = await asyncio.to_thread(unlock, account.wrapped_identity, passphrase)
        if isinstance(found, WrongPassphrase):
            return False
        now = self._clock()
        self._held[login] = _Held(identity=found, since=now, used_at=now)
        return True

    async def unlock_at_entry(self, account: Account, passphrase: str, login: str) -> None:
        """What the doorkeeper calls: a key that does not unlock is asked for later, at the desk."""
        await self.unlock(account, passphrase, login)

    def identity(self, login: str) -> Identity | None:
        """The key of this login, used just now; None if it is not here or lay idle."""
        now = self._clock()
        self._sweep(now)
        held = self._held.get(login)
        if held is None:
            return None
        self._held[login] = _Held(identity=held.identity, since=held.since, used_at=now)
        return held.identity

    def drop(self, login: str) -> None:
        """The login is over."""
        self._held.pop(login, None)

    def _sweep(self, now: datetime) -> None:
        for login in [login for login, held in self._held.items() if not held.is_live(now)]:
            del self._held[login]
