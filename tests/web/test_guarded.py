"""Posts to typed addresses never reach into our own network, whatever a name or an answer says."""

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from web.guarded import GuardedPoster, InnerAddressError, is_inner
from web.serving import WebServer

INNER = (
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.3.4", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.9",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1",
    "fd12::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "2002:7f00:1::", "2002:a00:1::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1",
    "::127.0.0.1", "2001:0:1::1", "not an address", "",
)  # fmt: skip
OUTER = ("8.8.8.8", "1.1.1.1", "93.184.215.14", "2606:4700::1111", "2a00:1450::1", "2002:808:808::")


@pytest.mark.parametrize("address", INNER)
def test_an_inner_address_is_known_in_every_spelling(address: str) -> None:
    assert is_inner(address)


@pytest.mark.parametrize("address", OUTER)
def test_an_open_address_is_none(address: str) -> None:
    assert not is_inner(address)


class Names(AbstractResolver):
    """Leads every name where a test says, another place each time it is asked."""

    def __init__(self, *places: str) -> None:
        self._places = list(places)
        self.asked = 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked += 1
        place = self._places.pop(0)
        return [
            ResolveResult(
                hostname=host,
                host=place,
                port=port,
                family=socket.AF_INET6 if ":" in place else socket.AF_INET,
                proto=0,
                flags=0,
            )
        ]

    async def close(self) -> None:
        """Nothing is held."""


@dataclass(slots=True)
class Seen:
    port: int = 0
    requests: list[web.Request] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)


@pytest.fixture
async def seen() -> AsyncIterator[Seen]:
    seen, is_over = Seen(), asyncio.Event()

    async def take(request: web.Request) -> web.StreamResponse:
        seen.requests.append(request)
        seen.bodies.append(await request.read())
        match request.path:
            case "/elsewhere":
                raise web.HTTPTemporaryRedirect(f"http://127.0.0.1:{seen.port}/inner")
            case "/hangs":
                await is_over.wait()
            case "/unwell":
                return web.Response(status=500, text="a" * 100_000)
        return web.Response(text="fine")

    app = web.Application()
    app.router.add_post("/{path}", take)
    server = WebServer(app)
    seen.port = await server.start("127.0.0.1", 0)
    yield seen
    is_over.set()
    await server.stop()


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f000001", "127.1", "0.0.0.0"]
)
async def test_this_machine_is_reached_by_no_spelling(seen: Seen, scheme: str, host: str) -> None:
    with pytest.raises(ConnectionError):
        await GuardedPoster().post(f"{scheme}://{host}:{seen.port}/in", b"{}", {}, 60)
    assert seen.requests == []


@pytest.mark.parametrize("place", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd12::1"])
async def test_a_name_that_leads_inside_is_refused_after_it_was_looked_up(
    seen: Seen, place: str
) -> None:
    names = Names(place)
    with pytest.raises(InnerAddressError):
        await GuardedPoster(resolver=names).post(
            f"https://house.example:{seen.port}/in", b"{}", {}, 60
        )
    assert names.asked == 1
    assert seen.requests == []


async def test_a_name_that_leads_elsewhere_a_moment_later_gains_nothing(seen: Seen) -> None:
    """It is looked up once a post, and the address that was looked at is the one connected to."""
    names = Names("127.0.0.1", "127.0.0.1")
    poster = GuardedPoster(resolver=names)
    for asked in (1, 2):
        with pytest.raises(InnerAddressError):
            await poster.post(f"https://house.example:{seen.port}/in", b"{}", {}, 60)
        assert names.asked == asked
    assert seen.requests == []


async def test_in_a_trial_this_machine_is_reached_and_the_rest_of_the_inside_is_not(
    seen: Seen,
) -> None:
    trial = GuardedPoster(allows_loopback=True)
    assert await trial.post(f"http://127.0.0.1:{seen.port}/in", b"{}", {"A": "b"}, 60) == 200
    assert seen.bodies == [b"{}"]
    assert seen.requests[0].headers["A"] == "b"
    assert seen.requests[0].headers["User-Agent"] == "Gehoor"
    for place in ("10.0.0.1", "169.254.169.254"):
        with pytest.raises(InnerAddressError):
            await trial.post(f"https://{place}/in", b"{}", {}, 60)


async def test_without_tls_nothing_is_sent_to_the_open_internet() -> None:
    with pytest.raises(InnerAddressError):
        await GuardedPoster(allows_loopback=True, resolver=Names("93.184.215.14")).post(
            "http://house.example/in", b"{}", {}, 60
        )


async def test_a_redirect_is_an_answer_and_nobody_follows_it(seen: Seen) -> None:
    trial = GuardedPoster(allows_loopback=True)
    assert await trial.post(f"http://127.0.0.1:{seen.port}/elsewhere", b"{}", {}, 60) == 307
    assert [each.path for each in seen.requests] == ["/elsewhere"]


async def test_who_does_not_answer_is_waited_for_no_longer_than_was_said(
    seen: Seen,
) -> None:
    with pytest.raises(TimeoutError) as late:
        await GuardedPoster(allows_loopback=True).post(
            f"http://127.0.0.1:{seen.port}/hangs?room=SECRET", b"{}", {}, 0.2
        )
    assert "SECRET" not in f"{late.value!r} {late.value.__cause__!r}"


async def test_of_a_long_answer_its_status_is_enough(seen: Seen) -> None:
    trial = GuardedPoster(allows_loopback=True)
    assert await trial.post(f"http://127.0.0.1:{seen.port}/unwell", b"{}", {}, 60) == 500


async def test_no_proxy_of_the_environment_is_asked(
    seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
        monkeypatch.setenv(name.upper(), "http://127.0.0.1:9")
    trial = GuardedPoster(allows_loopback=True)
    assert await trial.post(f"http://127.0.0.1:{seen.port}/in", b"{}", {}, 60) == 200


async def test_a_dead_end_names_no_address(unused_tcp_port: int) -> None:
    with pytest.raises(ConnectionError) as dead:
        await GuardedPoster(allows_loopback=True).post(
            f"http://127.0.0.1:{unused_tcp_port}/SECRET", b"{}", {}, 60
        )
    assert not isinstance(dead.value, InnerAddressError)
    assert "SECRET" not in f"{dead.value!r} {dead.value.__cause__!r}"
