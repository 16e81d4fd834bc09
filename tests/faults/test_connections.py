"""Clients that hold a connection and do not use it: nobody else is kept out, memory stays flat."""

import asyncio
import resource
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from web.connections import (
    FEWEST_CONNECTIONS,
    MOST_CONNECTIONS,
    Connections,
    Stalled,
    most_connections,
)
from web.serving import WebServer

HALF = b"GET /small HTTP/1.1\r\nHost: x\r\nX-Slow: "
LARGE = bytes(8_000_000)


def app() -> web.Application:
    async def small(_request: web.Request) -> web.Response:
        return web.Response(text="here")

    async def large(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": str(len(LARGE))})
        await response.prepare(request)
        try:
            for start in range(0, len(LARGE), 65_536):
                await response.write(LARGE[start : start + 65_536])
        except ConnectionError:
            request.app[CUT].set()
            raise
        return response

    async def held(request: web.Request) -> web.Response:
        request.app[HELD].release()
        await request.app[GATE].wait()
        return web.Response(text="done")

    made = web.Application()
    made[GATE], made[CUT], made[HELD] = asyncio.Event(), asyncio.Event(), asyncio.Semaphore(0)
    made.router.add_get("/small", small)
    made.router.add_get("/large", large)
    made.router.add_get("/held", held)
    return made


GATE = web.AppKey("gate", asyncio.Event)
CUT = web.AppKey("cut", asyncio.Event)
HELD = web.AppKey("held", asyncio.Semaphore)


@asynccontextmanager
async def served(
    pages: web.Application,
    *,
    most: int = 100,
    idle: float = 60.0,
    clock: Callable[[], float] = lambda: 0.0,
) -> AsyncIterator[int]:
    """Looked at every moment; how long somebody has stalled goes by the clock of the test."""

    class Clocked(Connections):
        def cut_stalled(self, server: web.Server, now: float) -> int:
            return super().cut_stalled(server, clock())

    server = WebServer(
        pages,
        connections=Clocked(most=most, stalled_seconds=60.0),
        idle_seconds=idle,
        look_seconds=0.02,
    )
    try:
        yield await server.start("127.0.0.1", 0)
    finally:
        await server.stop()


async def opened(port: int, sent: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    await writer.drain()
    return reader, writer


async def ended(reader: asyncio.StreamReader) -> None:
    """Until the server has let go."""
    async with asyncio.timeout(60):
        while True:
            try:
                if not await reader.read(65_536):
                    return
            except ConnectionError:
                return


async def fetched(port: int, path: str) -> tuple[int, bytes]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as answer,
    ):
        return answer.status, await answer.read()


async def test_a_head_that_never_ends_is_given_up() -> None:
    async with served(app(), idle=0.2) as port:
        reader, writer = await opened(port, HALF)
        await ended(reader)
        writer.close()


async def test_a_second_head_that_never_ends_is_given_up_too() -> None:
    async with served(app(), idle=0.2) as port:
        reader, writer = await opened(port, b"GET /small HTTP/1.1\r\nHost: x\r\n\r\n" + HALF)
        assert b"200 OK" in await reader.readline()
        await ended(reader)
        writer.close()


async def test_a_client_that_stops_reading_is_cut_and_one_that_reads_gets_all() -> None:
    pages, now = app(), 0.0
    async with served(pages, clock=lambda: now) as port:
        reader, writer = await opened(port, b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        transport = writer.transport
        assert isinstance(transport, asyncio.ReadTransport)
        transport.pause_reading()
        status, content = await fetched(port, "/large")
        assert (status, len(content)) == (200, len(LARGE))
        async with asyncio.timeout(60):
            while not pages[CUT].is_set():
                now += 60.0
                await asyncio.sleep(0.05)
        transport.resume_reading()
        got = 0
        try:
            while piece := await reader.read(65_536):
                got += len(piece)
        except ConnectionError:
            pass
        assert got < len(LARGE)
        writer.close()


async def test_room_is_made_among_those_whom_nothing_is_being_answered() -> None:
    pages = app()
    async with served(pages, most=10) as port:
        at_work = asyncio.create_task(fetched(port, "/held"))
        await pages[HELD].acquire()
        slow = [await opened(port, HALF) for _ in range(40)]
        for _ in range(5):
            assert await fetched(port, "/small") == (200, b"here")
        # The oldest went; whoever is being answered stays.
        async with asyncio.timeout(60):
            await asyncio.gather(*(ended(reader) for reader, _ in slow[:25]))
        pages[GATE].set()
        assert await at_work == (200, b"done")
        for _, writer in slow:
            writer.close()


async def test_when_all_are_at_work_the_newcomer_is_turned_away_and_comes_later() -> None:
    pages = app()
    async with served(pages, most=3) as port:
        at_work = [asyncio.create_task(fetched(port, "/held")) for _ in range(3)]
        for _ in at_work:
            await pages[HELD].acquire()
        with pytest.raises(aiohttp.ClientError):
            await fetched(port, "/small")
        pages[GATE].set()
        assert await asyncio.gather(*at_work) == [(200, b"done")] * 3
        assert await fetched(port, "/small") == (200, b"here")


def test_only_who_takes_nothing_at_all_has_stalled() -> None:
    stalled = Stalled(seconds=60)
    assert stalled.look([("still", 900), ("slow", 900), ("quick", 0)], now=0) == ()
    assert stalled.look([("still", 900), ("slow", 899), ("quick", 0)], now=59) == ()
    assert stalled.look([("still", 900), ("slow", 898), ("quick", 5)], now=60) == ("still",)
    assert stalled.look([("slow", 898)], now=119) == ()
    assert stalled.look([("slow", 898)], now=120) == ("slow",)


def test_who_is_gone_is_forgotten() -> None:
    stalled = Stalled(seconds=60)
    stalled.look([(number, 1) for number in range(1_000)], now=0)
    stalled.look([], now=1)
    assert stalled._known == {}


def test_there_are_fewer_connections_where_the_system_allows_few_files() -> None:
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (1024, limits[1]))
        assert most_connections() == 824
        resource.setrlimit(resource.RLIMIT_NOFILE, (512, limits[1]))
        assert FEWEST_CONNECTIONS <= most_connections() < 512
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert most_connections() <= MOST_CONNECTIONS
