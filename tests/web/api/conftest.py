"""The programming interface, served over a real installation."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.web.inside_house import Inside, inside_house


@pytest.fixture
async def inside(tmp_path: Path) -> AsyncIterator[Inside]:
    async with inside_house(tmp_path) as house:
        yield house
