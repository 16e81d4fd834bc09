"""The forms that keep a paper among the handlers of a case: notes, extracts, the other side.

What the other side said is kept only once it was told something, and it is told only what the
reporter agreed to (`register.other_side`).
"""

import asyncio

from aiohttp import web

from locales.marking import N_
from register.account import Account
from register.other_side import ExtractState, extract_of
from register.papers import PaperKind, PaperRefused, write_paper
from register.redaction import names_left
from sealing.identifiers import new_id
from web.desk.acting import Acting, Done, NotDone, Outcome, act
from web.desk.case_page import ref_in
from web.desk.handling_words import BY_HAND, PAPER_REFUSALS
from web.desk.house import DESK
from web.desk.moves import answered
from web.desk.reading import open_identity, open_tellers
from web.inside.frame import see_other
from web.inside.routes import Form
from web.sign_in.doorkeeper import Person

CHOOSE_KIND = N_("Please choose what this is.")
NAME_LEFT = N_(
    "A name that the reporter gave is still in it. Take it out: the other side may not learn it."
)

NOT_SAID_YET = N_(
    "First ask the reporter what may be said, and note here that it was said. What you heard "
    "without that can be kept as a note."
)


async def take_paper(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """One more paper."""
    return await keep_paper(request, person, form, _kind(form.one("kind")))


async def keep_paper(
    request: web.Request, person: Person, form: Form, kind: PaperKind | None
) -> web.StreamResponse:
    """The words of the form as such a paper. An extract is refused while a name that the reporter
    gave stands in it."""
    ref, words, paper_id = ref_in(request), form.one("paper"), new_id()
    names: tuple[str, ...] = ()
    if kind is PaperKind.EXTRACT:
        identity = request.app[DESK].cabinet.identity(person.login)
        if identity is None:
            return see_other(f"/desk/unlock?case={ref}")
        names = await given_names(request, person, ref)

    def work(acting: Acting) -> Outcome:
        if kind is None:
            return NotDone(reason=CHOOSE_KIND, field="kind")
        if names_left(words, names):
            return NotDone(reason=NAME_LEFT, field="paper")
        if kind is PaperKind.OTHER_SIDE and not _was_said(acting):
            return NotDone(reason=NOT_SAID_YET, field="paper")
        written = write_paper(
            acting.case,
            kind,
            words,
            acting.desk.actor,
            acting.today,
            paper_id=paper_id,
            keys=acting.tx.people.keys(),
            language=person.language,
        )
        if isinstance(written, PaperRefused):
            return NotDone(reason=PAPER_REFUSALS[written.reason], field="paper")
        acting.tx.cases.keep(written.case, written.entry)
        acting.tx.papers.add(written.paper)
        return Done(what="noted")

    outcome = await act(request, person, ref, form, work)
    return await answered(request, person, outcome, form, "paper", "kind")


async def given_names(request: web.Request, person: Person, ref: str) -> tuple[str, ...]:
    """What the reporter said who they are, for comparing; it is shown to nobody here."""
    desk = request.app[DESK]
    identity = desk.cabinet.identity(person.login)
    case = await desk.storage.read(lambda tx: tx.cases.get(ref))
    if identity is None or case is None or person.account_id not in case.handler_ids:
        return ()
    envelope, letters = await desk.storage.read(
        lambda tx: (tx.cases.envelope(ref), tx.letters.of_case(ref))
    )
    told = await asyncio.to_thread(open_identity, envelope, identity)
    later = await asyncio.to_thread(open_tellers, letters, identity)
    accounts = (told, *(each.content for each in later))
    return tuple(word for each in accounts if isinstance(each, Account) for word in each.words)


def _was_said(acting: Acting) -> bool:
    """Whether the other side heard words that the reporter agreed to."""
    extract = extract_of(acting.tx.log.of_case(acting.case.ref))
    return extract is not None and extract.state is ExtractState.TOLD


def _kind(value: str) -> PaperKind | None:
    return PaperKind(value) if value in BY_HAND else None
