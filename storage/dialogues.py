"""Shelves of conversations under way: dialogues, updates taken, and the outbox."""

from collections.abc import Collection, Iterator
from datetime import date

from sqlalchemy import Connection, bindparam, delete, select

from register.alerts import Alert, AlertKind
from sealing.identifiers import new_id
from sealing.key_ring import KeyRing
from storage.locks import hold, takes_turns
from storage.prepared import Prepared
from storage.sealed_values import SealedValues
from storage.statements import add_new, put, put_if_new
from storage.tables import DIALOGUES, OUTBOX, UPDATES

_CHOSEN = select(DIALOGUES.c.state_sealed).where(DIALOGUES.c.id == bindparam("dialogue"))
_GET = Prepared(_CHOSEN)
_GET_LOCKED = Prepared(_CHOSEN.with_for_update())
_ALERT = SealedValues(Alert, "outbox", "message")
_DROP = Prepared(delete(DIALOGUES).where(DIALOGUES.c.id == bindparam("dialogue")))


class SqlDialogueShelf:
    """Implements `intake.ports.DialogueShelf`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, dialogue: str) -> bytes | None:
        """The sealed state, locked until the transaction ends; None when there is none.

        Somebody new is locked as well: two first messages at once begin one dialogue.
        """
        given = {"dialogue": dialogue}
        if not takes_turns(self._connection):
            return _GET.first(self._connection, given)
        state: bytes | None = _GET_LOCKED.first(self._connection, given)
        if state is None:
            hold(self._connection, DIALOGUES.name, dialogue)
            state = _GET_LOCKED.first(self._connection, given)
        return state

    def put(self, dialogue: str, sealed: bytes, *, touched_on: date, awaits_handover: bool) -> None:
        """Keep this state in place of the one before."""
        row = {
            "id": dialogue,
            "touched_on": touched_on,
            "awaits_handover": awaits_handover,
            "state_sealed": sealed,
        }
        put(self._connection, DIALOGUES, row)

    def drop(self, dialogue: str) -> None:
        """Overwrite and delete (SQLite overwrites what is deleted, see `storage.engines`)."""
        _DROP.change(self._connection, {"dialogue": dialogue})

    def untouched_since(self, day: date, limit: int) -> tuple[str, ...]:
        """Dialogues last touched before `day`: lapsed drafts."""
        chosen = select(DIALOGUES.c.id).where(DIALOGUES.c.touched_on < day).limit(limit)
        return tuple(self._connection.execute(chosen).scalars())

    def awaiting_handover(self, limit: int, *, after: str = "") -> tuple[str, ...]:
        """Dialogues with something to hand over, in the order of their names, behind `after`."""
        chosen = select(DIALOGUES.c.id).where(DIALOGUES.c.awaits_handover, DIALOGUES.c.id > after)
        ordered = chosen.order_by(DIALOGUES.c.id).limit(limit)
        return tuple(self._connection.execute(ordered).scalars())

    def every(self) -> Iterator[tuple[str, bytes]]:
        """Every dialogue with its sealed state, unlocked: for looking which blobs they name."""
        for row in self._connection.execute(select(DIALOGUES.c.id, DIALOGUES.c.state_sealed)):
            yield row.id, row.state_sealed


class SqlUpdateShelf:
    """Implements `intake.ports.UpdateShelf`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def is_new(self, update: str, seen_on: date) -> bool:
        """Note the update; False when it had been noted before."""
        return put_if_new(self._connection, UPDATES, {"id": update, "seen_on": seen_on})

    def forget_before(self, day: date) -> None:
        """Providers repeat an update within a day; older notes serve nobody."""
        self._connection.execute(delete(UPDATES).where(UPDATES.c.seen_on < day))


class SqlOutboxShelf:
    """Implements `intake.ports.OutboxShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    def put(self, alert: Alert, due_on: date) -> None:
        """Somebody is to be told that there is work."""
        message = new_id()
        row = {
            "id": message,
            "kind": alert.kind,
            "due_on": due_on,
            "tries": 0,
            "message_sealed": _ALERT.seal(self._key_ring, message, alert),
        }
        add_new(self._connection, OUTBOX, row)

    def due(
        self, today: date, limit: int = 100, *, but: Collection[AlertKind] = ()
    ) -> tuple[tuple[str, Alert], ...]:
        """What is due by now, with the id to settle it by; locked for this transaction.

        `but` are kinds that somebody else sees to.
        """
        chosen = (
            select(OUTBOX.c.id, OUTBOX.c.message_sealed)
            .where(OUTBOX.c.due_on <= today, OUTBOX.c.kind.not_in(tuple(but)))
            .order_by(OUTBOX.c.due_on, OUTBOX.c.id)
            .limit(limit)
        )
        if takes_turns(self._connection):
            chosen = chosen.with_for_update(skip_locked=True)
        rows = self._connection.execute(chosen)
        return tuple(
            (row.id, _ALERT.open(self._key_ring, row.id, row.message_sealed)) for row in rows
        )

    def settle(self, message: str) -> None:
        """It was said, or nobody is left to say it to."""
        self._connection.execute(delete(OUTBOX).where(OUTBOX.c.id == message))

    def forget_before(self, day: date) -> None:
        """Nobody is helped by what should have been said long ago; it would name its case on."""
        self._connection.execute(delete(OUTBOX).where(OUTBOX.c.due_on < day))
