"""What handlers work out about a case, and what a company answers, as `courses.yaml` says.

    classify             a reading of the case, with its reasons
    propose ACTION WHY   one handler proposes, and nobody has looked yet
    plan KIND            a measure, half of a year long
    done                 the oldest measure that is open is done
    judge SAID           what those harmed say of it (G14)
    rate SAID            put_right …, or well, badly: what the reporter says at the end
    ask KIND             the company is asked
    answer KIND          and answers

Every step is taken by the functions that the pages use. Called by `handling`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from register.case import Actor, Case, Treatment
from register.classification import Involvement, RootCause
from register.classifying import ClassificationRefused, Reading, Reasons, classify
from register.keys import Keys
from register.proposing import Proposed, move_or_propose
from register.remedy import Judgement, RemedyKind, RemedyOwner
from register.remedying import RemedyChanged, RemedyRefused, judge, note_done, plan_measure
from register.reporter_acts import judge_remedy, say_treatment
from register.requests import AnswerKind, RequestChanged, RequestKind, RequestRefused, answer, ask
from register.transitions import Action, MoveReason
from service.demo.naming import sample_id
from service.demo.plan import Turn
from service.demo.script import Papers, ScriptError
from storage.transaction import SqlTransaction

_PLANNED_FOR = timedelta(days=180)
_ANSWER_WITHIN = timedelta(days=30)
_LANGUAGE = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """One step of a handler's or a company's, in its transaction."""

    tx: SqlTransaction
    turn: Turn
    case: Case
    actor: Actor
    keys: Keys
    papers: Papers
    officers: Mapping[str, str]
    """An officer's id by the organisation's."""

    def take(self, kind: str, what: str) -> None:
        """The step of that kind. Raises `ScriptError` for one that the case does not allow."""
        match kind:
            case "classify":
                self.classify()
            case "propose":
                action, _, reason = what.partition(" ")
                self.propose(Action(action), MoveReason(reason))
            case "plan":
                self.plan(RemedyKind(what))
            case "done":
                self.done()
            case "judge":
                self.judge(Judgement(what))
            case "rate":
                self.rate(what)
            case "ask":
                self.ask(RequestKind(what))
            case "answer":
                self.answer(AnswerKind(what))
            case _:
                raise ScriptError(f"there is no step {kind}")

    def classify(self) -> None:
        """Grave, wide and lasting, as the sample's stories are."""
        told = self.case.particulars
        reading = Reading(
            themes=(told.theme,),
            gravity=4,
            scope=3,
            irremediability=4,
            likelihood=4,
            involvement=Involvement.LINKED,
            root_causes=frozenset({RootCause.PRICE_PRESSURE, RootCause.SITE_MANAGEMENT}),
            people=told.people,
            group=told.group,
        )
        written = classify(
            self.case,
            reading,
            Reasons(grades=self.papers.classification, involvement=self.papers.involvement),
            self.actor,
            self.turn.day,
            paper_ids=(self._id("classification"), self._id("involvement")),
            keys=self.keys,
            language=_LANGUAGE,
        )
        if isinstance(written, ClassificationRefused):
            raise self._refused(written.reason)
        for each in written:
            self.tx.cases.keep(each.case, each.entry)
            self.tx.papers.add(each.paper)

    def propose(self, action: Action, reason: MoveReason) -> None:
        """A decision that waits for somebody else."""
        proposed = move_or_propose(self.case, action, self.actor, self.turn.day, reason)
        if not isinstance(proposed, Proposed):
            raise self._refused("it needs no second pair of eyes")
        self.tx.cases.keep(proposed.case, proposed.entry)

    def plan(self, kind: RemedyKind) -> None:
        """One measure more."""
        planned = plan_measure(
            self.case,
            kind,
            RemedyOwner.BOTH,
            self.turn.day + _PLANNED_FOR,
            self.papers.plan[kind],
            self.actor,
            self.turn.day,
            paper_id=self._id(f"plan {kind}"),
            keys=self.keys,
            language=_LANGUAGE,
        )
        if isinstance(planned, RemedyRefused):
            raise self._refused(planned.reason)
        self.tx.cases.keep(planned.case, planned.entry)
        self.tx.papers.add(planned.paper)

    def done(self) -> None:
        """The oldest measure that is open."""
        measure = next(each for each in self.case.measures if each.done_on is None)
        self._measured(note_done(self.case, measure.id, self.actor, self.turn.day))

    def judge(self, said: Judgement) -> None:
        """What those harmed say of the oldest measure that they have not judged."""
        measure = next(each for each in self.case.measures if each.judged is None)
        self._measured(judge(self.case, measure.id, said, self.actor, self.turn.day))

    def rate(self, said: str) -> None:
        """What the reporter says of the remedy, or of how they were treated."""
        acted = (
            say_treatment(self.case, Treatment(said), self.turn.day)
            if said in Treatment.__members__.values()
            else judge_remedy(self.case, Judgement(said), self.turn.day)
        )
        self.tx.cases.keep(acted.case, acted.entry)

    def ask(self, kind: RequestKind) -> None:
        """The first company that the case is about and that reads its summary."""
        organisation_id = next((o for o in self.case.organisation_ids if o in self.officers), None)
        if organisation_id is None or self.tx.summaries.of_case(self.case.ref) is None:
            return
        asked = ask(
            self.case,
            self.tx.summaries.of_case(self.case.ref),
            kind,
            self.papers.request[kind],
            self.turn.day + _ANSWER_WITHIN,
            self.actor,
            self.turn.day,
            request_id=self._id(f"request {kind}"),
            organisation_id=organisation_id,
        )
        self._asked(asked)

    def answer(self, kind: AnswerKind) -> None:
        """The oldest question that has no answer yet."""
        waiting = self.tx.requests.of_case(self.case.ref)
        request = next((each for each in waiting if not each.answers), None)
        if request is None:
            return
        officer = self.officers[request.organisation_id]
        planned = self.turn.day + _PLANNED_FOR
        self._asked(
            answer(
                request,
                self.case,
                kind,
                self.papers.answer[kind],
                officer,
                self.turn.day,
                measure_on=planned if kind is AnswerKind.PLANNED else self.turn.day,
            )
        )

    def _measured(self, changed: RemedyChanged | RemedyRefused) -> None:
        if isinstance(changed, RemedyRefused):
            raise self._refused(changed.reason)
        self.tx.cases.keep(changed.case, changed.entry)

    def _asked(self, changed: RequestChanged | RequestRefused) -> None:
        if isinstance(changed, RequestRefused):
            raise self._refused(changed.reason)
        self.tx.cases.keep(changed.case, changed.entry)
        self.tx.requests.put(changed.request)

    def _id(self, what: str) -> str:
        return sample_id(what, self.case.ref)

    def _refused(self, reason: str) -> ScriptError:
        turn = self.turn
        return ScriptError(f"{turn.case.story}: {turn.step} on {turn.day}: {reason}")
