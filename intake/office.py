"""Who can handle cases, remembered between reports for as long as nobody changed anything.

Used by `intake.submitting` inside its transaction, and kept by `intake.reception`. Reading every
handler, tie and key anew cost as much as sealing the report to them. What is remembered counts
only if the shelf's revision, read in the same transaction, is still the one it was read at: a
handler who left, or a tie that was declared a moment ago, is seen by the very next report.

It is remembered only once the transaction that read it was committed. Before that it may hold
what another unit of the same batch wrote and then takes back.
"""

from dataclasses import dataclass, field

from intake.ports import Transaction
from register.keys import Keys
from register.people import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPeople:
    """Staff and public keys as they were at a revision of their shelf."""

    revision: int
    staff: Staff = field(repr=False)
    keys: Keys = field(repr=False)


def people_now(tx: Transaction, known: KnownPeople | None) -> KnownPeople:
    """Those who are known where they still hold, read anew otherwise."""
    # Read first: whatever changes after it makes the next look read again.
    revision = tx.people.revision()
    if known is not None and known.revision == revision:
        return known
    return KnownPeople(revision=revision, staff=tx.people.staff(), keys=tx.people.keys())
