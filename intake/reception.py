"""Where channels bring what people do, and get back what to say.

    reply = await reception.receive(arrival)      # kept durably before it returns
    await channel.say(reply)                      # commit, then speak (design §9)
    await reception.delivered(reply.dialogue)     # when a receipt was seen, its copy is wiped

Slow work (Argon2 of a receipt, files) happens before the transaction, in a thread.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from flows.moves import Submit, Write
from flows.values import StoredFile
from intake.arrivals import Arrival, Channel, DoWithCase, MoveElsewhere, OpenCase, TakeOver
from intake.book import DialogueBook
from intake.conversing import converse
from intake.files import FileDesk, FileRefused
from intake.hall import Hall
from intake.moving_codes import link_code, new_codes, typed_code
from intake.office import KnownPeople
from intake.ports import BlobStore, Storage, Transaction
from intake.receipt_press import GuessLimit, ReceiptPress
from intake.reporter_side import receipt_shown_again
from intake.screens import Reply
from intake.stepping import Outcome, Prepared, Stepping, TooManyTries
from locales.languages import best_language
from register.reporter_acts import ReporterAct
from sealing.receipts import (
    Receipt,
    ReceiptMistake,
    ReceiptMistakeReason,
    ReporterKey,
    derive,
    parse_receipt,
)

LAPSED_AT_ONCE = 200
"""Lapsed drafts wiped in one transaction: few enough not to hold up the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """A receipt that was made and perhaps not seen: to be said again."""

    correspondent: str
    reply: Reply


class Reception:
    """Takes arrivals, one transaction each. Safe to call from many tasks at once."""

    def __init__(
        self,
        *,
        storage: Storage,
        blobs: BlobStore,
        hall: Hall,
        press: ReceiptPress,
        guesses: GuessLimit,
        files: FileDesk,
        clock: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._blobs = blobs
        self._hall = hall
        self._press = press
        self._guesses = guesses
        self._files = files
        self._clock = clock
        self._people: KnownPeople | None = None

    async def receive(self, arrival: Arrival) -> Reply:
        """What to say, once everything is kept. An update that was taken before gives nothing.

        Raises what `Storage.transaction` raises; then nothing was kept.
        """
        pseudonym = self._hall.pseudonym(arrival.channel, arrival.correspondent)
        prepared = await self._prepare(arrival, pseudonym)
        # Channels number updates: kept as they are, they would tell in which order people came.
        update = arrival.update and self._hall.key_ring.pseudonym("update", arrival.update)
        now = self._clock()

        def work(tx: Transaction) -> Outcome | None:
            if update is not None and not tx.updates.is_new(update, now.date()):
                return None
            step = Stepping(
                hall=self._hall,
                tx=tx,
                book=DialogueBook(tx.dialogues, self._hall.key_ring, now.date()),
                channel=arrival.channel,
                pseudonym=pseudonym,
                address=arrival.correspondent,
                prepared=prepared,
                default_language=best_language(arrival.languages),
                now=now,
            )
            return converse(step, arrival.wish)

        try:
            outcome = await self._storage.transaction(work)
        except BaseException:
            self._press.give_back(prepared.minted)
            raise
        if outcome is None or not outcome.has_used_receipt:
            self._press.give_back(prepared.minted)
        if outcome is None:
            return Reply(dialogue=pseudonym, language="en", screens=(), is_repeat=True)
        self._people = outcome.people or self._people
        if outcome.dropped_blobs:
            await asyncio.to_thread(self._drop, outcome.dropped_blobs)
        return Reply(
            dialogue=pseudonym,
            language=outcome.language,
            screens=outcome.screens,
            ways_on=outcome.ways_on,
        )

    async def keep_file(
        self, *, channel: Channel, correspondent: str, name: str, chunks: AsyncIterator[bytes]
    ) -> StoredFile | FileRefused:
        """The file, sealed and put away, or why it was not taken."""
        del channel, correspondent  # the file is nobody's until a conversation takes it
        return await self._files.keep(name, chunks)

    async def delivered(self, dialogue: str) -> None:
        """The person has seen the receipt: wipe the last copy of it, and the dialogue with it."""
        today = self._clock().date()

        def work(tx: Transaction) -> None:
            book = DialogueBook(tx.dialogues, self._hall.key_ring, today)
            kept = book.read(dialogue)
            if kept is not None and kept.handover is not None:
                book.wipe(dialogue)

        await self._storage.transaction(work)

    async def undelivered(self, channel: Channel) -> tuple[Undelivered, ...]:
        """After a crash: receipts to say again. Only channels that can speak first ask for them."""
        today = self._clock().date()

        def work(tx: Transaction) -> tuple[Undelivered, ...]:
            book = DialogueBook(tx.dialogues, self._hall.key_ring, today)
            found = []
            for pseudonym in _awaiting(tx):
                kept = book.read(pseudonym)
                if kept is None or kept.handover is None or not kept.address:
                    continue
                if pseudonym != self._hall.pseudonym(channel, kept.address):
                    continue
                shown = receipt_shown_again(tx, kept.handover, kept.language, self._hall.timetable)
                screens = (shown,)
                reply = Reply(dialogue=pseudonym, language=kept.language, screens=screens)
                found.append(Undelivered(correspondent=kept.address, reply=reply))
            return tuple(found)

        return await self._storage.read(work)

    async def wipe_lapsed(self) -> int:
        """Wipe drafts that nobody touched for the days that were set; how many there were."""
        today = self._clock().date()
        before = today - timedelta(days=self._hall.draft_days)

        def work(tx: Transaction) -> tuple[int, frozenset[str]]:
            book = DialogueBook(tx.dialogues, self._hall.key_ring, today)
            lapsed = tx.dialogues.untouched_since(before, LAPSED_AT_ONCE)
            blobs: set[str] = set()
            for pseudonym in lapsed:
                kept = book.read(pseudonym)
                if kept is not None:
                    blobs |= kept.blobs
                book.wipe(pseudonym)
            return len(lapsed), frozenset(blobs)

        wiped = 0
        while True:
            count, blobs = await self._storage.transaction(work)
            await asyncio.to_thread(self._drop, blobs)
            wiped += count
            if count < LAPSED_AT_ONCE:
                return wiped + await self._wipe_codes()

    async def _wipe_codes(self) -> int:
        """Wipe codes whose half hour is over; how many there were. None gets a second one."""
        now = self._clock()

        def lapsed(tx: Transaction) -> list[str]:
            book = DialogueBook(tx.dialogues, self._hall.key_ring, now.date())
            rows = ((pseudonym, book.read(pseudonym)) for pseudonym in _awaiting(tx))
            return [
                pseudonym
                for pseudonym, kept in rows
                if kept is not None and kept.moving is not None and kept.moving.ends_at <= now
            ]

        def wipe(tx: Transaction, some: Sequence[str]) -> None:
            for pseudonym in some:
                tx.dialogues.drop(pseudonym)

        found = await self._storage.read(lapsed)
        for start in range(0, len(found), LAPSED_AT_ONCE):
            some = found[start : start + LAPSED_AT_ONCE]
            await self._storage.transaction(partial(wipe, some=some))
        return len(found)

    async def _prepare(self, arrival: Arrival, pseudonym: str) -> Prepared:
        match arrival.wish:
            case OpenCase(receipt=typed):
                return Prepared(receipt=await self._read_receipt(typed, arrival, pseudonym))
            case Write(text=typed) if _may_be_receipt(typed):
                return Prepared(receipt=await self._read_receipt(typed, arrival, pseudonym))
            case Write(text=typed):
                moving = await self._read_code(typed_code(typed), arrival, pseudonym)
                return Prepared(receipt=_mistake_in(typed), moving=moving)
            case MoveElsewhere():
                return Prepared(codes=new_codes())
            case TakeOver(code=code) if (of_link := link_code(code)) is not None:
                # Nobody guesses 192 bits: no turn is needed, and a flood cannot hold it up.
                return Prepared(moving=self._hall.code_pseudonym(of_link))
            case TakeOver(code=code):
                moving = await self._read_code(typed_code(code), arrival, pseudonym)
                return Prepared(moving=moving)
            case Submit() | DoWithCase(act=ReporterAct.MAKE_HELPER_RECEIPT):
                return Prepared(minted=await self._press.take(), people=self._people)
            case _:
                return Prepared()

    async def _read_receipt(
        self, typed: str, arrival: Arrival, pseudonym: str
    ) -> ReporterKey | ReceiptMistake | TooManyTries:
        parsed = parse_receipt(typed)
        if not isinstance(parsed, Receipt):
            return parsed
        turn = self._guesses.turn(arrival.channel, pseudonym, arrival.is_there)
        async with turn as has_turn:
            if not has_turn:
                return TooManyTries()
            return await asyncio.to_thread(derive, parsed, self._press.terms)

    async def _read_code(
        self, digits: str | None, arrival: Arrival, pseudonym: str
    ) -> str | TooManyTries | None:
        """The pseudonym of a typed code; a try takes one of the turns that receipts have too."""
        if digits is None:
            return None
        turn = self._guesses.turn(arrival.channel, pseudonym, arrival.is_there)
        async with turn as has_turn:
            return self._hall.code_pseudonym(digits) if has_turn else TooManyTries()

    def _drop(self, blobs: frozenset[str]) -> None:
        for blob in blobs:
            self._blobs.drop(blob)


def _awaiting(tx: Transaction) -> Iterator[str]:
    """Every dialogue with something to hand over."""
    after = ""
    while some := tx.dialogues.awaiting_handover(LAPSED_AT_ONCE, after=after):
        yield from some
        after = some[-1]


def _may_be_receipt(typed: str) -> bool:
    return len(typed) < 100 and isinstance(parse_receipt(typed), Receipt)


def _mistake_in(typed: str) -> ReceiptMistake:
    if len(typed) >= 100:
        return ReceiptMistake(reason=ReceiptMistakeReason.TOO_LONG)
    parsed = parse_receipt(typed)
    if isinstance(parsed, ReceiptMistake):
        return parsed
    raise AssertionError("what is a receipt is derived, not refused")
