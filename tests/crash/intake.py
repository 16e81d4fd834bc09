"""Conversations under SIGKILL: a process holds whole ones with many chats, straight at intake.

It tells what was acknowledged, and is killed. Then the installation is opened again, and must keep
these promises (design §1):

- an answer that was acknowledged is there, and is not taken a second time;
- a receipt that was given opens its case;
- a case is there once for each submission that was kept, never twice;
- a receipt that was made and perhaps not seen is said again.

The next process goes on with the same chats where they were.
"""

import asyncio
import multiprocessing
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from flows.events import Reviewed
from flows.moves import Choose, Move, Skip, Submit, Write
from intake.arrivals import Arrival, Channel, OpenCase, Report, Request
from intake.files import FileDesk
from intake.hall import Hall
from intake.receipt_press import GuessLimit, ReceiptPress
from intake.reception import Reception
from intake.screens import CaseShown, ReceiptGiven, Reply
from register.directory import SiteDirectory
from sealing.key_ring_file import load_key_ring, save_key_ring
from sealing.receipts import ReceiptTerms
from sealing.stretching import TEST_COST
from storage.blobs import BlobFolder
from storage.database import Database
from storage.transaction import SqlTransaction
from tests.crash.toll import Toll
from tests.house import LIBRARY, Clock, small_house
from tests.intake.test_reception import ANSWERS, asked

CHATS = 24
LONGEST_LIFE_WORDS = 600
"""Two for each arrival; counted in words, so that a slow machine kills at the same places."""
LONGEST_PAUSE_SECONDS = 0.06
"""After the last of those words: about as long as a batch and its commit take."""
LONGEST_WAIT_SECONDS = 120
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.intake.test_reception", "tests.postgres"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the process says of one arrival: that it is about to bring it, or what came of it."""

    chat: str
    update: str
    is_acknowledged: bool
    is_submission: bool = False
    receipt: str = field(default="", repr=False)


@asynccontextmanager
async def opened(home: Path, url: str) -> AsyncIterator[tuple[Reception, Database]]:
    """The installation as it was left, with the real reception."""
    key_ring = load_key_ring(home / "key-ring")
    database = Database.open(url, key_ring)
    blobs = BlobFolder(home / "blobs")
    directory = database.read_now(
        lambda tx: SiteDirectory(
            tuple(tx.sites.sites()), tuple(tx.sites.organisations()), tuple(tx.sites.links())
        )
    )
    press = ReceiptPress(ReceiptTerms(salt=key_ring.salt("receipts"), cost=TEST_COST))
    hall = Hall(
        library=LIBRARY,
        sites=lambda: directory,
        key_ring=key_ring,
        random=lambda: 0.5,
        draft_days=14,
    )
    reception = Reception(
        storage=database,
        blobs=blobs,
        hall=hall,
        press=press,
        guesses=GuessLimit(),
        files=FileDesk(blobs, most_bytes=1_000_000),
        clock=Clock(),
    )
    try:
        yield reception, database
    finally:
        await press.stop()
        database.close()


def talk_until_killed(home: Path, url: str, life: int, tell: Connection) -> None:
    """What the process does: hold conversations with all chats, one report after the other."""

    async def talk() -> None:
        async with opened(home, url) as (reception, _), asyncio.TaskGroup() as chats:
            for number in range(CHATS):
                chats.create_task(_report_again_and_again(reception, f"chat{number}", life, tell))

    asyncio.run(talk())


async def _report_again_and_again(
    reception: Reception, chat: str, life: int, tell: Connection
) -> None:
    numbers = count()

    async def take(wish: Request | Move) -> Reply:
        update = f"{life}:{chat}:{next(numbers)}"
        is_submission = isinstance(wish, Submit)
        told = Told(chat=chat, update=update, is_acknowledged=False, is_submission=is_submission)
        tell.send(told)
        reply = await reception.receive(_arrival(chat, wish, update))
        given = [each.receipt for each in reply.screens if isinstance(each, ReceiptGiven)]
        tell.send(
            Told(
                chat=chat,
                update=update,
                is_acknowledged=True,
                is_submission=is_submission,
                receipt="".join(given),
            )
        )
        return reply

    while True:
        reply = await take(Report())
        if any(isinstance(screen, ReceiptGiven) for screen in reply.screens):
            await reception.delivered(reply.dialogue)  # one that was not seen before the kill
            continue
        while not (reviewed := [each for each in reply.screens if isinstance(each, Reviewed)]):
            prompt = asked(reply).prompt
            answer = ANSWERS.get(prompt.path)
            if answer is None:
                reply = await take(Skip(turn=prompt.turn))
            elif isinstance(answer, str):
                reply = await take(Write(text=answer))
            else:
                reply = await take(Choose(names=answer, turn=prompt.turn))
        reply = await take(Submit(turn=reviewed[0].turn))
        await reception.delivered(reply.dialogue)


async def series(home: Path, url: str, times: int, dice: random.Random) -> Toll:
    """Kill so many times; raises `AssertionError` at the first promise that was broken."""
    async with small_house(home, database_url=url) as house:
        save_key_ring(house.key_ring, home / "key-ring")
    toll, settled = Toll(), 0
    for life in range(times):
        told = await asyncio.to_thread(_live_and_die, home, url, life, dice)
        async with opened(home, url) as (reception, database):
            settled = await _examine(reception, database, told, toll, settled)
        toll.kills += 1
    return toll


def _live_and_die(home: Path, url: str, life: int, dice: random.Random) -> list[Told]:
    """All that a process told before it was killed."""
    hears, tells = _PROCESSES.Pipe(duplex=False)
    process = _PROCESSES.Process(target=talk_until_killed, args=(home, url, life, tells))
    process.start()
    tells.close()
    told: list[Told] = []
    try:
        for _ in range(dice.randint(1, LONGEST_LIFE_WORDS)):
            assert hears.poll(LONGEST_WAIT_SECONDS), "the process does not answer"
            told.append(hears.recv())
        time.sleep(dice.uniform(0.0, LONGEST_PAUSE_SECONDS))
        process.kill()
        while True:
            told.append(hears.recv())
    except (EOFError, OSError):  # the last word may be cut in two
        pass
    finally:
        process.kill()
        process.join()
        process.close()
        hears.close()
    return told


async def _examine(
    reception: Reception, database: Database, told: list[Told], toll: Toll, settled: int
) -> int:
    """Looks at everything that was told; gives how many cases there are to be by now."""
    acknowledged = [each for each in told if each.is_acknowledged]
    done = {each.update for each in acknowledged}
    unsure = [each for each in told if each.is_submission and each.update not in done]
    said_again = {each.correspondent for each in await reception.undelivered(Channel.TELEGRAM)}
    known = await asyncio.gather(*(_is_known(reception, each) for each in unsure))
    kept = [each for each, is_known in zip(unsure, known, strict=True) if is_known]
    for each in kept:
        assert each.chat in said_again, "a receipt that nobody saw is not said again"
    known = await asyncio.gather(*(_is_known(reception, each) for each in acknowledged))
    assert all(known), "an acknowledged answer was lost"
    for each in acknowledged:
        if each.receipt:
            assert await _opens(reception, each), "a receipt does not open its case"
    submitted = [each for each in acknowledged if each.is_submission]
    assert all(each.receipt for each in submitted), "a report was acknowledged without a receipt"
    settled += len(submitted) + len(kept)
    cases = await database.read(_number_of_cases)
    assert cases == settled, "a case is missing, or is there twice"
    toll.acknowledged += len(acknowledged)
    toll.receipts += len([each for each in acknowledged if each.receipt])
    toll.kept_without_a_reply += len(kept)
    return settled


async def _is_known(reception: Reception, each: Told) -> bool:
    """Whether the update was taken: brought again, it must do nothing.

    What is brought is a wish that changes nothing of a conversation under way.
    """
    reply = await reception.receive(_arrival(f"stranger {each.update}", Report(), each.update))
    return reply.is_repeat


async def _opens(reception: Reception, each: Told) -> bool:
    arrival = _arrival("somebody with a receipt", OpenCase(receipt=each.receipt), "")
    reply = await reception.receive(arrival)
    return any(isinstance(screen, CaseShown) for screen in reply.screens)


def _number_of_cases(tx: SqlTransaction) -> int:
    return len(tx.cases.refs(limit=10_000_000))


def _arrival(chat: str, wish: Request | Move, update: str) -> Arrival:
    return Arrival(
        channel=Channel.TELEGRAM,
        correspondent=chat,
        wish=wish,
        update=update or None,
        languages=("en",),
    )
