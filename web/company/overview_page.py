"""The officer's first page: what is new, how time limits were kept, where nobody is heard."""

from dataclasses import dataclass

from aiohttp import web

from flows.values import Text
from locales.catalogue import Catalogue
from locales.marking import N_
from monitoring.overview.company import CompanyFinding, QuarterView
from monitoring.risk.matrix import PRIORITY_WORDS
from register.particulars import Theme
from web.company.figures import number_words
from web.company.house import COMPANY, view_for
from web.company.limit_lines import limit_lines
from web.company.places import PlaceNames, address_of_finding
from web.company.request_pages import own_requests
from web.company.words import TONES
from web.inside.frame import inside, words_of
from web.inside.words import THEME_WORDS
from web.sign_in.doorkeeper import Person

_MOST_RISKS = 5
_MOST_UNHEARD = 6
"""More sites than these are folded away under the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskLine:
    """One risk in words."""

    address: str
    theme: str
    place: str
    priority: str
    tone: str


async def show(request: web.Request, person: Person) -> web.StreamResponse:
    """The page."""
    view, words = await view_for(request, person), words_of(person)
    asked = await request.app[COMPANY].storage.read(lambda tx: own_requests(tx, person))
    names = PlaceNames(view.sites, person.language, words)
    newest = view.quarters[0]
    told = _told(newest, words)
    return inside(
        request,
        person,
        "company/overview.html",
        organisation=view.organisation.name,
        quarter=str(newest.quarter),
        told=told,
        total=number_words(newest.number(), words),
        limits=limit_lines(newest, words),
        unheard=tuple(site.name_in(person.language) for site in view.unheard),
        most_unheard=_MOST_UNHEARD,
        risks=risk_lines(view.findings[:_MOST_RISKS], names, words),
        summaries=len(view.summaries),
        feedback_due=sum(each.is_feedback_due for each in view.rounds),
        waiting=sum(each.is_waiting for each, _ in asked),
        late=sum(each.is_overdue(view.day) for each, _ in asked),
        has_sites=bool(view.sites),
    )


def risk_lines(
    findings: tuple[CompanyFinding, ...], names: PlaceNames, words: Catalogue
) -> tuple[RiskLine, ...]:
    """Risks in their order, as lists show them."""
    return tuple(
        RiskLine(
            address=address_of_finding(each.id),
            theme=words.text(THEME_WORDS[each.cell.theme]),
            place=names.of(each.row.key),
            priority=words.text(PRIORITY_WORDS[each.cell.priority]),
            tone=TONES[each.cell.priority],
        )
        for each in findings
    )


def _told(quarter: QuarterView, words: Catalogue) -> tuple[str, ...]:
    """The themes with a number that may be shown, one sentence each."""
    return tuple(
        words.text(
            N_("${theme}: ${number}"),
            theme=Text(msgid=THEME_WORDS[theme]),
            number=words.plural("${n} person", "${n} people", number),
        )
        for theme in Theme
        if (number := quarter.number(theme=theme)) is not None
    )
