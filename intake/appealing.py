"""An appeal takes the case to other handlers at once, by the reporter's own key (G15).

Called by `intake.reading_back` when somebody typed their receipt to appeal. While they are there
with it, what was told and the letters are sealed anew to those who hear appeals, and to nobody who
handled the case before. No earlier handler is needed for it, and none can hold it up.
"""

from dataclasses import replace

from intake import words
from intake.ports import Transaction
from intake.stepping import Stepping
from monitoring.overview.changes import case_changed
from register.alerts import Alert, AlertKind
from register.case import Actor, Case
from register.handover import HandedOver, HandoverRefused, hand_over, reroute
from register.helping import with_helpers
from register.keys import Keys
from register.people import Role
from register.reporter_acts import REPORTER
from register.sealed_parts import ACCOUNT, names_of
from register.transitions import Action, MoveReason, MoveRefused, move
from sealing.receipts import ReporterKey


def appeal(step: Stepping, case: Case, key: ReporterKey) -> Case:
    """The case with those who hear appeals, if it can be; says what came of it."""
    today, tx = step.now.date(), step.tx
    step.change(intent="")
    moved = move(case, Action.APPEAL, REPORTER, today, MoveReason.DISAGREES)
    if isinstance(moved, MoveRefused):
        step.tell(words.CASE_CHANGED)
        return case
    tx.cases.keep(moved.case, moved.entry)
    keys = tx.people.keys()
    site = None if case.site_id is None else tx.sites.site(case.site_id)
    country = None if site is None else site.country
    routing = reroute(moved.case, keys.known_to(tx.people.staff()), today, country=country)
    handed = hand_over(moved.case, routing, Actor(role=Role.RULE), today)
    if isinstance(handed, HandoverRefused):
        tx.outbox.put(
            Alert(kind=AlertKind.UNROUTED, case_ref=case.ref, urgency=case.urgency), today
        )
        step.tell(words.APPEAL_WAITS)
        case_changed(tx, moved.case, today)
        return moved.case
    tx.cases.keep(handed.case, handed.entry)
    _seal_anew(tx, handed, key, keys)
    for alert in handed.alerts:
        tx.outbox.put(alert, today)
    case_changed(tx, handed.case, today)
    step.tell(words.APPEAL_KEPT)
    return handed.case


def _seal_anew(tx: Transaction, handed: HandedOver, key: ReporterKey, keys: Keys) -> None:
    """All that the receipt opens, to those who hear the appeal and to nobody before them.

    Who told it, and what handlers wrote for each other, stay closed to the new readers: the first
    is the reporter's to say again, the second would be the word of those who are appealed against.
    """
    ref = handed.case.ref
    readers = keys.of(handed.case.handler_ids, tx.cases.reporter(ref))
    helpers = tx.helpers.of_case(ref)
    envelope = tx.cases.envelope(ref)
    story = names_of(ACCOUNT, envelope.names)
    tx.cases.replace_envelope(key.reseal(envelope, story, readers))
    for letter in tx.letters.of_case(ref):
        theirs = with_helpers(readers, letter.envelope, helpers)
        sealed = key.reseal(letter.envelope, letter.story_names, theirs)
        tx.letters.replace(replace(letter, envelope=sealed))
    summary = tx.summaries.of_case(ref)
    if summary is not None:
        sealed = key.reseal(summary.envelope, summary.envelope.names, readers)
        tx.summaries.put(replace(summary, envelope=sealed))
