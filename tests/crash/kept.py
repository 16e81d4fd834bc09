"""What an installation holds after a kill: looked at from outside, by the scenes.

Opens the database that a killed process left, as the next start would.
"""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from sealing.key_ring_file import load_key_ring
from sealing.receipts import Receipt, ReceiptTerms, derive, parse_receipt
from sealing.stretching import TEST_COST
from service.foundations import records
from service.settings import Settings
from storage.tables import CASES, DELIVERIES, OUTBOX


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Counts, and how many of the given receipts open a case of their own."""

    cases: int
    new_case_alerts: int
    """Those in the outbox, and those that became a delivery to the one webhook."""
    opened: int


def held(settings: Settings, receipts: set[str]) -> Held:
    """What is there; every receipt is tried."""
    terms = ReceiptTerms(
        salt=load_key_ring(Path(settings.home) / "key-ring").salt("receipts"), cost=TEST_COST
    )
    keys = [derive(_parsed(each), terms) for each in sorted(receipts)]
    with records(settings) as kept:
        refs = kept.read(lambda tx: [tx.cases.by_receipt(key.lookup) for key in keys])
        with kept.database.snapshot() as snapshot:
            cases = snapshot.execute(select(func.count()).select_from(CASES)).scalar_one()
            alerts = snapshot.execute(
                select(func.count()).select_from(OUTBOX).where(OUTBOX.c.kind == "new_case")
            ).scalar_one()
            alerts += snapshot.execute(select(func.count()).select_from(DELIVERIES)).scalar_one()
    opened = {ref for ref in refs if ref is not None}
    return Held(cases=cases, new_case_alerts=alerts, opened=len(opened))


def _parsed(text: str) -> Receipt:
    parsed = parse_receipt(text)
    assert isinstance(parsed, Receipt), "what was shown is no receipt"
    return parsed
