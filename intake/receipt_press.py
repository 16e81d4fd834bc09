"""Receipts minted ahead, and the limit on guesses that everybody shares.

Minting takes an Argon2 call, about a tenth of a second; a person who presses Send should not wait
for it behind a whole shift. So a few receipts lie ready, in memory alone.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable

from sealing.receipts import MintedReceipt, ReceiptTerms, mint


class ReceiptPress:
    """Gives out receipts, each once."""

    def __init__(self, terms: ReceiptTerms, *, ready: int = 8) -> None:
        self.terms = terms
        self._ready: deque[MintedReceipt] = deque()
        self._wanted = ready
        self._minting: asyncio.Task[None] | None = None

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
        return await asyncio.to_thread(mint, self.terms)

    def _refill(self) -> None:
        if self._minting is None or self._minting.done():
            self._minting = asyncio.get_running_loop().create_task(self._mint_until_full())

    async def _mint_until_full(self) -> None:
        while len(self._ready) < self._wanted:
            self._ready.append(await self._mint())


class GuessLimit:
    """A bucket of tries that refills steadily, one for the whole installation.

    Not by address: behind one factory address or one shared phone a whole shift may come (W9).
    Each try costs an Argon2 call, so the limit also keeps the machine free for reports. With five
    tries a second, finding one of a million receipts among 10^16 takes sixty years on average.
    """

    def __init__(
        self,
        *,
        per_second: float = 5.0,
        most: float = 50.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._per_second = per_second
        self._most = most
        self._clock = clock
        self._left = most
        self._at = clock()

    def allows(self) -> bool:
        """Whether one more try may be made now; if so, it is counted."""
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._at) * self._per_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
