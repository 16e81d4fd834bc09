"""What is offered beside a case that stands open. Called by all that shows one, or acts on one."""

from flows.values import Text
from intake import words
from intake.ports import Transaction
from intake.screens import MenuItem, MenuShown
from intake.stepping import Stepping
from register.case import Case
from register.other_side import extract_of
from register.reporter_acts import acts_for


def items_for(tx: Transaction, case: Case) -> tuple[MenuItem, ...]:
    """What the menu offers beside the case, as it stands."""
    summary, helpers = tx.summaries.of_case(case.ref), tx.helpers.of_case(case.ref)
    extract = extract_of(tx.log.of_case(case.ref))
    acts = acts_for(case, summary, helpers=len(helpers), extract=extract)
    return tuple(MenuItem(act) for act in acts)


def offer(step: Stepping, case: Case) -> None:
    """What can be done with it next."""
    items = (MenuItem.WRITE_BACK, *items_for(step.tx, case), MenuItem.LANGUAGE)
    step.screens.append(MenuShown(text=Text(msgid=words.MENU), items=items))
