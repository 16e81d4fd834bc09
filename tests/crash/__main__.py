"""`python -m tests.crash`: kill at random moments, scene by scene.

    python -m tests.crash --times 300                          every scene, sharing the kills
    python -m tests.crash --scene chat --times 50 --seed 7     one of them, at the same places again
    python -m tests.crash --database postgresql                on a PostgreSQL of its own

Ends with an error at the first promise that was broken.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from tests.crash import chat, commands, intake, joining, migration, web
from tests.crash.toll import Toll
from tests.postgres import KINDS, bare_database

Series = Callable[[Path, str, int, random.Random], Awaitable[Toll]]

SCENES: Final[Mapping[str, tuple[Series, int]]] = {
    "intake": (intake.series, 6),
    "web": (web.series, 3),
    "chat": (chat.series, 3),
    "rotation": (commands.rotation, 2),
    "recovery": (commands.recovery, 2),
    "joining": (joining.series, 2),
    "migration": (migration.series, 2),
    "two": (partial(chat.series, processes=2), 1),
    "four": (partial(chat.series, processes=4), 1),
}
"""What is killed, and its share of the kills."""
ONLY: Final[Mapping[str, str]] = {"migration": "sqlite", "two": "postgresql", "four": "postgresql"}
"""Scenes that make sense on one kind of database alone."""


def main() -> None:
    """Run the scenes and say what each came to."""
    options = argparse.ArgumentParser(
        prog="python -m tests.crash",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    options.add_argument("--times", type=int, default=300, help="how often to kill, in all")
    options.add_argument("--scene", choices=tuple(SCENES), help="only this one")
    options.add_argument("--database", choices=KINDS, default="sqlite")
    options.add_argument("--seed", type=int, default=None, help="to kill at the same places again")
    chosen = options.parse_args()
    seed = random.SystemRandom().randrange(10**9) if chosen.seed is None else chosen.seed
    names = [chosen.scene] if chosen.scene else list(SCENES)
    whole = sum(SCENES[name][1] for name in names)
    sys.stdout.write(f"killing {chosen.times} times, seed {seed}\n")
    for name in names:
        series, share = SCENES[name]
        kind = ONLY.get(name, chosen.database)
        times = max(1, round(chosen.times * share / whole))
        with tempfile.TemporaryDirectory() as folder, bare_database(kind, Path(folder)) as url:
            toll = asyncio.run(series(Path(folder), url, times, random.Random(seed)))
        sys.stdout.write(f"{name} on {kind}, {toll.line()}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
