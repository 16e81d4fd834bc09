"""The chores there are: a table, and what each of them does. Run by `service.chores`.

Every chore may be done twice without harm, and leaves the work of a later one to it: a chore that
was missed for a week does what a week left behind.
"""

import asyncio
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from itertools import islice

from accounts.login import LONGEST
from accounts.patience import FORGET_AFTER
from consultations.round import Round
from consultations.steps import close
from intake.dialogue import load_dialogue
from monitoring.limits import quarters_read
from monitoring.overview.organisations import keep, pieces_of, refresh_sites, work_out
from monitoring.overview.releasing import (
    QuarterFigures,
    due_releases,
    keep_quarter,
    quarter_figures,
)
from register.checkpoints import checkpoint
from register.clocks import Timetable
from register.deliveries import DAYS_REMEMBERED, Notice
from register.escalating import escalate
from register.quarters import Quarter
from register.release import Thresholds
from service.case_by_case import case_by_case
from service.chores import Chore, Every
from service.delivering.spreading import spreading_in
from service.erasing import erase_what_is_due
from service.reminding import remind_of_holds
from service.settings import Settings
from service.wiring import House
from storage.transaction import SqlTransaction

DAYS_UPDATES_REPEAT = 2
"""After so many days no channel brings an update again."""
BLOB_REST = timedelta(days=1)
"""How long a sealed file may be named by nothing: from when it is kept until it is answered."""
_ASKED_AT_ONCE = 500
_STATE = ("dialogues", "state")
"""The table and column that drafts are sealed for (`intake.book`)."""


async def wipe_drafts(house: House, _today: date) -> int:
    """Wipe conversations that nobody touched for the days that were set (W2)."""
    return await house.reception.wipe_lapsed()


async def forget_updates(house: House, today: date) -> int:
    """Forget which updates were taken, once no provider repeats them."""
    before = today - timedelta(days=DAYS_UPDATES_REPEAT)
    await house.database.transaction(lambda tx: tx.updates.forget_before(before))
    return 0


async def forget_sign_ins(house: House, _today: date) -> int:
    """Forget logins that are over, and wrong tries that no longer count."""
    before = house.clock() - max(LONGEST, FORGET_AFTER)

    def work(tx: SqlTransaction) -> None:
        tx.logins.drop_started(before)
        tx.accounts.forget_failures(before)

    await house.database.transaction(work)
    return 0


async def close_rounds(house: House, today: date) -> int:
    """Close consultation rounds whose closing day is over."""

    def work(tx: SqlTransaction) -> int:
        closed = 0
        for round_ in tx.rounds.open_past(today):
            stepped = close(round_, today)
            if isinstance(stepped, Round):
                tx.rounds.put(stepped)
                closed += 1
        return closed

    return await house.database.transaction(work)


async def sweep_blobs(house: House, _today: date) -> int:
    """Drop sealed files that a crash or a stopped conversation left behind.

    A file is dropped when it has rested for a day and one and the same snapshot shows that no
    case, letter or draft names it. A draft that cannot be read stops the sweep: it may name any.
    """
    before = house.clock() - BLOB_REST
    resting = await asyncio.to_thread(house.blobs.idle_since, before)
    if resting:
        named = await house.database.read(lambda tx: _named(tx, house, resting))
        resting = tuple(blob for blob in resting if blob not in named)
    await asyncio.to_thread(_drop, house, resting, before)
    return len(resting)


async def checkpoint_logs(house: House, today: date) -> int:
    """Close yesterday's logs with one digest over the ends of all of them."""
    day = today - timedelta(days=1)
    last = await house.database.read(lambda tx: tx.log.last_checkpoint())
    if last is not None and last.day >= day:
        return 0
    made = await house.database.read(lambda tx: checkpoint(tx.log.ends_on(day).ends, day, last))
    await house.database.transaction(lambda tx: tx.log.put_checkpoint(made))
    return 1


async def gather_reports(house: House, today: date) -> int:
    """Put what releases count into pages, and drop the pages that no release reads any more."""
    gathered = 0
    while number := await house.database.transaction(lambda tx: tx.releases.gather()):
        gathered += number
    if not await house.database.read(lambda tx: due_releases(tx, today)):
        read = quarters_read(Quarter.of(today))
        oldest = quarters_read(read[0])[0]
        await house.database.transaction(lambda tx: tx.releases.forget_gathered(oldest))
    return gathered


async def release_quarters(house: House, today: date) -> int:
    """Release the figures of quarters that are over, each once (K4)."""
    database = house.database
    released = 0
    for organisation_id, quarter in await database.read(lambda tx: due_releases(tx, today)):
        worked_out = partial(
            quarter_figures,
            organisation_id=organisation_id,
            quarter=quarter,
            today=today,
            salt=house.key_ring.salt("releases"),
            thresholds=thresholds_of(house.settings),
            timetable=house.settings.timetable,
        )
        figures = await database.read(worked_out)
        if figures is not None:
            tell = spreading_in(house, random.SystemRandom().random).announce
            await database.transaction(
                partial(_keep_quarter, figures=figures, to=organisation_id, tell=tell)
            )
            released += 1
    return released


def _keep_quarter(
    tx: SqlTransaction,
    figures: QuarterFigures,
    to: str,
    tell: Callable[[SqlTransaction, Notice, Sequence[str]], None],
) -> None:
    if keep_quarter(tx, figures=figures) is not None:
        tell(tx, Notice.FIGURES, (to,))


async def escalate_what_was_missed(house: House, today: date) -> int:
    """Tell the teams of cases for which a day was missed, once for each day (L1, A104)."""
    came = case_by_case(
        house.database,
        lambda tx, after: tx.cases.due_before(today, after=after),
        partial(_escalate, today=today, timetable=house.settings.timetable),
    )
    return sum([is_told async for is_told in came])


def _escalate(tx: SqlTransaction, ref: str, today: date, timetable: Timetable) -> bool:
    case = tx.cases.get(ref)
    made = None if case is None else escalate(case, tx.people.staff(), today, timetable)
    if made is None:
        return False
    tx.cases.keep(made.case, made.entry)
    tx.outbox.put(made.alert, today)
    return True


async def forget_deliveries(house: House, today: date) -> int:
    """Forget what was delivered some days ago; what is dead stays."""
    before = today - timedelta(days=DAYS_REMEMBERED)
    return await house.database.transaction(lambda tx: tx.deliveries.forget_delivered(before))


async def refresh_organisations(house: House, today: date) -> int:
    """Work out each organisation's findings, heat maps and order as they are today.

    In pieces, and what takes longest is read beside the writer, so that nobody waits for it.
    """
    database, thresholds = house.database, thresholds_of(house.settings)
    for one in await database.read(lambda tx: [each.id for each in tx.sites.organisations()]):
        for some in await database.read(partial(pieces_of, organisation_id=one)):
            await database.transaction(partial(refresh_sites, site_ids=some, today=today))
        worked_out = partial(work_out, organisation_id=one, today=today, thresholds=thresholds)
        await database.transaction(partial(keep, refreshed=await database.read(worked_out)))
    return 0


def thresholds_of(settings: Settings) -> Thresholds:
    """The least people behind a number, as the operator set them; a sensitive one has no fewer."""
    return Thresholds(
        people=settings.smallest_cell,
        people_sensitive=max(settings.smallest_cell, settings.smallest_sensitive_cell),
    )


CHORES: Sequence[Chore] = (
    Chore(name="wipe drafts", every=Every.HOUR, work=wipe_drafts),
    Chore(name="forget updates", every=Every.DAY, work=forget_updates),
    Chore(name="forget sign-ins", every=Every.DAY, work=forget_sign_ins),
    Chore(name="erase what is due", every=Every.DAY, work=erase_what_is_due),
    Chore(name="remind of holds", every=Every.DAY, work=remind_of_holds),
    Chore(name="escalate", every=Every.DAY, work=escalate_what_was_missed),
    Chore(name="forget deliveries", every=Every.DAY, work=forget_deliveries),
    Chore(name="close rounds", every=Every.DAY, work=close_rounds),
    Chore(name="gather reports", every=Every.DAY, work=gather_reports),
    Chore(name="release quarters", every=Every.DAY, work=release_quarters),
    Chore(name="refresh organisations", every=Every.DAY, work=refresh_organisations),
    Chore(name="checkpoint logs", every=Every.DAY, work=checkpoint_logs),
    Chore(name="sweep blobs", every=Every.DAY, work=sweep_blobs),
)
"""In the order in which they are done when several are due."""


def _named(tx: SqlTransaction, house: House, blobs: Sequence[str]) -> frozenset[str]:
    named: set[str] = set()
    for some in _in_pieces(blobs):
        named |= tx.cases.owned_blobs(some)
    for pseudonym, sealed in tx.dialogues.every():
        state = house.key_ring.open_row(*_STATE, pseudonym, sealed)
        named |= load_dialogue(state).blobs
    for organisation in tx.sites.organisations():
        for round_ in tx.rounds.of_organisation(organisation.id):
            named |= {document.blob for document in round_.documents}
    return frozenset(named)


def _in_pieces(blobs: Sequence[str]) -> Iterator[tuple[str, ...]]:
    left = iter(blobs)
    while some := tuple(islice(left, _ASKED_AT_ONCE)):
        yield some


def _drop(house: House, blobs: Sequence[str], before: datetime) -> None:
    for blob in blobs:
        house.blobs.drop(blob)
    house.blobs.drop_unfinished(before)
