"""The forms of a case's page that move it and write to its reporter."""

from aiohttp import web

from locales.marking import N_
from monitoring.overview.changes import case_changed
from register.account import message
from register.letters import LetterRefused, write
from register.proposing import Proposed, asked_to_look, drop_proposal, move_or_propose
from register.transitions import Action, MoveReason, MoveRefused
from sealing.identifiers import new_id
from web.desk.acting import Acting, Done, NotDone, Outcome, act
from web.desk.case_page import address_of, ref_in, show_again
from web.desk.house import DESK
from web.desk.words import LETTER_REFUSALS, MOVE_REFUSALS
from web.inside.frame import see_other
from web.inside.routes import Form
from web.sign_in.doorkeeper import Person

LONGEST_LETTER = 20_000
"""Characters."""
CHOOSE_ONE = N_("Please choose what you do.")
WRITE_FIRST = N_("Please write something first.")
LETTER_TOO_LONG = N_("This letter is too long. Please make it shorter, or send two.")


async def take_move(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """One step of the case, with its reason."""
    ref, timetable = ref_in(request), request.app[DESK].timetable
    chosen = _chosen(form.one("move"))

    def work(acting: Acting) -> Outcome:
        if chosen is None:
            return NotDone(reason=CHOOSE_ONE, field="move")
        action, reason = chosen
        moved = move_or_propose(
            acting.case, action, acting.desk.actor, acting.today, reason, timetable
        )
        if isinstance(moved, MoveRefused):
            return NotDone(reason=MOVE_REFUSALS[moved.reason], field="move")
        acting.tx.cases.keep(moved.case, moved.entry)
        if isinstance(moved, Proposed):
            acting.announce((asked_to_look(moved.case, acting.desk.actor),))
            return Done(what="proposed")
        case_changed(acting.tx, moved.case, acting.today)
        return Done(what="moved")

    outcome = await act(request, person, ref, form, work)
    return await answered(request, person, outcome, form)


async def drop(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """The proposed decision is taken back, or turned down."""
    ref = ref_in(request)

    def work(acting: Acting) -> Outcome:
        dropped = drop_proposal(acting.case, acting.desk.actor, acting.today)
        if isinstance(dropped, MoveRefused):
            return NotDone(reason=MOVE_REFUSALS[dropped.reason], field="move")
        acting.tx.cases.keep(dropped.case, dropped.entry)
        return Done(what="dropped")

    outcome = await act(request, person, ref, form, work)
    return await answered(request, person, outcome, form)


async def take_letter(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """A letter to the reporter, sealed to the case's readers and the receipt."""
    ref, words = ref_in(request), form.one("letter")
    letter_id, now = new_id(), request.app[DESK].clock()

    def work(acting: Acting) -> Outcome:
        if not words:
            return NotDone(reason=WRITE_FIRST, field="letter")
        if len(words) > LONGEST_LETTER:
            return NotDone(reason=LETTER_TOO_LONG, field="letter")
        sent = write(
            acting.case,
            message(words, language=acting.case.language, told_at=now),
            acting.desk.actor,
            acting.today,
            letter_id=letter_id,
            keys=acting.tx.people.keys(),
            reporter=acting.tx.cases.reporter(ref),
            helpers=acting.tx.helpers.of_case(ref),
        )
        if isinstance(sent, LetterRefused):
            return NotDone(reason=LETTER_REFUSALS[sent.reason], field="letter")
        acting.tx.cases.keep(sent.case, sent.entry)
        acting.tx.letters.add(sent.letter)
        acting.announce(sent.alerts)
        return Done(what="sent")

    outcome = await act(request, person, ref, form, work)
    return await answered(request, person, outcome, form, "letter")


async def answered(
    request: web.Request, person: Person, outcome: Outcome, form: Form, *kept: str
) -> web.StreamResponse:
    """On to the case's page, or the page again with the fields `kept` as they were typed."""
    match outcome:
        case Done(what=what):
            return see_other(f"{address_of(ref_in(request))}?done={what}")
        case NotDone():
            typed = {name: form.one(name) for name in kept}
            return await show_again(request, person, outcome, typed)


def _chosen(value: str) -> tuple[Action, MoveReason | None] | None:
    action, _, reason = value.partition(":")
    if action not in Action.__members__.values():
        return None
    if reason and reason not in MoveReason.__members__.values():
        return None
    return Action(action), MoveReason(reason) if reason else None
