"""The forms that let a colleague read a case, as well or instead, and that tie two cases."""

from aiohttp import web

from locales.marking import N_
from register.case import RelationKind
from register.handover import HandoverRefused
from register.relating import RelationRefusal, RelationRefused, part, relate
from sealing.failures import SealingError
from web.desk.acting import Acting, Done, NotDone, Outcome, act
from web.desk.case_page import address_of, ref_in, show_again
from web.desk.conflicts import NOT_OPENED
from web.desk.handing_on import let_colleague_in
from web.desk.handling_words import RELATION_REFUSALS
from web.desk.house import DESK, at_desk
from web.desk.moves import answered
from web.desk.words import HANDOVER_REFUSALS
from web.inside.frame import see_other
from web.inside.routes import Form
from web.sign_in.doorkeeper import Person

CHOOSE_COLLEAGUE = N_("Please choose a colleague.")


async def take_colleague(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """A second reader, or somebody instead: everything is sealed anew to exactly the readers."""
    desk, ref, colleague = request.app[DESK], ref_in(request), form.one("colleague")
    identity = desk.cabinet.identity(person.login)
    if identity is None:
        return see_other(f"/desk/unlock?case={ref}")
    instead = form.one("how") == "instead"
    if not colleague:
        not_done = NotDone(reason=CHOOSE_COLLEAGUE, field="colleague")
        return await show_again(request, person, not_done, {})
    at = await desk.storage.read(lambda tx: at_desk(tx, person))
    try:
        found = await let_colleague_in(desk, ref, at.actor, identity, colleague, instead=instead)
    except SealingError:
        return await show_again(request, person, NotDone(reason=NOT_OPENED), {})
    if isinstance(found, HandoverRefused):
        refused = NotDone(reason=HANDOVER_REFUSALS[found.reason], field="colleague")
        return await show_again(request, person, refused, {})
    return see_other("/desk?done=given" if instead else f"{address_of(ref)}?done=let_in")


async def take_relation(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """Two cases that the handler reads name each other, or no longer do."""
    ref, named, kind = ref_in(request), form.one("other").lower(), form.one("relation")

    def work(acting: Acting) -> Outcome:
        other_ref = _read_by(acting, named)
        other = None if other_ref is None else acting.tx.cases.get(other_ref)
        if other is None:
            return NotDone(reason=RELATION_REFUSALS[RelationRefusal.NOT_BOTH_YOURS], field="other")
        actor, today = acting.desk.actor, acting.today
        if kind in RelationKind.__members__.values():
            related = relate(acting.case, other, RelationKind(kind), actor, today)
        else:
            related = part(acting.case, other, actor, today)
        if isinstance(related, RelationRefused):
            return NotDone(reason=RELATION_REFUSALS[related.reason], field="other")
        for case, entry in related.changed:
            acting.tx.cases.keep(case, entry)
        return Done(what="related" if kind in RelationKind.__members__.values() else "parted")

    outcome = await act(request, person, ref, form, work)
    return await answered(request, person, outcome, form, "other")


def _read_by(acting: Acting, named: str) -> str | None:
    """The reference that begins so, among the cases that this handler reads; None if not one."""
    found = acting.tx.cases.read_by(acting.desk.handler.id, named)
    return found[0] if len(found) == 1 else None
