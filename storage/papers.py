"""The shelf of what handlers write for each other about a case."""

from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select, update

from register.log import LogAction
from register.papers import Paper, PaperKind
from sealing.envelope import SealedEnvelope
from storage.statements import add_new
from storage.tables import CASE_PAPERS, LOG_ENTRIES

_OF_CASE = (
    select(CASE_PAPERS)
    .join(
        LOG_ENTRIES,
        (LOG_ENTRIES.c.case_ref == CASE_PAPERS.c.case_ref)
        & (LOG_ENTRIES.c.subject == CASE_PAPERS.c.id),
    )
    .where(
        CASE_PAPERS.c.case_ref == bindparam("of_case"),
        LOG_ENTRIES.c.action == LogAction.PAPER_ADDED,
    )
    .order_by(LOG_ENTRIES.c.number)
)
_REPLACE = update(CASE_PAPERS).where(CASE_PAPERS.c.id == bindparam("paper"))


class SqlPaperShelf:
    """Implements `register.ports.PaperShelf`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, paper: Paper) -> None:
        """Stores a paper; its case and entry go through `CaseShelf.keep`."""
        row = {
            "id": paper.id,
            "case_ref": paper.case_ref,
            "kind": paper.kind,
            "author_id": paper.author_id,
            "day": paper.day,
            "envelope": paper.envelope.encode(),
        }
        add_new(self._connection, CASE_PAPERS, row)

    def of_case(self, ref: str) -> tuple[Paper, ...]:
        """A case's papers in the order in which its log names them."""
        rows = self._connection.execute(_OF_CASE, {"of_case": ref})
        return tuple(_paper(row) for row in rows)

    def replace(self, paper: Paper) -> None:
        """After a hand-over: the same paper, sealed to others."""
        changed = {"paper": paper.id, "envelope": paper.envelope.encode()}
        self._connection.execute(_REPLACE, changed)

    def erase(self, ref: str) -> None:
        """All papers of a case are gone (L4)."""
        self._connection.execute(delete(CASE_PAPERS).where(CASE_PAPERS.c.case_ref == ref))


def _paper(row: Row[*tuple[Any, ...]]) -> Paper:
    return Paper(
        id=row.id,
        case_ref=row.case_ref,
        kind=PaperKind(row.kind),
        author_id=row.author_id,
        day=row.day,
        envelope=SealedEnvelope.decode(row.envelope, row.case_ref),
    )
