"""A new handler reads along with colleagues: all their open cases sealed anew, while others work.

Theory. What is left to do is read from the cases themselves: those that a colleague reads and the
new handler does not. So whatever breaks the work off, the next run finds what is left. A case is
one unit of work and is kept whole or not at all; some share a commit, and sealing, which takes
longest, is done before it, so that others get the database in between. Somebody who changed a case
or the staff meanwhile was first: the case is looked at again.

Which cases they may not read is said in `service.joining`. The words of the others are looked
through for the new handler's name, as at intake; whom they name is kept out of it for good.

Worked example. Of 1,200 cases that Asha reads Chandra reads 200 already. 1,000 are left to do; 3
are at a quarry that Chandra is tied to, and in one somebody tells of Chandra. Chandra gets 996 and
is told once that there is work. Called by `gehoor people read-along`.
"""

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from register.alerts import Alert, AlertKind
from register.case import Case
from register.desk import actor_of
from register.errors import StaleCaseError
from register.handover import HandedOver, HandoverRefused
from register.log import LogEntry
from register.people import Handler
from register.readers import keep_out, let_in
from register.routing import Urgency
from sealing.failures import SealingError
from sealing.identities import Identity
from service.foundations import Records
from service.joining import (
    AT_ONCE,
    Ground,
    Joining,
    LeftOut,
    Progress,
    References,
    cases_now,
    who_hands_on,
)
from storage.transaction import SqlTransaction
from web.desk.naming import named_by
from web.desk.reading import Unopened
from web.desk.resealing import SealedCase, keep_sealed, sealed_anew, sealed_case

TRIES = 5
"""How often a case is done anew when somebody else was first."""
MOST_PASSES = 3
"""Over everything: cases come in meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """A case with its new reader, to be kept."""

    handed: HandedOver
    sealed: SealedCase

    def keep(self, tx: SqlTransaction) -> None:
        """Raises `StaleCaseError` where somebody was faster."""
        keep_sealed(tx, self.handed, self.sealed)


@dataclass(frozen=True, slots=True, kw_only=True)
class _KeptOut:
    """A case whose words name the new handler, to be kept."""

    case: Case
    entry: LogEntry

    def keep(self, tx: SqlTransaction) -> None:
        """Raises `StaleCaseError` where somebody was faster."""
        tx.cases.keep(self.case, self.entry)


def read_along(
    kept: Records,
    joining: Joining,
    identities: Mapping[str, Identity],
    tell: Callable[[Progress], None],
) -> Progress:
    """Let them in to every case that they may read; `tell` hears after each commit.

    `identities` are the colleagues' keys by handler id. Raises `Refused` where the new handler may
    be let in to nothing any more, and `StorageError`; what was kept until then stays.
    """
    return asyncio.run(_Run(kept, joining, identities, tell).run())


class _Run:
    """One run over everything."""

    def __init__(
        self,
        kept: Records,
        joining: Joining,
        identities: Mapping[str, Identity],
        tell: Callable[[Progress], None],
    ) -> None:
        self._kept = kept
        self._joining = joining
        self._identities = identities
        self._tell = tell
        self._done = 0
        self._left: dict[str, LeftOut] = {}
        self._gone = 0
        """Closed meanwhile, or let in by somebody else."""
        self._is_told = False
        """Whether the new handler is told that there is work."""
        self._counted: Mapping[Urgency, int] = {}

    async def run(self) -> Progress:
        """Everything there is, and what comes in meanwhile."""
        handler, colleagues = self._joining.handler.id, self._joining.colleague_ids
        self._counted = self._kept.read(
            lambda tx: tx.cases.count_open_with(colleagues, without=(handler,))
        )
        self._tell(self._progress())
        for _ in range(MOST_PASSES):
            before = self._done
            for refs in References(self._kept, self._joining):
                await self._all(deque(ref for ref in refs if ref not in self._left))
            if self._done == before:
                break
        return self._progress()

    def _progress(self) -> Progress:
        left = Counter(self._left.values())
        counted = sum(self._counted.values()) - self._gone
        return Progress(done=self._done, total=max(counted, self._done + left.total()), left=left)

    async def _all(self, refs: deque[str]) -> None:
        while refs:
            # The alert is kept with the first case, which therefore goes alone.
            number = min(len(refs), AT_ONCE if self._is_told else 1)
            again: Sequence[str] = [refs.popleft() for _ in range(number)]
            for _ in range(TRIES):
                again = await self._some(again)
                if not again:
                    break
            self._left.update(dict.fromkeys(again, LeftOut.BUSY))
            self._tell(self._progress())

    async def _some(self, refs: Sequence[str]) -> Sequence[str]:
        """Does what can be done of these; gives those at which somebody else was first."""
        ground, found = self._kept.read(lambda tx: _found(tx, refs))
        steps: dict[str, _Ready | _KeptOut] = {}
        for case, sealed in found:
            step = self._step(case, sealed, ground)
            if isinstance(step, LeftOut):
                self._left[case.ref] = step
            elif step is not None:
                steps[case.ref] = step
            else:
                self._gone += 1
        keeping = (self._keep(ref, step, ground.revision) for ref, step in steps.items())
        are_kept = await asyncio.gather(*keeping)
        return [ref for ref, is_kept in zip(steps, are_kept, strict=True) if not is_kept]

    def _step(
        self, case: Case, sealed: SealedCase, ground: Ground
    ) -> _Ready | _KeptOut | LeftOut | None:
        """What is to be kept of this case; None where nothing is to be done any more."""
        chosen = who_hands_on(case, self._joining, ground.staff)
        if isinstance(chosen, LeftOut):
            return chosen
        found: _Ready | _KeptOut | LeftOut | None = None
        for colleague in chosen:
            found = self._handed_on(case, sealed, colleague, ground)
            if found is not LeftOut.UNOPENED:
                break
        return found

    def _handed_on(
        self, case: Case, sealed: SealedCase, colleague: Handler, ground: Ground
    ) -> _Ready | _KeptOut | LeftOut:
        joining, identity = self._joining, self._identities[colleague.id]
        handler = ground.staff.handler(joining.handler.id) or joining.handler
        alone = replace(ground.staff, handlers=(handler,))
        named = named_by(sealed, identity, alone, joining.today)
        if isinstance(named, Unopened):
            return LeftOut.UNOPENED
        if named:
            kept_out, entry = keep_out(case, handler.id, joining.today)
            return _KeptOut(case=kept_out, entry=entry)
        actor = actor_of(colleague, ground.staff)
        if actor is None:
            return LeftOut.COLLEAGUE_KEPT_OUT
        handed = let_in(case, handler.id, ground.staff, actor, joining.today, why=joining.why)
        if isinstance(handed, HandoverRefused):
            return LeftOut.COLLEAGUE_KEPT_OUT
        try:
            return _Ready(
                handed=handed, sealed=sealed_anew(sealed, handed.case, ground.keys, identity)
            )
        except SealingError:
            return LeftOut.UNOPENED

    async def _keep(self, ref: str, step: _Ready | _KeptOut, revision: int) -> bool:
        """Keeps one case; False where it is to be done anew."""
        alert = None if self._is_told or isinstance(step, _KeptOut) else self._alert(ref)

        def work(tx: SqlTransaction) -> None:
            if tx.people.revision() != revision:
                raise StaleCaseError("somebody declared a tie, or left, meanwhile")
            step.keep(tx)
            if alert is not None:
                tx.outbox.put(alert, self._joining.today)

        try:
            await self._kept.database.transaction(work)
        except StaleCaseError:
            return False
        if isinstance(step, _KeptOut):
            self._left[ref] = LeftOut.CONFLICT_OF_INTEREST
        else:
            self._done += 1
            self._is_told = True
        return True

    def _alert(self, ref: str) -> Alert:
        """One for all: as urgent as the most urgent case there is to do."""
        urgency = next(iter(self._counted), Urgency.NORMAL)
        return Alert(
            kind=AlertKind.NEW_CASE, case_ref=ref, urgency=urgency, to=(self._joining.handler.id,)
        )


def _found(tx: SqlTransaction, refs: Sequence[str]) -> tuple[Ground, list[tuple[Case, SealedCase]]]:
    ground, cases = cases_now(tx, refs)
    return ground, [(case, sealed_case(tx, case.ref)) for case in cases]
