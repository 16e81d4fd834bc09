"""The lean client of frequent calls, against a server that says exactly what a test wants."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.wire import MOST_BODY_BYTES, MOST_HEAD_BYTES, UnreadableAnswerError, Wire, _Reading

SAID = b'{"ok":true}'
PLAIN = b"HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 11\r\n\r\n" + SAID
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    b'4\r\n{"ok\r\n7;note=1\r\n":true}\r\n0\r\n\r\n'
)
SECONDS = 60.0


class Server:
    """Reads requests and gives the next of its answers to each; None holds the answer back.

    So does the path `/late`: whether it was read in time decides nothing for those after it.
    """

    def __init__(self, *answers: bytes | None, closes: bool = False) -> None:
        self.answers = list(answers)
        self.closes = closes
        self.requests: list[bytes] = []
        self.connections = 0
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
                self.requests.append(head + await reader.readexactly(length))
                if head.startswith(b"POST /late "):
                    continue
                answer = self.answers.pop(0)
                if answer is None:
                    continue
                writer.write(answer)
                await writer.drain()
                if self.closes:
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def talking(server: Server, *, most: int = 10) -> AsyncIterator[Wire]:
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    server.port = listening.sockets[0].getsockname()[1]
    wire = Wire(f"http://127.0.0.1:{server.port}", most_connections=most)
    try:
        yield wire
    finally:
        wire.close()
        listening.close()
        await listening.wait_closed()


async def says(answer: bytes, *, closes: bool = False) -> tuple[int, bytes]:
    async with talking(Server(answer, closes=closes)) as wire:
        return await wire.post_json("/bot1:x/send", b"{}", SECONDS)


async def until(holds: Callable[[], bool], step: Callable[[], Awaitable[None]]) -> None:
    async with asyncio.timeout(SECONDS):
        while not holds():
            await step()


async def test_a_call_is_one_post_with_its_length() -> None:
    server = Server(PLAIN)
    async with talking(server) as wire:
        assert await wire.post_json("/bot1:x/send?a=1", b'{"text":"\xc3\xa9"}', SECONDS) == (
            200,
            SAID,
        )
    assert server.requests == [
        b"POST /bot1:x/send?a=1 HTTP/1.1\r\n"
        b"Host: 127.0.0.1:%d\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n"
        b'{"text":"\xc3\xa9"}' % server.port
    ]


async def test_calls_one_after_the_other_share_a_connection() -> None:
    server = Server(PLAIN, CHUNKED, PLAIN)
    async with talking(server) as wire:
        for _ in range(3):
            assert await wire.post_json("/x", b"{}", SECONDS) == (200, SAID)
    assert server.connections == 1


async def test_calls_at_once_have_connections_of_their_own_and_no_more_than_allowed() -> None:
    server = Server(*[PLAIN] * 20)
    async with talking(server, most=3) as wire, asyncio.TaskGroup() as tasks:
        for _ in range(20):
            tasks.create_task(wire.post_json("/x", b"{}", SECONDS))
    assert len(server.requests) == 20
    assert 1 < server.connections <= 3


@pytest.mark.parametrize("status", [204, 400, 404, 429, 500, 502])
async def test_any_status_is_an_answer(status: int) -> None:
    length = b"" if status == 204 else b"Content-Length: 11\r\n"
    head = b"HTTP/1.1 %d \r\n" % status + length + b"\r\n"
    assert await says(head if status == 204 else head + SAID) == (
        status,
        b"" if status == 204 else SAID,
    )


async def test_an_interim_answer_is_passed_over() -> None:
    assert await says(b"HTTP/1.1 100 Continue\r\n\r\n" + PLAIN) == (200, SAID)


@pytest.mark.parametrize(
    "answer",
    [
        b"<html>CANARY</html>\r\n\r\n",
        b"HTTP/2 200 OK\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 OK\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\nCANARY",
        b"HTTP/1.1 200 OK\r\nContent-Length: +6\r\n\r\nCANARY",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1_1\r\n\r\nCANARYCANAR",
        b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nCANARY\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length : 6\r\n\r\nCANARY",
        b"HTTP/1.1 200 OK\r\n folded\r\nContent-Length: 6\r\n\r\nCANARY",
        b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (MOST_BODY_BYTES + 1),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % (MOST_BODY_BYTES + 1),
        b"HTTP/1.1 200 OK\r\nX: " + b"C" * (MOST_HEAD_BYTES + 1),
        PLAIN + b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nCANARY",
    ],
)
async def test_what_is_not_understood_is_refused_and_not_quoted(answer: bytes) -> None:
    with pytest.raises(UnreadableAnswerError) as caught:
        await says(answer)
    shown = f"{caught.value!r} {caught.value.__cause__!r}"
    assert "CANARY" not in shown
    assert "bot1" not in shown


async def test_an_answer_that_is_cut_off_is_a_fault_of_the_network() -> None:
    with pytest.raises(ConnectionError):
        await says(PLAIN[:-3], closes=True)


async def test_a_server_that_closes_gets_a_new_connection_next_time() -> None:
    closing = PLAIN.replace(b"Server: x", b"Connection: close")
    server = Server(closing, PLAIN)
    async with talking(server) as wire:
        for _ in range(2):
            assert await wire.post_json("/x", b"{}", SECONDS) == (200, SAID)
    assert server.connections == 2


async def test_a_late_answer_is_nobodys() -> None:
    server = Server(PLAIN)
    async with talking(server) as wire:
        with pytest.raises(TimeoutError):
            await wire.post_json("/late", b"{}", 0.05)
        assert await wire.post_json("/next", b"{}", SECONDS) == (200, SAID)
        await until(lambda: server.connections > 1, lambda: asyncio.sleep(0))
    assert server.connections == 2


async def test_a_call_that_is_broken_off_gives_up_its_connection() -> None:
    server = Server(None, PLAIN)
    async with talking(server) as wire:
        call = asyncio.create_task(wire.post_json("/broken", b"{}", SECONDS))
        await until(lambda: bool(server.requests), lambda: asyncio.sleep(0))
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert await wire.post_json("/next", b"{}", SECONDS) == (200, SAID)
    assert server.connections == 2


async def test_closing_ends_calls_under_way() -> None:
    server = Server(None)
    async with talking(server) as wire:
        call = asyncio.create_task(wire.post_json("/x", b"{}", SECONDS))
        await until(lambda: bool(server.requests), lambda: asyncio.sleep(0))
        wire.close()
        with pytest.raises(ConnectionError):
            await call


@given(st.sampled_from([PLAIN, CHUNKED]), st.lists(st.integers(1, 200), max_size=8))
def test_however_an_answer_is_cut_into_pieces_it_is_the_same(
    answer: bytes, places: list[int]
) -> None:
    reading = _Reading()
    cuts = [0, *sorted(place for place in places if place < len(answer)), len(answer)]
    pieces = [answer[a:b] for a, b in itertools.pairwise(cuts)]
    *before, last = [reading.take(piece) for piece in pieces if piece]
    assert last == (200, SAID)
    assert before == [None] * len(before)
    assert not reading.has_more


@given(st.binary(max_size=300))
def test_whatever_a_server_sends_is_an_answer_or_refused(data: bytes) -> None:
    try:
        answer = _Reading().take(b"HTTP/1.1 200 OK\r\n" + data)
    except ValueError:
        return
    assert answer is None or answer[0] == 200
