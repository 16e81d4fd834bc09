"""Who told it: apart from the case's page, opened by a button, each time in the log (L4)."""

import asyncio

from aiohttp import web

from intake.ports import Transaction
from locales.catalogue import catalogue
from locales.files import Domain
from register.account import Account
from register.desk import short_ref
from web.desk.answers import answer_lines
from web.desk.case_page import address_of, read_case, ref_in
from web.desk.closed_page import closed_page
from web.desk.house import DESK
from web.desk.openings import note_opening
from web.desk.reading import Opened, open_identity, open_tellers
from web.inside.frame import inside, see_other, words_of
from web.inside.routes import Form
from web.sign_in.doorkeeper import Person


async def show_identity(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """Open it. A form and not a link, so that nobody opens it by passing by."""
    del form
    desk, ref = request.app[DESK], ref_in(request)
    identity = desk.cabinet.identity(person.login)
    if identity is None:
        return see_other(f"/desk/unlock?case={ref}")
    read = await read_case(request, person, ref)
    if read.refusal is not None:
        return closed_page(request, person, read.case, read.refusal)
    actor, today = read.desk.actor, desk.today

    def note(tx: Transaction) -> None:
        note_opening(tx, ref, actor, Opened.IDENTITY, today)

    await desk.storage.transaction(note)
    opened = await asyncio.to_thread(open_identity, read.envelope, identity)
    later = await asyncio.to_thread(open_tellers, read.letters, identity)
    ours, theirs = words_of(person), catalogue(read.case.language, Domain.PEOPLE)
    lines = answer_lines(opened, ours, theirs) if isinstance(opened, Account) else ()
    return inside(
        request,
        person,
        "desk/identity.html",
        here="/desk",
        ref=short_ref(ref),
        address=address_of(ref),
        answers=lines,
        later=tuple(
            (each.letter.day, answer_lines(each.content, ours, theirs))
            for each in later
            if each.content is not None
        ),
        is_gone=opened is None and not later,
        their_language=theirs.language,
    )
