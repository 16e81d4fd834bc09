"""Ties: what a handler declares of themselves, and how they get out of a case (G9)."""

from collections.abc import Iterator

from aiohttp import web

from intake.ports import Transaction
from locales.marking import N_
from register.handover import HandoverRefusal, HandoverRefused
from register.people import ConflictOfInterest, TieTo
from sealing.failures import SealingError
from web.desk.acting import NotDone
from web.desk.case_page import read_case, ref_in, show_again
from web.desk.flash import flash
from web.desk.handing_on import hand_on
from web.desk.house import DESK, Desk, at_desk
from web.desk.words import HANDOVER_REFUSALS, TIE_WORDS
from web.inside.frame import inside, see_other, words_of
from web.inside.routes import Form
from web.sign_in.doorkeeper import Person

NOT_OPENED = N_("Your key does not open this case. Please tell the operator.")
CHOOSE_TIE = N_("Please choose what you have a tie to.")
NO_SUCH_SITE = N_("There is no site with this code. It stands on the site's poster.")
NAME_WANTED = N_("Please write the person's name.")
LONGEST_NAME = 200


async def take_tie(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """A tie to a case at hand: the handler is out of it, and it goes to others."""
    read = await read_case(request, person, ref_in(request))
    subject = {
        TieTo.CASE: read.case.ref,
        TieTo.SITE: read.case.site_id,
        TieTo.ORGANISATION: next(iter(read.case.organisation_ids), None),
    }.get(_kind(form.one("tie")) or TieTo.PERSON)
    kind = _kind(form.one("tie"))
    if kind is None or subject is None:
        return await show_again(request, person, NotDone(reason=CHOOSE_TIE, field="tie"), {})
    tie = ConflictOfInterest(tie=kind, subject=subject, declared_on=request.app[DESK].today)
    return await _handed_on(request, person, tie)


async def take_handover(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """On to whom the rules say, without a new tie: an appeal, or a tie that is known."""
    del form
    return await _handed_on(request, person, None)


async def _handed_on(
    request: web.Request, person: Person, tie: ConflictOfInterest | None
) -> web.StreamResponse:
    desk, ref = request.app[DESK], ref_in(request)
    identity = desk.cabinet.identity(person.login)
    if identity is None:
        return see_other(f"/desk/unlock?case={ref}")
    at = await desk.storage.read(lambda tx: at_desk(tx, person))
    try:
        found = await hand_on(desk, ref, at.actor, identity, tie)
    except SealingError:
        return await show_again(request, person, NotDone(reason=NOT_OPENED), {})
    if not isinstance(found, HandoverRefused):
        return see_other("/desk?done=handed_on")
    if found.reason is HandoverRefusal.NOBODY_TO_TAKE_IT and tie is not None:
        return see_other("/desk?done=nobody")
    refused = NotDone(reason=HANDOVER_REFUSALS[found.reason])
    return await show_again(request, person, refused, {})


async def show_ties(request: web.Request, person: Person) -> web.StreamResponse:
    """The handler's ties, and a form for another."""
    return await _ties_page(request, person, None, {})


async def take_general_tie(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """A tie to a site or a person, for all cases from now on."""
    desk = request.app[DESK]
    kind, subject = _kind(form.one("tie")), form.one("subject")[:LONGEST_NAME]

    def unit(tx: Transaction) -> NotDone | None:
        at = at_desk(tx, person)
        match kind:
            case TieTo.SITE:
                site = tx.sites.by_code(subject)
                if site is None:
                    return NotDone(reason=NO_SUCH_SITE, field="subject")
                about = site.id
            case TieTo.PERSON if subject:
                about = subject
            case TieTo.PERSON:
                return NotDone(reason=NAME_WANTED, field="subject")
            case _:
                return NotDone(reason=CHOOSE_TIE, field="tie")
        tie = ConflictOfInterest(tie=kind, subject=about, declared_on=desk.today)
        tx.people.declare(at.handler.id, tie)
        return None

    not_done = await desk.storage.transaction(unit)
    if not_done is None:
        return see_other("/desk/ties?done=declared")
    typed = {"tie": form.one("tie"), "subject": subject}
    return await _ties_page(request, person, not_done, typed)


async def _ties_page(
    request: web.Request, person: Person, not_done: NotDone | None, typed: dict[str, str]
) -> web.Response:
    desk, words = request.app[DESK], words_of(person)

    def unit(tx: Transaction) -> tuple[tuple[str, str, ConflictOfInterest], ...]:
        at = at_desk(tx, person)
        return tuple(
            (words.text(TIE_WORDS[tie.tie]), _name(tx, tie, person.language), tie)
            for tie in _holding(at.handler.ties, desk)
        )

    return inside(
        request,
        person,
        "desk/ties.html",
        status=200 if not_done is None else not_done.status,
        ties=await desk.storage.read(unit),
        done=flash(request.query.get("done", "")),
        error="" if not_done is None else words.text(not_done.reason),
        error_field="" if not_done is None else not_done.field,
        typed=typed,
    )


def _holding(ties: tuple[ConflictOfInterest, ...], desk: Desk) -> Iterator[ConflictOfInterest]:
    return (tie for tie in ties if tie.holds(desk.today))


def _name(tx: Transaction, tie: ConflictOfInterest, language: str) -> str:
    match tie.tie:
        case TieTo.SITE:
            site = tx.sites.site(tie.subject)
            return "" if site is None else site.name_in(language)
        case TieTo.ORGANISATION:
            organisation = tx.sites.organisation(tie.subject)
            return "" if organisation is None else organisation.name
        case TieTo.CASE:
            return tie.subject[:6]
        case TieTo.PERSON:
            return tie.subject


def _kind(value: str) -> TieTo | None:
    return TieTo(value) if value in TieTo.__members__.values() else None
