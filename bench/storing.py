"""How many units of work are made durable a second, each a step of its own person."""

import asyncio
import os
import time
from collections.abc import Iterator
from pathlib import Path

from bench.installation import furnish, settings_for
from bench.plan import Plan
from bench.rows import Row, row
from sealing.identifiers import new_id
from service.clock import today
from service.foundations import records
from storage.database import Database
from storage.transaction import SqlTransaction

_STATE = bytes(900)
_SECONDS = 2.0


def measure(plan: Plan) -> Iterator[Row]:
    """Units a second with 1, 64 and 256 people at once, on SQLite with full durability."""
    home = plan.folder / "storing"
    settings = settings_for(home)
    furnish(settings)
    with records(settings) as kept:
        for people in (1, 64, 256):
            figures = [asyncio.run(_units(kept.database, people)) for _ in range(plan.rounds)]
            yield row(f"storage, {people} at once", "units/s", figures, note=_disk(home))


async def _units(database: Database, people: int) -> float:
    done = 0
    ends = time.perf_counter() + _SECONDS
    day = today()

    async def steps(dialogue: str) -> None:
        nonlocal done

        def step(tx: SqlTransaction) -> None:
            tx.updates.is_new(new_id(), day)
            tx.dialogues.get(dialogue)
            tx.dialogues.put(dialogue, _STATE, touched_on=day, awaits_handover=False)

        while time.perf_counter() < ends:
            await database.transaction(step)
            done += 1

    async with asyncio.TaskGroup() as tasks:
        for _ in range(people):
            tasks.create_task(steps(new_id()))
    return done / _SECONDS


def _disk(home: Path) -> str:
    """How long this disk takes to make one small write durable: it bounds the first row."""
    path = home / "probe"
    with path.open("wb", buffering=0) as probe:
        began = time.perf_counter()
        for _ in range(50):
            probe.write(bytes(4096))
            os.fdatasync(probe.fileno())
    path.unlink()
    return f"a flush takes {(time.perf_counter() - began) * 20:.1f} ms here"
