"""Posts to addresses that somebody typed: never into our own network, whatever a name leads to.

Theory. An address is not safe because its name looks so: a name can lead to this machine, to the
router, to the place where a cloud keeps its keys, and to another one a moment later (DNS
rebinding). So what is checked is the numbered address for which the socket is made, at the moment
when it is made, and that very socket is connected. Redirects are not followed, so that there is no
second address. Proxies of the environment are not asked. Of the answer its status alone is read.

Used by `service.delivering`; the bot's own way out is `web.outbound`, to the one address that the
operator set.
"""

import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver

_V6_WRAPPINGS = (
    ipaddress.ip_network("64:ff9b::/96"),  # NAT64 (RFC 6052): the last 32 bits are an IPv4 address
    ipaddress.ip_network("64:ff9b:1::/48"),
    ipaddress.ip_network("::/96"),  # IPv4-compatible, given up long ago (RFC 4291)
)
_MOST_HEADER_BYTES = 8 * 1024
AGENT = "Gehoor"


class InnerAddressError(ConnectionError):
    """The address, or what its name leads to, is not one of the open internet."""


def is_inner(address: str) -> bool:
    """Whether a numbered address is anything but an ordinary one of the open internet."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return True
    if isinstance(parsed, ipaddress.IPv6Address):
        wrapped = parsed.ipv4_mapped or parsed.sixtofour
        if wrapped is not None:
            return is_inner(str(wrapped))
        if parsed.teredo is not None or any(parsed in each for each in _V6_WRAPPINGS):
            return True
    return not parsed.is_global or parsed.is_multicast or parsed.is_reserved


def is_loopback(address: str) -> bool:
    """Whether it is this machine."""
    try:
        return ipaddress.ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardedPoster:
    """One connection for each post. `allows_loopback` is for trials on one machine."""

    allows_loopback: bool = False
    resolver: AbstractResolver | None = None
    """Tells where names lead; None: as the machine does."""

    async def post(
        self, url: str, content: bytes, headers: Mapping[str, str], timeout_seconds: float
    ) -> int:
        """Post it; the answer's status, which may be a redirect's: none is followed.

        Raises `InnerAddressError` before a byte is sent, `ConnectionError` for a fault of the
        network, `TimeoutError` when all of it together took longer. None quotes the address.
        """
        door = _Door(is_https=urlsplit(url).scheme == "https", allows_loopback=self.allows_loopback)
        connector = aiohttp.TCPConnector(
            force_close=True,
            use_dns_cache=False,
            resolver=self.resolver,
            socket_factory=door.socket,
        )
        try:
            async with (
                aiohttp.ClientSession(
                    connector=connector,
                    cookie_jar=aiohttp.DummyCookieJar(),
                    timeout=aiohttp.ClientTimeout(total=timeout_seconds),
                    auto_decompress=False,
                    max_line_size=_MOST_HEADER_BYTES,
                    max_field_size=_MOST_HEADER_BYTES,
                ) as session,
                session.post(
                    url,
                    data=content,
                    headers={"User-Agent": AGENT, **headers},
                    skip_auto_headers=("Accept", "Accept-Encoding"),
                    allow_redirects=False,
                ) as answer,
            ):
                return answer.status
        except TimeoutError:
            raise TimeoutError("no answer in time") from None
        except (aiohttp.ClientError, OSError, ValueError) as fault:
            if door.has_refused:
                raise InnerAddressError("an inner address") from None
            raise ConnectionError(type(fault).__name__) from None


class _Door:
    """Makes sockets for addresses that may be connected to, and for no other."""

    def __init__(self, *, is_https: bool, allows_loopback: bool) -> None:
        self._is_https = is_https
        self._allows_loopback = allows_loopback
        self.has_refused = False

    def socket(self, address: tuple[Any, ...]) -> socket.socket:
        """A socket for one resolved address, as `getaddrinfo` gives it. Raises `OSError`."""
        family, kind, protocol, _, place = address
        if not self._may_go(str(place[0])):
            self.has_refused = True
            raise OSError("an inner address")
        return socket.socket(family, kind, protocol)

    def _may_go(self, place: str) -> bool:
        if is_loopback(place):
            return self._allows_loopback
        return self._is_https and not is_inner(place)
