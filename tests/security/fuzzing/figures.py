"""Companies, sites and reports at random; whoever pools all that is told tries to get behind it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from random import Random

from sealing.identifiers import new_id
from tests.attackers.attacking import attack
from tests.attackers.roaming import Walk
from tests.attackers.story import story
from tests.attackers.world import happens
from tests.security.fuzzing.surface import Strike, Surface


@asynccontextmanager
async def figures(folder: Path) -> AsyncIterator[Strike]:
    async def strike(random: Random) -> None:
        async with AsyncExitStack() as stack:
            walk = Walk(random)
            outcome = await happens(story(random), folder / new_id(), stack, walk.at)
            await attack(walk.seen.pooled(outcome))

    yield strike


SURFACES = (
    Surface(
        name="figures",
        claim="no hidden number follows from all that pages, files and programs ever told",
        open=figures,
        strikes=1,
    ),
)
