"""Who holds a connection, and whom to let go: whoever holds one without using it.

Called by `web.serving`. Connections are few (each is an open file and some memory), and one person
can open thousands. Nobody is told apart by address, because a whole shift may share one (W9), so
what decides is what a connection is used for:

- one that has sent no whole request head for a while is closed (`SECONDS_IDLE`, by aiohttp);
- one whose client takes nothing of its answer for a while is cut (`SECONDS_STALLED`);
- when there are too many, room is made among those whom nothing is being answered: the oldest go
  first. Only when every one of them is at work is the newcomer turned away.
"""

import asyncio
import resource
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from aiohttp import web

SECONDS_IDLE = 75.0
"""From the first byte of a connection, or the last of an answer, to the end of the next head."""
SECONDS_STALLED = 60.0
SECONDS_BETWEEN_LOOKS = 5.0
MOST_CONNECTIONS = 2_000
"""About 20 kB each while they wait: some 40 MB."""
FILES_OF_OUR_OWN = 200
"""What the database, blobs, logs and the bot may have open besides."""
FEWEST_CONNECTIONS = 50

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def most_connections() -> int:
    """How many this process may have: fewer where the system allows it few open files."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files == resource.RLIM_INFINITY:
        return MOST_CONNECTIONS
    return max(FEWEST_CONNECTIONS, min(MOST_CONNECTIONS, files - FILES_OF_OUR_OWN))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """Bytes that a client has not taken yet, and since when there are so many of them."""

    size: int
    since: float


class Stalled:
    """Which clients take nothing of what they asked for."""

    def __init__(self, seconds: float = SECONDS_STALLED) -> None:
        self._seconds = seconds
        self._known: dict[object, Unsent] = {}

    def look(self, unsent: Iterable[tuple[object, int]], now: float) -> tuple[object, ...]:
        """Of all connections with how many bytes wait for each: those that have stood still."""
        known = {}
        for connection, size in unsent:
            before = self._known.get(connection)
            if size:
                stands = before is not None and before.size == size
                since = before.since if before is not None and stands else now
                known[connection] = Unsent(size=size, since=since)
        self._known = known
        return tuple(each for each, left in known.items() if now - left.since >= self._seconds)


class Connections:
    """All connections of one server."""

    def __init__(
        self, *, most: int | None = None, stalled_seconds: float = SECONDS_STALLED
    ) -> None:
        self._most = most_connections() if most is None else most
        self._at_work: set[object] = set()
        self._stalled = Stalled(stalled_seconds)

    def count_in(self, app: web.Application) -> None:
        """From now on it is known whom the application is answering."""

        @web.middleware
        async def at_work(request: web.Request, handler: Handler) -> web.StreamResponse:
            self._at_work.add(request.protocol)
            try:
                return await handler(request)
            finally:
                self._at_work.discard(request.protocol)

        app.middlewares.insert(0, at_work)

    def admit(self, server: web.Server) -> asyncio.Protocol:
        """What speaks with somebody who has just come."""
        here = [each for each in server.connections if each.transport is not None]
        if len(here) < self._most:
            return server()
        # They stand in the order in which they came.
        idle = next((each for each in here if each not in self._at_work), None)
        if idle is None:
            return _TurnedAway()
        _cut(idle)
        return server()

    def cut_stalled(self, server: web.Server, now: float) -> int:
        """Let go of clients that take nothing; how many there were."""
        unsent = (
            (each, each.transport.get_write_buffer_size())
            for each in server.connections
            if each.transport is not None
        )
        stalled = frozenset(self._stalled.look(unsent, now))
        for each in server.connections:
            if each in stalled:
                _cut(each)
        return len(stalled)


class _TurnedAway(asyncio.Protocol):
    """There is no room: the connection ends before anything is said."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            transport.abort()


def _cut(connection: web.RequestHandler) -> None:
    """At once: closing would wait until the client has taken what it does not take."""
    if connection.transport is not None:
        connection.transport.abort()
