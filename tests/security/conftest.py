"""One installation with all of its pages."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.security.whole_house import whole_house
from tests.web.inside_house import Inside


@pytest.fixture
async def inside(tmp_path: Path) -> AsyncIterator[Inside]:
    async with whole_house(tmp_path / "home") as house:
        yield house
