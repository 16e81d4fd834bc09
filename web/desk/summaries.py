"""The corner of a case's page where a company's summary is written, offered, shared, taken back.

Only what the reporter said yes to leaves the desk (K6, K8): the words that are shared are those of
the sealed, approved version, opened anew, never what a form brings. They may be the reporter's own,
so names that the reporter gave are looked for once more before they are shared.
"""

import asyncio

from aiohttp import web

from intake.ports import Transaction
from locales.marking import N_
from register.alerts import Alert, AlertKind
from register.redaction import names_left
from register.summary import (
    Summary,
    SummaryAction,
    SummaryRefused,
    change,
    draft,
)
from sealing.identifiers import new_id
from web.desk.acting import SOMEBODY_WAS_FIRST, Acting, Done, NotDone, Outcome, act
from web.desk.case_page import ref_in
from web.desk.house import DESK
from web.desk.moves import answered
from web.desk.papers import NAME_LEFT, given_names
from web.desk.reading import open_summary
from web.desk.words import SUMMARY_REFUSALS
from web.inside.frame import see_other
from web.inside.routes import Form
from web.sign_in.doorkeeper import Person

NAME_IN_OWN_WORDS = N_(
    "A name that the reporter gave is in their own words, so this cannot be shared. Take it back, "
    "write it without the name, and show it to them again."
)
_DONE = {
    SummaryAction.OFFER: "offered",
    SummaryAction.SHARE: "shared",
    SummaryAction.WITHDRAW: "withdrawn",
}


async def take_draft(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """A new version in the handler's words, without a name that the reporter gave.

    Drafts are not logged, so their version is compared.
    """
    ref, words, summary_id = ref_in(request), form.one("summary"), new_id()
    if request.app[DESK].cabinet.identity(person.login) is None:
        return see_other(f"/desk/unlock?case={ref}")
    names = await given_names(request, person, ref)

    def work(acting: Acting) -> Outcome:
        earlier = acting.tx.summaries.of_case(ref)
        if _version(earlier) != form.one("version"):
            return NotDone(reason=SOMEBODY_WAS_FIRST)
        if names_left(words, names):
            return NotDone(reason=NAME_LEFT, field="summary")
        made = draft(
            acting.case,
            words,
            acting.desk.actor,
            acting.today,
            summary_id=summary_id,
            keys=acting.tx.people.keys(),
            reporter=acting.tx.cases.reporter(ref),
            earlier=earlier,
        )
        if isinstance(made, SummaryRefused):
            return NotDone(reason=SUMMARY_REFUSALS[made.reason], field="summary")
        acting.tx.summaries.put(made)
        return Done(what="drafted")

    outcome = await act(request, person, ref, form, work)
    return await answered(request, person, outcome, form, "summary")


async def take_step(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """Offer, share or take back the version that the form saw."""
    ref, wanted = ref_in(request), form.one("step")
    if wanted not in {SummaryAction.OFFER, SummaryAction.SHARE, SummaryAction.WITHDRAW}:
        raise web.HTTPBadRequest
    action = SummaryAction(wanted)
    words: str | None = None
    names: tuple[str, ...] = ()
    if action is SummaryAction.SHARE:
        identity = request.app[DESK].cabinet.identity(person.login)
        if identity is None:
            return see_other(f"/desk/unlock?case={ref}")
        kept = await request.app[DESK].storage.read(lambda tx: _theirs(tx, ref, person))
        if kept is not None and _version(kept) == form.one("version"):
            words = await asyncio.to_thread(open_summary, kept, identity)
            names = await given_names(request, person, ref)

    def work(acting: Acting) -> Outcome:
        summary = acting.tx.summaries.of_case(ref)
        if summary is None or _version(summary) != form.one("version"):
            return NotDone(reason=SOMEBODY_WAS_FIRST)
        if words is not None and names_left(words, names):
            return NotDone(reason=NAME_IN_OWN_WORDS, field="summary")
        changed = change(summary, acting.case, action, acting.desk.actor, acting.today, words)
        if isinstance(changed, SummaryRefused):
            return NotDone(reason=SUMMARY_REFUSALS[changed.reason], field="summary")
        acting.tx.summaries.put(changed.summary)
        acting.tx.cases.keep(changed.case, changed.entry)
        if action is SummaryAction.SHARE:
            told = Alert(kind=AlertKind.SUMMARY_SHARED, case_ref=ref, urgency=changed.case.urgency)
            acting.tx.outbox.put(told, acting.today)
        return Done(what=_DONE[action])

    outcome = await act(request, person, ref, form, work)
    return await answered(request, person, outcome, form)


def _theirs(tx: Transaction, ref: str, person: Person) -> Summary | None:
    case = tx.cases.get(ref)
    is_theirs = case is not None and person.account_id in case.handler_ids
    return tx.summaries.of_case(ref) if is_theirs else None


def _version(summary: Summary | None) -> str:
    """Which version a form saw; `0` before the first."""
    return "0" if summary is None else str(summary.version)
