"""A process that talks to many chats at once, for races with another one on the same database.

python -m tests.storage.racing URL KEY_RING_FILE FIRST_UPDATE LAST_UPDATE

Each update adds one to its chat's number. Prints the updates that it took, once it is durable.
"""

import asyncio
import sys
from datetime import date
from pathlib import Path

from sealing.key_ring import KeyRing
from sealing.key_ring_file import load_key_ring
from storage.database import Database
from storage.transaction import SqlTransaction

CHATS = 5
PATIENCE_SECONDS = 600.0
"""Of a writer that meets the other: which of the two is slow is not what a race is about."""
TODAY = date(2026, 11, 20)


def chat_of(update: int) -> str:
    """Whose update it is."""
    return f"{update % CHATS:026}"


def taken(tx: SqlTransaction, update: int) -> bool:
    """One step of a chat; False when the update was taken before."""
    if not tx.updates.is_new(f"{update:026}", TODAY):
        return False
    chat = chat_of(update)
    number = int(tx.dialogues.get(chat) or b"0")
    tx.dialogues.put(chat, str(number + 1).encode(), touched_on=TODAY, awaits_handover=False)
    return True


def numbers(tx: SqlTransaction) -> dict[str, int]:
    """How many steps each chat has taken."""
    return {chat: int(state) for chat, state in tx.dialogues.every()}


async def race(database: Database, updates: range) -> list[int]:
    """Bring all updates at once; those that were taken here."""

    async def bring(update: int) -> bool:
        return await database.transaction(lambda tx: taken(tx, update))

    outcomes = await asyncio.gather(*(bring(update) for update in updates))
    return [update for update, was_new in zip(updates, outcomes, strict=True) if was_new]


def opened(url: str, key_ring: KeyRing) -> Database:
    """A database whose writer does not give up on a slow machine."""
    database = Database.open(url, key_ring)
    database._writer._patience_seconds = PATIENCE_SECONDS
    return database


def main(url: str, key_ring_file: str, first: str, last: str) -> None:
    """Race, and say what was taken."""
    database = opened(url, load_key_ring(Path(key_ring_file)))
    print(*asyncio.run(race(database, range(int(first), int(last)))))  # noqa: T201 - its result
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
