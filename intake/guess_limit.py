"""Turns for trying a receipt, which everybody shares. Used by `intake.reception`.

    async with guesses.turn(channel, pseudonym, is_there) as has_turn:
        key = derive(receipt) if has_turn else None

Theory. A guess must stay dear and rare for all together: with five tries a second, finding one of
a million receipts among 10^16 takes sixty years on average. But whoever has a receipt must get in
while somebody else guesses at full speed, and no address may be counted, for behind one factory
address or one shared phone a whole shift may come (W9). A bucket that turns away whoever finds it
empty does not do that: a flood empties it a thousand times a second, and of a thousand tries five
get in, hardly ever the right one. So nobody is turned away while there is room; they wait in line.

1. **A line, not a lottery.** Who waits holds a connection or a chat, so a flooder has as many
   places as connections, not as many as requests. Whose browser is gone loses the place before a
   turn is spent on it.
2. **Who tried least lately goes first.** Everybody has one place at a time. Somebody who comes
   with their one receipt passes everybody who has been guessing.
3. **Each channel has its own line**, and the lines are served in turn. A flood of new browsers,
   which cost nothing, is nothing to people in a chat, where a new account costs a phone number.
4. Only when a line is full is somebody turned away: whoever tried most, and of those the last.

Worked example, with the limits below. A flooder with 100 connections and a new browser for every
try has 100 places; a person behind them waits 100 / 5 = 20 seconds. One who keeps their browsers
is behind the person from the second try on, who waits less than a second. With 200 connections and
more, new browsers all, the flooder can fill the line of the pages: then some people are asked to
try again, and chat goes on. What is counted is forgotten after a quarter of an hour, is in memory
alone, and stands under the pseudonym that the dialogue has anyway (W4).
"""

import asyncio
import bisect
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

FORGET_AFTER_SECONDS = 15 * 60.0
MOST_REMEMBERED = 10_000
"""Correspondents whose tries are counted; of more, those who tried longest ago are forgotten."""


@dataclass(slots=True, kw_only=True, eq=False)
class _Place:
    """Somebody in a line."""

    correspondent: str = field(repr=False)
    is_there: Callable[[], bool] = field(repr=False)
    rank: tuple[int, int]
    """How often they tried lately, and who came first."""
    called: asyncio.Future[bool] = field(repr=False)
    """True: it is their turn. False: they were turned away."""


class GuessLimit:
    """One for the process."""

    def __init__(
        self,
        *,
        per_second: float = 5.0,
        most: float = 10.0,
        at_once: int = 2,
        most_waiting: int = 200,
        longest_wait_seconds: float = 45.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`most` tries pass at once after a quiet time; `most_waiting` is for each channel.

        `at_once` tries are worked on beside each other: each takes 64 MiB. Nobody waits longer
        than `longest_wait_seconds`, before a chat's provider or a browser gives up.
        """
        self._bucket = _Bucket(per_second=per_second, most=most, clock=clock)
        self._tries = _Tries(clock)
        self._at_once = at_once
        self._most_waiting = most_waiting
        self._longest_wait = longest_wait_seconds
        self._lines: OrderedDict[str, list[_Place]] = OrderedDict()
        self._places: dict[str, _Place] = {}
        self._came = 0
        self._busy = 0
        self._alarm: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def turn(
        self, channel: str, correspondent: str, is_there: Callable[[], bool]
    ) -> AsyncIterator[bool]:
        """Wait for a turn; False where there is none to be had now, and nothing may be tried."""
        place = self._join(channel, correspondent, is_there)
        try:
            await asyncio.wait((place.called,), timeout=self._longest_wait)
            self._leave(channel, place)
            yield place.called.result()
        finally:
            self._leave(channel, place)
            if place.called.result():
                self._busy -= 1
                self._call()

    def _join(self, channel: str, correspondent: str, is_there: Callable[[], bool]) -> _Place:
        self._came += 1
        rank = (self._tries.of(correspondent), self._came)
        earlier = self._places.get(correspondent)
        if earlier is not None:
            # Pressed again while waiting: the browser is on the new request, the place is kept.
            rank = earlier.rank
            self._leave(channel, earlier)
        place = _Place(
            correspondent=correspondent,
            is_there=is_there,
            rank=rank,
            called=asyncio.get_running_loop().create_future(),
        )
        line = self._lines.setdefault(channel, [])
        bisect.insort(line, place, key=_rank)
        self._places[correspondent] = place
        if len(line) > self._most_waiting:
            self._clear(channel)
        self._call()
        return place

    def _clear(self, channel: str) -> None:
        """Make room: first by those who are gone, then by whoever is last."""
        line = self._lines[channel]
        for place in [each for each in line if not each.is_there()]:
            self._leave(channel, place)
        if len(line) > self._most_waiting:
            self._leave(channel, line[-1])

    def _leave(self, channel: str, place: _Place) -> None:
        """Out of the line without a turn; nothing happens to whoever is out of it already."""
        if not place.called.done():
            place.called.set_result(False)
            self._lines[channel].remove(place)
            del self._places[place.correspondent]

    def _call(self) -> None:
        """Give a turn to as many as there are turns for."""
        while self._busy < self._at_once and (channel := self._next_channel()) is not None:
            seconds = self._bucket.seconds_to_wait()
            if seconds > 0:
                self._call_in(seconds)
                return
            place = self._lines[channel].pop(0)
            del self._places[place.correspondent]
            if not place.is_there():
                place.called.set_result(False)
                continue
            self._lines.move_to_end(channel)
            self._bucket.take()
            self._tries.count(place.correspondent)
            self._busy += 1
            place.called.set_result(True)

    def _next_channel(self) -> str | None:
        """The one that waited longest for a turn, of those with a line."""
        return next((channel for channel, line in self._lines.items() if line), None)

    def _call_in(self, seconds: float) -> None:
        if self._alarm is None:
            self._alarm = asyncio.get_running_loop().call_later(seconds, self._ring)

    def _ring(self) -> None:
        self._alarm = None
        self._call()


class _Bucket:
    """Tries that may be made now; it fills steadily."""

    def __init__(self, *, per_second: float, most: float, clock: Callable[[], float]) -> None:
        self._per_second = per_second
        self._most = most
        self._clock = clock
        self._left = most
        self._at = clock()

    def seconds_to_wait(self) -> float:
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._at) * self._per_second)
        self._at = now
        # A hair's breadth under one is one: clocks and sums are not exact.
        return 0.0 if self._left > 0.999 else (1 - self._left) / self._per_second

    def take(self) -> None:
        self._left -= 1


class _Tries:
    """How often each correspondent tried lately."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._counted: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def of(self, correspondent: str) -> int:
        count, at = self._counted.get(correspondent, (0, 0.0))
        return count if self._clock() - at < FORGET_AFTER_SECONDS else 0

    def count(self, correspondent: str) -> None:
        self._counted[correspondent] = (self.of(correspondent) + 1, self._clock())
        self._counted.move_to_end(correspondent)
        while len(self._counted) > MOST_REMEMBERED:
            self._counted.popitem(last=False)


def _rank(place: _Place) -> tuple[int, int]:
    return place.rank
