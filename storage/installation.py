"""The few things there is one of: the recovery key, and numbers that grow with each change."""

from sqlalchemy import Connection, bindparam, select

from storage.locks import hold
from storage.prepared import Prepared
from storage.statements import put
from storage.tables import INSTALLATION

_VALUE = Prepared(select(INSTALLATION.c.value).where(INSTALLATION.c.name == bindparam("name")))


class Installation:
    """Named values of the installation."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> bytes | None:
        """The value, or None."""
        return _VALUE.first(self._connection, {"name": name})

    def put(self, name: str, value: bytes) -> None:
        """Keep the value."""
        put(self._connection, INSTALLATION, {"name": name, "value": value}, key=("name",))

    def revision(self, name: str) -> int:
        """The number as it is now; 0 at first."""
        return int(self.get(f"{name}.revision") or b"0")

    def revise(self, name: str) -> None:
        """Let the number grow: what somebody holds in memory is no longer true.

        Whoever changes the same kind of things at once waits here until this one is done.
        """
        hold(self._connection, INSTALLATION.name, name)
        self.put(f"{name}.revision", str(self.revision(name) + 1).encode())
