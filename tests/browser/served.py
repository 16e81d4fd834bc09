"""An installation served from a thread of its own: the browser's loop holds that of the tests."""

import asyncio
import threading
from abc import ABC, abstractmethod
from collections.abc import Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from tests.web.inside_house import Inside

Result = TypeVar("Result")
MOST_SECONDS = 60


@dataclass
class Served(ABC):
    """What is served, for as long as `served` lasts."""

    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    @abstractmethod
    def opened(self, home: Path) -> AbstractAsyncContextManager[None]:
        """Its pages can be asked for within the block."""

    @contextmanager
    def served(self, home: Path) -> Iterator[None]:
        """The thread begins, and ends after the block."""
        thread = threading.Thread(target=self.loop.run_forever)
        thread.start()
        opened = self.opened(home)
        try:
            self.does(opened.__aenter__())
            yield
            self.does(opened.__aexit__(None, None, None))
        finally:
            self.loop.call_soon_threadsafe(self.loop.stop)
            thread.join()
            self.loop.close()

    def does(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Let it do something, and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(MOST_SECONDS)


@dataclass
class ServedInside(Served):
    """One to which handlers and officers sign in."""

    inside: Inside = field(init=False)
