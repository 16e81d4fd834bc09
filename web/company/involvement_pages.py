"""An officer says how the company is tied to a risk, and what was done about it (R95-R98, R88).

The risk's released facts stand above the form, and nothing else of it. Each answer is one more line
in a log that stays; whoever wrote without having seen the last line is shown it first.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from aiohttp import web

from intake.ports import Transaction
from locales.catalogue import Catalogue
from locales.marking import N_
from monitoring.overview.company import CompanyFinding, CompanyView
from monitoring.risk.involvement import (
    Effort,
    Involvement,
    InvolvementEntry,
    InvolvementGround,
    InvolvementLog,
    Leverage,
    OutsideView,
)
from monitoring.risk.involving import (
    LONGEST_REASON,
    InvolvementFault,
    InvolvementRefused,
    record,
    record_effort,
)
from monitoring.risk.severity import SEVERITY_WORDS
from register.classification import PURCHASING, RootCause
from web.company.finding_pages import FINDING, figure_lines, number_lines, weight_lines
from web.company.house import COMPANY, own_organisation, view_for
from web.company.involvement_view import involvement_shown
from web.company.overview_page import risk_lines
from web.company.places import PlaceNames, address_of_finding
from web.company.words import (
    INVOLVEMENT_FAULTS,
    INVOLVEMENT_WORDS,
    LEVERAGE_WORDS,
    NOT_KNOWN_YET,
)
from web.inside.frame import inside, see_other, words_of
from web.inside.routes import Form
from web.inside.words import ROOT_CAUSE_WORDS
from web.sign_in.doorkeeper import Person

INVOLVEMENT = f"{FINDING}/involvement"
EFFORT = f"{INVOLVEMENT}/effort"

CHOOSE = N_("Please choose one of the four.")
CHOOSE_VIEW = N_("Please say whether they see it as you do.")
NO_DAY = N_("Please give a day.")
_UNKNOWN = "unknown"
_DONE = {
    "judged": N_("Kept. What follows from it stands below, and in your score."),
    "effort": N_("Kept, with what was done before."),
}
_EFFORT_FIELDS = {"reason": "effort"}

Code = TypeVar("Code", bound=StrEnum)
Errors = tuple[tuple[str, str], ...]


async def show(request: web.Request, person: Person) -> web.StreamResponse:
    """The form, and what was said before; 404 for a risk that is not this organisation's."""
    return await _page(request, person)


async def judge(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """One more judgement, or the form again."""
    today, words = request.app[COMPANY].today, words_of(person)
    errors = tuple((field, words.text(said)) for field, said in _missing(form))
    if errors:
        return await _page(request, person, form, errors)
    entry = _entry(form, person, today)

    def added(log: InvolvementLog) -> InvolvementLog | InvolvementRefused:
        ground = InvolvementGround.OWN_SITE if log.is_own_site else InvolvementGround.ASSESSED
        return record(log, replace(entry, ground=ground), seen=_seen(form))

    return await _kept(request, person, form, added, "judged")


async def take_effort(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """One more thing that was done, or the form again."""
    today, words = request.app[COMPANY].today, words_of(person)
    day = form.day("effort_day")
    if day is None:
        return await _page(request, person, form, (("effort_day", words.text(NO_DAY)),))
    effort = Effort(day=day, words=form.one("effort"), by=person.account_id)

    def added(log: InvolvementLog) -> InvolvementLog | InvolvementRefused:
        return record_effort(log, effort, today, seen=_seen(form))

    return await _kept(request, person, form, added, "effort")


async def _kept(
    request: web.Request,
    person: Person,
    form: Form,
    added: Callable[[InvolvementLog], InvolvementLog | InvolvementRefused],
    done: str,
) -> web.StreamResponse:
    finding = _finding(request, await view_for(request, person))

    def unit(tx: Transaction) -> InvolvementRefused | None:
        own = own_organisation(tx, person)
        if own is None:
            raise web.HTTPForbidden
        result = added(_log(tx, own, finding))
        if isinstance(result, InvolvementRefused):
            return result
        tx.involvements.put(result)
        return None

    refused = await request.app[COMPANY].storage.transaction(unit)
    if refused is None:
        return see_other(f"{address_of_finding(finding.id)}/involvement?done={done}")
    field, said = INVOLVEMENT_FAULTS[refused.reason]
    if done == "effort":
        field = _EFFORT_FIELDS.get(field, field)
    status = 409 if refused.reason is InvolvementFault.WRITTEN_MEANWHILE else 422
    errors = ((field, words_of(person).text(said)),)
    return await _page(request, person, form, errors, status=status)


async def _page(
    request: web.Request,
    person: Person,
    form: Form | None = None,
    errors: Errors = (),
    *,
    status: int = 422,
) -> web.Response:
    view, words = await view_for(request, person), words_of(person)
    finding = _finding(request, view)

    def unit(tx: Transaction) -> tuple[InvolvementLog, Mapping[str, str]]:
        own = own_organisation(tx, person)
        if own is None:
            raise web.HTTPForbidden
        log = _log(tx, own, finding)
        return log, _names(tx, (*(e.by for e in log.entries), *(act.by for act in log.acts)))

    log, writers = await request.app[COMPANY].storage.read(unit)
    names = PlaceNames(view.sites, person.language, words)
    (line,) = risk_lines((finding,), names, words)
    path = f"/company/findings/{finding.id}/involvement"
    return inside(
        request,
        person,
        "company/involvement.html",
        status=status if errors else 200,
        here="/company/findings",
        line=line,
        path=path,
        address=f"{line.address}/involvement",
        facts=(
            (
                words.text(N_("Severity")),
                words.text(SEVERITY_WORDS[finding.cell.severity]).capitalize(),
            ),
            *weight_lines(finding.cell.weight, words),
            *figure_lines(finding.cell, words),
        ),
        numbers=number_lines(finding, words),
        is_own_site=log.is_own_site,
        shown=involvement_shown(log, writers, words),
        version=log.version,
        choices=tuple(
            (code, words.text(label))
            for code, label in (
                *((each.value, INVOLVEMENT_WORDS[each]) for each in _HEAVIEST_FIRST),
                *(() if log.now else ((_UNKNOWN, NOT_KNOWN_YET),)),
            )
            if not log.is_own_site or code == Involvement.CAUSE
        ),
        purchasing=_options(PURCHASING, ROOT_CAUSE_WORDS, words),
        causes=_options(set(RootCause) - PURCHASING, ROOT_CAUSE_WORDS, words),
        leverage=_options(Leverage, LEVERAGE_WORDS, words),
        typed=_typed(form, log),
        today=request.app[COMPANY].today.isoformat(),
        longest=words.number(LONGEST_REASON),
        errors=errors,
        error_of=dict(reversed(errors)),
        done=_DONE.get(request.query.get("done", ""), ""),
    )


_HEAVIEST_FIRST = (Involvement.CAUSE, Involvement.CONTRIBUTE, Involvement.LINKED)


def _finding(request: web.Request, view: CompanyView) -> CompanyFinding:
    finding = view.finding(request.match_info["finding"])
    if finding is None:
        raise web.HTTPNotFound
    return finding


def _log(tx: Transaction, organisation_id: str, finding: CompanyFinding) -> InvolvementLog:
    """The log as kept, or an empty one. Small sites together are own where all of them are."""
    own = {each.site_id for each in tx.sites.links_of(organisation_id) if each.is_own_site}
    is_own_site = bool(finding.row.site_ids) and own.issuperset(finding.row.site_ids)
    kept = tx.involvements.get(organisation_id, finding.id)
    if kept is not None:
        return replace(kept, is_own_site=is_own_site or kept.is_own_site)
    return InvolvementLog(
        organisation_id=organisation_id, finding_id=finding.id, is_own_site=is_own_site
    )


def _names(tx: Transaction, ids: Iterable[str]) -> Mapping[str, str]:
    found = ((each, tx.people.officer(each)) for each in sorted(set(ids)) if each)
    return {each: officer.name for each, officer in found if officer is not None}


def _missing(form: Form) -> Iterable[tuple[str, str]]:
    """What has to be chosen before the rules can look at it: the field and the sentence."""
    if form.one("involvement") not in (*Involvement, _UNKNOWN):
        yield "involvement", CHOOSE
    if not form.one("reason"):
        yield INVOLVEMENT_FAULTS[InvolvementFault.NO_REASON]
    if form.one("outside_by") or form.one("outside_words"):
        if form.one("outside_agrees") not in ("yes", "no"):
            yield "outside_agrees", CHOOSE_VIEW
        if form.day("outside_day") is None:
            yield "outside_day", NO_DAY


def _entry(form: Form, person: Person, today: date) -> InvolvementEntry:
    chosen, day = form.one("involvement"), form.day("outside_day")
    has_outside = day is not None and (form.one("outside_by") or form.one("outside_words"))
    return InvolvementEntry(
        day=today,
        involvement=None if chosen == _UNKNOWN else Involvement(chosen),
        ground=InvolvementGround.ASSESSED,
        reason=form.one("reason"),
        by=person.account_id,
        root_causes=_ticked(form, "cause", RootCause),
        leverage=_ticked(form, "leverage", Leverage),
        leverage_words=form.one("leverage_words"),
        outside=(
            OutsideView(
                day=day,
                by=form.one("outside_by"),
                agrees=form.one("outside_agrees") == "yes",
                words=form.one("outside_words"),
            ),
        )
        if has_outside and day is not None
        else (),
    )


def _ticked(form: Form, name: str, codes: type[Code]) -> frozenset[Code]:
    return frozenset(code for code in codes if form.one(f"{name}_{code}"))


def _seen(form: Form) -> int:
    """The version that the writer had before them; none that can be, where the form has none."""
    seen = form.one("version")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 7 else -1


def _options(
    codes: Iterable[Code], labels: Mapping[Code, str], words: Catalogue
) -> tuple[tuple[str, str], ...]:
    wanted = set(codes)
    return tuple(
        (code.value, words.text(label)) for code, label in labels.items() if code in wanted
    )


def _typed(form: Form | None, log: InvolvementLog) -> Mapping[str, str]:
    """What stands in the fields: what was sent, or what was ticked last, so that it is changed."""
    if form is not None:
        return form.fields
    if not log.entries:
        return {"involvement": Involvement.CAUSE.value} if log.is_own_site else {}
    last = log.entries[-1]
    return {
        "involvement": _UNKNOWN if last.involvement is None else last.involvement.value,
        **{f"cause_{each}": "yes" for each in last.root_causes},
        **{f"leverage_{each}": "yes" for each in last.leverage},
        "leverage_words": last.leverage_words,
    }
