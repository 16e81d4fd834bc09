"""A new handler reads what colleagues read, all of it; what they may not read stays closed."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bench.casework import Casework, casework
from register.alerts import AlertKind
from register.case import Actor, Case
from register.handover import HandedOver, hand_over, reroute
from register.helping import Helper, let_in
from register.log import LogAction, verify
from register.people import ConflictOfInterest, Handler, Role, TeamKind, TieTo
from register.readers import WhyJoining
from register.routing import Urgency
from register.sealed_parts import ACCOUNT, IDENTITY
from register.summary import Summary, draft
from register.transitions import Action, Moved, MoveReason, move
from sealing.envelope import SealedEnvelope
from sealing.identifiers import new_id
from sealing.identities import Identity, new_identity, unlock
from sealing.opening import can_open, open_part, rewrap
from sealing.receipts import ReceiptTerms, derive, mint
from sealing.stretching import TEST_COST
from service import reading_along
from service.clock import now, today
from service.foundations import Records, records
from service.installation import set_up
from service.joining import LeftOut, Progress, plan_joining, unlocked
from service.people import PeopleMaker, keep_person, team_called
from service.reading_along import read_along
from service.refusals import Refused
from service.settings import read_settings
from storage.transaction import SqlTransaction
from tests.postgres import KINDS, new_database
from tests.service.terminal import Gehoor
from web.desk.resealing import keep_sealed, sealed_anew, sealed_case

PHRASE = "seven quiet stones in a row"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """An installation whose regular team is Asha and Ben."""

    kept: Records
    terms: ReceiptTerms

    def add(self, name: str, team: str = "regular") -> Handler:
        making = PeopleMaker(key_ring=self.kept.key_ring, cost=TEST_COST)
        chosen = self.kept.read(lambda tx: team_called(tx, team))
        made = making.handler(name, PHRASE, team=chosen)
        self.kept.write(lambda tx: keep_person(tx, made))
        assert isinstance(made.person, Handler)
        return made.person

    def key(self, handler: Handler) -> Identity:
        account = self.kept.read(lambda tx: tx.accounts.get(handler.id))
        assert account is not None
        identity = unlock(account.wrapped_identity or b"", PHRASE)
        assert isinstance(identity, Identity)
        return identity

    def work(self, work: Callable[[Casework], Any]) -> Any:
        return self.kept.write(lambda tx: work(casework(tx, self.terms, now())))

    def told(self, number: int = 1, **codes: Any) -> list[str]:
        return [self.work(lambda at: at.tell(**codes)).case.ref for _ in range(number)]

    def case(self, ref: str) -> Case:
        case = self.kept.read(lambda tx: tx.cases.get(ref))
        assert case is not None
        return case

    def envelope(self, ref: str) -> SealedEnvelope:
        return self.kept.read(lambda tx: tx.cases.envelope(ref))

    def reads(self, handler: Handler, ref: str) -> bool:
        """What the case says and what opens; they agree."""
        says = handler.id in self.case(ref).handler_ids
        assert can_open(self.envelope(ref), ACCOUNT, self.key(handler)) is says
        return says

    def actions(self, ref: str) -> list[tuple[str, str | None, str | None]]:
        case, entries = self.case(ref), self.kept.read(lambda tx: tx.log.of_case(ref))
        assert verify(entries, ref, case.log) == ()
        return [(each.action, each.reason, each.subject) for each in entries]

    def moved(self, ref: str, *steps: tuple[Action, MoveReason | None, Actor]) -> None:
        def work(tx: SqlTransaction) -> None:
            for action, reason, actor in steps:
                done = move(tx.cases.get(ref), action, actor, today(), reason)
                assert isinstance(done, Moved)
                tx.cases.keep(done.case, done.entry)

        self.kept.write(work)

    def alerts(self) -> list[Any]:
        return [each for _, each in self.kept.read(lambda tx: tx.outbox.due(today()))]

    def run(
        self,
        handler: Handler,
        *colleagues: Handler,
        tell: Callable[[Progress], None] = lambda _: None,
    ) -> Progress:
        joining = self.kept.read(
            lambda tx: plan_joining(tx, handler.id, [each.id for each in colleagues], None, today())
        )
        keys = {each.id: unlocked(self.kept, each, PHRASE) for each in colleagues}
        return read_along(self.kept, joining, keys, tell)


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, home: Path, tmp_path: Path) -> Iterator[None]:
    with new_database(request.param, tmp_path) as url, pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEHOOR_DATABASE_URL", url)
        yield


@pytest.fixture
def ground(home: Path) -> Iterator[Ground]:
    settings = read_settings()
    set_up(settings, today(), lambda _: None)
    with records(settings) as kept:
        terms = ReceiptTerms(salt=kept.key_ring.salt("receipts"), cost=TEST_COST)
        yield Ground(kept=kept, terms=terms)


@pytest.fixture
def asha(ground: Ground) -> Handler:
    return ground.add("Asha Sample")


@pytest.fixture
def ben(ground: Ground, asha: Handler) -> Handler:
    return ground.add("Ben Sample")


def _acts(handler: Handler) -> Actor:
    return Actor(role=Role.HANDLER, id=handler.id)


def _full(at: Casework) -> str:
    ref = at.tell(named=True).case.ref
    at.answer(ref)
    at.write_back(ref)
    at.note(ref)
    return ref


def _drafted(ground: Ground, ref: str, by: Handler) -> Summary:
    def work(tx: SqlTransaction) -> Summary:
        made = draft(
            tx.cases.get(ref),
            "A summary",
            _acts(by),
            today(),
            summary_id=new_id(),
            keys=tx.people.keys(),
            reporter=tx.cases.reporter(ref),
        )
        assert isinstance(made, Summary)
        tx.summaries.put(made)
        return made

    return ground.kept.write(work)


def _everything(tx: SqlTransaction, ref: str) -> list[SealedEnvelope]:
    letters = [each.envelope for each in tx.letters.of_case(ref)]
    papers = [each.envelope for each in tx.papers.of_case(ref)]
    summary = tx.summaries.of_case(ref)
    assert summary is not None
    return [tx.cases.envelope(ref), *letters, *papers, summary.envelope]


@pytest.mark.usefixtures("database")
def test_everything_of_every_open_case_opens_with_the_new_key_and_with_those_of_before(
    ground: Ground, asha: Handler
) -> None:
    refs = [ground.work(_full) for _ in range(3)]
    for ref in refs:
        _drafted(ground, ref, asha)
    new = ground.add("Chandra Sample")
    done = ground.run(new, asha)
    assert (done.done, done.total, dict(done.left)) == (3, 3, {})
    for ref in refs:
        envelopes = ground.kept.read(lambda tx, one=ref: _everything(tx, one))
        assert len(envelopes) == 5
        for envelope in envelopes:
            for name in envelope.names:
                assert open_part(envelope, name, ground.key(new))
                assert open_part(envelope, name, ground.key(asha))
        assert ground.actions(ref)[-1] == (LogAction.READERS_ADDED, None, new.id)
    assert {IDENTITY, ACCOUNT} == set(ground.envelope(refs[0]).names)
    counted = ground.kept.read(lambda tx: tx.cases.counts(new.id))
    assert sum(counted.values()) == 3


def test_the_reporter_and_their_helpers_keep_what_was_theirs(ground: Ground, asha: Handler) -> None:
    told = ground.work(lambda at: at.tell(named=True))
    ref, helper = told.case.ref, mint(ground.terms)

    def let_somebody_follow(at: Casework) -> None:
        helped = let_in(at.case(ref), (), today())
        assert helped is not None
        at.tx.cases.keep(helped.case, helped.entry)
        at.tx.helpers.add(
            Helper(case_ref=ref, lookup=helper.lookup, recipient=helper.recipient, since=today())
        )

    ground.work(lambda at: at.answer(ref, "Before the helper came."))
    ground.work(let_somebody_follow)
    ground.work(lambda at: at.answer(ref, "We come on Monday."))
    new = ground.add("Chandra Sample")
    assert ground.run(new, asha).done == 1
    before, after = ground.kept.read(lambda tx: tx.letters.of_case(ref))
    for key in (derive(told.receipt.receipt, ground.terms), derive(helper.receipt, ground.terms)):
        assert key.read(after.envelope, after.part)
    assert derive(told.receipt.receipt, ground.terms).read(ground.envelope(ref), ACCOUNT)
    # What was not the helper's and the reporter's to read is not theirs now either.
    assert helper.recipient.id not in before.envelope.part(before.part).recipient_ids
    assert helper.recipient.id not in ground.envelope(ref).part(ACCOUNT).recipient_ids
    assert told.receipt.recipient.id not in ground.envelope(ref).part(IDENTITY).recipient_ids


def test_cases_of_a_conflict_are_left_counted_and_said(
    ground: Ground, asha: Handler, gehoor: Gehoor
) -> None:
    refs = ground.told(3)
    new = ground.add("Chandra Sample")
    tie = ConflictOfInterest(tie=TieTo.CASE, subject=refs[0], declared_on=today())
    ground.kept.write(lambda tx: tx.people.declare(new.id, tie))
    found = gehoor("people", "read-along", "Chandra Sample", "--from", "Asha Sample", typed=PHRASE)
    assert found.status == 0, found.err
    assert "Chandra Sample reads 2 cases more." in found.out
    assert "1 are left out: a conflict of interest keeps Chandra Sample out" in found.out
    assert "Reading along: 3 of 3, 1 left out" in found.out
    assert [ground.reads(new, ref) for ref in refs] == [False, True, True]


@pytest.mark.parametrize("where", ["what was told", "who told it", "a letter of the reporter"])
def test_whom_a_case_names_is_kept_out_of_it_for_good_as_at_intake(
    ground: Ground, asha: Handler, where: str
) -> None:
    def work(at: Casework) -> str:
        if where == "what was told":
            return at.tell("The foreman, Chándra SAMPLE, locks the door.").case.ref
        if where == "who told it":
            return at.tell(named=True).case.ref
        ref = at.tell().case.ref
        at.write_back(ref, "Chandra Sample came to my house.")
        return ref

    ref, (other,) = ground.work(work), ground.told()
    new = ground.add("Meena Somebody" if where == "who told it" else "Chandra Sample")
    for _ in range(2):
        done = ground.run(new, asha)
        assert done.left == {LeftOut.CONFLICT_OF_INTEREST: 1}
    assert not ground.reads(new, ref)
    assert ground.reads(new, other)
    assert new.id in ground.case(ref).kept_out_ids
    kept_out = [each for each in ground.actions(ref) if each[0] == LogAction.KEPT_OUT]
    assert kept_out == [(LogAction.KEPT_OUT, "conflict_of_interest", new.id)]


def test_a_family_tie_to_somebody_in_the_account_keeps_the_new_handler_out(
    ground: Ground, asha: Handler
) -> None:
    ref = ground.work(lambda at: at.tell("Vikram Quarrymaster hit a boy.")).case.ref
    new = ground.add("Chandra Sample")
    tie = ConflictOfInterest(tie=TieTo.PERSON, subject="vikram quarrymaster", declared_on=today())
    ground.kept.write(lambda tx: tx.people.declare(new.id, tie))
    assert ground.run(new, asha).left == {LeftOut.CONFLICT_OF_INTEREST: 1}
    assert not ground.reads(new, ref)


def test_a_letter_of_a_handler_that_names_the_new_one_keeps_nobody_out(
    ground: Ground, asha: Handler
) -> None:
    ref = ground.told()[0]
    ground.work(lambda at: at.answer(ref, "Chandra Sample will write to you from now on."))
    new = ground.add("Chandra Sample")
    assert ground.run(new, asha).done == 1


def _appealed(ground: Ground, ref: str, by: Handler) -> None:
    ground.moved(
        ref,
        (Action.ACKNOWLEDGE, None, _acts(by)),
        (Action.ASSESS, None, _acts(by)),
        (Action.FIND_NOT_ADMISSIBLE, MoveReason.OUT_OF_SCOPE, _acts(by)),
        (Action.APPEAL, MoveReason.DISAGREES, Actor(role=Role.REPORTER)),
    )


def test_a_running_appeal_is_left_to_those_who_hear_it(ground: Ground, asha: Handler) -> None:
    ref = ground.told()[0]
    _appealed(ground, ref, asha)
    new = ground.add("Chandra Sample")
    assert ground.run(new, asha).left == {LeftOut.ON_APPEAL: 1}
    assert not ground.reads(new, ref)


def test_who_appeals_and_the_word_of_those_before_stay_closed_to_a_new_one_who_hears_it(
    ground: Ground, asha: Handler, gehoor: Gehoor
) -> None:
    ref = ground.work(lambda at: at.tell(named=True)).case.ref
    ground.work(lambda at: at.note(ref))
    zoe = ground.add("Zoe Sample", "appeal")
    # As the appeal leaves it: what was told with those who hear it, the rest with those before.
    _appealed(ground, ref, asha)

    def handed(tx: SqlTransaction) -> None:
        case, keys = tx.cases.get(ref), tx.people.keys()
        routing = reroute(case, keys.known_to(tx.people.staff()), today(), country=None)
        done = hand_over(case, routing, Actor(role=Role.RULE), today())
        assert isinstance(done, HandedOver)
        anew = sealed_anew(sealed_case(tx, ref), done.case, keys, ground.key(asha))
        keep_sealed(tx, done, anew)

    ground.kept.write(handed)
    yan = ground.add("Yan Sample", "appeal")
    assert ground.run(yan, zoe).done == 1
    hers = ground.key(yan)
    assert open_part(ground.envelope(ref), ACCOUNT, hers)
    assert not can_open(ground.envelope(ref), IDENTITY, hers)
    assert can_open(ground.envelope(ref), IDENTITY, ground.key(asha))
    (paper,) = ground.kept.read(lambda tx: tx.papers.of_case(ref))
    assert not can_open(paper.envelope, paper.part, hers)


def test_closed_cases_and_cases_of_others_stay_as_they_are(ground: Ground, asha: Handler) -> None:
    closed, mine = ground.told(2)
    ground.moved(closed, (Action.WITHDRAW, None, Actor(role=Role.REPORTER)))
    new = ground.add("Chandra Sample")
    theirs = ground.told(danger="yes")[0]  # read by all of the team there is: new and old
    assert ground.reads(new, theirs)
    done = ground.run(new, asha)
    assert (done.done, done.total) == (1, 1)
    assert not ground.reads(new, closed)
    assert ground.reads(new, mine)


def test_a_case_that_the_colleague_may_not_read_any_more_is_not_theirs_to_hand_on(
    ground: Ground, asha: Handler, ben: Handler
) -> None:
    ref = ground.told()[0]
    tie = ConflictOfInterest(tie=TieTo.CASE, subject=ref, declared_on=today())
    ground.kept.write(lambda tx: tx.people.declare(asha.id, tie))
    new = ground.add("Chandra Sample")
    assert ground.run(new, asha).left == {LeftOut.COLLEAGUE_KEPT_OUT: 1}
    assert not ground.reads(new, ref)
    # A second colleague who reads it may.
    assert ground.run(new, asha, ben).done == 1
    assert ground.actions(ref)[-1] == (LogAction.READERS_ADDED, None, new.id)


def test_a_case_that_the_key_does_not_open_is_left_and_another_colleague_helps(
    ground: Ground, asha: Handler, ben: Handler
) -> None:
    ref, other = ground.told(2)
    odd = new_identity()

    def sealed_elsewhere(tx: SqlTransaction) -> None:
        readers = [odd.recipient, tx.people.keys().handlers[ben.id]]
        tx.cases.replace_envelope(rewrap(tx.cases.envelope(ref), ground.key(ben), readers))

    ground.kept.write(sealed_elsewhere)
    new = ground.add("Chandra Sample")
    done = ground.run(new, asha)
    assert (done.done, dict(done.left)) == (1, {LeftOut.UNOPENED: 1})
    assert new.id not in ground.case(ref).handler_ids
    assert ground.run(new, asha, ben).done == 1
    assert ground.reads(new, ref)
    assert ground.reads(new, other)


class _BrokenOffError(Exception):
    """Stands for whatever ends a process."""


@pytest.mark.usefixtures("database")
def test_a_run_that_was_broken_off_goes_on_where_it_was(ground: Ground, asha: Handler) -> None:
    refs = ground.told(70)
    new = ground.add("Chandra Sample")

    def stop(at: Progress) -> None:
        if at.done >= 33:
            raise _BrokenOffError

    with pytest.raises(_BrokenOffError):
        ground.run(new, asha, tell=stop)
    assert sum(ground.reads(new, ref) for ref in refs) == 33
    told: list[tuple[int, int]] = []
    done = ground.run(new, asha, tell=lambda at: told.append((at.done, at.total)))
    assert (done.done, done.total) == (37, 37)
    assert told[0] == (0, 37)
    assert told[-1] == (37, 37)
    assert all(ground.reads(new, ref) for ref in refs)
    assert all(
        len([each for each in ground.actions(ref) if each[2] == new.id]) == 1 for ref in refs
    )
    assert ground.run(new, asha).total == 0


def test_the_new_handler_is_told_once_as_urgently_as_the_most_urgent_case_asks(
    ground: Ground, asha: Handler
) -> None:
    ground.told(40)
    ground.told(theme="child_labour")
    new = ground.add("Chandra Sample")
    assert ground.run(new, asha).done == 41
    (alert,) = ground.alerts()
    assert (alert.kind, alert.urgency, alert.to) == (AlertKind.NEW_CASE, Urgency.URGENT, (new.id,))


def test_where_nothing_is_done_nobody_is_told(ground: Ground, asha: Handler) -> None:
    ref = ground.told()[0]
    _appealed(ground, ref, asha)
    ground.run(ground.add("Chandra Sample"), asha)
    assert ground.alerts() == []


def test_a_case_that_somebody_changes_meanwhile_is_done_anew_with_what_they_wrote(
    ground: Ground, asha: Handler, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = ground.told()[0]
    new = ground.add("Chandra Sample")
    seal, writing = reading_along.sealed_anew, iter((True,))

    def slowly(*given: Any) -> Any:
        sealed = seal(*given)
        if next(writing, False):
            _elsewhere(lambda at: at.write_back(ref, "It got worse."))
        return sealed

    monkeypatch.setattr(reading_along, "sealed_anew", slowly)
    assert ground.run(new, asha).done == 1
    (letter,) = ground.kept.read(lambda tx: tx.letters.of_case(ref))
    assert b"It got worse." in open_part(letter.envelope, letter.part, ground.key(new))


def test_a_tie_that_is_declared_meanwhile_holds(
    ground: Ground, asha: Handler, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = ground.told()[0]
    new = ground.add("Chandra Sample")
    seal, declaring = reading_along.sealed_anew, iter((True,))
    tie = ConflictOfInterest(tie=TieTo.CASE, subject=ref, declared_on=today())

    def slowly(*given: Any) -> Any:
        sealed = seal(*given)
        if next(declaring, False):
            _elsewhere(lambda at: at.tx.people.declare(new.id, tie))
        return sealed

    monkeypatch.setattr(reading_along, "sealed_anew", slowly)
    assert ground.run(new, asha).left == {LeftOut.CONFLICT_OF_INTEREST: 1}
    assert not ground.reads(new, ref)


def test_a_case_that_never_holds_still_is_left_for_the_next_time(
    ground: Ground, asha: Handler, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = ground.told()[0]
    new = ground.add("Chandra Sample")
    seal = reading_along.sealed_anew

    def slowly(*given: Any) -> Any:
        sealed = seal(*given)
        _elsewhere(lambda at: at.write_back(ref))
        return sealed

    monkeypatch.setattr(reading_along, "sealed_anew", slowly)
    assert ground.run(new, asha).left == {LeftOut.BUSY: 1}
    monkeypatch.setattr(reading_along, "sealed_anew", seal)
    assert ground.run(new, asha).done == 1


def _elsewhere(work: Callable[[Casework], Any]) -> None:
    """As another process would, on a connection of its own."""

    def other() -> None:
        with records(read_settings()) as kept:
            terms = ReceiptTerms(salt=kept.key_ring.salt("receipts"), cost=TEST_COST)
            kept.write(lambda tx: work(casework(tx, terms, now())))

    thread = threading.Thread(target=other)
    thread.start()
    thread.join()


def test_a_handler_who_is_retired_meanwhile_gets_nothing_more(
    ground: Ground, asha: Handler
) -> None:
    refs = ground.told(3)
    new = ground.add("Chandra Sample")

    def retire(at: Progress) -> None:
        if at.done == 1:
            gone = replace(new, is_active=False)
            _elsewhere(lambda work: work.tx.people.put_handler(gone, None))

    with pytest.raises(Refused, match="was retired meanwhile"):
        ground.run(new, asha, tell=retire)
    assert sum(ground.reads(new, ref) for ref in refs) == 1


def test_a_wrong_pass_phrase_is_refused_in_words_and_changes_nothing(
    ground: Ground, asha: Handler, gehoor: Gehoor
) -> None:
    ref = ground.told()[0]
    new = ground.add("Chandra Sample")
    for typed in ("another long pass phrase\n", "\n", ""):
        found = gehoor("people", "read-along", new.id, "--from", asha.id, typed=typed)
        assert found.status == 1
        assert "this is not the pass phrase of Asha Sample. Nothing was changed" in found.err
        assert typed.strip() == "" or typed.strip() not in found.out + found.err
    assert not ground.reads(new, ref)


def test_a_key_that_was_replaced_is_refused(ground: Ground, asha: Handler, gehoor: Gehoor) -> None:
    new = ground.add("Chandra Sample")
    ground.kept.write(lambda tx: tx.people.put_handler(asha, new_identity().recipient))
    found = gehoor("people", "read-along", new.id, "--from", asha.id, typed=PHRASE)
    assert "sealed to another key of theirs" in found.err


def test_who_has_no_key_or_no_name_or_is_retired_is_refused(
    ground: Ground, asha: Handler, gehoor: Gehoor
) -> None:
    keyless = replace(asha, id=new_id(), name="Keyless Sample")
    ground.kept.write(lambda tx: tx.people.put_handler(keyless, None))
    new, gone = ground.add("Chandra Sample"), ground.add("Gone Sample")
    gehoor("people", "retire", "--name", gone.id)

    def refused(handler: str, colleague: str) -> str:
        found = gehoor("people", "read-along", handler, "--from", colleague, typed=PHRASE)
        assert found.status == 1, found.out
        return found.err

    assert "Keyless Sample has no key" in refused(keyless.id, asha.id)
    assert "no account, so there is no key" in refused(new.id, keyless.id)
    assert "no handler is called Nobody" in refused("Nobody", asha.id)
    assert "no handler is called Gone Sample" in refused("Gone Sample", asha.id)
    assert "no handler is called Gone Sample" in refused(new.id, "Gone Sample")
    assert "reads their own cases already" in refused(new.id, new.id)
    assert gehoor("people", "read-along", new.id).status == 2


def test_a_colleague_of_another_team_takes_a_reason_which_stands_in_the_log(
    ground: Ground, asha: Handler, gehoor: Gehoor
) -> None:
    ref = ground.told()[0]
    ursula = ground.add("Ursula Sample", "urgent")
    words = ("people", "read-along", ursula.id, "--from", asha.id)
    assert "Say why cases leave their team" in gehoor(*words, typed=PHRASE).err
    assert "--why is one of" in gehoor(*words, "--why", "because", typed=PHRASE).err
    assert not ground.reads(ursula, ref)
    found = gehoor(*words, "--why", WhyJoining.COLLEAGUE_LEAVES, typed=PHRASE)
    assert found.status == 0, found.err
    assert ground.reads(ursula, ref)
    assert ground.actions(ref)[-1] == (LogAction.READERS_ADDED, "colleague_leaves", ursula.id)


def test_nobody_who_hears_appeals_reads_along_with_others_whatever_the_reason(
    ground: Ground, asha: Handler, gehoor: Gehoor
) -> None:
    ref = ground.told()[0]
    zoe = ground.add("Zoe Sample", TeamKind.APPEAL)
    found = gehoor(
        "people", "read-along", zoe.id, "--from", asha.id, "--why", "teams_joined", typed=PHRASE
    )
    assert "an appeal needs people who know nothing of the case" in found.err
    assert not ground.reads(zoe, ref)


def test_a_dry_run_says_how_many_asks_for_nothing_and_changes_nothing(
    ground: Ground, asha: Handler, gehoor: Gehoor
) -> None:
    refs = ground.told(3)
    _appealed(ground, refs[0], asha)
    new = ground.add("Chandra Sample")
    before = [ground.case(ref) for ref in refs]
    found = gehoor("people", "read-along", new.id, "--from", asha.id, "--dry-run")
    assert found.status == 0, found.err
    assert "Chandra Sample would read 2 cases more. Nothing was changed." in found.out
    assert "1 are left out: an appeal runs" in found.out
    assert [ground.case(ref) for ref in refs] == before
    assert ground.alerts() == []


def test_cases_that_only_others_of_the_team_read_are_said(
    ground: Ground, asha: Handler, gehoor: Gehoor
) -> None:
    ground.told()
    gone = replace(asha, is_active=False)
    ground.kept.write(lambda tx: tx.people.put_handler(gone, None))
    ben, new = ground.add("Ben Sample"), ground.add("Chandra Sample")
    ground.kept.write(lambda tx: tx.people.put_handler(replace(new, is_active=False), None))
    ground.told(2)
    ground.kept.write(lambda tx: tx.people.put_handler(asha, None))
    ground.kept.write(lambda tx: tx.people.put_handler(new, None))
    words = ("people", "read-along", new.id, "--from")
    found = gehoor(*words, asha.id, "--dry-run")
    assert "would read 1 cases more" in found.out
    assert "2 open cases of the team are read by others alone" in found.out
    found = gehoor(*words, asha.id, "--from", ben.id, typed=f"{PHRASE}\n{PHRASE}\n")
    assert "Chandra Sample reads 3 cases more." in found.out
    assert "read by others alone" not in found.out
