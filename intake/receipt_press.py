"""Receipts minted ahead, in memory alone. Used by `intake.reception`.

Minting takes an Argon2 call, about a tenth of a second; a person who presses Send should not wait
for it behind a whole shift. So a few receipts lie ready.
"""

import asyncio
from collections import deque

from intake.guess_limit import GuessLimit
from sealing.receipts import MintedReceipt, ReceiptTerms, mint

__all__ = ["GuessLimit", "ReceiptPress"]

MOST_AT_ONCE = 2
"""Each takes 64 MiB while it is minted: a shift that sends at once must not fill the memory."""


class ReceiptPress:
    """Gives out receipts, each once."""

    def __init__(self, terms: ReceiptTerms, *, ready: int = 8) -> None:
        self.terms = terms
        self._ready: deque[MintedReceipt] = deque()
        self._wanted = ready
        self._minting: asyncio.Task[None] | None = None
        self._room = asyncio.Semaphore(MOST_AT_ONCE)

    async def take(self) -> MintedReceipt:
        """A receipt that nobody has."""
        minted = self._ready.popleft() if self._ready else await self._mint()
        self._refill()
        return minted

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
