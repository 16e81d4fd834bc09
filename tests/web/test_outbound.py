"""The HTTP client that the bot speaks through, against a server on a free port."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from aiohttp import web

from web.outbound import Poster
from web.serving import WebServer

TOKEN = "123:SECRET"


@dataclass(frozen=True)
class File:
    name: str
    media_type: str
    content: bytes


@pytest.fixture
async def base() -> AsyncIterator[str]:
    async def echo(request: web.Request) -> web.Response:
        posted = await request.post()
        parts = [
            f"{name}={value}"
            if isinstance(value, str)
            else f"{name}={value.filename}:{value.content_type}:{value.file.read().decode()}"
            for name, value in posted.items()
        ]
        return web.Response(text="&".join(parts), status=int(str(posted.get("status", "200"))))

    async def large(_request: web.Request) -> web.Response:
        return web.Response(body=b"x" * 300_000)

    is_over = asyncio.Event()

    async def slow(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"a")
        await is_over.wait()
        return response

    async def elsewhere(_request: web.Request) -> web.Response:
        raise web.HTTPFound(f"/bot{TOKEN}/large")

    app = web.Application()
    app.router.add_post(f"/bot{TOKEN}/echo", echo)
    app.router.add_get(f"/bot{TOKEN}/large", large)
    app.router.add_get(f"/bot{TOKEN}/slow", slow)
    app.router.add_post(f"/bot{TOKEN}/never", slow)
    app.router.add_get(f"/bot{TOKEN}/elsewhere", elsewhere)
    server = WebServer(app)
    port = await server.start("127.0.0.1", 0)
    yield f"http://127.0.0.1:{port}/bot{TOKEN}"
    is_over.set()
    await server.stop()


async def test_a_form_is_posted_and_the_whole_answer_comes_back(base: str) -> None:
    async with Poster() as poster:
        assert await poster.post(f"{base}/echo", {"a": "1", "ü": "€"}, {}, 60) == (
            200,
            "a=1&ü=€".encode(),
        )


async def test_files_go_along_as_parts(base: str) -> None:
    file = File("photo.jpg", "image/jpeg", b"bytes")
    async with Poster() as poster:
        status, body = await poster.post(f"{base}/echo", {"a": "1"}, {"photo": file}, 60)
    assert (status, body) == (200, b"a=1&photo=photo.jpg:image/jpeg:bytes")


async def test_any_status_is_an_answer(base: str) -> None:
    async with Poster() as poster:
        assert (await poster.post(f"{base}/echo", {"status": "429"}, {}, 60))[0] == 429


async def test_a_file_comes_in_pieces(base: str) -> None:
    async with Poster() as poster:
        pieces = [piece async for piece in poster.get(f"{base}/large", 60)]
    assert sum(map(len, pieces)) == 300_000
    assert len(pieces) > 1


@pytest.mark.parametrize("path", ["missing", "elsewhere"])
async def test_another_status_than_200_is_no_file_and_no_redirect_is_followed(
    base: str, path: str
) -> None:
    async with Poster() as poster:
        with pytest.raises(ConnectionError) as fault:
            [piece async for piece in poster.get(f"{base}/{path}", 60)]
    assert TOKEN not in str(fault.value)


async def test_lateness_and_dead_ends_are_faults_without_an_address(
    base: str, unused_tcp_port: int
) -> None:
    async with Poster() as poster:
        with pytest.raises(TimeoutError) as late:
            [piece async for piece in poster.get(f"{base}/slow", 0.05)]
        with pytest.raises(ConnectionError) as dead:
            await poster.post(f"http://127.0.0.1:{unused_tcp_port}/bot{TOKEN}/x", {}, {}, 60)
    for fault in (late, dead):
        assert TOKEN not in f"{fault.value!r} {fault.value.__cause__!r}"
        assert fault.value.__suppress_context__


async def test_json_is_posted_as_it_is(base: str) -> None:
    async with Poster() as poster:
        status, body = await poster.post_json(f"{base}/echo?status=7", b'{"a":1}', 60)
    assert (status, body) == (200, b"")


async def test_json_that_reaches_nobody_is_a_fault_of_the_network_that_names_nobody(
    unused_tcp_port: int,
) -> None:
    async with Poster() as poster:
        with pytest.raises(ConnectionError) as caught:
            await poster.post_json(f"http://127.0.0.1:{unused_tcp_port}/bot{TOKEN}/x", b"{}", 60)
    assert "SECRET" not in f"{caught.value!r} {caught.value.__cause__!r}"


async def test_json_that_is_not_answered_in_time_says_so(base: str) -> None:
    async with Poster() as poster:
        with pytest.raises(TimeoutError):
            await poster.post_json(f"{base}/never", b"{}", 0.05)
