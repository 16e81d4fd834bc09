"""Receipts minted ahead, in memory alone. Used by `intake.reception`.

Minting takes an Argon2 call, about a tenth of a second; a person who presses Send should not wait
for it behind a whole shift. So a few receipts are always made at once, and a reserve of some
hundreds is made slowly beside the work, when nobody waits: a shift that sends at the same minute
finds it. Once it is used up people wait their turn, and nobody is refused.

The reserve is in memory alone: on a disk, a thief would find the receipts of cases to come.
"""

import asyncio
import time
from collections import deque

from intake.guess_limit import GuessLimit
from sealing.receipts import MintedReceipt, ReceiptTerms, mint

__all__ = ["GuessLimit", "ReceiptPress"]

MOST_AT_ONCE = 2
"""Each takes 64 MiB while it is minted: a shift that sends at once must not fill the memory."""


RESTS = 4.0
"""A fifth of one processor goes into the reserve until it is full."""


class ReceiptPress:
    """Gives out receipts, each once."""

    def __init__(self, terms: ReceiptTerms, *, ready: int = 8, reserve: int = 0) -> None:
        """`ready` are made at once whenever fewer lie there, `reserve` by `keep_reserve`."""
        self.terms = terms
        self._reserve = reserve
        self._was_taken = asyncio.Event()
        self._ready: deque[MintedReceipt] = deque()
        self._wanted = ready
        self._minting: asyncio.Task[None] | None = None
        self._room = asyncio.Semaphore(MOST_AT_ONCE)

    async def take(self) -> MintedReceipt:
        """A receipt that nobody has."""
        minted = self._ready.popleft() if self._ready else await self._mint()
        self._refill()
        self._was_taken.set()
        return minted

    @property
    def in_stock(self) -> int:
        """How many lie ready."""
        return len(self._ready)

    async def fill_reserve(self) -> None:
        """Make all that is missing, without a rest."""
        while len(self._ready) < self._reserve:
            self._ready.append(await self._mint())

    async def keep_reserve(self, *, rests: float = RESTS) -> None:
        """Fill the reserve and keep it full, until cancelled; rests so many times as it works."""
        while True:
            began = time.monotonic()
            if len(self._ready) < self._reserve:
                self._ready.append(await self._mint())
                await asyncio.sleep(rests * (time.monotonic() - began))
            else:
                self._was_taken.clear()
                await self._was_taken.wait()

    def give_back(self, minted: MintedReceipt | None) -> None:
        """It was not used after all."""
        if minted is not None:
            self._ready.append(minted)

    async def stop(self) -> None:
        """Forget what lies ready."""
        if self._minting is not None:
            self._minting.cancel()
            await asyncio.gather(self._minting, return_exceptions=True)
        self._ready.clear()

    async def _mint(self) -> MintedReceipt:
        async with self._room:
            return await asyncio.to_thread(mint, self.terms)

    def _refill(self) -> None:
        if self._minting is None or self._minting.done():
            self._minting = asyncio.get_running_loop().create_task(self._mint_until_full())

    async def _mint_until_full(self) -> None:
        while len(self._ready) < self._wanted:
            self._ready.append(await self._mint())
