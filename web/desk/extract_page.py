"""The page on which a handler prepares what may be said to the other side (G13).

The reporter's words are shown with gaps where something was found that points at a person
(`register.redaction`). What the handler then keeps is a paper; it is refused while a name that the
reporter gave stands in it (`web.desk.papers`).
"""

import asyncio
from collections import Counter

from aiohttp import web

from register.account import Account
from register.desk import short_ref
from register.redaction import found_in, redacted
from web.desk.case_page import CASE, address_of, open_case, read_case, ref_in
from web.desk.closed_page import closed_page
from web.desk.handling_words import FOUND_WORDS
from web.desk.house import DESK
from web.desk.openings import note_opening
from web.desk.papers import given_names
from web.desk.reading import Opened
from web.desk.seen import last_change
from web.inside.frame import inside, see_other, words_of
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
    ours = words_of(person)
    counts = Counter(each.kind for each in found)
    return inside(
        request,
        person,
        "desk/extract.html",
        here="/desk",
        address=address_of(ref),
        ref=short_ref(ref),
        seen=last_change(read.entries),
        suggested=redacted(words, found),
        found=tuple((ours.text(FOUND_WORDS[kind]), number) for kind, number in counts.items()),
    )
