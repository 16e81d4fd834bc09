"""What the company is asked about cases, and the form to answer it.

A request is shown beside the summary that the reporter agreed to, and only while that is shared
(`register.requests.asked_of`). No case, site or day of a report stands on these pages.
"""

from collections.abc import Mapping

from aiohttp import web

from intake.ports import Transaction
from locales.marking import N_
from register.requests import (
    AnswerKind,
    Request,
    RequestChanged,
    RequestRefusal,
    RequestRefused,
    answer,
    asked_of,
)
from web.company.house import COMPANY, own_organisation
from web.inside.frame import inside, see_other, words_of
from web.inside.request_words import ANSWER_WORDS, REQUEST_REFUSALS, request_shown
from web.inside.routes import Form
from web.sign_in.doorkeeper import Person

REQUESTS = "/company/requests"
REQUEST = f"{REQUESTS}/{{request:[a-z2-7]{{26}}}}"
CHOOSE = N_("Please choose what you answer.")

_FIELDS = {
    RequestRefusal.DAY_MISSING: "day",
    RequestRefusal.DAY_PAST: "day",
    RequestRefusal.DAY_TO_COME: "day",
}


async def show_list(request: web.Request, person: Person) -> web.StreamResponse:
    """All that was asked, what waits first."""
    asked = await request.app[COMPANY].storage.read(lambda tx: own_requests(tx, person))
    today, words = request.app[COMPANY].today, words_of(person)
    return inside(
        request,
        person,
        "company/requests.html",
        requests=tuple(
            (f"{REQUESTS}/{each.id}", request_shown(each, "", today, words), told)
            for each, told in asked
        ),
    )


async def show_one(request: web.Request, person: Person) -> web.StreamResponse:
    """One request with its answers, and a form for another."""
    return await _page(request, person, {}, ())


async def take_answer(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """One more answer, or the form again. The case's readers are told."""
    company = request.app[COMPANY]
    request_id, today, words = request.match_info["request"], company.today, words_of(person)
    kind, said, day = form.one("kind"), form.one("words"), form.day("day")
    typed = {name: form.one(name) for name in ("kind", "words", "day")}
    if kind not in AnswerKind.__members__.values():
        return await _page(request, person, typed, (("kind", words.text(CHOOSE)),))

    def unit(tx: Transaction) -> RequestChanged | RequestRefused | None:
        found = next((one for one, _ in own_requests(tx, person) if one.id == request_id), None)
        case = None if found is None else tx.cases.get(found.case_ref)
        if found is None or case is None:
            return None
        answered = answer(
            found, case, AnswerKind(kind), said, person.account_id, today, measure_on=day
        )
        if isinstance(answered, RequestChanged):
            tx.cases.keep(answered.case, answered.entry)
            tx.requests.put(answered.request)
            for alert in answered.alerts:
                tx.outbox.put(alert, today)
        return answered

    outcome = await company.storage.transaction(unit)
    match outcome:
        case None:
            raise web.HTTPNotFound
        case RequestRefused(reason=reason):
            field = _FIELDS.get(reason, "words")
            errors = ((field, words.text(REQUEST_REFUSALS[reason])),)
            return await _page(request, person, typed, errors)
        case RequestChanged():
            return see_other(f"{REQUESTS}/{request_id}?done=answered")


def own_requests(tx: Transaction, person: Person) -> tuple[tuple[Request, str], ...]:
    """What the officer's organisation is asked, with the words of the summaries; waiting first."""
    own = own_organisation(tx, person)
    return () if own is None else requests_of(tx, own)


def requests_of(tx: Transaction, organisation_id: str) -> tuple[tuple[Request, str], ...]:
    """The same of an organisation."""
    requests = tx.requests.of_organisation(organisation_id)
    about = (tx.summaries.of_case(ref) for ref in sorted({each.case_ref for each in requests}))
    return asked_of(organisation_id, requests, (each for each in about if each is not None))


async def _page(
    request: web.Request,
    person: Person,
    typed: Mapping[str, str],
    errors: tuple[tuple[str, str], ...],
) -> web.Response:
    company, words = request.app[COMPANY], words_of(person)
    asked = await company.storage.read(lambda tx: own_requests(tx, person))
    name = request.match_info["request"]
    found = next(((one, told) for one, told in asked if one.id == name), None)
    if found is None:
        raise web.HTTPNotFound
    one, told = found
    return inside(
        request,
        person,
        "company/request.html",
        here=REQUESTS,
        status=422 if errors else 200,
        address=f"{REQUESTS}/{name}",
        asked=request_shown(one, "", company.today, words),
        summary=told,
        kinds=tuple((kind.value, words.text(label)) for kind, label in ANSWER_WORDS.items()),
        typed=typed,
        errors=errors,
        error_of=dict(reversed(errors)),
        done=request.query.get("done") == "answered",
    )
