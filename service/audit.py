"""Looks whether the logs of all cases are whole: nothing changed, missing, added or cut off.

A log that is gone has to have a tombstone, and the tombstone has to be right: made by this
installation, of a record that was old enough, as checkpoints knew it (`register.checkpoints`).
Called by `gehoor audit verify`. What somebody changed who rewrote logs, cases and checkpoints alike
is found by a receipt that was kept elsewhere (`service.log_receipt`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from register.checkpoints import FORMAT, Checkpoint, StoneFault, checkpoint, first_form
from register.log import LogFault, LogFaultKind, verify
from storage.transaction import SqlTransaction

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What was found."""

    cases: int
    faults: tuple[tuple[str, LogFault], ...]
    """By case reference."""
    erased: int
    """Logs of which a tombstone is left."""
    stone_faults: tuple[StoneFault, ...]
    last: Checkpoint | None
    is_last_true: bool
    """Whether the logs still end on the checkpoint's day where it says; True without one."""

    @property
    def is_clean(self) -> bool:
        """Nothing was found."""
        return not self.faults and not self.stone_faults and self.is_last_true


def audit(tx: SqlTransaction) -> Audit:
    """All logs against their cases, and their ends against the last checkpoint."""
    cases, faults = 0, []
    for ref in _refs(tx):
        case = tx.cases.get(ref)
        tip = None if case is None else case.log
        cases += 1
        faults += [(ref, fault) for fault in verify(tx.log.of_case(ref), ref, tip)]
    orphan = LogFault(kind=LogFaultKind.NO_CASE, number=1)
    faults += [(ref, orphan) for ref in tx.log.without_case()]
    last = tx.log.last_checkpoint()
    return Audit(
        cases=cases,
        faults=tuple(faults),
        erased=tx.log.erased(),
        stone_faults=tx.log.stone_faults(),
        last=last,
        is_last_true=last is None or _holds(tx, last),
    )


def _refs(tx: SqlTransaction) -> Iterator[str]:
    after = None
    while page := tx.cases.refs(after=after, limit=_AT_ONCE):
        yield from page
        after = page[-1]


def _holds(tx: SqlTransaction, last: Checkpoint) -> bool:
    if last.format != FORMAT:  # of before there were tombstones: it covers none
        return (
            tx.log.erased() == 0
            and first_form(tx.log.tips_on(last.day), last.day, last.previous) == last
        )
    before = Checkpoint(day=last.day, cases=0, digest=last.previous, previous="")
    ends = tx.log.ends_on(last.day)
    return ends.unknown == 0 and checkpoint(ends.ends, last.day, before) == last
