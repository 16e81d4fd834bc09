"""What the holder of a receipt can do with their case, besides writing: one table of what is open
to them as the case stands, and the rules that need no key.

Called by `intake`. An act that is offered and no longer possible when it is pressed is refused,
and the person is shown anew where the case stands. Appealing is `transitions.move` with the
reporter as the actor; the summary is `register.summary`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from register.alerts import Alert, AlertKind
from register.case import DECISIONS, FOUNDED, Actor, Case, CaseStatus, Treatment, record
from register.helping import MOST_HELPERS
from register.log import LogAction, LogEntry
from register.other_side import Extract, ExtractState
from register.people import Role
from register.remedy import Judgement
from register.summary import Summary, SummaryState
from register.transitions import Action, MoveRefused, actions_for, move

REPORTER = Actor(role=Role.REPORTER)


class ReporterAct(StrEnum):
    """One thing that can be pressed. Stands in buttons that people keep: never reuse a value."""

    DECIDE_SUMMARY = "decide_summary"
    """What the company may read, part by part; `approve_summary` and `decline_summary` were one yes
    or no to all of it."""
    TAKE_BACK_SUMMARY = "take_back_summary"
    AGREE_EXTRACT = "agree_extract"
    DECLINE_EXTRACT = "decline_extract"
    TAKE_BACK_EXTRACT = "take_back_extract"
    TELL_RETALIATION = "tell_retaliation"
    SAY_PUT_RIGHT = "say_put_right"
    SAY_PARTLY = "say_partly"
    SAY_NOT_PUT_RIGHT = "say_not_put_right"
    SAY_TREATED_WELL = "say_treated_well"
    SAY_TREATED_BADLY = "say_treated_badly"
    APPEAL = "appeal"
    ADD_HELPER = "add_helper"
    MAKE_HELPER_RECEIPT = "make_helper_receipt"
    """After it was said what a helper sees."""
    TAKE_BACK_HELPERS = "take_back_helpers"
    CHANGE_ANONYMITY = "change_anonymity"
    WITHDRAW = "withdraw"
    WITHDRAW_NOW = "withdraw_now"
    """After it was said what it means."""


JUDGEMENTS = {
    ReporterAct.SAY_PUT_RIGHT: Judgement.PUT_RIGHT,
    ReporterAct.SAY_PARTLY: Judgement.PARTLY,
    ReporterAct.SAY_NOT_PUT_RIGHT: Judgement.NOT_PUT_RIGHT,
}
TREATMENTS = {
    ReporterAct.SAY_TREATED_WELL: Treatment.WELL,
    ReporterAct.SAY_TREATED_BADLY: Treatment.BADLY,
}
_OF_EXTRACT: Mapping[ExtractState, tuple[ReporterAct, ...]] = MappingProxyType(
    {
        ExtractState.ASKED: (ReporterAct.AGREE_EXTRACT, ReporterAct.DECLINE_EXTRACT),
        ExtractState.AGREED: (ReporterAct.TAKE_BACK_EXTRACT,),
    }
)
_JUDGED_IN = frozenset({CaseStatus.REMEDYING, CaseStatus.CLOSED})


def acts_for(
    case: Case, summary: Summary | None, *, helpers: int = 0, extract: Extract | None = None
) -> tuple[ReporterAct, ...]:
    """What is open now, what waits for the reporter first. `helpers` is how many follow along,
    `extract` what the other side would hear."""
    acts = list(_of_summary(summary))
    if extract is not None and case.is_open:
        acts += _OF_EXTRACT.get(extract.state, ())
    if case.decision in FOUNDED and case.status in _JUDGED_IN:
        acts += JUDGEMENTS
    if (case.status in DECISIONS or not case.is_open) and case.treatment is None:
        acts += TREATMENTS
    acts.append(ReporterAct.TELL_RETALIATION)
    if case.is_open and helpers < MOST_HELPERS:
        acts.append(ReporterAct.ADD_HELPER)
    if helpers:
        acts.append(ReporterAct.TAKE_BACK_HELPERS)
    if case.account_erased_on is None:
        acts.append(ReporterAct.CHANGE_ANONYMITY)
    possible = actions_for(case, REPORTER)
    if Action.APPEAL in possible:
        acts.append(ReporterAct.APPEAL)
    if Action.WITHDRAW in possible:
        acts.append(ReporterAct.WITHDRAW)
    return tuple(acts)


def _of_summary(summary: Summary | None) -> tuple[ReporterAct, ...]:
    match None if summary is None else summary.state:
        case SummaryState.OFFERED:
            return (ReporterAct.DECIDE_SUMMARY,)
        case SummaryState.APPROVED | SummaryState.SHARED:
            return (ReporterAct.TAKE_BACK_SUMMARY,)
        case _:
            return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """What is stored of an act, in one transaction."""

    case: Case
    entry: LogEntry
    alerts: tuple[Alert, ...]


def judge_remedy(case: Case, judgement: Judgement, today: date) -> Acted:
    """Whether it was put right, as the one who was harmed says (G14). The last word counts."""
    judged = replace(case, satisfaction=judgement)
    return _acted(judged, LogAction.REMEDY_JUDGED, judgement, today)


def say_treatment(case: Case, treatment: Treatment, today: date) -> Acted:
    """How the reporter was treated here: trust is measured, not assumed (G4)."""
    return _acted(replace(case, treatment=treatment), LogAction.TREATMENT_SAID, treatment, today)


def withdraw(case: Case, today: date) -> Acted | None:
    """The case closed because the reporter wants it so; None where it cannot be any more."""
    moved = move(case, Action.WITHDRAW, REPORTER, today)
    if isinstance(moved, MoveRefused):
        return None
    return Acted(case=moved.case, entry=moved.entry, alerts=(_told(moved.case),))


def _acted(case: Case, action: LogAction, reason: str, today: date) -> Acted:
    after, entry = record(case, action, REPORTER, today, reason=reason)
    return Acted(case=after, entry=entry, alerts=(_told(after),))


def _told(case: Case) -> Alert:
    """For the handlers: the reporter did something."""
    return Alert(
        kind=AlertKind.REPORTER_ACTED,
        case_ref=case.ref,
        urgency=case.urgency,
        to=case.handler_ids,
    )
