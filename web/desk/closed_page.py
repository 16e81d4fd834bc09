"""The page of a case that its handler may not open: why, and how to hand it on (G9)."""

from aiohttp import web

from locales.marking import N_
from register.case import Case
from register.conflicts import ExclusionReason
from register.desk import OpenRefused, short_ref
from web.desk.words import EXCLUSION_WORDS, OPEN_REFUSALS
from web.inside.frame import inside, words_of
from web.sign_in.doorkeeper import Person

APPEALED = N_(
    "The reporter appealed, so that others look at it. Please hand the case on to them now."
)


def closed_page(
    request: web.Request, person: Person, case: Case, refusal: OpenRefused
) -> web.Response:
    """403 with the reason; nothing of the case but its reference is on it."""
    words = words_of(person)
    tie = refusal.exclusion
    on_appeal = tie is not None and tie.reason is ExclusionReason.HANDLED_BEFORE
    why = APPEALED if on_appeal else OPEN_REFUSALS[refusal.reason]
    return inside(
        request,
        person,
        "desk/closed.html",
        status=403,
        here="/desk",
        ref=short_ref(case.ref),
        address=f"/desk/cases/{case.ref}",
        why=words.text(why),
        tie="" if tie is None else words.text(EXCLUSION_WORDS[tie.reason]),
    )
