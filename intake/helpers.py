"""Helpers' receipts, in a conversation: the reporter makes one and takes it back, a helper looks.

Called by `intake.case_acts` and `intake.reading_back`. A helper's conversation never gets to the
place from which one writes or decides: whatever is pressed there asks for the reporter's receipt.
"""

from flows.values import Text
from intake import words
from intake.dialogue import Place
from intake.reporter_side import case_followed
from intake.screens import HelperReceiptGiven, MenuItem, MenuShown
from intake.stepping import Stepping
from register.case import Case
from register.helping import Helper, let_in, take_back
from sealing.receipts import ReporterKey


def explain(step: Stepping) -> None:
    """What a helper will see, before one is let in."""
    step.tell(words.HELPER_MEANS)
    items = (MenuItem.MAKE_HELPER_RECEIPT, MenuItem.WRITE_BACK, MenuItem.LEAVE_AS_IT_IS)
    step.screens.append(MenuShown(text=Text(msgid=words.MENU), items=items))


def make_receipt(step: Stepping, case: Case) -> Case:
    """A receipt for a helper, shown this once."""
    minted, today = step.prepared.minted, step.now.date()
    if minted is None:
        raise AssertionError("a receipt is minted before the step that gives it out")
    helped = let_in(case, step.tx.helpers.of_case(case.ref), today)
    if helped is None:
        step.tell(words.CASE_CHANGED)
        return case
    step.tx.cases.keep(helped.case, helped.entry)
    step.tx.helpers.add(
        Helper(
            case_ref=case.ref,
            lookup=minted.lookup,
            recipient=minted.recipient,
            since=today,
        )
    )
    step.has_used_receipt = True
    step.screens.append(HelperReceiptGiven(receipt=minted.receipt.grouped))
    return helped.case


def end(step: Stepping, case: Case) -> Case:
    """No helper gets in any more."""
    helped = take_back(case, step.tx.helpers.of_case(case.ref), step.now.date())
    if helped is None:
        step.tell(words.CASE_CHANGED)
        return case
    step.tx.cases.keep(helped.case, helped.entry)
    step.tx.helpers.remove(case.ref)
    step.tell(words.HELPERS_TAKEN_BACK)
    return helped.case


def follow(step: Stepping, key: ReporterKey) -> bool:
    """Show a helper the case that their receipt follows; False where it is no helper's."""
    ref = step.tx.helpers.case_of(key.lookup)
    case = None if ref is None else step.tx.cases.get(ref)
    if case is None:
        return False
    if step.dialogue.intent:
        step.change(intent="")
        step.tell(words.HELPER_DECIDES_NOTHING)
    step.tell(words.HELPER_FOLLOWS)
    step.screens.append(case_followed(step.tx, case, key, step.now.date(), step.hall.timetable))
    if step.dialogue.session is None:
        step.change(place=Place.MENU, case_ref="")
    items = (MenuItem.RECEIPT, MenuItem.LANGUAGE, MenuItem.ABOUT, *step.ways_out())
    step.screens.append(MenuShown(text=Text(msgid=words.MENU), items=items))
    return True
