"""What did not arrive: e-mail and webhooks that were tried for two days, and a way to try again.

It says who was to be told and why it failed, and nothing of any case: deliveries know of none.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from aiohttp import web

from intake.ports import Transaction
from locales.catalogue import Catalogue
from locales.marking import N_
from register.deliveries import MAIL, Delivery, DeliveryFault
from web.desk.flash import flash
from web.desk.house import DESK, AtDesk, at_desk
from web.inside.frame import inside, see_other, words_of
from web.inside.routes import Form
from web.sign_in.doorkeeper import Person

PATH = "/desk/unsent"
AT_ONCE = 100
_ID = re.compile(r"[a-z2-7]{26}")

FAULT_WORDS: Mapping[DeliveryFault, str] = {
    DeliveryFault.UNREACHABLE: N_("It was not reached"),
    DeliveryFault.LATE: N_("It did not answer in time"),
    DeliveryFault.INNER_ADDRESS: N_("Its address leads into our own network"),
    DeliveryFault.REDIRECTED: N_("It points to another address"),
    DeliveryFault.UNWELL: N_("It said that it cannot take it now"),
    DeliveryFault.SIGN_IN: N_("The mail server does not let us send"),
    DeliveryFault.REFUSED: N_("It does not take this"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsentLine:
    """One of them in words."""

    id: str
    to: str
    why: str
    since: date


async def show(request: web.Request, person: Person) -> web.StreamResponse:
    """The list."""
    words = words_of(person)

    def unit(tx: Transaction) -> tuple[UnsentLine, ...]:
        at = at_desk(tx, person)
        return tuple(_line(tx, each, at, words) for each in tx.deliveries.dead(AT_ONCE))

    return inside(
        request,
        person,
        "desk/unsent.html",
        here="/desk",
        lines=await request.app[DESK].storage.read(unit),
        done=flash(request.query.get("done", "")),
    )


async def send_again(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """One of them, or all that stand in the list, from the start."""
    desk, wanted = request.app[DESK], form.one("delivery")

    def unit(tx: Transaction) -> None:
        at_desk(tx, person)
        if _ID.fullmatch(wanted):
            tx.deliveries.again(wanted, desk.today)
        elif wanted == "all":
            for each in tx.deliveries.dead(AT_ONCE):
                tx.deliveries.again(each.id, desk.today)

    await desk.storage.transaction(unit)
    return see_other(f"{PATH}?done=again")


def _line(tx: Transaction, delivery: Delivery, at: AtDesk, words: Catalogue) -> UnsentLine:
    fault = FAULT_WORDS[delivery.fault or DeliveryFault.UNREACHABLE]
    return UnsentLine(
        id=delivery.id,
        to=_to(tx, delivery, at, words),
        why=words.text(fault),
        since=delivery.made_on,
    )


def _name_of(tx: Transaction, person_id: str, at: AtDesk) -> str:
    """A colleague's name, or that of somebody at a company."""
    officer = tx.people.officer(person_id)
    return at.name_of(person_id) if officer is None else officer.name


def _to(tx: Transaction, delivery: Delivery, at: AtDesk, words: Catalogue) -> str:
    if delivery.line == MAIL and delivery.to is None:
        return words.text(N_("E-mail to the operator"))
    if delivery.line == MAIL:
        return words.text(N_("E-mail to ${name}"), name=_name_of(tx, delivery.to or "", at))
    webhook = tx.webhooks.get(delivery.line)
    return "" if webhook is None else webhook.host
