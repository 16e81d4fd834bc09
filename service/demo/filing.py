"""Files the planned cases by the door that all cases come in by. Called by `making`.

Only receipts that stand on the card cost what a real one costs. The others are thrown away unseen,
as if their owners had kept them to themselves; they are minted at next to no cost, and with it
nobody finds a case, because the installation looks receipts up at the real one.
"""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from flows.submission import Submission
from intake.arrivals import Channel
from intake.hall import GRIEVANCE
from intake.office import people_now
from intake.submitting import file_case
from sealing.receipts import MintedReceipt, ReceiptTerms, mint
from sealing.stretching import Argon2Cost
from service.demo.card import ShownReceipt
from service.demo.plan import PlannedCase
from service.demo.stage import Stage
from storage.transaction import SqlTransaction

_NEVER_SHOWN = Argon2Cost(memory_kib=8, passes=1, lanes=1)
_AT_ONCE = 20
"""Cases in one transaction."""


async def file_all(stage: Stage, plan: Sequence[PlannedCase]) -> tuple[ShownReceipt, ...]:
    """File them; gives the receipts for the card."""
    receipts = await asyncio.to_thread(_minted, plan, stage.house.press.terms)
    told = [(case, _submission(stage, case)) for case in plan]
    for start in range(0, len(told), _AT_ONCE):
        some = told[start : start + _AT_ONCE]

        def work(tx: SqlTransaction, some: list[tuple[PlannedCase, Submission]] = some) -> None:
            for case, submission in some:
                _file(tx, stage, case, submission, receipts[case.ref])

        await stage.house.database.transaction(work)
    return tuple(
        ShownReceipt(what=case.shown, receipt=receipts[case.ref].receipt.grouped)
        for case in plan
        if case.shown
    )


def _minted(plan: Sequence[PlannedCase], terms: ReceiptTerms) -> Mapping[str, MintedReceipt]:
    thrown_away = replace(terms, cost=_NEVER_SHOWN)
    with ThreadPoolExecutor(max_workers=2) as threads:
        minted = threads.map(lambda case: mint(terms if case.shown else thrown_away), plan)
        return {case.ref: receipt for case, receipt in zip(plan, minted, strict=True)}


def _submission(stage: Stage, case: PlannedCase) -> Submission:
    return stage.told(
        GRIEVANCE,
        case.answers,
        language=case.language,
        now=case.told_at,
        site=case.site,
        usual=stage.script.stories.usual,
    )


def _file(
    tx: SqlTransaction,
    stage: Stage,
    case: PlannedCase,
    submission: Submission,
    receipt: MintedReceipt,
) -> None:
    pseudonym = stage.hall.pseudonym(Channel.TELEGRAM, case.reporter)
    file_case(
        tx,
        stage.hall,
        submission,
        case_ref=case.ref,
        receipt=receipt,
        reporter_tag=stage.hall.reporter_tag(pseudonym, case.day),
        people=people_now(tx, None),
        now=case.told_at,
    )
