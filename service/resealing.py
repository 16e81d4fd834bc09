"""Seals rows anew under the key ring's current key, in pieces, while others serve.

Called by `gehoor keys rotate` and `gehoor keys reseal`.

Theory. A sealed value begins with the number of its key (`sealing.key_ring`), so the rows that are
left are those whose value sorts before or after that beginning: nothing has to be remembered, and
whatever breaks the work off, the next one finds what is left. A row is changed only if it still
holds the value that was read; one that somebody changed meanwhile is looked at again in the next
pass. A piece is one short transaction, and after it the others get as long as it took.

Where a value is bound to (`KeyRing.seal_row`): its table, its column without `_sealed`, and its
row, which is the table's key with bars between; `_OTHER_ROWS` has the two that differ.
"""

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sealing.failures import Malformed, Tampered
from sealing.key_ring import KeyRing
from service.refusals import Refused
from storage.database import Database
from storage.engines import open_engine
from storage.tables import METADATA
from storage.writer import Writer

ROWS_AT_ONCE = 200
SHORTEST_PAUSE_SECONDS = 0.02
"""For the others, between two pieces: SQLite gives its lock to whoever asks first."""
MOST_PASSES = 4
SECONDS_BETWEEN_PASSES = 4.0
"""Longer than a running house takes to learn of the new key (`service.living_key_ring`)."""
_SUFFIX = "_sealed"

Told = Callable[[int, int], None]
"""How many were sealed anew, and how many there were to do."""


class _Connection(Protocol):
    def execute(self, statement: Any, /) -> Any: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedColumn:
    """One column that the key ring seals."""

    table: str
    column: str
    key: tuple[str, ...]
    """The columns that name a row."""

    def row_name(self, key: Sequence[object]) -> str:
        """What the value of the row with this key is bound to."""
        separator, names = _OTHER_ROWS.get(self.table, ("|", self.key))
        given = dict(zip(self.key, key, strict=True))
        return separator.join(str(given[name]) for name in names)


_OTHER_ROWS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "ratings": (".", ("round_id", "participant", "site_id", "theme")),
    "case_organisations": ("|", ("case_ref",)),
}


def sealed_columns() -> tuple[SealedColumn, ...]:
    """Every column that the key ring seals, table by table."""
    return tuple(
        SealedColumn(
            table=table.name,
            column=column.name,
            key=tuple(each.name for each in table.primary_key.columns),
        )
        for table in METADATA.sorted_tables
        for column in table.columns
        if column.name.endswith(_SUFFIX)
    )


def rows_left(database: Database, key_ring: KeyRing) -> int:
    """How many values are sealed under another key than the current one."""
    with database.snapshot() as snapshot:
        return sum(
            sum(1 for _ in snapshot.execute(_left(each, key_ring).with_only_columns(_first(each))))
            for each in sealed_columns()
        )


class Resealing:
    """One go over a database. Use it as `with Resealing(url, key_ring) as work`."""

    def __init__(
        self,
        database_url: str,
        key_ring: KeyRing,
        *,
        rows_at_once: int = ROWS_AT_ONCE,
        pause_seconds: float = SHORTEST_PAUSE_SECONDS,
    ) -> None:
        self._engine = open_engine(database_url)
        self._writer = Writer(self._engine)
        self._key_ring = key_ring
        self._rows_at_once = rows_at_once
        self._pause_seconds = pause_seconds

    def __enter__(self) -> "Resealing":
        return self

    def __exit__(self, *_: object) -> None:
        self._writer.close()
        self._engine.dispose()

    async def run(self, tell: Callable[[int], None]) -> int:
        """One pass; `tell` hears after each piece how many it sealed. Gives their number.

        Raises `Refused` for a value that was altered, `UnknownRowKey`, and `StorageUnavailable`.
        """
        done = 0
        for column in sealed_columns():
            after: object = None
            while True:
                began = time.monotonic()
                found, sealed, after = await self._writer.run(self._piece(column, after))
                done += sealed
                if sealed:
                    tell(sealed)
                if found < self._rows_at_once:
                    break
                await asyncio.sleep(max(self._pause_seconds, time.monotonic() - began))
        return done

    def _piece(
        self, column: SealedColumn, after: object
    ) -> Callable[[_Connection], tuple[int, int, object]]:
        """Seals the next rows: how many were found and sealed, and where to go on."""

        def work(connection: _Connection) -> tuple[int, int, object]:
            chosen = _left(column, self._key_ring)
            if after is not None:
                chosen = chosen.where(_first(column) >= after)
            rows = list(connection.execute(chosen.limit(self._rows_at_once)))
            sealed = sum(self._seal(connection, column, row) for row in rows)
            return len(rows), sealed, rows[-1][0] if rows else None

        return work

    def _seal(self, connection: _Connection, column: SealedColumn, row: Sequence[Any]) -> int:
        """1 where the row was sealed anew, 0 where somebody changed it meanwhile."""
        *key, before = row
        after = self._sealed(column, column.row_name(key), before)
        table = METADATA.tables[column.table]
        change = table.update().where(table.c[column.column] == before)
        for name, value in zip(column.key, key, strict=True):
            change = change.where(table.c[name] == value)
        return int(connection.execute(change.values({column.column: after})).rowcount)

    def _sealed(self, column: SealedColumn, row: str, before: bytes) -> bytes:
        place = (column.table, column.column.removesuffix(_SUFFIX), row)
        try:
            content = self._key_ring.open_row(*place, before)
        except (Tampered, Malformed):
            raise Refused(
                f"a sealed value in {column.table}.{column.column} was altered and does not open: "
                "restore that table from a backup, then go on with `gehoor keys reseal`"
            ) from None
        return self._key_ring.seal_row(*place, content)


async def reseal(database: Database, work: Resealing, key_ring: KeyRing, told: Told) -> int:
    """Go over everything until nothing is left, or others seal under an older key on and on.

    Gives how many are left: more than 0 means that some process does not know the new key.
    """
    done = 0
    for number in range(MOST_PASSES):
        if number:
            await asyncio.sleep(SECONDS_BETWEEN_PASSES)
        left = rows_left(database, key_ring)
        if not left:
            return 0
        total = done + left

        def count(sealed: int, total: int = total) -> None:
            nonlocal done
            done += sealed
            told(min(done, total), total)

        told(done, total)
        await work.run(count)
        if not rows_left(database, key_ring):
            return 0
    return rows_left(database, key_ring)


def _first(column: SealedColumn) -> Any:
    """The first column of the key: going on from it finds all rows that share it again."""
    return METADATA.tables[column.table].c[column.key[0]]


def _left(column: SealedColumn, key_ring: KeyRing) -> Any:
    """Rows under another key: their values sort before or after all of the current key."""
    table = METADATA.tables[column.table]
    value = table.c[column.column]
    keys = list(_keys(column))
    begin = key_ring.keys[0].head
    end = (int.from_bytes(begin) + 1).to_bytes(len(begin))
    return (
        table.select()
        .with_only_columns(*keys, value)
        .where((value < begin) | (value >= end))
        .order_by(*keys)
    )


def _keys(column: SealedColumn) -> Iterator[Any]:
    table = METADATA.tables[column.table]
    return (table.c[name] for name in column.key)
