"""Alerts of the outbox become deliveries: one transaction, so that none is lost or made twice."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from register.alerts import Alert, AlertKind
from register.deliveries import MAIL, Delivery, Notice, gathered, held_until, notice_of
from sealing.identifiers import new_id
from service.wiring import House
from storage.transaction import SqlTransaction

LEFT_ALONE = frozenset({AlertKind.ANSWER})
"""Those for reporters are not sent from here."""
_FOR_PEOPLE = frozenset({Notice.WORK, Notice.WORK_TODAY, Notice.OPERATOR, Notice.ASKED})
AT_ONCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Spreading:
    """What it takes to make deliveries."""

    now: datetime
    chance: Callable[[], float]
    """Between 0 and 1."""
    has_mail: bool
    operator: str = ""
    """The operator's address; empty: no e-mail to them."""

    def spread(self, tx: SqlTransaction) -> int:
        """Make deliveries of the alerts that are due; how many alerts there were.

        An alert that nobody is to be told of outside is settled as well: it shows on the desk.
        """
        due = tx.outbox.due(self.now.date(), AT_ONCE, but=LEFT_ALONE)
        for message, alert in due:
            notice = notice_of(alert)
            if notice is not None:
                self._tell(tx, alert, notice)
            tx.outbox.settle(message)
        return len(due)

    def announce(self, tx: SqlTransaction, notice: Notice, organisations: Iterable[str]) -> None:
        """Tell the webhooks that want it."""
        concerned = tuple(organisations)
        for webhook in tx.webhooks.every():
            if webhook.wants(notice, concerned):
                tx.deliveries.add(self._made(webhook.id, notice))

    def _tell(self, tx: SqlTransaction, alert: Alert, notice: Notice) -> None:
        self.announce(tx, notice, _concerned(tx, alert, notice))
        if not self.has_mail or notice not in _FOR_PEOPLE:
            return
        if notice is Notice.OPERATOR:
            if self.operator:
                self._mail(tx, notice, None)
            return
        for person_id in _officers(tx, alert) if notice is Notice.ASKED else alert.to:
            if address_of(tx, person_id):
                self._mail(tx, notice, person_id)

    def _mail(self, tx: SqlTransaction, notice: Notice, to: str | None) -> None:
        """One that waits for them already speaks for this as well."""
        for waiting in tx.deliveries.waiting(MAIL):
            if waiting.to == to and tx.deliveries.replace(waiting, gathered(waiting, notice)):
                return
        tx.deliveries.add(self._made(MAIL, notice, to))

    def _made(self, line: str, notice: Notice, to: str | None = None) -> Delivery:
        today = self.now.date()
        return Delivery(
            id=new_id(),
            line=line,
            notice=notice,
            made_on=today,
            changed_on=today,
            to=to,
            again_at=held_until(notice, self.now, self.chance()),
        )


def _concerned(tx: SqlTransaction, alert: Alert, notice: Notice) -> tuple[str, ...]:
    """The companies whose systems may hear of it."""
    if notice is Notice.ASKED:
        return () if alert.organisation_id is None else (alert.organisation_id,)
    case = tx.cases.get(alert.case_ref) if notice is Notice.SUMMARY else None
    return () if case is None else case.organisation_ids


def _officers(tx: SqlTransaction, alert: Alert) -> tuple[str, ...]:
    """Who works for the company that is asked."""
    officers = tx.people.officers()
    return tuple(
        each.id
        for each in officers
        if each.is_active and each.organisation_id == alert.organisation_id
    )


def spreading_in(house: House, chance: Callable[[], float]) -> Spreading:
    """How alerts become deliveries in this house, now."""
    settings = house.settings
    return Spreading(
        now=house.clock(),
        chance=chance,
        has_mail=settings.has_mail,
        operator=settings.mail_operator,
    )


def address_of(tx: SqlTransaction, person_id: str) -> tuple[str, str] | None:
    """Somebody's address and the language of their pages; None where they get no e-mail."""
    account = tx.accounts.get(person_id)
    if account is None or not account.is_active or not account.mail:
        return None
    return account.mail, account.language
