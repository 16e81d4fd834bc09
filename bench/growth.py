"""Whether the same work costs the same with a thousand cases kept as with a hundred thousand.

One real case and one real draft are filed and then multiplied in the tables, under new ids; the
copies hold no letter that opens, which nobody who files or answers would look for.
"""

import asyncio
import time
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, select
from sqlalchemy.engine import Engine

from bench.installation import furnish, settings_for
from bench.plan import Plan
from bench.rows import Row, row
from bench.talking import STEPS, report
from sealing.identifiers import new_id
from sealing.stretching import TEST_COST
from service.settings import Settings
from service.wiring import open_house
from storage.engines import open_engine
from storage.tables import METADATA

_FEW = 1_000
_MANY = 100_000
_VERY_MANY = 1_000_000
_MOST_TIMES = 1.5
_AT_ONCE = 5_000
_REPORTS = 40
_SHORTENED = {"envelope": 200, "reporter_key": 40}
"""Bytes that are left of these columns in a copy, so that a million fit on a small disk."""


def measure(plan: Plan) -> Iterator[Row]:
    """Processor time of a step, over whole reports, with few and with many cases and drafts."""
    many = _VERY_MANY if plan.is_full else _MANY
    costs = {size: _costs(plan, size) for size in (_FEW, many)}
    for size, figures in costs.items():
        yield row(f"step with {size:,} cases and drafts kept", "µs", figures)
    ratios = [a / b for a, b in zip(sorted(costs[many]), sorted(costs[_FEW]), strict=True)]
    name = f"step with {many:,} cases and drafts kept"
    yield row(name, f"× with {_FEW:,}", ratios, at_most=_MOST_TIMES)


def _costs(plan: Plan, size: int) -> list[float]:
    """Microseconds of processor time for a step, in each round."""
    settings = settings_for(plan.folder / f"growth-{size}")
    furnish(settings)
    asyncio.run(_talk(settings, reports=1))
    _multiply(settings, size)
    return [asyncio.run(_talk(settings, reports=_REPORTS)) for _ in range(plan.rounds)]


async def _talk(settings: Settings, *, reports: int) -> float:
    house = open_house(settings, receipt_cost=TEST_COST)
    try:
        await report(house.reception)
        began = time.process_time()
        for _ in range(reports):
            await report(house.reception)
        return 1e6 * (time.process_time() - began) / (reports * STEPS)
    finally:
        await house.close()


def _multiply(settings: Settings, size: int) -> None:
    engine = open_engine(settings.effective_database_url)
    try:
        kinds = _kinds(engine)
        for first in range(0, size, _AT_ONCE):
            with engine.begin() as connection:
                for table, rows in kinds:
                    copies = [
                        copy_of(table, each, number)
                        for number in range(first, min(first + _AT_ONCE, size))
                        for each in rows
                    ]
                    connection.execute(table.insert(), copies)
    finally:
        engine.dispose()


def _kinds(engine: Engine) -> list[tuple[Table, list[Mapping[str, Any]]]]:
    """What there is of one case and of one draft, table by table, cases first."""
    with engine.connect() as connection:
        found = [
            (table, _rows(connection, table))
            for table in METADATA.sorted_tables
            if table.name in ("cases", "dialogues") or "case_ref" in table.c
        ]
    return [(table, rows) for table, rows in found if rows]


def _rows(connection: Connection, table: Table) -> list[Mapping[str, Any]]:
    column = table.c.get("case_ref", table.c.get("ref", table.c.get("id")))
    rows = [dict(each) for each in connection.execute(select(table)).mappings()]
    one = rows[0][column.name] if rows and column is not None else None
    return [each for each in rows if column is not None and each[column.name] == one]


def copy_of(table: Table, original: Mapping[str, Any], number: int) -> dict[str, Any]:
    """The row of another case: the same number gives the same case in all tables."""
    copy = dict(original)
    for name, value in original.items():
        if name in ("ref", "case_ref"):
            copy[name] = f"{number:026d}"
        elif name in ("lookup", "blob") or (name == "id" and table.c[name].primary_key):
            copy[name] = new_id() if len(str(value)) <= 26 else new_id() * 2
        elif name in _SHORTENED:
            copy[name] = value[: _SHORTENED[name]]
    return copy
