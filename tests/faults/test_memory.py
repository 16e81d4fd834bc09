"""A whole process under clients that waste connections: memory stays flat, others are served.

The limits are generous: it is about growing with every client, not about the last megabyte.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from service.clock import today
from service.installation import set_up
from service.settings import read_settings
from tests.faults.telling import comes_to
from tests.security.hostile_files import Endless
from tests.service.conftest import home  # noqa: F401 - a fixture
from tests.service.test_running import running
from tests.web.visiting import Visiting

SLOW = 400
HALF = b"POST /report HTTP/1.1\r\nHost: x\r\nCookie: visit=" + b"a" * 32 + b"\r\nX: "
BEGUN = (
    b"POST /report HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 900000\r\n\r\ntext=" + b"a" * 50_000
)
ASKING = b"GET /static/gehoor.css HTTP/1.1\r\nHost: x\r\n\r\n" * 60
MOST_BYTES_A_CLIENT = 250_000
"""What is being read or written of one request, and what Python keeps for later."""
FILM = b"\x00\x00\x00\x18ftypmp42"


@pytest.fixture
def furnished(home: Path) -> Path:  # noqa: F811 - the fixture
    set_up(read_settings(), today(), lambda _text: None)
    return home


def resident(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


async def test_slow_and_deaf_clients_cost_little_and_the_others_are_served(
    furnished: Path,
) -> None:
    house = running(furnished)
    process, base = await asyncio.to_thread(house.__enter__)
    visitor = Visiting(base, language="hi")
    writers: list[asyncio.StreamWriter] = []
    try:
        await comes_to_first(visitor)
        before = resident(process.pid)
        for number in range(SLOW):
            sent = (HALF, BEGUN, ASKING)[number % 3]
            _, writer = await asyncio.open_connection("127.0.0.1", port_of(base))
            transport = writer.transport
            assert isinstance(transport, asyncio.ReadTransport)
            transport.pause_reading()
            writer.write(sent)
            writers.append(writer)
        # All of it was taken in by the time a page was answered that was asked for after it.
        for _ in range(3):
            assert (await visitor.goes("/report")).status == 200
        assert resident(process.pid) - before < SLOW * MOST_BYTES_A_CLIENT
        assert (await visitor.goes("/healthz")).status == 200
    finally:
        for writer in writers:
            writer.transport.abort()
        await visitor.session.close()
        await asyncio.to_thread(house.__exit__, None, None, None)


async def comes_to_first(visitor: Visiting) -> None:
    await visitor.goes("/")
    await visitor.presses("report")


def port_of(base: str) -> int:
    return int(base.rpartition(":")[2])


async def test_sixty_megabytes_are_refused_in_ones_language_and_leave_nothing(
    furnished: Path,
) -> None:
    house = running(furnished)
    process, base = await asyncio.to_thread(house.__enter__)
    visitor = Visiting(base, language="tr")
    try:
        await comes_to(visitor, "photos", begins="/")
        form = next(each for each in visitor.page.forms if each.enctype.startswith("multipart"))
        before = resident(process.pid)
        peak = 0

        async def body() -> AsyncIterator[bytes]:
            nonlocal peak
            for name, value in [*form.fields, ("do", "next")]:
                head = f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
                yield (head + value + "\r\n").encode()
            yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="f.mp4"\r\n\r\n'
            async for chunk in Endless(FILM, 60_000_000).chunks():
                peak = max(peak, resident(process.pid))
                yield chunk
            yield b"\r\n--b--\r\n"

        kind = {"Content-Type": "multipart/form-data; boundary=b"}
        page = await visitor.sends("POST", "/report", data=body(), headers=kind)
        assert page.status in {200, 422}
        assert "20 MB" in page.text
        assert peak - before < 25_000_000
        assert list((furnished / "blobs").glob("??/*")) == []
    finally:
        await visitor.session.close()
        await asyncio.to_thread(house.__exit__, None, None, None)
