"""A short series on every surface; `python -m tests.fuzz` goes on for as long as is wished."""

from pathlib import Path
from random import Random

import pytest

from tests.fuzz import SURFACES
from tests.security.fuzzing.addresses import grounds, knock
from tests.security.fuzzing.surface import Surface, strike_once
from tests.security.fuzzing.wandering import wander
from tests.security.permissions import DOORS, TECHNICAL, Who
from tests.security.whole_house import routes_of, technical_app

SEED = 1


@pytest.mark.parametrize("surface", [pytest.param(each, id=each.name) for each in SURFACES])
async def test_what_the_surface_claims_holds_for_a_short_series(
    surface: Surface, tmp_path: Path
) -> None:
    async with surface.open(tmp_path) as strike:
        for number in range(surface.strikes):
            await strike_once(surface, strike, SEED, number)


async def test_every_route_is_struck(tmp_path: Path) -> None:
    """Of the pages and the watchers' port: a route that the fuzzing leaves out fails here."""
    struck = set()
    async with grounds(tmp_path) as ready:
        app = ready.people[Who.READER].inside.app
        for number, door in enumerate((*DOORS, *TECHNICAL)):
            for who in ready.people:
                status = await knock(Random(f"{SEED} {number}"), ready, door, who)
                assert 200 <= status < 500
            struck.add((door.verb, door.pattern))
    assert struck == {*routes_of(app), *routes_of(technical_app())}


def test_people_who_answer_whatever_come_to_every_question_and_to_the_end() -> None:
    """The short form of `python -m tests.fuzz --answers 1000000`."""
    tally = wander(30_000, SEED)
    assert tally.sent > 0
    assert tally.never_asked() == frozenset()
