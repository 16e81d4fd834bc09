"""The forms of a case's page that hold it back from erasure, and let it go again."""

from aiohttp import web

from locales.marking import N_
from register.hold import HoldReason
from register.holding import (
    HoldChanged,
    HoldRefused,
    drop_hold_proposal,
    hold_back,
    let_go,
)
from register.proposing import asked_to_look
from web.desk.acting import Acting, Done, NotDone, Outcome, act
from web.desk.case_page import ref_in
from web.desk.hold_words import HOLD_REFUSALS
from web.desk.house import DESK
from web.desk.moves import answered
from web.inside.routes import Form
from web.sign_in.doorkeeper import Person

CHOOSE_BOTH = N_("Please choose why, and the day until when.")


async def take_hold(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """Held back until a day, for a reason; or the same said by a second reader."""
    ref, timetable = ref_in(request), request.app[DESK].timetable
    reason, until = form.one("hold"), form.day("until")

    def work(acting: Acting) -> Outcome:
        if reason not in HoldReason.__members__.values() or until is None:
            return NotDone(reason=CHOOSE_BOTH, field="hold")
        changed = hold_back(
            acting.case, HoldReason(reason), until, acting.desk.actor, acting.today, timetable
        )
        return _kept(acting, changed, "held")

    outcome = await act(request, person, ref, form, work)
    return await answered(request, person, outcome, form, "hold", "until")


async def take_hold_step(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """Let go, or what was proposed is dropped."""
    ref, step, timetable = ref_in(request), form.one("step"), request.app[DESK].timetable

    def work(acting: Acting) -> Outcome:
        actor = acting.desk.actor
        if step == "let_go":
            return _kept(acting, let_go(acting.case, actor, acting.today, timetable), "let_go")
        if step == "drop":
            return _kept(acting, drop_hold_proposal(acting.case, actor, acting.today), "dropped")
        raise web.HTTPBadRequest

    outcome = await act(request, person, ref, form, work)
    return await answered(request, person, outcome, form)


def _kept(acting: Acting, changed: HoldChanged | HoldRefused, done: str) -> Outcome:
    if isinstance(changed, HoldRefused):
        return NotDone(reason=HOLD_REFUSALS[changed.reason], field="hold")
    acting.tx.cases.keep(changed.case, changed.entry)
    if changed.is_proposed:
        acting.announce((asked_to_look(changed.case, acting.desk.actor),))
        return Done(what="proposed")
    return Done(what=done)
