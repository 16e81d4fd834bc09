"""What is told outside about work that waits, and when it is tried again. Pure rules.

An alert becomes deliveries: one e-mail for each person, one post for each webhook. None of them
says more than a `Notice`. Why no more: mail servers and other people's systems keep what passes,
and who sees there that something was just reported at a site may find who was on the phone.

- A notice that is not for today waits up to `HELD_BACK` by chance, so that its moment tells little.
- A company's webhook hears only of what its officers can see anyway; never that a case came in,
  which would be a figure below the smallest cell (K1).
- One e-mail that waits speaks for all work that comes meanwhile.

A fault that lies with the other side as a whole puts off all that waits for it; one success wakes
it. Kept by `DeliveryShelf`, carried out by `service.delivering`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from register.alerts import Alert, AlertKind
from register.routing import Urgency

MAIL = "mail"
"""The line of all e-mail. A webhook's line is its id."""
HELD_BACK = timedelta(minutes=30)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
JITTER = 0.25
"""Pauses are longer or shorter by up to this part, so that not everybody comes at once."""
MOST_TRIES = 17
"""With these pauses the last try comes about 50 hours after the first."""
DAYS_REMEMBERED = 7
"""How long it is kept that something was delivered."""


class Notice(StrEnum):
    """All that is said. Stored, and sent to webhooks as `kind`: never reuse a value."""

    WORK = "work"
    WORK_TODAY = "work_today"
    OPERATOR = "operator"
    """The operator has to do something: nobody can open a case, or a flow is amiss."""
    FIGURES = "figures"
    """A quarter's figures can be seen."""
    SUMMARY = "summary"
    """A summary was shared with the company."""
    ASKED = "asked"
    """The company is asked something. Whoever works there signs in to see what."""


class DeliveryState(StrEnum):
    """Where a delivery stands. Stored: never reuse a value."""

    WAITING = "waiting"
    DEAD = "dead"
    """Tried for two days; waits for somebody to send it again."""
    DELIVERED = "delivered"


class DeliveryFault(StrEnum):
    """Why it did not arrive. Stored: never reuse a value."""

    UNREACHABLE = "unreachable"
    LATE = "late"
    INNER_ADDRESS = "inner_address"
    """Its name leads into our own network."""
    REDIRECTED = "redirected"
    UNWELL = "unwell"
    """The other side said that it cannot now."""
    SIGN_IN = "sign_in"
    """The mail server does not take us, or our address."""
    REFUSED = "refused"
    """The other side does not want this one."""


_OF_ONE = frozenset({DeliveryFault.REFUSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One thing to say to one addressee."""

    id: str
    """Random; the same in every try, so that whoever gets it twice can tell."""
    line: str
    """`MAIL`, or a webhook's id: what is on one line goes one after the other."""
    notice: Notice
    made_on: date
    to: str | None = None
    """The handler or officer whom an e-mail is for; None: the operator. Webhooks have no other
    addressee."""
    state: DeliveryState = DeliveryState.WAITING
    changed_on: date
    """Since when it is in this state."""
    gathers: int = 1
    """How often there was reason for it, while it waited."""
    tries: int = 0
    again_at: datetime | None = None
    """Not before this moment; None: at once."""
    fault: DeliveryFault | None = None
    """What came of the last try."""


class DeliveryShelf(Protocol):
    """Deliveries, each sealed."""

    def dead(self, limit: int = 100) -> tuple[Delivery, ...]:
        """What did not arrive, oldest first."""

    def again(self, delivery_id: str, today: date) -> bool:
        """Try a dead one again from the start; False where it is not dead."""


def notice_of(alert: Alert) -> Notice | None:
    """What may be said of it outside; None where it is not for the desk or the operator."""
    match alert.kind:
        case AlertKind.ANSWER:
            return None
        case AlertKind.SUMMARY_SHARED:
            return Notice.SUMMARY
        case AlertKind.COMPANY_ASKED:
            return Notice.ASKED
        case AlertKind.UNROUTED | AlertKind.FLOW_MISFIT:
            return Notice.OPERATOR
        case _ if not alert.to:
            return Notice.OPERATOR
        case _:
            return Notice.WORK_TODAY if alert.urgency is Urgency.URGENT else Notice.WORK


def pause_after(tries: int, chance: float) -> timedelta:
    """How long to wait after so many tries; `chance` lies between 0 and 1.

    One minute after the first, double after each, never more than six hours.
    """
    doubled: int = 2 ** min(tries - 1, MOST_TRIES)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE) * (1 - JITTER + 2 * JITTER * chance)


def held_until(notice: Notice, now: datetime, chance: float) -> datetime | None:
    """Before which moment a new one is not sent; None: at once."""
    return None if notice is Notice.WORK_TODAY else now + HELD_BACK * chance


def is_due(delivery: Delivery, now: datetime) -> bool:
    """Whether it is to be tried now.

    A moment further ahead than any pause was written by a clock that was wrong: it does not count.
    """
    if delivery.state is not DeliveryState.WAITING:
        return False
    furthest = now + LONGEST_PAUSE * (1 + JITTER)
    return delivery.again_at is None or not now < delivery.again_at <= furthest


def in_turn(deliveries: Iterable[Delivery], now: datetime) -> tuple[Delivery, ...]:
    """What is due, in the order in which it goes: today's work first, then what was tried least."""
    due = (each for each in deliveries if is_due(each, now))
    return tuple(sorted(due, key=lambda each: (each.notice is not Notice.WORK_TODAY, each.tries)))


def delivered(delivery: Delivery, today: date) -> Delivery:
    """It arrived."""
    return replace(
        delivery,
        state=DeliveryState.DELIVERED,
        changed_on=today,
        tries=delivery.tries + 1,
        again_at=None,
        fault=None,
    )


def failed(delivery: Delivery, fault: DeliveryFault, now: datetime, chance: float) -> Delivery:
    """It did not arrive: it waits longer, or is dead after `MOST_TRIES`."""
    tries = delivery.tries + 1
    if tries >= MOST_TRIES:
        return replace(
            delivery,
            state=DeliveryState.DEAD,
            changed_on=now.date(),
            tries=tries,
            again_at=None,
            fault=fault,
        )
    return replace(delivery, tries=tries, again_at=now + pause_after(tries, chance), fault=fault)


def concerns_all(fault: DeliveryFault | None) -> bool:
    """Whether the others on its line would fare the same."""
    return fault is not None and fault not in _OF_ONE


def woken(delivery: Delivery) -> Delivery:
    """The other side is back: what waited for that is due at once."""
    return replace(delivery, again_at=None) if concerns_all(delivery.fault) else delivery


def once_more(delivery: Delivery, today: date) -> Delivery:
    """A dead one from the start, as if it were new."""
    return replace(
        delivery,
        state=DeliveryState.WAITING,
        changed_on=today,
        tries=0,
        again_at=None,
        fault=None,
    )


def gathered(waiting: Delivery, notice: Notice) -> Delivery:
    """An e-mail that waits, for one more reason. One that has become urgent is due at once."""
    after = replace(waiting, gathers=waiting.gathers + 1)
    if notice is Notice.WORK_TODAY and waiting.notice is not Notice.WORK_TODAY:
        return replace(after, notice=notice, again_at=None)
    return after
