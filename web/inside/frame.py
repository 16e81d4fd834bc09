"""Pages behind the sign-in: in the desk's words, with the person's places above.

Handlers call `inside(request, person, "desk/inbox.html", …)`. In templates `token_for(address)`
gives the token of a form that posts there.
"""

from collections.abc import Mapping

from aiohttp import web

from accounts.account import AccountRole
from locales.catalogue import Catalogue, catalogue
from locales.files import Domain
from locales.marking import N_
from web.faults import FaultWords
from web.languages import language_for
from web.pages import page
from web.security_forms import GUARD
from web.sign_in.doorkeeper import Person

PLACES: Mapping[AccountRole, tuple[tuple[str, str], ...]] = {
    AccountRole.HANDLER: (
        ("/desk", N_("Cases")),
        ("/desk/ties", N_("Conflicts of interest")),
    ),
    AccountRole.OFFICER: (
        ("/company", N_("Overview")),
        ("/company/register", N_("Register")),
        ("/company/heat-map", N_("Heat map")),
        ("/company/findings", N_("Risks")),
        ("/company/requests", N_("What you are asked")),
        ("/company/score", N_("Score")),
        ("/company/reports", N_("Reports")),
    ),
}
"""What stands at the top, by role."""


def words_of(person: Person) -> Catalogue:
    """The desk's words in the person's language."""
    return catalogue(person.language, Domain.DESK)


def inside(
    request: web.Request,
    person: Person,
    template: str,
    *,
    status: int = 200,
    here: str | None = None,
    **context: object,
) -> web.Response:
    """A page for somebody who is signed in."""
    words = words_of(person)
    guard = request.app[GUARD]

    def token_for(address: str) -> str:
        return guard.issue(person.login, address)

    return page(
        request,
        template,
        language=person.language,
        domain=Domain.DESK,
        status=status,
        context={
            "token_for": token_for,
            "places": tuple((path, words.text(label)) for path, label in PLACES[person.role]),
            "here": here or request.path,
            "who": person.name,
            **context,
        },
    )


def inside_fault(
    request: web.Request, person: Person, status: int, words: FaultWords
) -> web.Response:
    """A page that could not be shown, with the way back to the person's own."""
    return inside(
        request,
        person,
        "inside/fault.html",
        status=status,
        fault_title=words.title,
        fault_text=words.text,
    )


def lapsed_page(request: web.Request, written: str) -> web.Response:
    """401: the login lapsed while somebody wrote; their words, to copy before they sign in."""
    return page(
        request,
        "inside/lapsed.html",
        language=language_for(request),
        domain=Domain.DESK,
        status=401,
        context={"places": (), "here": "", "who": "", "written": written},
    )


def see_other(address: str) -> web.Response:
    """On to a page of ours, asked for anew: a reload sends nothing twice."""
    return web.Response(status=303, headers={"Location": address})
