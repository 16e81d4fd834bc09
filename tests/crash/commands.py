"""The operator's commands under SIGKILL: a rotation of the key ring, and a recovery of cases.

Promises held to:
- rotation, while a house serves people who report: whatever moment it is killed at, the next one
  goes on; nothing that anybody was told is kept is lost; at the end nothing is sealed under an
  older key, which is then dropped, and everything still opens;
- recovery, which seals cases anew to others: at every moment a case, its letters and its log agree
  on who reads it, never half of it.
"""

import asyncio
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Final

from register.people import Handler
from register.sealed_parts import ACCOUNT, names_of
from sealing.identifiers import new_id
from sealing.identities import new_identity
from sealing.key_ring_file import load_key_ring
from service.clock import today
from service.foundations import records
from service.installation import set_up
from service.settings import Settings
from storage.transaction import SqlTransaction
from tests.crash import web
from tests.crash.house import ROOT, living, settings_of
from tests.crash.kept import held
from tests.crash.toll import Toll

_GEHOOR = "from service.command_line import main; main()"
LONGEST_SECONDS: Final = 2.5
"""Of a command before it is killed; most of a second is its start."""


async def rotation(home: Path, url: str, times: int, dice: random.Random) -> Toll:
    """Kill so many rotations; raises `AssertionError` at the first promise that was broken."""
    settings = await asyncio.to_thread(web.found, home, url)
    visitors = [web.Visitor() for _ in range(web.VISITORS)]
    with living(home, url) as house:
        base = await asyncio.to_thread(house.address)
        crowd = [asyncio.create_task(each.goes_on(base, lambda: None)) for each in visitors]
        for number in range(times):
            command = "reseal" if number % 3 else "rotate"
            await asyncio.to_thread(killed, home, url, ("keys", command), dice)
            broken = [task for task in crowd if task.done()]
            assert not broken, f"somebody was turned away: {broken[0].exception()}"
        for task in crowd:
            task.cancel()
        await asyncio.gather(*crowd, return_exceptions=True)
    await asyncio.to_thread(done, home, url, ("keys", "reseal"))
    for key in load_key_ring(home / "key-ring").keys[1:]:
        await asyncio.to_thread(done, home, url, ("keys", "drop", key.id))
    assert len(load_key_ring(home / "key-ring").keys) == 1
    await web.finish(home, url, visitors)
    receipts = {each for visitor in visitors for each in visitor.receipts}
    kept = await asyncio.to_thread(held, settings, receipts)
    assert kept.cases == kept.opened == len(receipts), "a case is lost, or does not open"
    return Toll(
        kills=times,
        acknowledged=sum(visitor.acknowledged for visitor in visitors),
        receipts=len(receipts),
    )


async def recovery(home: Path, url: str, times: int, dice: random.Random) -> Toll:
    """Kill so many recoveries; raises `AssertionError` at the first promise that was broken."""
    shown: list[str] = []
    await asyncio.to_thread(set_up, settings_of(home, url), today(), shown.append)
    key = "\n".join(shown)
    toll = await web.series(home, url, 3, dice)
    settings = settings_of(home, url)
    for _ in range(times):
        await asyncio.to_thread(_others_take_over, settings)
        await asyncio.to_thread(killed, home, url, ("recover",), dice, key)
        await asyncio.to_thread(examine, settings)
    await asyncio.to_thread(done, home, url, ("recover",), key)
    await asyncio.to_thread(examine, settings)
    return Toll(kills=times, acknowledged=toll.acknowledged, receipts=toll.receipts)


def _others_take_over(settings: Settings) -> None:
    """Everybody who handles cases leaves, and somebody new begins in each team."""

    def change(tx: SqlTransaction) -> None:
        staff = tx.people.staff()
        for handler in staff.handlers:
            if handler.is_active:
                gone = Handler(
                    id=handler.id, name=handler.name, team_id=handler.team_id, is_active=False
                )
                tx.people.put_handler(gone, None)
        for team in staff.teams:
            somebody = Handler(id=new_id(), name="Somebody New", team_id=team.id)
            tx.people.put_handler(somebody, new_identity().recipient)

    with records(settings) as kept:
        kept.write(change)


def examine(settings: Settings) -> None:
    """Who a case says reads it are those whom everything of it is sealed to, and no others."""

    def look(tx: SqlTransaction) -> None:
        known = tx.people.keys()
        for ref in tx.cases.refs():
            case = tx.cases.get(ref)
            assert case is not None
            handlers = {known.handlers[each].id for each in case.handler_ids}
            readers = {*handlers, known.recovery.id}
            envelope = tx.cases.envelope(ref)
            with_reporter = {*readers, tx.cases.reporter(ref).id}
            for name in envelope.names:
                told = names_of(ACCOUNT, envelope.names)
                wanted = with_reporter if name in told else readers
                assert set(envelope.part(name).recipient_ids) == wanted, "half handed over"
            for letter in tx.letters.of_case(ref):
                for name in letter.envelope.names:
                    assert set(letter.envelope.part(name).recipient_ids) == with_reporter
            for paper in tx.papers.of_case(ref):
                for name in paper.envelope.names:
                    assert set(paper.envelope.part(name).recipient_ids) == readers

    with records(settings) as kept:
        kept.read(look)


def _started(
    home: Path, url: str, words: tuple[str, ...], typed: str = ""
) -> "subprocess.Popen[bytes]":
    environment = {"GEHOOR_HOME": str(home), "GEHOOR_DATABASE_URL": url}
    process = subprocess.Popen(
        [sys.executable, "-c", _GEHOOR, *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdin is not None
    process.stdin.write(typed.encode())
    process.stdin.close()
    process.stdin = None
    return process


def killed(
    home: Path,
    url: str,
    words: tuple[str, ...],
    dice: random.Random,
    typed: str = "",
    longest: float = LONGEST_SECONDS,
) -> None:
    """Run a command and kill it, if it has not ended by then."""
    process = _started(home, url, words, typed)
    try:
        process.communicate(timeout=dice.uniform(0.5, longest))
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def done(home: Path, url: str, words: tuple[str, ...], typed: str = "") -> None:
    """Run a command to its end."""
    process = _started(home, url, words, typed)
    said, _ = process.communicate(timeout=600)
    assert process.returncode == 0, said.decode()
