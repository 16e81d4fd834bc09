"""The reporter's side of a case, in a conversation: the receipt, the case, a letter back.

Called by `intake.conversing`.
"""

from flows.values import Text
from intake import words
from intake.appealing import appeal
from intake.case_menu import items_for
from intake.consenting import begin_deciding
from intake.dialogue import Place
from intake.helpers import follow
from intake.reporter_side import case_shown, receipt_shown_again
from intake.screens import MenuItem, MenuShown
from intake.stepping import Stepping, TooManyTries
from register.reporter_acts import ReporterAct
from sealing.receipts import ReceiptMistake, ReceiptMistakeReason, ReporterKey

_HINTS = {
    ReceiptMistakeReason.TOO_SHORT: words.RECEIPT_TOO_SHORT,
    ReceiptMistakeReason.TOO_LONG: words.RECEIPT_TOO_LONG,
    ReceiptMistakeReason.NOT_DIGITS: words.RECEIPT_NOT_DIGITS,
    ReceiptMistakeReason.CHECK_DIGIT: words.RECEIPT_DIGIT_WRONG,
}


def ask_for_receipt(step: Stepping, msgid: str = words.RECEIPT_WANTED) -> None:
    """The next words that are typed are the receipt; `msgid` says so, or what was wrong."""
    step.change(place=Place.RECEIPT_WANTED)
    step.tell(msgid)


def open_case(step: Stepping) -> None:
    """Show the case of the receipt that was typed, or say what is wrong with it."""
    match step.prepared.receipt:
        case ReporterKey() as key:
            _show_case(step, key)
        case ReceiptMistake(reason=reason):
            ask_for_receipt(step, _HINTS[reason])
        case TooManyTries():
            ask_for_receipt(step, words.TOO_MANY_TRIES)
        case None:
            ask_for_receipt(step)


def show_receipt(step: Stepping) -> None:
    """The receipt that was made and perhaps not seen yet."""
    handover = step.dialogue.handover
    if handover is not None:
        step.screens.append(
            receipt_shown_again(step.tx, handover, step.language, step.hall.timetable)
        )


def _show_case(step: Stepping, key: ReporterKey) -> None:
    ref = step.tx.cases.by_receipt(key.lookup)
    case = None if ref is None else step.tx.cases.get(ref)
    if case is None:
        if not follow(step, key):
            ask_for_receipt(step, words.NO_SUCH_RECEIPT)
        return
    match step.dialogue.intent:
        case ReporterAct.APPEAL:
            case = appeal(step, case, key)
        case ReporterAct.DECIDE_SUMMARY:
            if begin_deciding(step, case, key):
                return
    today, timetable = step.now.date(), step.hall.timetable
    step.screens.append(case_shown(step.tx, case, key, today, timetable))
    if step.dialogue.session is None:
        step.change(place=Place.CASE_OPEN, case_ref=case.ref)
    items = (
        MenuItem.WRITE_BACK,
        *items_for(step.tx, case),
        MenuItem.LANGUAGE,
        MenuItem.ABOUT,
        *step.ways_out(),
    )
    step.screens.append(MenuShown(text=Text(msgid=words.MENU), items=items))
