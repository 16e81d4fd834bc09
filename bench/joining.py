"""A new handler reads along: how many cases a second, and how late a running server is meanwhile.

Whole cases are filed, each with one or two letters, half of them with a name and a handler's note,
sealed to two handlers, the recovery key and the reporter. Then the real command lets a third
handler in, in a process of its own, while a house serves the same database and a handler asks for
their inbox again and again.
"""

import asyncio
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

import aiohttp

from accounts.account import NewAccount
from bench.casework import casework
from bench.installation import furnish, settings_for
from bench.pages import PASSPHRASE, browser, sign_in
from bench.plan import Plan
from bench.programs import Program, ProgramFailedError, output_of, python, running
from bench.rows import Row, at_share, row
from sealing.receipts import ReceiptTerms
from sealing.stretching import TEST_COST
from service.clock import now
from service.foundations import Records, records
from service.people import PeopleMaker, keep_person, team_called
from service.settings import Settings
from storage.transaction import SqlTransaction

_SOME = 2_000
_VERY_MANY = 100_000
_FILED_AT_ONCE = 50
_LONGEST_SECONDS = 7_200.0
_COLLEAGUE = "busy"
_JOINS = "new"
_LEAST_CASES_A_SECOND = 67
"""So that a hundred thousand take no longer than 25 minutes."""
_MOST_LATE_MS = 250
"""Somebody who waits so long does not notice."""
_REQUESTS_BEFORE = 100
_PAUSE_SECONDS = 0.02
_COMMAND: Final = "from service.command_line import main; main()"


@dataclass(frozen=True, slots=True)
class _Came:
    """What came of a run."""

    seconds: float
    before: list[float]
    """Milliseconds of each request for the inbox, before and while it ran."""
    meanwhile: list[float]


def measure(plan: Plan) -> Iterator[Row]:
    """Once, with 2,000 cases; in full, with 100,000."""
    size = _VERY_MANY if plan.is_full else _SOME
    state = plan.folder / f"joining-{size}"
    state.mkdir()
    settings = settings_for(state / "house")
    furnish(settings)
    with records(settings) as kept:
        made = _people(kept)
        _file(kept, size)
    came = asyncio.run(_came(settings, state, made, size))
    yield row(
        f"a new handler reads along with {size:,} cases",
        "cases/s",
        [size / came.seconds],
        at_least=_LEAST_CASES_A_SECOND,
        note=f"the whole command, {came.seconds:.0f} s, beside a house that serves",
    )
    yield _late(came.before, f"inbox of {size:,} cases before it, p95", at_most=None)
    yield _late(came.meanwhile, f"inbox of {size:,} cases meanwhile, p95", at_most=_MOST_LATE_MS)


def _late(figures: list[float], name: str, *, at_most: float | None) -> Row:
    note = (
        f"median {at_share(figures, 0.5):.1f} ms, longest {max(figures):.0f} ms, of {len(figures)}"
    )
    return row(name, "ms", [at_share(figures, 0.95)], at_most=at_most, note=note)


def _people(kept: Records) -> NewAccount:
    """The regular team is one handler without an account, and a colleague with one."""
    making = PeopleMaker(key_ring=kept.key_ring, cost=TEST_COST)
    team = kept.read(lambda tx: team_called(tx, "regular"))
    colleague = making.handler(_COLLEAGUE, PASSPHRASE, team=team)

    def work(tx: SqlTransaction) -> None:
        away = tx.people.staff().members(team.id)[0]
        tx.people.put_handler(replace(away, is_active=False), None)
        keep_person(tx, colleague)

    kept.write(work)
    return NewAccount(account=colleague.account, provisioning_uri=colleague.provisioning_uri)


def _file(kept: Records, size: int) -> None:
    """The cases, and then the new handler, who was not there when they came in."""
    terms = ReceiptTerms(salt=kept.key_ring.salt("receipts"), cost=TEST_COST)
    for first in range(0, size, _FILED_AT_ONCE):
        numbers = range(first, min(first + _FILED_AT_ONCE, size))
        kept.write(partial(_tell, terms=terms, numbers=numbers))
    making = PeopleMaker(key_ring=kept.key_ring, cost=TEST_COST)
    team = kept.read(lambda tx: team_called(tx, "regular"))
    joins = making.handler(_JOINS, PASSPHRASE, team=team)
    kept.write(lambda tx: keep_person(tx, joins))
    kept.database.let_go_of_what_was()


def _tell(tx: SqlTransaction, terms: ReceiptTerms, numbers: range) -> None:
    at = casework(tx, terms, now())
    for number in numbers:
        is_long = number % 2 == 0
        ref = at.tell(named=is_long).case.ref
        at.answer(ref)
        if is_long:
            at.write_back(ref)
            at.note(ref)


async def _came(settings: Settings, state: Path, made: NewAccount, size: int) -> _Came:
    log = state / "log"
    with running(python("bench.house"), log=log, environment={"PEERS_STATE": str(state)}) as house:
        base = _address(house)
        async with browser() as handler:
            await sign_in(handler, base, _COLLEAGUE, made)
            before = [await _asked(handler, base) for _ in range(_REQUESTS_BEFORE)]
            began = time.monotonic()
            run = asyncio.create_task(asyncio.to_thread(_read_along, settings, log))
            meanwhile = []
            while not run.done():
                meanwhile.append(await _asked(handler, base))
            said = await run
            seconds = time.monotonic() - began
    if f"{_JOINS} reads {size} cases more.".encode() not in said:
        raise ProgramFailedError("not every case was let in to")
    return _Came(seconds, before[5:], meanwhile)


def _read_along(settings: Settings, log: Path) -> bytes:
    command = [
        *python("")[:1],
        "-c",
        _COMMAND,
        "people",
        "read-along",
        _JOINS,
        "--from",
        _COLLEAGUE,
    ]
    return output_of(
        command,
        log=log,
        processor=1,
        seconds=_LONGEST_SECONDS,
        environment={
            "GEHOOR_HOME": str(settings.home),
            "GEHOOR_FLOWS_FOLDER": str(settings.flows_folder),
        },
        typed=f"{PASSPHRASE}\n".encode(),
    )


async def _asked(handler: aiohttp.ClientSession, base: str) -> float:
    """Milliseconds of one request; a little later somebody asks again."""
    began = time.perf_counter()
    async with handler.get(f"{base}/desk") as page:
        await page.read()
        if page.status != 200:
            raise ProgramFailedError(f"{page.status} for the inbox")
    taken = 1000 * (time.perf_counter() - began)
    await asyncio.sleep(_PAUSE_SECONDS)
    return taken


def _address(house: Program) -> str:
    found = re.search(r"http://[\d.:]+\d", house.first_line)
    if found is None:
        raise ProgramFailedError("the house did not say where it is")
    return found[0]
