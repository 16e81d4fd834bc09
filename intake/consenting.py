"""The reporter decides part by part what a company may read of their case (K8).

Called by `intake.reading_back` when somebody typed their receipt to decide, since only with it can
the words be read, and by `intake.reporting` for each move of the conversation that follows and for
what is sent at its end. It is a conversation as others are, of the flow `consent`; until it is sent
the words lie in the person's draft, as what they write themselves does.

A version that is no longer offered is not decided about: the first move after a handler changed it,
or after it was decided in another place, is answered with that, and with what can be done now.
"""

from collections.abc import Mapping

from flows.engine import begin
from flows.session import Session
from flows.submission import Submission
from flows.values import Value
from intake import words
from intake.case_menu import offer
from intake.dialogue import Place
from intake.errors import IntakeError
from intake.hall import CONSENT
from intake.ports import Transaction
from intake.reporter_side import summary_words
from intake.stepping import Stepping
from register.alerts import Alert, AlertKind
from register.case import Case
from register.consent import (
    BETWEEN_PARTS,
    PartAnswer,
    PartSaid,
    Said,
    parts_of_summary,
    said_to_all,
)
from register.summary import SummaryRefused, SummaryState, decide
from sealing.receipts import ReporterKey

_IN_PARTS = "each"
"""The first question's choice that leads to the others (`flows/definitions/consent.yaml`)."""


def begin_deciding(step: Stepping, case: Case, key: ReporterKey) -> bool:
    """Begin the conversation, and whether it was begun; says why not."""
    step.change(intent="")
    summary = step.tx.summaries.of_case(case.ref)
    if step.dialogue.session is not None:
        step.tell(words.FIRST_FINISH)
        return False
    if summary is None or summary.state is not SummaryState.OFFERED:
        step.tell(words.CASE_CHANGED)
        return False
    begun = begin(
        step.hall.library.get(CONSENT),
        language=step.language,
        surroundings=step.hall.surroundings(step.now),
        presets=presets_of(summary.version, summary_words(summary, key)),
    )
    step.change(place=Place.TALKING, case_ref=case.ref, has_moved_on=False)
    step.advance(step.own, begun, _nothing_is_sent_yet)
    return True


def is_outdated(tx: Transaction, case_ref: str, session: Session | None) -> bool:
    """Whether this is about a version that is no longer offered, or a case that is gone."""
    if session is None or session.flow != CONSENT or session.is_over:
        return False
    summary = tx.summaries.of_case(case_ref)
    shown = session.answers["shown_version"]
    return (
        summary is None
        or summary.state is not SummaryState.OFFERED
        or summary.version != shown
        or tx.cases.get(case_ref) is None
    )


def end_outdated(step: Stepping) -> None:
    """Say that nothing of it was kept and why, and offer what is there now."""
    case = step.tx.cases.get(step.dialogue.case_ref)
    summary = step.tx.summaries.of_case(step.dialogue.case_ref)
    if case is None or summary is None:
        step.own.dialogue = None
        step.tell(words.SUMMARY_GONE)
        step.menu()
        return
    step.change(place=Place.CASE_OPEN, session=None)
    was_decided = summary.state in _DECIDED
    step.tell(words.SUMMARY_DECIDED_ELSEWHERE if was_decided else words.SUMMARY_CHANGED)
    offer(step, case)


_DECIDED = frozenset({SummaryState.APPROVED, SummaryState.DECLINED, SummaryState.SHARED})


def decided(step: Stepping, submission: Submission) -> None:
    """Keep what was said to the parts, tell the handlers, and offer what can be done next."""
    tx, today = step.tx, step.now.date()
    case = tx.cases.get(step.dialogue.case_ref)
    summary = tx.summaries.of_case(step.dialogue.case_ref)
    if case is None or summary is None:
        raise IntakeError("what is outdated is ended before it is sent")
    said = said_in(submission)
    changed = decide(
        summary,
        case,
        said,
        today,
        keys=tx.people.keys(),
        reporter=tx.cases.reporter(case.ref),
    )
    if isinstance(changed, SummaryRefused):
        raise IntakeError(f"the conversation let through what the register refuses: {changed}")
    tx.summaries.put(changed.summary)
    tx.cases.keep(changed.case, changed.entry)
    tx.outbox.put(
        Alert(
            kind=AlertKind.REPORTER_ACTED,
            case_ref=case.ref,
            urgency=case.urgency,
            to=case.handler_ids,
        ),
        today,
    )
    step.change(place=Place.CASE_OPEN, session=None)
    step.tell(words.SUMMARY_APPROVED if said.words else words.SUMMARY_DECLINED)
    offer(step, changed.case)


def presets_of(version: int, offered: str) -> Mapping[str, Value]:
    """What the conversation is about, as its flow wants it."""
    points = parts_of_summary(offered)
    return {
        "shown_version": version,
        "offered": BETWEEN_PARTS.join(points),
        "how_many": len(points),
        **{f"part[{number}].point": point for number, point in enumerate(points, start=1)},
    }


def said_in(submission: Submission) -> Said:
    """What was said, as the register has it. Raises IntakeError where it is not the very text that
    was read back: a person says yes to what they saw and to nothing else."""
    told = {entry.path: entry.value for entry in submission.account}
    version, offered, whole = told["shown_version"], str(told["offered"]), str(told["whole"])
    if not isinstance(version, int):
        raise IntakeError("a version is a number")
    if whole == _IN_PARTS:
        parts = (
            PartSaid(
                offered=point,
                answer=PartAnswer(str(told[f"part[{number}].answer"])),
                own_words=str(told.get(f"part[{number}].own_words", "")),
            )
            for number, point in enumerate(parts_of_summary(offered), start=1)
        )
        said = Said(version=version, parts=tuple(parts))
    else:
        said = said_to_all(offered, PartAnswer(whole), version=version)
    if said.words != told.get("all_read", ""):
        raise IntakeError("what would be kept is not what was read back")
    return said


def _nothing_is_sent_yet(submission: Submission) -> None:
    del submission
    raise IntakeError("nothing is sent before something was asked")
