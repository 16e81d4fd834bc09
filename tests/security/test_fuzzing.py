"""A short series on every surface; `python -m tests.fuzz` goes on for as long as is wished."""

from pathlib import Path

import pytest

from tests.fuzz import SURFACES
from tests.security.fuzzing.surface import Surface, strike_once

SEED = 1


@pytest.mark.parametrize("surface", [pytest.param(each, id=each.name) for each in SURFACES])
async def test_what_the_surface_claims_holds_for_a_short_series(
    surface: Surface, tmp_path: Path
) -> None:
    async with surface.open(tmp_path) as strike:
        for number in range(surface.strikes):
            await strike_once(surface, strike, SEED, number)
