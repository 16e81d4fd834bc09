"""Who may be let in to a colleague's open cases, to which of them, and with whose key.

The new handler is one of the team, as a rule. From another team only with a reason, which stands
in the log of each case. And nobody who hears appeals reads along with others: an appeal needs
people who know nothing of it (G15).

Out of a case stays whoever is tied to it, was kept out of it, handled it before an appeal, or does
not hear the appeal that runs (`register.readers`). So does a case that the colleague may not read
any more. Called by `gehoor people read-along` and `service.reading_along`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from accounts.account import Account
from register.case import Case
from register.desk import refused_opening
from register.keys import Keys
from register.people import Handler, Staff, TeamKind
from register.readers import KeptFrom, WhyJoining, kept_from
from sealing.identities import Identity, WrongPassphrase, unlock
from service.foundations import Records
from service.refusals import Refused
from service.teams import handler_called, readers
from storage.transaction import SqlTransaction

AT_ONCE = 32
"""Cases that are looked at together, and share a commit: it holds SQLite's lock for some hundredths
of a second."""
_REFS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """Somebody who is to read what colleagues read."""

    handler: Handler
    colleagues: tuple[Handler, ...]
    why: WhyJoining | None
    today: date

    @property
    def colleague_ids(self) -> tuple[str, ...]:
        """Whose cases."""
        return tuple(each.id for each in self.colleagues)


class LeftOut(StrEnum):
    """Why a case stays without the new reader."""

    CONFLICT_OF_INTEREST = "conflict_of_interest"
    """One word for every tie: a finer one could tell whom a case is about."""
    ON_APPEAL = "on_appeal"
    COLLEAGUE_KEPT_OUT = "colleague_kept_out"
    """The colleague may not read it themselves any more; it is to be handed over."""
    UNOPENED = "unopened"
    """The colleague's key does not open all of it."""
    BUSY = "busy"
    """Others kept changing it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far it is."""

    done: int = 0
    total: int
    left: Mapping[LeftOut, int]

    @property
    def looked_at(self) -> int:
        """Those that are done and those that are left out."""
        return self.done + sum(self.left.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Everybody, as they are at one moment, and which moment that is."""

    staff: Staff
    keys: Keys
    revision: int


def plan_joining(
    tx: SqlTransaction,
    name: str,
    colleagues: Sequence[str],
    why: WhyJoining | None,
    today: date,
) -> Joining:
    """Who is meant, if they may. Raises `Refused` with what to do where they may not."""
    staff = readers(tx)
    handler = handler_called(staff, name)
    if not handler.has_key:
        raise Refused(
            f"{handler.name} has no key, so nothing can be sealed to them: "
            "`gehoor people add handler` makes one"
        )
    found = tuple(dict.fromkeys(handler_called(staff, each) for each in colleagues))
    if not found:
        raise Refused("--from: whose cases? Name a colleague who reads them")
    for colleague in found:
        _check(handler, colleague, staff, why)
        _account_of(tx, colleague)
    return Joining(handler=handler, colleagues=found, why=why, today=today)


def unlocked(kept: Records, colleague: Handler, passphrase: str) -> Identity:
    """A colleague's key; takes an Argon2 call. Raises `Refused` for another pass phrase."""
    account, keys = kept.read(lambda tx: (_account_of(tx, colleague), tx.people.keys()))
    identity = unlock(account.wrapped_identity or b"", passphrase)
    if isinstance(identity, WrongPassphrase):
        raise Refused(f"this is not the pass phrase of {colleague.name}. Nothing was changed")
    if identity.recipient != keys.handlers.get(colleague.id):
        raise Refused(
            f"the pass phrase of {colleague.name} is right, but cases are sealed to another key of "
            "theirs. Nothing was changed: `gehoor recover` helps where nobody else reads them"
        )
    return identity


def ahead(kept: Records, joining: Joining) -> Progress:
    """What a run would do, as far as can be told without a key; nothing is opened or changed."""
    done, left = 0, Counter[LeftOut]()
    for refs in References(kept, joining):
        for first in range(0, len(refs), AT_ONCE):
            some = refs[first : first + AT_ONCE]
            ground, cases = kept.read(partial(cases_now, refs=some))
            for case in cases:
                chosen = who_hands_on(case, joining, ground.staff)
                if isinstance(chosen, LeftOut):
                    left[chosen] += 1
                elif chosen:
                    done += 1
    return Progress(done=done, total=done + left.total(), left=left)


def read_by_others(tx: SqlTransaction, joining: Joining) -> int:
    """Open cases of the new handler's team that none of those who were named reads."""
    known = {joining.handler.id, *joining.colleague_ids}
    others = {each.id for each in tx.people.staff().members(joining.handler.team_id)} - known
    return sum(tx.cases.count_open_with(others, without=known).values())


class References:
    """What is left to do, some thousands at a time, in the order of the references."""

    def __init__(self, kept: Records, joining: Joining) -> None:
        self._kept = kept
        self._colleagues = joining.colleague_ids
        self._handler = joining.handler.id

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        after: str | None = None
        while refs := self._kept.read(partial(self._page, after=after)):
            yield refs
            after = refs[-1]

    def _page(self, tx: SqlTransaction, after: str | None) -> tuple[str, ...]:
        return tx.cases.open_with(
            self._colleagues, without=(self._handler,), after=after, limit=_REFS_AT_ONCE
        )


def who_hands_on(case: Case, joining: Joining, staff: Staff) -> tuple[Handler, ...] | LeftOut:
    """The colleagues who may hand the case on to them, none where nothing is to be done any more.

    Raises `Refused` where the new handler left meanwhile.
    """
    handler = staff.handler(joining.handler.id)
    kept = (
        KeptFrom.NOT_ACTIVE if handler is None else kept_from(case, handler, staff, joining.today)
    )
    match kept:
        case KeptFrom.NOT_ACTIVE | KeptFrom.NO_KEY:
            raise Refused(f"{joining.handler.name} was retired meanwhile, or has no key any more")
        case KeptFrom.CONFLICT_OF_INTEREST:
            return LeftOut.CONFLICT_OF_INTEREST
        case KeptFrom.ON_APPEAL:
            return LeftOut.ON_APPEAL
        case KeptFrom.READS_IT:
            return ()
    reading = [each for each in joining.colleague_ids if each in case.handler_ids]
    if not reading or not case.is_open:
        return ()
    colleagues = (staff.handler(each) for each in reading)
    free = tuple(
        each for each in colleagues if each and refused_opening(case, each, joining.today) is None
    )
    return free or LeftOut.COLLEAGUE_KEPT_OUT


def _ground(tx: SqlTransaction) -> Ground:
    keys = tx.people.keys()
    return Ground(staff=keys.known_to(tx.people.staff()), keys=keys, revision=tx.people.revision())


def cases_now(tx: SqlTransaction, refs: Sequence[str]) -> tuple[Ground, list[Case]]:
    """Those of these cases that are there, and everybody at the same moment."""
    found = (tx.cases.get(ref) for ref in refs)
    return _ground(tx), [case for case in found if case is not None]


def _check(handler: Handler, colleague: Handler, staff: Staff, why: WhyJoining | None) -> None:
    if colleague.id == handler.id:
        raise Refused(f"{handler.name} reads their own cases already: name a colleague")
    if colleague.team_id == handler.team_id:
        return
    teams = {each.id: each for each in staff.teams}
    ours, theirs = teams[handler.team_id], teams[colleague.team_id]
    if ours.kind is TeamKind.APPEAL and theirs.kind is not TeamKind.APPEAL:
        raise Refused(
            f"{handler.name} hears appeals, and an appeal needs people who know nothing of the "
            f"case: they cannot read along with {colleague.name}"
        )
    if why is None:
        raise Refused(
            f"{colleague.name} is in the team {theirs.name}, {handler.name} in {ours.name}. "
            f"Say why cases leave their team: --why {', '.join(WhyJoining)}"
        )


def _account_of(tx: SqlTransaction, colleague: Handler) -> Account:
    account = tx.accounts.get(colleague.id)
    if account is None or not account.is_active or account.wrapped_identity is None:
        raise Refused(f"{colleague.name} has no account, so there is no key to open their cases")
    return account
