"""Strikes at every surface with input that nobody would send, for as long as is wished.

    python -m tests.fuzz --seconds 600
    python -m tests.fuzz --surface files --seed 7 --only 1234     # one strike again
    python -m tests.fuzz --answers 1000000                        # people in every flow

Every surface gets the same time, in turns. The first find ends the series with exit status 1 and
says how to repeat it.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
import time
import traceback
from contextlib import AsyncExitStack
from pathlib import Path

import structlog

from tests.security.fuzzing import (
    addresses,
    figures,
    flows,
    invitations,
    programs,
    sealed,
    updates,
    wandering,
)
from tests.security.fuzzing.surface import BrokenSurfaceError, Strike, Surface, strike_once

SURFACES: tuple[Surface, ...] = (
    *flows.SURFACES,
    *wandering.SURFACES,
    *sealed.SURFACES,
    *invitations.SURFACES,
    *updates.SURFACES,
    *addresses.SURFACES,
    *programs.SURFACES,
    *figures.SURFACES,
)
TURN_SECONDS = 5.0


async def strike_all(
    surfaces: tuple[Surface, ...], seed: int, seconds: float, folder: Path
) -> dict[str, int]:
    """How many strikes each surface took. Raises `BrokenSurfaceError` at the first find."""
    counts = dict.fromkeys((each.name for each in surfaces), 0)
    ends_at = time.monotonic() + seconds
    async with AsyncExitStack() as stack:
        opened: dict[str, Strike] = {}
        while time.monotonic() < ends_at:
            for surface in surfaces:
                if surface.name not in opened:
                    ground = folder / surface.name
                    ground.mkdir()
                    opened[surface.name] = await stack.enter_async_context(surface.open(ground))
                turn_ends_at = time.monotonic() + min(TURN_SECONDS, seconds / len(surfaces))
                while time.monotonic() < turn_ends_at:
                    number = counts[surface.name]
                    await strike_once(surface, opened[surface.name], seed, number)
                    counts[surface.name] += 1
            _tell(" ".join(f"{name}: {count}" for name, count in counts.items()))
    return counts


async def repeat(surface: Surface, seed: int, number: int, folder: Path) -> None:
    """One strike again."""
    async with surface.open(folder) as strike:
        await strike_once(surface, strike, seed, number)


def main() -> int:
    """The command."""
    # Refusals are what is wished here; only faults are worth a line.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    asked = _arguments()
    surfaces = tuple(each for each in SURFACES if asked.surface in ("", each.name))
    seed = asked.seed if asked.seed is not None else int(time.time())
    _tell(f"seed {seed}")
    with tempfile.TemporaryDirectory(prefix="gehoor-fuzz-") as folder:
        try:
            if asked.answers:
                _tell_how_far(asked.answers, seed)
            elif asked.only is not None:
                asyncio.run(repeat(surfaces[0], seed, asked.only, Path(folder)))
            else:
                asyncio.run(strike_all(surfaces, seed, asked.seconds, Path(folder)))
        except BrokenSurfaceError as find:
            traceback.print_exception(find)
            return 1
    _tell("nothing was found")
    return 0


def _tell_how_far(answers: int, seed: int) -> None:
    began = time.monotonic()
    tally = wandering.wander(answers, seed)
    _tell(f"{tally}; {time.monotonic() - began:.0f} s")
    _tell(f"never asked: {', '.join(sorted(tally.never_asked())) or 'none'}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--surface", default="", choices=["", *(each.name for each in SURFACES)])
    parser.add_argument("--seed", type=int)
    parser.add_argument("--answers", type=int, default=0, help="so many random answers instead")
    parser.add_argument("--only", type=int, help="the number of one strike; needs --surface")
    return parser.parse_args()


def _tell(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
