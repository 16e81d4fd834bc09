"""The shelf of helpers' receipts: by which look-up they open which case, and their public keys."""

from sqlalchemy import Connection, bindparam, delete, select

from register.helping import Helper
from sealing.recipients import Recipient
from storage.statements import add_new
from storage.tables import CASE_HELPERS

_OF_CASE = (
    select(CASE_HELPERS)
    .where(CASE_HELPERS.c.case_ref == bindparam("of_case"))
    .order_by(CASE_HELPERS.c.lookup)
)


class SqlHelperShelf:
    """Implements `register.ports.HelperShelf`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, helper: Helper) -> None:
        """Stores one; its case and entry go through `CaseShelf.keep`."""
        row = {
            "lookup": helper.lookup,
            "case_ref": helper.case_ref,
            "since": helper.since,
            "recipient": helper.recipient.encode(),
        }
        add_new(self._connection, CASE_HELPERS, row)

    def of_case(self, ref: str) -> tuple[Helper, ...]:
        """The case's helpers, in no telling order."""
        rows = self._connection.execute(_OF_CASE, {"of_case": ref})
        return tuple(
            Helper(
                case_ref=row.case_ref,
                lookup=row.lookup,
                recipient=Recipient.decode(row.recipient),
                since=row.since,
            )
            for row in rows
        )

    def case_of(self, lookup: str) -> str | None:
        """The case that a helper's receipt follows."""
        chosen = select(CASE_HELPERS.c.case_ref).where(CASE_HELPERS.c.lookup == lookup)
        return self._connection.execute(chosen).scalar_one_or_none()

    def remove(self, ref: str) -> None:
        """None of the case's helpers gets in any more."""
        self._connection.execute(delete(CASE_HELPERS).where(CASE_HELPERS.c.case_ref == ref))
