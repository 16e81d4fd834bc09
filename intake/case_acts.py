"""What the holder of a receipt does with their case, in a conversation.

Called by `intake.conversing`. Which acts are open is `register.reporter_acts`; here they are
carried out and answered. What needs the receipt once more is `intake.appealing`.
"""

from flows.values import Text
from intake import helpers, words
from intake.case_menu import items_for, offer
from intake.dialogue import Place
from intake.reporting import change_anonymity, write_back
from intake.screens import MenuItem, MenuShown, ReceiptAsked
from intake.stepping import Stepping
from monitoring.overview.changes import case_changed
from register.alerts import Alert, AlertKind
from register.case import Case
from register.log import LogAction
from register.other_side import ExtractRefused, extract_of, go_on
from register.reporter_acts import (
    JUDGEMENTS,
    REPORTER,
    TREATMENTS,
    Acted,
    ReporterAct,
    judge_remedy,
    say_treatment,
    withdraw,
)
from register.summary import SummaryAction, SummaryRefused, change

_WITH_RECEIPT = {
    ReporterAct.APPEAL: words.APPEAL_MEANS,
    ReporterAct.DECIDE_SUMMARY: words.DECIDING_NEEDS_RECEIPT,
}
"""What is done only with the receipt, typed once more, and why."""
_EXTRACT = {
    ReporterAct.AGREE_EXTRACT: (LogAction.EXTRACT_AGREED, words.EXTRACT_AGREED),
    ReporterAct.DECLINE_EXTRACT: (LogAction.EXTRACT_DECLINED, words.EXTRACT_DECLINED),
    ReporterAct.TAKE_BACK_EXTRACT: (LogAction.EXTRACT_TAKEN_BACK, words.EXTRACT_TAKEN_BACK),
}
_AFTER_A_WORD = {
    ReporterAct.WITHDRAW_NOW: ReporterAct.WITHDRAW,
    ReporterAct.MAKE_HELPER_RECEIPT: ReporterAct.ADD_HELPER,
}
"""What is offered only once it was said what it means."""


def do_with_case(step: Stepping, act: ReporterAct) -> None:
    """Do it, say what it came to, and offer what can be done next."""
    dialogue = step.dialogue
    case = step.tx.cases.get(dialogue.case_ref) if dialogue.place is Place.CASE_OPEN else None
    if case is None:
        step.tell(words.OPEN_CASE_FIRST)
        step.menu()
        return
    wanted = MenuItem(_AFTER_A_WORD.get(act, act))
    if wanted not in items_for(step.tx, case):
        step.tell(words.CASE_CHANGED)
        offer(step, case)
        return
    match act:
        case ReporterAct.TELL_RETALIATION:
            step.tell(words.RETALIATION_HEARD)
            write_back(step, {"retaliation": "yes"})
        case ReporterAct.CHANGE_ANONYMITY:
            change_anonymity(step)
        case ReporterAct.APPEAL | ReporterAct.DECIDE_SUMMARY:
            step.change(place=Place.RECEIPT_WANTED, intent=act.value)
            step.screens.append(ReceiptAsked(text=Text(msgid=_WITH_RECEIPT[act])))
        case ReporterAct.ADD_HELPER:
            helpers.explain(step)
        case ReporterAct.WITHDRAW:
            step.tell(words.WITHDRAWING_MEANS)
            items = (MenuItem.WITHDRAW_NOW, MenuItem.WRITE_BACK, MenuItem.LEAVE_AS_IT_IS)
            step.screens.append(MenuShown(text=Text(msgid=words.MENU), items=items))
        case _:
            _do_now(step, case, act)


def leave_as_it_is(step: Stepping) -> None:
    """No: nothing is done, and what can be done is offered again."""
    dialogue = step.dialogue
    case = step.tx.cases.get(dialogue.case_ref) if dialogue.place is Place.CASE_OPEN else None
    if case is None:
        step.menu()
        return
    step.tell(words.LEFT_AS_IT_IS)
    offer(step, case)


def offer_again(step: Stepping) -> None:
    """What can be done with the case that is open; the menu where it is gone."""
    case = step.tx.cases.get(step.dialogue.case_ref)
    if case is None:
        step.menu()
    else:
        offer(step, case)


def _do_now(step: Stepping, case: Case, act: ReporterAct) -> None:
    """Acts that are done at once."""
    today = step.now.date()
    if act is ReporterAct.TAKE_BACK_SUMMARY:
        after = _take_back_summary(step, case)
    elif act in _EXTRACT:
        after = _answer_about_extract(step, case, act)
    elif act in JUDGEMENTS:
        after = _kept(step, judge_remedy(case, JUDGEMENTS[act], today), words.JUDGEMENT_KEPT)
    elif act in TREATMENTS:
        after = _kept(step, say_treatment(case, TREATMENTS[act], today), words.TREATMENT_KEPT)
    elif act is ReporterAct.MAKE_HELPER_RECEIPT:
        after = helpers.make_receipt(step, case)
    elif act is ReporterAct.TAKE_BACK_HELPERS:
        after = helpers.end(step, case)
    else:
        after = _kept(step, withdraw(case, today), words.WITHDRAWN)
    offer(step, after)


def _take_back_summary(step: Stepping, case: Case) -> Case:
    summary = step.tx.summaries.of_case(case.ref)
    if summary is None:
        raise AssertionError("an act on a summary is offered only where there is one")
    changed = change(summary, case, SummaryAction.WITHDRAW, REPORTER, step.now.date())
    if isinstance(changed, SummaryRefused):
        step.tell(words.CASE_CHANGED)
        return case
    step.tx.summaries.put(changed.summary)
    step.tx.cases.keep(changed.case, changed.entry)
    step.tx.outbox.put(
        Alert(
            kind=AlertKind.REPORTER_ACTED,
            case_ref=case.ref,
            urgency=case.urgency,
            to=case.handler_ids,
        ),
        step.now.date(),
    )
    step.tell(words.SUMMARY_TAKEN_BACK)
    return changed.case


def _answer_about_extract(step: Stepping, case: Case, act: ReporterAct) -> Case:
    action, msgid = _EXTRACT[act]
    today, tx = step.now.date(), step.tx
    changed = go_on(case, extract_of(tx.log.of_case(case.ref)), action, REPORTER, today)
    if isinstance(changed, ExtractRefused):
        step.tell(words.CASE_CHANGED)
        return case
    tx.cases.keep(changed.case, changed.entry)
    for alert in changed.alerts:
        tx.outbox.put(alert, today)
    step.tell(msgid)
    return changed.case


def _kept(step: Stepping, acted: Acted | None, msgid: str) -> Case:
    if acted is None:
        raise AssertionError("what is offered can be done")
    step.tx.cases.keep(acted.case, acted.entry)
    for alert in acted.alerts:
        step.tx.outbox.put(alert, step.now.date())
    case_changed(step.tx, acted.case, step.now.date())
    step.tell(msgid)
    return acted.case
