"""The cases that are held back from erasure, of those that a handler reads: codes, days, names.

Nothing is opened for it. Those whose hold ends first stand first. Cases that a tie keeps from the
handler are left out: what is held of them is not theirs to decide any more.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from aiohttp import web

from intake.ports import Transaction
from locales.catalogue import Catalogue
from locales.marking import N_
from register.case import Case
from register.desk import refused_opening, short_ref
from register.hold import Hold
from register.hold_ending import IN_GOOD_TIME, ends_soon
from register.ports import HeldCursor
from web.desk.case_page import address_of
from web.desk.hold_words import HOLD_REASON_WORDS
from web.desk.house import DESK, AtDesk, at_desk
from web.inside.frame import inside, words_of
from web.inside.words import THEME_WORDS
from web.sign_in.doorkeeper import Person

PATH = "/desk/holds"
PAGE = 50
_CURSOR = re.compile(r"(\d{4}-\d\d-\d\d)\.([a-z2-7]{26})")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLine:
    """One of them in words."""

    address: str
    theme: str
    ref: str
    since: date
    until: date
    ends_soon: bool
    why: str
    asked_by: str
    seconded_by: str


async def show(request: web.Request, person: Person) -> web.StreamResponse:
    """One page of them."""
    desk, words = request.app[DESK], words_of(person)
    today, after = desk.today, _read(request.query)

    def unit(tx: Transaction) -> tuple[tuple[HeldLine, ...], str]:
        at = at_desk(tx, person)
        found = tx.cases.held(today, handler_id=at.handler.id, after=after, limit=PAGE + 1)
        shown = found[:PAGE]
        more = _address_after(shown[-1]) if len(found) > PAGE else ""
        return tuple(
            _line(each, each.hold, at, today, words)
            for each in shown
            if each.hold is not None and refused_opening(each, at.handler, today) is None
        ), more

    lines, next_page = await desk.storage.read(unit)
    return inside(
        request,
        person,
        "desk/held.html",
        here="/desk",
        lines=lines,
        next_page=next_page,
        first_page="" if after is None else PATH,
    )


def ending_soon(tx: Transaction, at: AtDesk, today: date) -> tuple[Hold, ...]:
    """Holds that end within two weeks, of a page of the cases this handler may read."""
    by = today + IN_GOOD_TIME
    found = tx.cases.held(today, handler_id=at.handler.id, until=by, limit=PAGE)
    return tuple(
        each.hold
        for each in found
        if each.hold is not None and refused_opening(each, at.handler, today) is None
    )


def _line(case: Case, hold: Hold, at: AtDesk, today: date, words: Catalogue) -> HeldLine:
    return HeldLine(
        address=address_of(case.ref),
        theme=words.text(THEME_WORDS[case.theme]),
        ref=short_ref(case.ref),
        since=hold.since,
        until=hold.until,
        ends_soon=ends_soon(hold, today),
        why=words.text(HOLD_REASON_WORDS[hold.reason]),
        asked_by=_asked_by(hold, at, words),
        seconded_by=_name(hold.seconded_by, at, words),
    )


def _asked_by(hold: Hold, at: AtDesk, words: Catalogue) -> str:
    if hold.is_operators:
        return words.text(N_("The operator"))
    if hold.asked_by is None:
        return words.text(N_("The log of the case says it"))
    return _name(hold.asked_by, at, words)


def _name(handler_id: str | None, at: AtDesk, words: Catalogue) -> str:
    """Empty for nobody; somebody who is gone is said to be."""
    if handler_id is None:
        return ""
    return at.name_of(handler_id) or words.text(N_("Somebody who is no longer here"))


def _address_after(case: Case) -> str:
    until = None if case.hold is None else case.hold.until
    return f"{PATH}?after={until}.{case.ref}"


def _read(query: Mapping[str, str]) -> HeldCursor | None:
    """What is no place in the list gives its beginning."""
    found = _CURSOR.fullmatch(query.get("after", ""))
    if found is None:
        return None
    try:
        return HeldCursor(until=date.fromisoformat(found[1]), ref=found[2])
    except ValueError:
        return None
