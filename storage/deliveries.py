"""Shelves of what is told outside: deliveries on their way, and the webhooks that some go to."""

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.sql import ColumnElement

from register.deliveries import Delivery, DeliveryState, once_more
from register.webhooks import Webhook
from sealing.key_ring import KeyRing
from storage.locks import locking
from storage.sealed_values import SealedValues
from storage.statements import add_new, put
from storage.tables import DELIVERIES, WEBHOOKS

_DELIVERY = SealedValues(Delivery, "deliveries", "details")
_WEBHOOK = SealedValues(Webhook, "webhooks", "details")


class SqlDeliveryShelf:
    """Implements `register.deliveries.DeliveryShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    def add(self, delivery: Delivery) -> None:
        """One more is on its way."""
        add_new(self._connection, DELIVERIES, self._row(delivery))

    def waiting(self, line: str, limit: int = 500) -> tuple[Delivery, ...]:
        """What waits on a line, the oldest days first."""
        return self._chosen(DELIVERIES.c.line == line, state=DeliveryState.WAITING, limit=limit)

    def dead(self, limit: int = 100, *, line: str | None = None) -> tuple[Delivery, ...]:
        """What did not arrive, on one line or on all, oldest first."""
        conditions = () if line is None else (DELIVERIES.c.line == line,)
        return self._chosen(*conditions, state=DeliveryState.DEAD, limit=limit)

    def lines(self) -> tuple[str, ...]:
        """The lines on which something waits."""
        chosen = select(DELIVERIES.c.line).where(DELIVERIES.c.state == DeliveryState.WAITING)
        return tuple(self._connection.execute(chosen.distinct()).scalars())

    def counts(self) -> Mapping[DeliveryState, int]:
        """How many there are in each state."""
        number = func.count()
        chosen = select(DELIVERIES.c.state, number).group_by(DELIVERIES.c.state)
        return {DeliveryState(state): n for state, n in self._connection.execute(chosen)}

    def replace(self, before: Delivery, after: Delivery) -> bool:
        """Keep it as it is after a try. False where it is no more as it was: it stays so then."""
        if self._get(before.id) != before:
            return False
        row = self._row(after)
        self._connection.execute(update(DELIVERIES).where(DELIVERIES.c.id == after.id), row)
        return True

    def again(self, delivery_id: str, today: date) -> bool:
        """Try a dead one again from the start; False where it is not dead."""
        kept = self._get(delivery_id)
        if kept is None or kept.state is not DeliveryState.DEAD:
            return False
        return self.replace(kept, once_more(kept, today))

    def drop(self, delivery_id: str) -> None:
        """Nobody is left to say it to."""
        self._connection.execute(delete(DELIVERIES).where(DELIVERIES.c.id == delivery_id))

    def forget_delivered(self, before: date) -> int:
        """Drop what had arrived before a day; how many."""
        arrived = DELIVERIES.c.state == DeliveryState.DELIVERED
        gone = delete(DELIVERIES).where(arrived, DELIVERIES.c.changed_on < before)
        return self._connection.execute(gone).rowcount

    def _get(self, delivery_id: str) -> Delivery | None:
        """As it is now, locked for this transaction if it writes."""
        chosen = select(DELIVERIES.c.details_sealed).where(DELIVERIES.c.id == delivery_id)
        sealed = self._connection.execute(locking(self._connection, chosen)).scalar_one_or_none()
        return None if sealed is None else _DELIVERY.open(self._key_ring, delivery_id, sealed)

    def _chosen(
        self, *conditions: ColumnElement[bool], state: DeliveryState, limit: int
    ) -> tuple[Delivery, ...]:
        chosen = (
            select(DELIVERIES.c.id, DELIVERIES.c.details_sealed)
            .where(DELIVERIES.c.state == state, *conditions)
            .order_by(DELIVERIES.c.changed_on, DELIVERIES.c.id)
            .limit(limit)
        )
        return tuple(
            _DELIVERY.open(self._key_ring, row.id, row.details_sealed)
            for row in self._connection.execute(chosen)
        )

    def _row(self, delivery: Delivery) -> dict[str, object]:
        return {
            "id": delivery.id,
            "line": delivery.line,
            "state": delivery.state,
            "changed_on": delivery.changed_on,
            "details_sealed": _DELIVERY.seal(self._key_ring, delivery.id, delivery),
        }


class SqlWebhookShelf:
    """Implements `register.webhooks.WebhookShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    def put(self, webhook: Webhook) -> None:
        """Add it, or replace the one with its id."""
        row = {
            "id": webhook.id,
            "organisation_id": webhook.organisation_id,
            "details_sealed": _WEBHOOK.seal(self._key_ring, webhook.id, webhook),
        }
        put(self._connection, WEBHOOKS, row)

    def get(self, webhook_id: str) -> Webhook | None:
        """The one with this id."""
        chosen = select(WEBHOOKS.c.details_sealed).where(WEBHOOKS.c.id == webhook_id)
        sealed = self._connection.execute(chosen).scalar_one_or_none()
        return None if sealed is None else _WEBHOOK.open(self._key_ring, webhook_id, sealed)

    def every(self) -> Iterator[Webhook]:
        """All of them."""
        chosen = select(WEBHOOKS.c.id, WEBHOOKS.c.details_sealed).order_by(WEBHOOKS.c.id)
        for row in self._connection.execute(chosen):
            yield _WEBHOOK.open(self._key_ring, row.id, row.details_sealed)

    def remove(self, webhook_id: str) -> bool:
        """It is gone, with all that was on its way there. False where there was none."""
        self._connection.execute(delete(DELIVERIES).where(DELIVERIES.c.line == webhook_id))
        gone = self._connection.execute(delete(WEBHOOKS).where(WEBHOOKS.c.id == webhook_id))
        return gone.rowcount == 1
