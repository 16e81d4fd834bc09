"""An officer chooses a risk that had no room, or puts one off, with the reason (R93).

What comes first is not for anybody to put off (R91); `monitoring.risk.priorities` refuses it. The
day's order is kept anew with the decision in it, and carried over from day to day.
"""

from collections.abc import Mapping
from datetime import date

from aiohttp import web

from intake.ports import Transaction
from locales.marking import N_
from monitoring.risk.priorities import ChoiceFault, ChoiceRefused, Ranked, choose, postpone
from web.company.finding_pages import finding_page
from web.company.house import COMPANY, own_organisation
from web.company.places import address_of_finding
from web.inside.frame import see_other, words_of
from web.inside.routes import Form
from web.sign_in.doorkeeper import Person

LONGEST_REASON = 1000
"""Characters."""

FAULTS: Mapping[ChoiceFault, str] = {
    ChoiceFault.NO_REASON: N_("Please give the reason: it is kept and shown with the decision."),
    ChoiceFault.MOST_SEVERE: N_(
        "The most severe risks are always dealt with first and cannot be put off."
    ),
}


async def decide(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """Keep the decision; or the risk's page again with why not. 404 for a risk without a place."""
    company, finding_id = request.app[COMPANY], request.match_info["finding"]
    today, wanted = company.today, form.one("do")
    reason = form.one("reason")[:LONGEST_REASON]
    if wanted not in ("choose", "postpone"):
        raise web.HTTPBadRequest

    def unit(tx: Transaction) -> ChoiceRefused | bool:
        own = own_organisation(tx, person)
        kept = None if own is None else tx.assessments.priorities(own)
        if own is None or kept is None:
            return False
        order = list(kept[1])
        at = next((n for n, each in enumerate(order) if each.finding_id == finding_id), None)
        if at is None:
            return False
        decided = _decided(order[at], wanted, person.account_id, reason, today)
        if isinstance(decided, ChoiceRefused):
            return decided
        order[at] = decided
        tx.assessments.put_priorities(own, today, order)
        return True

    outcome = await company.storage.transaction(unit)
    if isinstance(outcome, ChoiceRefused):
        error = words_of(person).text(FAULTS[outcome.reason])
        return await finding_page(request, person, error=error, reason=reason)
    if not outcome:
        raise web.HTTPNotFound
    return see_other(address_of_finding(finding_id))


def _decided(
    ranked: Ranked, wanted: str, by: str, reason: str, today: date
) -> Ranked | ChoiceRefused:
    if wanted == "choose":
        return choose(ranked, by=by, reason=reason)
    return postpone(ranked, by=by, reason=reason, today=today)
