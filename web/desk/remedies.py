"""The forms of the plan for putting things right: a measure is planned, done, judged."""

from aiohttp import web

from locales.marking import N_
from register.remedy import Judgement, RemedyKind, RemedyOwner
from register.remedying import RemedyChanged, RemedyRefused, judge, note_done, plan_measure
from sealing.identifiers import new_id
from web.desk.acting import Acting, Done, NotDone, Outcome, act
from web.desk.case_page import ref_in
from web.desk.handling_words import REMEDY_REFUSALS
from web.desk.house import DESK
from web.desk.moves import answered
from web.inside.routes import Form
from web.sign_in.doorkeeper import Person

FILL_IN = N_("Please choose what it is, who does it, and the day until when.")


async def take_measure(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """One more measure in the plan."""
    ref, words, paper_id = ref_in(request), form.one("measure"), new_id()
    kind, owner, due_on = form.one("remedy"), form.one("owner"), form.day("due")
    timetable = request.app[DESK].timetable

    def work(acting: Acting) -> Outcome:
        known = (
            kind in RemedyKind.__members__.values() and owner in RemedyOwner.__members__.values()
        )
        if not known or due_on is None:
            return NotDone(reason=FILL_IN, field="remedy")
        planned = plan_measure(
            acting.case,
            RemedyKind(kind),
            RemedyOwner(owner),
            due_on,
            words,
            acting.desk.actor,
            acting.today,
            paper_id=paper_id,
            keys=acting.tx.people.keys(),
            language=person.language,
            timetable=timetable,
        )
        if isinstance(planned, RemedyRefused):
            return NotDone(reason=REMEDY_REFUSALS[planned.reason], field="remedy")
        acting.tx.cases.keep(planned.case, planned.entry)
        acting.tx.papers.add(planned.paper)
        return Done(what="planned")

    outcome = await act(request, person, ref, form, work)
    return await answered(request, person, outcome, form, "measure", "remedy", "owner", "due")


async def take_measure_step(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """A measure is done, or those harmed said what they think of it."""
    ref, measure_id, step = ref_in(request), form.one("of"), form.one("step")

    def work(acting: Acting) -> Outcome:
        changed: RemedyChanged | RemedyRefused
        if step == "done":
            changed = note_done(acting.case, measure_id, acting.desk.actor, acting.today)
        elif step in Judgement.__members__.values():
            said = Judgement(step)
            changed = judge(acting.case, measure_id, said, acting.desk.actor, acting.today)
        else:
            raise web.HTTPBadRequest
        if isinstance(changed, RemedyRefused):
            return NotDone(reason=REMEDY_REFUSALS[changed.reason], field="remedy")
        acting.tx.cases.keep(changed.case, changed.entry)
        return Done(what="measured")

    outcome = await act(request, person, ref, form, work)
    return await answered(request, person, outcome, form)
