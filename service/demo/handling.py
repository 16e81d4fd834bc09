"""Handlers and reporters go on with the cases, day by day, as `courses.yaml` says.

Every step is taken by the functions that the desk and the reporter's pages use, so that the log,
the clocks and what is sealed are as they would be. Called by `making`.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from intake.hall import FOLLOW_UP
from intake.submitting import file_letter
from monitoring.overview.changes import case_changed
from register.account import Account, message
from register.case import Actor, Case
from register.consent import PartAnswer, PartSaid, Said, parts_of_summary
from register.desk import actor_of
from register.handover import HandoverRefused
from register.keys import Keys
from register.letters import LetterRefused, write
from register.log import LogAction
from register.other_side import ExtractRefused, ask_reporter, extract_of, go_on
from register.people import Officer, Role, Staff
from register.proposing import Proposed, move_or_propose
from register.summary import Summary, SummaryAction, SummaryRefused, change, decide, draft
from register.transitions import TRANSITIONS, Action, Moved, MoveReason
from sealing.identities import Identity, WrongPassphrase, unlock
from service.demo.cast import Player
from service.demo.naming import sample_id
from service.demo.plan import PlannedCase, Turn, turns
from service.demo.script import ScriptError
from service.demo.stage import Stage
from service.demo.working import Working
from storage.transaction import SqlTransaction
from web.desk.handing_on import hand_on
from web.desk.house import Desk
from web.desk.key_cabinet import KeyCabinet

_HAND_ON = "hand_on"
_EVENING = time(19, 0, tzinfo=UTC)
_CALM = {"danger": "no", "retaliation": "no"}
"""What a reporter answers who writes back."""


async def handle_all(stage: Stage, plan: Sequence[PlannedCase], players: Sequence[Player]) -> None:
    """Go on with every case up to today."""
    staff, keys = await stage.house.database.read(lambda tx: (tx.people.staff(), tx.people.keys()))
    desk = _Handling(
        stage=stage,
        players={player.new.person.id: player for player in players},
        staff=staff,
        keys=keys,
        officers={
            officer.organisation_id: officer.id
            for player in players
            if isinstance(officer := player.new.person, Officer)
        },
    )
    for case in plan:
        await desk.go_on(turns(case, stage.script.courses[case.course], stage.today))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Handling:
    stage: Stage
    players: Mapping[str, Player] = field(repr=False)
    staff: Staff
    keys: Keys
    officers: Mapping[str, str]
    """An officer's id by the organisation's."""

    async def go_on(self, taken: Sequence[Turn]) -> None:
        """The steps of one case; handing on reseals everything, outside a transaction."""
        waiting: list[Turn] = []
        for turn in taken:
            if turn.step == _HAND_ON:
                await self._take(waiting)
                waiting = []
                await self._hand_on(turn)
            else:
                waiting.append(turn)
        await self._take(waiting)

    async def _take(self, taken: Sequence[Turn]) -> None:
        def work(tx: SqlTransaction) -> None:
            for turn in taken:
                self._step(tx, turn)
            ref = taken[-1].case.ref
            case_changed(tx, _case(tx, ref), self.stage.today)

        if taken:
            await self.stage.house.database.transaction(work)

    def _step(self, tx: SqlTransaction, turn: Turn) -> None:
        kind, _, what = turn.step.partition(" ")
        match kind:
            case "letter":
                self._letter(tx, turn, what)
            case "writes_back":
                self._write_back(tx, turn)
            case "summary":
                self._summary(tx, turn, what)
            case "extract":
                self._extract(tx, turn, what)
            case "classify" | "propose" | "plan" | "done" | "judge" | "rate" | "ask" | "answer":
                self._work(tx, turn, kind, what)
            case _:
                self._move(tx, turn, Action(kind), MoveReason(what) if what else None)

    def _work(self, tx: SqlTransaction, turn: Turn, kind: str, what: str) -> None:
        case = _case(tx, turn.case.ref)
        working = Working(
            tx=tx,
            turn=turn,
            case=case,
            actor=self._actor(case),
            keys=self.keys,
            papers=self.stage.script.papers,
            officers=self.officers,
        )
        working.take(kind, what)

    def _actor(self, case: Case, *, other_than: Actor | None = None) -> Actor:
        """A handler of the case who reads its language, the same one all along."""
        left_out = None if other_than is None else other_than.id
        handlers = [
            each
            for each in self.staff.handlers
            if each.id in case.handler_ids and each.id != left_out
        ]
        best = min(
            handlers,
            key=lambda each: (not each.speaks(case.language), sample_id(case.ref, each.id)),
        )
        actor = actor_of(best, self.staff)
        if actor is None:
            raise ScriptError("a handler of the sample is in no team")
        return actor

    def _move(
        self, tx: SqlTransaction, turn: Turn, action: Action, reason: MoveReason | None
    ) -> None:
        case = _case(tx, turn.case.ref)
        row = TRANSITIONS.get((case.status, action))
        is_reporters = row is not None and row.roles == {Role.REPORTER}
        actor = Actor(role=Role.REPORTER) if is_reporters else self._actor(case)
        moved = move_or_propose(case, action, actor, turn.day, reason)
        if isinstance(moved, Proposed):
            tx.cases.keep(moved.case, moved.entry)
            moved = move_or_propose(
                moved.case, action, self._actor(case, other_than=actor), turn.day, reason
            )
        if not isinstance(moved, Moved):
            raise _refused(turn, str(moved))
        tx.cases.keep(moved.case, moved.entry)

    def _extract(self, tx: SqlTransaction, turn: Turn, what: str) -> None:
        """What the other side may hear: asked, agreed, said."""
        case = _case(tx, turn.case.ref)
        extract = extract_of(tx.log.of_case(case.ref))
        if what == "ask":
            sent = ask_reporter(
                case,
                extract,
                self._words(turn, case, "extract"),
                self._actor(case),
                turn.day,
                letter_id=sample_id("extract", case.ref),
                keys=self.keys,
                reporter=tx.cases.reporter(case.ref),
            )
            if isinstance(sent, ExtractRefused):
                raise _refused(turn, sent.reason)
            tx.cases.keep(sent.case, sent.entry)
            tx.letters.add(sent.letter)
            return
        is_said = what == "told"
        action = LogAction.EXTRACT_TOLD if is_said else LogAction.EXTRACT_AGREED
        actor = self._actor(case) if is_said else Actor(role=Role.REPORTER)
        changed = go_on(case, extract, action, actor, turn.day)
        if isinstance(changed, ExtractRefused):
            raise _refused(turn, changed.reason)
        tx.cases.keep(changed.case, changed.entry)

    def _words(self, turn: Turn, case: Case, kind: str) -> Account:
        words = self.stage.script.letters[kind].get(case.language)
        if words is None:
            raise _refused(turn, f"there is no letter in {case.language}")
        return message(words, language=case.language, told_at=_at(turn.day))

    def _letter(self, tx: SqlTransaction, turn: Turn, kind: str) -> None:
        case = _case(tx, turn.case.ref)
        sent = write(
            case,
            self._words(turn, case, kind),
            self._actor(case),
            turn.day,
            letter_id=sample_id("letter", turn.case.ref, kind),
            keys=self.keys,
            reporter=tx.cases.reporter(case.ref),
        )
        if isinstance(sent, LetterRefused):
            raise _refused(turn, sent.reason)
        tx.cases.keep(sent.case, sent.entry)
        tx.letters.add(sent.letter)

    def _write_back(self, tx: SqlTransaction, turn: Turn) -> None:
        if not turn.case.writes_back:
            return
        now = _at(turn.day)
        submission = self.stage.told(
            FOLLOW_UP,
            {"message": turn.case.writes_back},
            language=turn.case.language,
            now=now,
            usual=_CALM,
        )
        file_letter(tx, submission, case_ref=turn.case.ref, now=now)

    def _summary(self, tx: SqlTransaction, turn: Turn, what: str) -> None:
        words = turn.case.summary
        if not words:
            return
        case = _case(tx, turn.case.ref)
        if what == "draft":
            tx.summaries.put(self._drafted(tx, turn, case, words))
            return
        summary = tx.summaries.of_case(case.ref)
        if summary is None:
            raise _refused(turn, "there is no summary yet")
        said = _said(turn.case, summary)
        if what == "decide":
            reporter = tx.cases.reporter(case.ref)
            changed = decide(summary, case, said, turn.day, keys=self.keys, reporter=reporter)
        else:
            action = SummaryAction(what)
            shared = said.words if action is SummaryAction.SHARE else None
            changed = change(summary, case, action, self._actor(case), turn.day, shared)
        if isinstance(changed, SummaryRefused):
            raise _refused(turn, changed.reason)
        tx.cases.keep(changed.case, changed.entry)
        tx.summaries.put(changed.summary)

    def _drafted(self, tx: SqlTransaction, turn: Turn, case: Case, words: str) -> Summary:
        drafted = draft(
            case,
            words,
            self._actor(case),
            turn.day,
            summary_id=sample_id("summary", case.ref),
            keys=self.keys,
            reporter=tx.cases.reporter(case.ref),
        )
        if isinstance(drafted, SummaryRefused):
            raise _refused(turn, drafted.reason)
        return drafted

    async def _hand_on(self, turn: Turn) -> None:
        """To others, by the way the desk does it: opened by a reader and sealed anew."""
        now = _at(turn.day)
        house = self.stage.house

        def reader(tx: SqlTransaction) -> Actor:
            return self._actor(_case(tx, turn.case.ref))

        actor = await house.database.read(reader)
        identity = await asyncio.to_thread(self._identity, actor)
        desk = Desk(
            storage=house.database,
            blobs=house.blobs,
            cabinet=KeyCabinet(lambda: now),
            clock=lambda: now,
        )
        handed = await hand_on(desk, turn.case.ref, actor, identity, None)
        if isinstance(handed, HandoverRefused):
            raise _refused(turn, handed.reason)

    def _identity(self, actor: Actor) -> Identity:
        player = self.players[actor.id or ""]
        unlocked = unlock(player.new.account.wrapped_identity or b"", player.passphrase)
        if isinstance(unlocked, WrongPassphrase):
            raise ScriptError(f"the key of {player.key} does not unlock")
        return unlocked


def _case(tx: SqlTransaction, ref: str) -> Case:
    case = tx.cases.get(ref)
    if case is None:
        raise ScriptError("a case of the sample was not filed")
    return case


def _said(planned: PlannedCase, summary: Summary) -> Said:
    """What this reporter says to each part: a row that is no answer is words of their own."""
    parts = parts_of_summary(planned.summary)
    answers = planned.summary_said or (PartAnswer.YES,) * len(parts)
    plain = {PartAnswer.YES, PartAnswer.NO}
    return Said(
        version=summary.version,
        parts=tuple(
            PartSaid(offered=part, answer=PartAnswer(answer))
            if answer in plain
            else PartSaid(offered=part, answer=PartAnswer.OTHER_WORDS, own_words=answer)
            for part, answer in zip(parts, answers, strict=True)
        ),
    )


def _at(day: date) -> datetime:
    return datetime.combine(day, _EVENING)


def _refused(turn: Turn, reason: str) -> ScriptError:
    return ScriptError(f"{turn.case.story}: {turn.step} on {turn.day}: {reason}")
