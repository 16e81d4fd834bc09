"""What may be said to the other side (G13): prepared, asked of the reporter, and said.

The reporter's words are shown with gaps where something was found that points at a person
(`register.redaction`). What the handler makes of them is kept as a paper, or goes to the reporter,
who says whether it may be said; both are refused while a name that the reporter gave stands in it.
"""

import asyncio
from collections import Counter

from aiohttp import web

from locales.catalogue import catalogue
from locales.files import Domain
from locales.languages import Language
from register.account import Account, message
from register.case import Case
from register.desk import short_ref
from register.log import LogAction
from register.other_side import ExtractRefused, ask_reporter, extract_of, go_on
from register.papers import PaperKind
from register.redaction import found_in, names_left, redacted
from sealing.identifiers import new_id
from web.desk.acting import Acting, Done, NotDone, Outcome, act
from web.desk.case_page import CASE, address_of, open_case, read_case, ref_in
from web.desk.closed_page import closed_page
from web.desk.handling_words import EXTRACT_REFUSALS, FOUND_WORDS
from web.desk.house import DESK
from web.desk.moves import answered
from web.desk.openings import note_opening
from web.desk.papers import NAME_LEFT, given_names, keep_paper
from web.desk.reading import Opened
from web.desk.seen import last_change
from web.inside.frame import inside, see_other, words_of
from web.inside.routes import Form
from web.sign_in.doorkeeper import Person

EXTRACT = f"{CASE}/extract"


async def show(request: web.Request, person: Person) -> web.StreamResponse:
    """The words with gaps, to be rewritten."""
    ref, desk = ref_in(request), request.app[DESK]
    identity = desk.cabinet.identity(person.login)
    if identity is None:
        return see_other(f"/desk/unlock?case={ref}")
    read = await read_case(request, person, ref)
    if read.refusal is not None:
        return closed_page(request, person, read.case, read.refusal)
    actor, today = read.desk.actor, desk.today
    await desk.storage.transaction(lambda tx: note_opening(tx, ref, actor, Opened.ACCOUNT, today))
    opened = await asyncio.to_thread(open_case, read, identity)
    told = opened.account.words if isinstance(opened.account, Account) else ()
    words = "\n\n".join(told)
    found = found_in(words, await given_names(request, person, ref))
    counts = Counter(each.kind for each in found)
    ours = words_of(person)
    return inside(
        request,
        person,
        "desk/extract.html",
        here="/desk",
        address=address_of(ref),
        ref=short_ref(ref),
        seen=last_change(read.entries),
        suggested=redacted(words, found),
        language_called=ours.language_called(_language(read.case)),
        found=tuple((ours.text(FOUND_WORDS[kind]), number) for kind, number in counts.items()),
    )


async def take_step(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """Ask the reporter whether these words may be said, note that they were, or keep them."""
    match form.one("step"):
        case "ask":
            return await _ask(request, person, form)
        case "told":
            return await _note_told(request, person, form)
        case "keep":
            return await keep_paper(request, person, form, PaperKind.EXTRACT)
        case _:
            raise web.HTTPBadRequest


async def _ask(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    ref, words, letter_id = ref_in(request), form.one("paper"), new_id()
    desk = request.app[DESK]
    if desk.cabinet.identity(person.login) is None:
        return see_other(f"/desk/unlock?case={ref}")
    names, now = await given_names(request, person, ref), desk.clock()

    def work(acting: Acting) -> Outcome:
        if names_left(words, names):
            return NotDone(reason=NAME_LEFT, field="paper")
        sent = ask_reporter(
            acting.case,
            extract_of(acting.tx.log.of_case(ref)),
            message(words, language=acting.case.language, told_at=now),
            acting.desk.actor,
            acting.today,
            letter_id=letter_id,
            keys=acting.tx.people.keys(),
            reporter=acting.tx.cases.reporter(ref),
            helpers=acting.tx.helpers.of_case(ref),
        )
        if isinstance(sent, ExtractRefused):
            return NotDone(reason=EXTRACT_REFUSALS[sent.reason], field="paper")
        acting.tx.cases.keep(sent.case, sent.entry)
        acting.tx.letters.add(sent.letter)
        return Done(what="extract_asked")

    outcome = await act(request, person, ref, form, work)
    return await answered(request, person, outcome, form, "paper")


async def _note_told(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    ref = ref_in(request)

    def work(acting: Acting) -> Outcome:
        extract = extract_of(acting.tx.log.of_case(ref))
        told = go_on(acting.case, extract, LogAction.EXTRACT_TOLD, acting.desk.actor, acting.today)
        if isinstance(told, ExtractRefused):
            return NotDone(reason=EXTRACT_REFUSALS[told.reason], field="extract")
        acting.tx.cases.keep(told.case, told.entry)
        return Done(what="extract_told")

    outcome = await act(request, person, ref, form, work)
    return await answered(request, person, outcome, form)


def _language(case: Case) -> Language:
    return catalogue(case.language, Domain.PEOPLE).language
