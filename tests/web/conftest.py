"""A served application on a free port, and visitors to it."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest

from tests.web.small_house import SmallHouse
from tests.web.visiting import Visiting
from web.app import make_app
from web.services import WebServices, WebSettings
from web.serving import WebServer

SECRET = b"0123456789abcdef0123456789abcdef"


@dataclass
class Served:
    """The pages, the house behind them, and where they are."""

    house: SmallHouse
    base: str
    visitors: list[Visiting]

    def visitor(self, language: str = "en", **headers: str) -> Visiting:
        visitor = Visiting(self.base, language=language, headers=headers)
        self.visitors.append(visitor)
        return visitor


Serve = Callable[..., "AsyncIterator[Served]"]


@pytest.fixture
async def serve() -> AsyncIterator[Callable[..., object]]:
    """Serve with settings of choice: `served = await serve(is_https=True)`."""
    started: list[tuple[WebServer, Served]] = []

    async def start(*, services: dict[str, object] | None = None, **settings: object) -> Served:
        house = SmallHouse()
        app = make_app(
            WebServices(
                reception=house,
                form_secret=SECRET,
                settings=WebSettings(**settings),  # type: ignore[arg-type]  # the tests' own choice
                **(services or {}),  # type: ignore[arg-type]  # the tests' own choice
            )
        )
        server = WebServer(app)
        port = await server.start("127.0.0.1", 0)
        served = Served(house, f"http://127.0.0.1:{port}", [])
        started.append((server, served))
        return served

    yield start
    for server, served in started:
        for visitor in served.visitors:
            await visitor.session.close()
        await server.stop()


@pytest.fixture
async def served(serve: Callable[..., object]) -> Served:
    """Served with the settings that come."""
    return await serve()  # type: ignore[misc, no-any-return]  # see above
