"""The shelf of those who handle cases and those who read the anonymised register."""

from dataclasses import replace

from sqlalchemy import Connection, select
from sqlalchemy.sql import ColumnElement

from register.keys import Keys
from register.people import ConflictOfInterest, Handler, Officer, Staff, Team
from sealing.key_ring import KeyRing
from sealing.recipients import Recipient
from storage.errors import StorageError
from storage.installation import Installation
from storage.sealed_values import SealedValues
from storage.statements import put
from storage.tables import HANDLERS, OFFICERS, TEAMS

_TEAM = SealedValues(Team, "teams", "details")
_HANDLER = SealedValues(Handler, "handlers", "details")
_OFFICER = SealedValues(Officer, "officers", "details")
_RECOVERY = "recovery"
_REVISION = "people"


class NoRecoveryKey(StorageError):
    """Nothing can be filed before there is a recovery key: run `gehoor init`."""


class SqlPeopleShelf:
    """Implements `register.ports.PeopleShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring
        self._installation = Installation(connection)

    def put_team(self, team: Team) -> None:
        """Adds it, or replaces the one with its id."""
        sealed = _TEAM.seal(self._key_ring, team.id, team)
        put(self._connection, TEAMS, {"id": team.id, "details_sealed": sealed})
        self._installation.revise(_REVISION)

    def put_handler(self, handler: Handler, key: Recipient | None) -> None:
        """Adds or replaces a handler, with their ties; `key` None leaves the key as it is."""
        sealed = _HANDLER.seal(self._key_ring, handler.id, handler)
        row: dict[str, object] = {"id": handler.id, "details_sealed": sealed}
        if key is not None:
            row["recipient"] = key.encode()
        put(self._connection, HANDLERS, row)
        self._installation.revise(_REVISION)

    def put_officer(self, officer: Officer) -> None:
        """Adds it, or replaces the one with its id."""
        row = {
            "id": officer.id,
            "organisation_id": officer.organisation_id,
            "details_sealed": _OFFICER.seal(self._key_ring, officer.id, officer),
        }
        put(self._connection, OFFICERS, row)
        self._installation.revise(_REVISION)

    def put_recovery(self, key: Recipient) -> None:
        """Sets the recovery key. Without one nothing can be filed."""
        self._installation.put(_RECOVERY, key.encode())
        self._installation.revise(_REVISION)

    def declare(self, handler_id: str, tie: ConflictOfInterest) -> None:
        """Adds a tie of a handler."""
        self._installation.revise(_REVISION)  # first, so that no tie declared meanwhile is lost
        handler = self.handler(handler_id)
        if handler is None:
            raise StorageError("a tie was declared of somebody who is no handler")
        self.put_handler(replace(handler, ties=(*handler.ties, tie)), None)

    def forget_ties_to(self, case_ref: str) -> None:
        """Ties of handlers to a case that is erased go with it."""
        for handler in self._handlers():
            left = tuple(tie for tie in handler.ties if not tie.is_to_case(case_ref))
            if left != handler.ties:
                self.put_handler(replace(handler, ties=left), None)

    def handler(self, handler_id: str) -> Handler | None:
        """The handler with this id, with their ties."""
        return next(iter(self._handlers(HANDLERS.c.id == handler_id)), None)

    def officer(self, officer_id: str) -> Officer | None:
        """The officer with this id."""
        chosen = select(OFFICERS.c.details_sealed).where(OFFICERS.c.id == officer_id)
        sealed = self._connection.execute(chosen).scalar_one_or_none()
        return None if sealed is None else _OFFICER.open(self._key_ring, officer_id, sealed)

    def officers(self) -> tuple[Officer, ...]:
        """Every officer, by organisation."""
        chosen = select(OFFICERS.c.id, OFFICERS.c.details_sealed)
        rows = self._connection.execute(chosen.order_by(OFFICERS.c.organisation_id, OFFICERS.c.id))
        return tuple(_OFFICER.open(self._key_ring, row.id, row.details_sealed) for row in rows)

    def staff(self) -> Staff:
        """Everyone to whom a case can go."""
        rows = self._connection.execute(select(TEAMS).order_by(TEAMS.c.id))
        teams = tuple(_TEAM.open(self._key_ring, row.id, row.details_sealed) for row in rows)
        return Staff(teams=teams, handlers=self._handlers(), recovery_id=self._recovery().id)

    def keys(self) -> Keys:
        """Their public keys by handler id, and the recovery key."""
        chosen = select(HANDLERS.c.id, HANDLERS.c.recipient).where(
            HANDLERS.c.recipient.is_not(None)
        )
        rows = self._connection.execute(chosen)
        handlers = {row.id: Recipient.decode(row.recipient) for row in rows}
        return Keys(handlers=handlers, recovery=self._recovery())

    def revision(self) -> int:
        """A number that grows with every change here."""
        return self._installation.revision(_REVISION)

    def _handlers(self, *conditions: ColumnElement[bool]) -> tuple[Handler, ...]:
        chosen = select(HANDLERS.c.id, HANDLERS.c.details_sealed).where(*conditions)
        rows = self._connection.execute(chosen.order_by(HANDLERS.c.id))
        return tuple(_HANDLER.open(self._key_ring, row.id, row.details_sealed) for row in rows)

    def _recovery(self) -> Recipient:
        key = self._installation.get(_RECOVERY)
        if key is None:
            raise NoRecoveryKey("there is no recovery key yet: run `gehoor init`")
        return Recipient.decode(key)
