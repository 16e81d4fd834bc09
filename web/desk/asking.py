"""The page on which a handler asks a company about a case, reads its answers, and ends the matter.

What is written here goes to the company: it is refused while a name that the reporter gave stands
in it, and only a case with a summary that the reporter agreed to can be asked about.
"""

from datetime import timedelta

from aiohttp import web

from intake.ports import Transaction
from locales.marking import N_
from register.case import Case
from register.desk import short_ref
from register.redaction import names_left
from register.requests import (
    LONGEST_WAIT,
    Request,
    RequestChanged,
    RequestKind,
    RequestRefused,
    RequestState,
    ask,
    settle,
)
from register.summary import words_for_company
from sealing.identifiers import new_id
from web.desk.acting import Acting, Done, NotDone, Outcome, act
from web.desk.case_page import CASE, address_of, read_case, ref_in
from web.desk.closed_page import closed_page
from web.desk.flash import flash
from web.desk.house import DESK
from web.desk.papers import NAME_LEFT, given_names
from web.desk.seen import last_change
from web.inside.frame import inside, see_other, words_of
from web.inside.request_words import REQUEST_REFUSALS, REQUEST_WORDS, request_shown
from web.inside.routes import Form
from web.sign_in.doorkeeper import Person

COMPANY_SIDE = f"{CASE}/company"
USUAL_WAIT = timedelta(days=30)
CHOOSE = N_("Please choose what you ask, whom, and the day until when.")


async def show(request: web.Request, person: Person) -> web.StreamResponse:
    """What was asked, and a form to ask."""
    return await _page(request, person)


async def take_request(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """One more request."""
    ref, words, request_id = ref_in(request), form.one("words"), new_id()
    kind, organisation_id, due_on = form.one("kind"), form.one("company"), form.day("due")
    if request.app[DESK].cabinet.identity(person.login) is None:
        return see_other(f"/desk/unlock?case={ref}")
    names = await given_names(request, person, ref)

    def work(acting: Acting) -> Outcome:
        if kind not in RequestKind.__members__.values() or due_on is None or not organisation_id:
            return NotDone(reason=CHOOSE, field="kind")
        if names_left(words, names):
            return NotDone(reason=NAME_LEFT, field="words")
        asked = ask(
            acting.case,
            acting.tx.summaries.of_case(ref),
            RequestKind(kind),
            words,
            due_on,
            acting.desk.actor,
            acting.today,
            request_id=request_id,
            organisation_id=organisation_id,
            earlier=acting.tx.requests.of_case(ref),
        )
        return _kept(acting, asked, "asked", "words")

    outcome = await act(request, person, ref, form, work)
    return await _answered(request, person, outcome, form)


async def take_end(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """A request is settled, or taken back."""
    ref, request_id, state = ref_in(request), form.one("of"), form.one("state")
    if state not in (RequestState.SETTLED, RequestState.TAKEN_BACK):
        raise web.HTTPBadRequest

    def work(acting: Acting) -> Outcome:
        found = acting.tx.requests.get(request_id)
        if found is None or found.case_ref != ref:
            return NotDone(reason=CHOOSE, field="kind")
        ended = settle(found, acting.case, RequestState(state), acting.desk.actor, acting.today)
        return _kept(acting, ended, "ended", "kind")

    outcome = await act(request, person, ref, form, work)
    return await _answered(request, person, outcome, form)


def _kept(
    acting: Acting, changed: RequestChanged | RequestRefused, what: str, field: str
) -> Outcome:
    if isinstance(changed, RequestRefused):
        return NotDone(reason=REQUEST_REFUSALS[changed.reason], field=field)
    acting.tx.cases.keep(changed.case, changed.entry)
    acting.tx.requests.put(changed.request)
    acting.announce(changed.alerts)
    return Done(what=what)


async def _answered(
    request: web.Request, person: Person, outcome: Outcome, form: Form
) -> web.StreamResponse:
    if isinstance(outcome, Done):
        return see_other(f"{address_of(ref_in(request))}/company?done={outcome.what}")
    typed = {name: form.one(name) for name in ("kind", "company", "due", "words")}
    return await _page(request, person, outcome, typed)


async def _page(
    request: web.Request,
    person: Person,
    not_done: NotDone | None = None,
    typed: dict[str, str] | None = None,
) -> web.StreamResponse:
    ref, desk, words = ref_in(request), request.app[DESK], words_of(person)
    read = await read_case(request, person, ref)
    if read.refusal is not None:
        return closed_page(request, person, read.case, read.refusal)
    companies, requests = await desk.storage.read(lambda tx: _asked(tx, read.case))
    names = dict(companies)
    return inside(
        request,
        person,
        "desk/company.html",
        here="/desk",
        status=200 if not_done is None else not_done.status,
        address=address_of(ref),
        ref=short_ref(ref),
        seen=last_change(read.entries),
        done=flash(request.query.get("done", "")),
        error="" if not_done is None else words.text(not_done.reason),
        error_field="" if not_done is None else not_done.field,
        typed={"due": (desk.today + USUAL_WAIT).isoformat(), **(typed or {})},
        latest=(desk.today + LONGEST_WAIT).isoformat(),
        is_shared=read.summary is not None and words_for_company(read.summary) is not None,
        companies=companies,
        kinds=tuple((kind.value, words.text(label)) for kind, label in REQUEST_WORDS.items()),
        requests=tuple(
            request_shown(each, names.get(each.organisation_id, ""), desk.today, words)
            for each in requests
        ),
    )


def _asked(tx: Transaction, case: Case) -> tuple[tuple[tuple[str, str], ...], tuple[Request, ...]]:
    """The companies that the case is about, by id and name, and what they were asked."""
    known = (tx.sites.organisation(each) for each in case.organisation_ids)
    companies = tuple((each.id, each.name) for each in known if each is not None)
    return companies, tx.requests.of_case(case.ref)
