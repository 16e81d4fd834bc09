"""Short series of `tests.crash`: killed at random moments, nothing is lost."""

import random
from pathlib import Path

import pytest

from tests.crash import series
from tests.postgres import bare_database


@pytest.mark.parametrize(("kind", "times"), [("sqlite", 14), ("postgresql", 4)])
async def test_what_was_acknowledged_survives_being_killed(
    kind: str, times: int, tmp_path: Path
) -> None:
    with bare_database(kind, tmp_path) as url:
        toll = await series(tmp_path, url, times, random.Random(20261120))
    assert toll.kills == times
    assert toll.acknowledged > 100
    assert toll.receipts > 0
