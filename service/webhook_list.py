"""Webhooks as `gehoor webhooks` adds and shows them."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from register.deliveries import MAIL
from register.webhooks import Webhook, fault_of, new_secret
from sealing.identifiers import new_id
from service.organisation_list import organisation_called
from service.refusals import Refused
from storage.transaction import SqlTransaction

_AT_ONCE = 500


def add_webhook(
    tx: SqlTransaction,
    address: str,
    *,
    organisation: str | None,
    today: date,
    allows_loopback: bool,
) -> Webhook:
    """A new target with a secret of its own. Raises `Refused` for an address that is none."""
    fault = fault_of(address, allows_loopback=allows_loopback)
    if fault:
        raise Refused(f"that address cannot be a target: {fault}")
    owner = None if organisation is None else organisation_called(tx, organisation).id
    webhook = Webhook(
        id=new_id(),
        organisation_id=owner,
        address=address,
        secret=new_secret(),
        added_on=today,
    )
    tx.webhooks.put(webhook)
    return webhook


def lines_of(tx: SqlTransaction) -> Iterator[str]:
    """One line for each target."""
    names = {each.id: each.name for each in tx.sites.organisations()}
    dead = Counter(each.line for each in tx.deliveries.dead(_AT_ONCE))
    for webhook in tx.webhooks.every():
        owner = names.get(webhook.organisation_id or "", "the house")
        waiting = len(tx.deliveries.waiting(webhook.id))
        yield f"{webhook.id}  {webhook.host}  {owner}: {waiting} wait, {dead[webhook.id]} failed"
    if dead[MAIL] or MAIL in tx.deliveries.lines():
        yield f"{MAIL}: {len(tx.deliveries.waiting(MAIL))} wait, {dead[MAIL]} failed"


def send_again(tx: SqlTransaction, line: str | None, today: date) -> int:
    """What is dead on a line, or on all, from the start; how many."""
    number = 0
    while dead := tx.deliveries.dead(_AT_ONCE, line=line):
        number += sum(tx.deliveries.again(each.id, today) for each in dead)
    return number
