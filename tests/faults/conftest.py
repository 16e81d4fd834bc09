"""A whole installation with all of its pages, on a disk and a network that fail on demand."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.security.whole_house import whole_house
from tests.web.inside_house import Inside


@pytest.fixture(autouse=True)
def nobody_waits_long_for_a_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own patience, in milliseconds: 5,000 in earnest."""
    monkeypatch.setattr("storage.engines.BUSY_MILLISECONDS", 10)


@pytest.fixture
async def inside(tmp_path: Path) -> AsyncIterator[Inside]:
    async with whole_house(tmp_path / "home") as house:
        yield house
