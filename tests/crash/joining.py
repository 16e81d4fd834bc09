"""Reading along under SIGKILL, beside a house that serves people who report.

Promises held to, whatever moment the command is killed at:
- a case, its letters and its papers agree on who reads it, never half of it;
- the next run goes on where it was; at the end no case was passed over, and the log of each says
  once of each new reader that they read it, and is whole;
- nobody who reports is turned away, and nothing that they were told is kept is lost.
"""

import asyncio
import random
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from bench.casework import casework
from register.case import Case
from register.log import LogAction, verify
from register.people import Handler
from sealing.receipts import ReceiptTerms
from sealing.stretching import TEST_COST
from service.clock import now
from service.foundations import records
from service.people import NewPerson, PeopleMaker, keep_person, team_called
from service.settings import Settings
from service.teams import handler_called
from storage.transaction import SqlTransaction
from tests.crash import web
from tests.crash.commands import done, examine, killed
from tests.crash.house import living
from tests.crash.kept import held
from tests.crash.toll import Toll

CASES: Final = 400
LONGEST_SECONDS: Final = 5.0
"""Of a run before it is killed."""
COLLEAGUE: Final = "Asha Sample"
JOINS: Final = "Chandra Sample"
PHRASE: Final = "seven quiet stones in a row"


async def series(home: Path, url: str, times: int, dice: random.Random) -> Toll:
    """Kill so many of them; raises `AssertionError` at the first promise that was broken."""
    settings = await asyncio.to_thread(web.found, home, url)
    await asyncio.to_thread(_whole_cases, settings)
    visitors = [web.Visitor() for _ in range(web.VISITORS)]
    words = ("people", "read-along", JOINS, "--from", COLLEAGUE)
    cut = 0
    with living(home, url) as house:
        base = await asyncio.to_thread(house.address)
        crowd = [asyncio.create_task(each.goes_on(base, lambda: None)) for each in visitors]
        for _ in range(times):
            if not await asyncio.to_thread(_left_to_read, settings):
                await asyncio.to_thread(_joins_again, settings)
            before = await asyncio.to_thread(_left_to_read, settings)
            await asyncio.to_thread(killed, home, url, words, dice, PHRASE, LONGEST_SECONDS)
            await asyncio.to_thread(examine, settings)
            cut += 0 < await asyncio.to_thread(_left_to_read, settings) < before
            broken = [task for task in crowd if task.done()]
            assert not broken, f"somebody was turned away: {broken[0].exception()}"
        for task in crowd:
            task.cancel()
        await asyncio.gather(*crowd, return_exceptions=True)
    await asyncio.to_thread(done, home, url, words, PHRASE)
    await asyncio.to_thread(examine, settings)
    await asyncio.to_thread(_examine_readers, settings)
    await web.finish(home, url, visitors)
    receipts = {each for visitor in visitors for each in visitor.receipts}
    kept = await asyncio.to_thread(held, settings, receipts)
    assert kept.opened == len(receipts), "a receipt does not open its case"
    return Toll(
        kills=times,
        acknowledged=sum(visitor.acknowledged for visitor in visitors),
        receipts=len(receipts),
        cut_in_the_middle=cut,
    )


def _whole_cases(settings: Settings) -> None:
    """Cases with letters and papers that a colleague alone reads, and somebody new beside them."""

    def tell(tx: SqlTransaction) -> None:
        terms = ReceiptTerms(salt=kept.key_ring.salt("receipts"), cost=TEST_COST)
        work = casework(tx, terms, now())
        for number in range(CASES):
            ref = work.tell(named=number % 2 == 0).case.ref
            work.answer(ref)
            work.write_back(ref)
            work.note(ref)

    with records(settings) as kept:
        making = PeopleMaker(key_ring=kept.key_ring, cost=TEST_COST)
        team = kept.read(lambda tx: team_called(tx, "regular"))
        for handler in kept.read(lambda tx: tx.people.staff().members(team.id)):
            kept.write(partial(_away, handler=handler))
        colleague = making.handler(COLLEAGUE, PHRASE, team=team)
        kept.write(lambda tx: keep_person(tx, colleague))
        kept.write(tell)
        joins = making.handler(JOINS, PHRASE, team=team)
        kept.write(lambda tx: keep_person(tx, joins))


def _away(tx: SqlTransaction, handler: Handler) -> None:
    tx.people.put_handler(replace(handler, is_active=False), None)


def _joins_again(settings: Settings) -> None:
    """Whoever joined is done: somebody else of the same name joins, and everything is to do."""

    with records(settings) as kept:
        making = PeopleMaker(key_ring=kept.key_ring, cost=TEST_COST)
        team = kept.read(lambda tx: team_called(tx, "regular"))
        staff = kept.read(lambda tx: tx.people.staff())
        kept.write(partial(_away, handler=handler_called(staff, JOINS)))
        made = making.handler(JOINS, PHRASE, team=team)
        # Without an account: nobody signs in here, and the name of the account is taken.
        kept.write(lambda tx: tx.people.put_handler(_handler_in(made), made.key))


def _handler_in(made: NewPerson) -> Handler:
    assert isinstance(made.person, Handler)
    return made.person


def _left_to_read(settings: Settings) -> int:
    def look(tx: SqlTransaction) -> int:
        staff = tx.people.staff()
        joins, colleague = (handler_called(staff, each).id for each in (JOINS, COLLEAGUE))
        return sum(tx.cases.count_open_with((colleague,), without=(joins,)).values())

    with records(settings) as kept:
        return kept.read(look)


def _examine_readers(settings: Settings) -> None:
    """Everybody who joined reads every case that was there, and its log says so once of each."""

    def look(tx: SqlTransaction) -> None:
        joins = handler_called(tx.people.staff(), JOINS)
        for ref in tx.cases.refs():
            case, entries = tx.cases.get(ref), tx.log.of_case(ref)
            assert case is not None
            assert verify(entries, ref, case.log) == ()
            added = [each.subject for each in entries if each.action == LogAction.READERS_ADDED]
            assert len(added) == len(set(added)), "a reader was added twice"
            assert joins.id in case.handler_ids or not _is_of(case, tx), "a case was passed over"

    with records(settings) as kept:
        kept.read(look)


def _is_of(case: Case, tx: SqlTransaction) -> bool:
    return handler_called(tx.people.staff(), COLLEAGUE).id in case.handler_ids
