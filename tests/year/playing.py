"""A year of a small installation, day by day: people report, handlers work, chores are done.

Reporters come through `intake` as chats do, handlers and officers act by the functions that their
pages use, and every night all chores are done as `gehoor run` does them. Beside it a diary is kept
by hand: what must be gone at the end, and what must not.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from flows.moves import Choose, Submit
from intake.arrivals import Arrive, AskForReceipt, DoWithCase, OpenCase
from intake.screens import CaseShown, HelperReceiptGiven, ReceiptAsked, Reviewed, Told
from monitoring.overview.changes import case_changed
from register.account import message
from register.case import Actor, Case
from register.desk import actor_of
from register.letters import Sent, write
from register.people import Handler, Officer, Team, TeamKind
from register.proposing import Proposed, move_or_propose
from register.reporter_acts import ReporterAct
from register.requests import AnswerKind, RequestChanged, RequestKind, answer, ask
from register.summary import SummaryAction, SummaryChanged, change, draft
from register.transitions import Action, Moved, MoveReason
from sealing.identifiers import new_id
from sealing.identities import new_identity
from service.chore_list import CHORES
from service.chores import ChoreKeeper, Every
from service.settings import Settings
from tests.house import IMPORTER, QUARRY, House
from tests.intake.test_reception import submit, talk
from tests.year.paths import PATHS

DAYS = 370
CASES = 90
KEEP_ACCOUNT_DAYS = 120
APPEALS = Team(id="appeals".ljust(26, "a"), name="Appeals", kind=TeamKind.APPEAL)
ZOE = Handler(id="zoe".ljust(26, "a"), name="Zoe Sample", team_id=APPEALS.id)
OLGA = Officer(id="olga".ljust(26, "a"), name="Olga Officer", organisation_id=IMPORTER.id)
WHAT_IS_TOLD = (
    {"theme_chosen": ("living_wage",), "group": ("mixed",)},
    {"theme_chosen": ("living_wage",), "group": ("mixed",)},
    {"theme_chosen": ("health_safety",), "group": ("men",)},
)
"""Of more than one thing: a number that says the same of all who are in it is not shown (K5)."""
SUMMARY = "People there work in dust without water."


@dataclass(slots=True)
class Reporter:
    """One reporter, as the diary has them."""

    chat: str
    path: str
    ref: str
    receipt: str = field(repr=False)
    helper: str = field(default="", repr=False)


@dataclass(slots=True)
class Rounds:
    """What chores ask of a house."""

    database: Any
    blobs: Any
    key_ring: Any
    clock: Any
    reception: Any
    settings: Settings


class Year:
    """Plays the days one after the other."""

    def __init__(self, house: House, settings: Settings, seed: int) -> None:
        self.house = house
        self.dice = Random(seed)
        self.people: list[Reporter] = []
        self.sealed: dict[str, dict[str, bytes]] = defaultdict(dict)
        """Ciphertexts that were kept, by case and name."""
        self._due: dict[date, list[tuple[Reporter, str, str]]] = defaultdict(list)
        self._keeper = ChoreKeeper(
            Rounds(
                house.database,
                house.blobs,
                house.key_ring,
                house.clock,
                house.reception,
                settings,
            ),
            CHORES,
        )

    @property
    def today(self) -> date:
        return self.house.clock.today

    async def play(self) -> None:
        """All of it."""
        await self.house.database.transaction(_with_others)
        self.house.identities[ZOE.id] = (identity := new_identity())
        await self.house.database.transaction(
            lambda tx: tx.people.put_handler(ZOE, identity.recipient)
        )
        # Enough of a kind that numbers can be shown, and every path often.
        first = [self.dice.randrange(40) for _ in range(CASES // 2)]
        later = [self.dice.randrange(40, 230) for _ in range(CASES - len(first))]
        arrivals = sorted(first + later)
        names = list(PATHS)
        for day in range(DAYS):
            while arrivals and arrivals[0] == day:
                arrivals.pop(0)
                await self._reports(names[len(self.people) % len(names)])
            for who, step, what in self._due.pop(self.today, []):
                await getattr(self, step)(who, what)
            self.house.clock.pass_days(1)
            done = await self._keeper.do_due()
            daily = {chore.name for chore in CHORES if chore.every is Every.DAY}
            assert daily <= set(done), daily - set(done)

    async def _reports(self, path: str) -> None:
        chat = f"7001{len(self.people):06d}"
        before = set(await self.house.database.read(lambda tx: tx.cases.refs()))
        await self.house.take(chat, Arrive(site_code=QUARRY.code))
        told = WHAT_IS_TOLD[len(self.people) % len(WHAT_IS_TOLD)]
        given = await submit(self.house, chat, **told)
        (ref,) = set(await self.house.database.read(lambda tx: tx.cases.refs())) - before
        who = Reporter(chat, path, ref, given.receipt)
        self.people.append(who)
        for after, step, what in PATHS[path]:
            self._due[self.today + timedelta(days=after)].append((who, step, what))
        await self._note(who)

    async def _note(self, who: Reporter) -> None:
        """What is sealed now, to be looked for in the bytes at the end."""

        def look(tx: Any) -> dict[str, bytes]:
            envelope = tx.cases.envelope(who.ref)
            found = {name: envelope.part(name).ciphertext for name in envelope.names}
            for letter in tx.letters.of_case(who.ref):
                found[letter.id] = letter.envelope.part(letter.part).ciphertext
            return found

        self.sealed[who.ref].update(await self.house.database.read(look))

    # --- handlers ---

    async def _by_handler(self, who: Reporter, work: Any) -> None:
        def unit(tx: Any) -> None:
            case = tx.cases.get(who.ref)
            staff = tx.people.staff()
            actors = [actor_of(h, staff) for h in staff.handlers if h.id in case.handler_ids]
            work(tx, case, [each for each in actors if each is not None])

        await self.house.database.transaction(unit)

    async def moves(self, who: Reporter, what: str) -> None:
        """One move, alone."""
        action, _, reason = what.partition(" ")

        def work(tx: Any, case: Case, actors: list[Actor]) -> None:
            why = MoveReason(reason) if reason else None
            moved = move_or_propose(case, Action(action), actors[0], self.today, why)
            assert isinstance(moved, Moved), (who.path, what, moved)
            self._keep(tx, moved)

        await self._by_handler(who, work)

    async def decides(self, who: Reporter, what: str) -> None:
        """One proposes, another decides; a lone reader decides alone."""
        action, _, reason = what.partition(" ")

        def work(tx: Any, case: Case, actors: list[Actor]) -> None:
            why = MoveReason(reason)
            for actor in actors:
                moved = move_or_propose(case, Action(action), actor, self.today, why)
                assert isinstance(moved, Moved | Proposed), (who.path, what, moved)
                self._keep(tx, moved)
                if isinstance(moved, Moved):
                    return
                case = moved.case
            raise AssertionError("nobody said the same")

        await self._by_handler(who, work)

    async def writes(self, who: Reporter, what: str) -> None:
        """A letter to the reporter."""

        def work(tx: Any, case: Case, actors: list[Actor]) -> None:
            sent = write(
                case,
                message(f"LETTER {what}", language="en"),
                actors[0],
                self.today,
                letter_id=new_id(),
                keys=tx.people.keys(),
                reporter=tx.cases.reporter(who.ref),
                helpers=tx.helpers.of_case(who.ref),
            )
            assert isinstance(sent, Sent), (who.path, sent)
            tx.cases.keep(sent.case, sent.entry)
            tx.letters.add(sent.letter)

        await self._by_handler(who, work)
        await self._note(who)

    async def summary(self, who: Reporter, what: str) -> None:
        """Offered, or shared once the reporter said yes."""

        def work(tx: Any, case: Case, actors: list[Actor]) -> None:
            kept = tx.summaries.of_case(who.ref) or draft(
                case,
                SUMMARY,
                actors[0],
                self.today,
                summary_id=new_id(),
                keys=tx.people.keys(),
                reporter=tx.cases.reporter(who.ref),
            )
            words = SUMMARY if what == "share" else None
            changed = change(kept, case, SummaryAction(what), actors[0], self.today, words)
            assert isinstance(changed, SummaryChanged), changed
            tx.summaries.put(changed.summary)
            tx.cases.keep(changed.case, changed.entry)

        await self._by_handler(who, work)

    async def asks_company(self, who: Reporter, what: str) -> None:
        def work(tx: Any, case: Case, actors: list[Actor]) -> None:
            asked = ask(
                case,
                tx.summaries.of_case(who.ref),
                RequestKind(what),
                "Please see to it.",
                self.today + timedelta(days=20),
                actors[0],
                self.today,
                request_id=new_id(),
                organisation_id=IMPORTER.id,
            )
            self._asked(tx, asked)

        await self._by_handler(who, work)

    async def company_answers(self, who: Reporter, what: str) -> None:
        def work(tx: Any, case: Case, _: list[Actor]) -> None:
            (request,) = tx.requests.of_case(who.ref)
            answered = answer(
                request, case, AnswerKind(what), "It is done.", OLGA.id, self.today,
                measure_on=self.today,
            )  # fmt: skip
            self._asked(tx, answered)

        await self._by_handler(who, work)

    def _asked(self, tx: Any, changed: Any) -> None:
        assert isinstance(changed, RequestChanged), changed
        tx.cases.keep(changed.case, changed.entry)
        tx.requests.put(changed.request)

    def _keep(self, tx: Any, moved: Moved | Proposed) -> None:
        tx.cases.keep(moved.case, moved.entry)
        case_changed(tx, moved.case, self.today)

    # --- reporters, by chat ---

    async def _opens(self, who: Reporter, receipt: str) -> CaseShown:
        await self.house.take(who.chat, AskForReceipt())
        reply = await self.house.take(who.chat, OpenCase(receipt=receipt))
        (shown,) = (screen for screen in reply.screens if isinstance(screen, CaseShown))
        return shown

    async def presses(self, who: Reporter, what: str) -> None:
        """Something that the reporter can do once their receipt opened the case."""
        if what != ReporterAct.WITHDRAW_NOW:
            shown = await self._opens(who, who.receipt)
            assert what in shown.acts, (who.path, what, shown.acts)
        await self.house.take(who.chat, DoWithCase(act=ReporterAct(what)))

    async def says_what_company_reads(self, who: Reporter, what: str) -> None:
        """Decides about the summary in one answer, with the receipt typed once more."""
        shown = await self._opens(who, who.receipt)
        assert ReporterAct.DECIDE_SUMMARY in shown.acts
        await self.house.take(who.chat, DoWithCase(act=ReporterAct.DECIDE_SUMMARY))
        await self.house.take(who.chat, OpenCase(receipt=who.receipt))
        await self.house.take(who.chat, Choose(names=(what,)))
        reply = await self.house.take(who.chat, Submit())
        assert any(isinstance(screen, Told) for screen in reply.screens)

    async def appeals(self, who: Reporter, _: str) -> None:
        await self._opens(who, who.receipt)
        reply = await self.house.take(who.chat, DoWithCase(act=ReporterAct.APPEAL))
        assert any(isinstance(screen, ReceiptAsked) for screen in reply.screens)
        await self.house.take(who.chat, OpenCase(receipt=who.receipt))
        await self._note(who)

    async def lets_helper_in(self, who: Reporter, _: str) -> None:
        await self._opens(who, who.receipt)
        await self.house.take(who.chat, DoWithCase(act=ReporterAct.ADD_HELPER))
        reply = await self.house.take(who.chat, DoWithCase(act=ReporterAct.MAKE_HELPER_RECEIPT))
        (given,) = (s for s in reply.screens if isinstance(s, HelperReceiptGiven))
        who.helper = given.receipt

    async def helper_reads(self, who: Reporter, what: str) -> None:
        shown = await self._opens(who, who.helper)
        assert shown.letters[-1].text == f"LETTER {what}"
        assert shown.acts == ()

    async def tells_punishment(self, who: Reporter, _: str) -> None:
        await self._opens(who, who.receipt)
        reply = await self.house.take(who.chat, DoWithCase(act=ReporterAct.TELL_RETALIATION))
        assert any(isinstance(screen, Told) for screen in reply.screens)
        reply = await talk(self.house, who.chat, begins=reply)
        review = next(screen for screen in reply.screens if isinstance(screen, Reviewed))
        await self.house.take(who.chat, Submit(turn=review.turn))
        await self._note(who)


def year_settings(house: House) -> Settings:
    """As an operator would set them who keeps what was told no longer than needed."""
    return Settings(home=house.home, keep_account_days=KEEP_ACCOUNT_DAYS)


def _with_others(tx: Any) -> None:
    tx.people.put_team(APPEALS)
    tx.people.put_officer(OLGA)
