"""The handler's cases: urgent first, then by due day; what is overdue says so in words.

Filters and pages stand in the address as codes and ids, never as words of anybody.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from aiohttp import web

from flows.values import Text
from intake.ports import Transaction
from locales.catalogue import Catalogue
from locales.languages import language_named
from locales.marking import N_
from register.case import CaseStatus
from register.desk import DeskLine, lines, refused_opening
from register.hold import Hold
from register.particulars import Theme
from register.ports import InboxCursor, InboxFilter
from register.routing import Urgency
from register.sites import Site
from web.desk.case_page import address_of
from web.desk.flash import flash
from web.desk.held import ending_soon
from web.desk.house import DESK, at_desk
from web.desk.words import CLOCK_WORDS, STATUS_WORDS, URGENCY_TONES, URGENCY_WORDS
from web.inside.frame import inside, words_of
from web.inside.words import THEME_WORDS
from web.sign_in.doorkeeper import Person

PAGE = 25
MOST_COUNTED = 1_000
"""Cases that are late; beyond that it is said that there are more."""
_CURSOR = re.compile(r"([0-2])\.(\d{4}-\d\d-\d\d|)\.([a-z2-7]{26})")
_ID = re.compile(r"[a-z2-7]{26}")


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxLine:
    """One case in words."""

    address: str
    ref: str
    urgency: str
    urgency_tone: str
    is_pressing: bool
    status: str
    theme: str
    site: str
    site_id: str
    language: str
    due: str
    is_overdue: bool
    is_closed: bool
    """Not to be read by this handler: only that it is there, to be handed on (G9)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inbox:
    closed: frozenset[str]
    """The references of cases that may not be opened."""
    found: tuple[DeskLine, ...]
    next: InboxCursor | None
    sites: Mapping[str, Site]
    counts: Mapping[CaseStatus, int]
    overdue: int
    has_unsent: bool
    ending: tuple[Hold, ...]
    """Holds that end soon, the first of them first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an address asks for; codes that we do not know are passed over."""

    status: CaseStatus | None = None
    theme: Theme | None = None
    site_id: str = ""
    after: InboxCursor | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether it asks for less than everything."""
        return bool(self.status or self.theme or self.site_id)

    @property
    def as_filter(self) -> InboxFilter:
        """For the shelf."""
        return InboxFilter(
            statuses=frozenset({self.status} if self.status else ()),
            themes=frozenset({self.theme} if self.theme else ()),
            site_ids=frozenset({self.site_id} if self.site_id else ()),
        )

    def address(self, after: InboxCursor | None = None) -> str:
        """The address of this view, or of its page after `after`."""
        asked = {
            "status": self.status or "",
            "theme": self.theme or "",
            "site": self.site_id,
            "after": "" if after is None else _written(after),
        }
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"/desk?{query}" if query else "/desk"


def wanted_in(query: Mapping[str, str]) -> Wanted:
    """What the query asks for."""
    status, theme, site = query.get("status", ""), query.get("theme", ""), query.get("site", "")
    return Wanted(
        status=CaseStatus(status) if status in CaseStatus.__members__.values() else None,
        theme=Theme(theme) if theme in Theme.__members__.values() else None,
        site_id=site if _ID.fullmatch(site) else "",
        after=_read(query.get("after", "")),
    )


async def show(request: web.Request, person: Person) -> web.StreamResponse:
    """One page of the list."""
    desk, wanted, words = request.app[DESK], wanted_in(request.query), words_of(person)
    today = desk.today

    def unit(tx: Transaction) -> _Inbox:
        at = at_desk(tx, person)
        page = tx.cases.inbox(
            at.handler.id, wanted=wanted.as_filter, after=wanted.after, limit=PAGE
        )
        found = lines(page.cases, at.actor, today, desk.timetable)
        ids = {line.site_id for line in found if line.site_id} | {wanted.site_id} - {""}
        sites = (tx.sites.site(each) for each in sorted(ids))
        refused = (each for each in page.cases if refused_opening(each, at.handler, today))
        return _Inbox(
            closed=frozenset(each.ref for each in refused),
            found=found,
            next=page.next,
            sites={site.id: site for site in sites if site is not None},
            counts=tx.cases.counts(at.handler.id),
            overdue=tx.cases.overdue(today, at.handler.id, most=MOST_COUNTED),
            has_unsent=bool(tx.deliveries.dead(1)),
            ending=ending_soon(tx, at, today),
        )

    inbox = await desk.storage.read(unit)
    chosen_site = inbox.sites.get(wanted.site_id)
    return inside(
        request,
        person,
        "desk/inbox.html",
        done=flash(request.query.get("done", "")),
        lines=tuple(
            _closed_line(each, words)
            if each.ref in inbox.closed
            else _line(each, inbox.sites, person.language, words)
            for each in inbox.found
        ),
        next_page="" if inbox.next is None else wanted.address(inbox.next),
        first_page="" if wanted.after is None else wanted.address(),
        overdue=min(inbox.overdue, MOST_COUNTED),
        is_more_overdue=inbox.overdue > MOST_COUNTED,
        has_unsent=inbox.has_unsent,
        holds_ending=len(inbox.ending),
        hold_ends_on=inbox.ending[0].until if inbox.ending else None,
        open_cases=sum(
            number for status, number in inbox.counts.items() if status is not CaseStatus.CLOSED
        ),
        is_filtered=wanted.is_filtered,
        chosen_status=wanted.status or "",
        chosen_theme=wanted.theme or "",
        site_id=wanted.site_id,
        site_name=chosen_site.name_in(person.language) if chosen_site else "",
        statuses=tuple((code, _counted(code, inbox.counts, words)) for code in STATUS_WORDS),
        themes=tuple((code, words.text(label)) for code, label in THEME_WORDS.items()),
    )


def _counted(code: CaseStatus, counts: Mapping[CaseStatus, int], words: Catalogue) -> str:
    state = Text(msgid=STATUS_WORDS[code])
    return words.text(N_("${state} (${n})"), state=state, n=counts.get(code, 0))


def _line(line: DeskLine, sites: Mapping[str, Site], language: str, words: Catalogue) -> InboxLine:
    site = sites.get(line.site_id or "")
    return InboxLine(
        address=address_of(line.ref),
        ref=line.short_ref,
        urgency=words.text(URGENCY_WORDS[line.urgency]),
        urgency_tone=URGENCY_TONES[line.urgency],
        is_pressing=line.urgency is not Urgency.NORMAL,
        status=words.text(STATUS_WORDS[line.status]),
        theme=words.text(THEME_WORDS[line.theme]),
        site=site.name_in(language) if site else words.text(N_("Site not known")),
        site_id=line.site_id or "",
        language=words.language_called(language_named(line.language)),
        due=_due(line, words),
        is_overdue=line.is_overdue,
        is_closed=False,
    )


def _closed_line(line: DeskLine, words: Catalogue) -> InboxLine:
    return InboxLine(
        address=address_of(line.ref),
        ref=line.short_ref,
        urgency=words.text(URGENCY_WORDS[line.urgency]),
        urgency_tone=URGENCY_TONES[line.urgency],
        is_pressing=line.urgency is not Urgency.NORMAL,
        status="",
        theme=words.text(N_("Not for you to read: please hand it on")),
        site="",
        site_id="",
        language="",
        due="",
        is_overdue=False,
        is_closed=True,
    )


def _due(line: DeskLine, words: Catalogue) -> str:
    if line.owed is None or line.due_on is None:
        return words.text(N_("Nothing is owed now"))
    what, day = Text(msgid=CLOCK_WORDS[line.owed]), line.due_on
    if line.is_overdue:
        return words.text(N_("Overdue since ${day}: ${what}"), day=day, what=what)
    return words.text(N_("By ${day}: ${what}"), day=day, what=what)


def _written(cursor: InboxCursor) -> str:
    day: date | None = cursor.due_on
    return f"{cursor.rank}.{day.isoformat() if day else ''}.{cursor.ref}"


def _read(text: str) -> InboxCursor | None:
    found = _CURSOR.fullmatch(text)
    if found is None:
        return None
    rank, day, ref = found.groups()
    try:
        due_on = date.fromisoformat(day) if day else None
    except ValueError:
        return None
    return InboxCursor(rank=int(rank), due_on=due_on, ref=ref)
