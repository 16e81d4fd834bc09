"""Shelves of what is written about a case: letters both ways, and summaries for companies."""

from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, exists, insert, select, update

from register.letters import Letter
from register.log import LogAction
from register.summary import Summary, SummaryState
from sealing.envelope import SealedEnvelope
from sealing.key_ring import KeyRing
from storage.statements import put
from storage.tables import CASE_BLOBS, CASE_ORGANISATIONS, LETTERS, LOG_ENTRIES, SUMMARIES

# Written once: they are run for every case of a colleague when somebody reads along.
_OF_CASE = (
    select(LETTERS)
    .join(
        LOG_ENTRIES,
        (LOG_ENTRIES.c.case_ref == LETTERS.c.case_ref) & (LOG_ENTRIES.c.subject == LETTERS.c.id),
    )
    .where(
        LETTERS.c.case_ref == bindparam("of_case"),
        LOG_ENTRIES.c.action.in_(
            (
                LogAction.LETTER_FROM_REPORTER,
                LogAction.LETTER_TO_REPORTER,
                LogAction.EXTRACT_ASKED,
            )
        ),
    )
    .order_by(LOG_ENTRIES.c.number)
)
_REPLACE = update(LETTERS).where(LETTERS.c.id == bindparam("letter"))
_SUMMARY_OF_CASE = select(SUMMARIES).where(SUMMARIES.c.case_ref == bindparam("of_case"))


class SqlLetterShelf:
    """Implements `register.ports.LetterShelf`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, letter: Letter) -> None:
        """Stores a letter; its case and entry go through `CaseShelf.keep`."""
        row = {
            "id": letter.id,
            "case_ref": letter.case_ref,
            "day": letter.day,
            "is_from_reporter": letter.is_from_reporter,
            "envelope": letter.envelope.encode(),
        }
        self._connection.execute(insert(LETTERS), row)
        for blob in letter.blobs:
            owned = {"blob": blob, "case_ref": letter.case_ref}
            put(self._connection, CASE_BLOBS, owned, key=("blob",))

    def of_case(self, ref: str) -> tuple[Letter, ...]:
        """A case's letters in the order in which its log names them; days alone do not tell."""
        rows = self._connection.execute(_OF_CASE, {"of_case": ref})
        return tuple(_letter(row) for row in rows)

    def replace(self, letter: Letter) -> None:
        """After a hand-over: the same letter, sealed to others."""
        changed = {"letter": letter.id, "envelope": letter.envelope.encode()}
        self._connection.execute(_REPLACE, changed)

    def erase(self, ref: str) -> None:
        """All letters of a case are gone (L4)."""
        self._connection.execute(delete(LETTERS).where(LETTERS.c.case_ref == ref))


def _letter(row: Row[*tuple[Any, ...]]) -> Letter:
    return Letter(
        id=row.id,
        case_ref=row.case_ref,
        is_from_reporter=row.is_from_reporter,
        day=row.day,
        envelope=SealedEnvelope.decode(row.envelope, row.case_ref),
    )


class SqlSummaryShelf:
    """Implements `register.ports.SummaryShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    def put(self, summary: Summary) -> None:
        """Stores the newest version; the words of one that is no longer shared are gone."""
        words = summary.shared_words if summary.state is SummaryState.SHARED else None
        row = {
            "id": summary.id,
            "case_ref": summary.case_ref,
            "version": summary.version,
            "language": summary.language,
            "state": summary.state,
            "day": summary.day,
            "shared_words_sealed": None if words is None else self._sealed(summary.id, words),
            "envelope": summary.envelope.encode(),
        }
        put(self._connection, SUMMARIES, row)

    def of_case(self, ref: str) -> Summary | None:
        """The case's summary."""
        row = self._connection.execute(_SUMMARY_OF_CASE, {"of_case": ref}).one_or_none()
        return None if row is None else self._summary(row)

    def shared_with(
        self, organisation_id: str, *, after: str | None = None, limit: int = 50
    ) -> tuple[Summary, ...]:
        """Shared summaries of cases in an organisation's chain, by id."""
        # Asked of each shared summary, of which there are few, and not of each case, of which there
        # may be a million.
        concerned = exists().where(
            CASE_ORGANISATIONS.c.case_ref == SUMMARIES.c.case_ref,
            CASE_ORGANISATIONS.c.organisation_id == organisation_id,
        )
        chosen = (
            select(SUMMARIES)
            .where(SUMMARIES.c.state == SummaryState.SHARED, SUMMARIES.c.id > (after or ""))
            .where(concerned)
            .order_by(SUMMARIES.c.id)
            .limit(limit)
        )
        return tuple(self._summary(row) for row in self._connection.execute(chosen))

    def erase(self, ref: str) -> None:
        """The summary is gone, but for words that a company has been given (L4)."""
        theirs = (SUMMARIES.c.case_ref == ref, SUMMARIES.c.state != SummaryState.SHARED)
        self._connection.execute(delete(SUMMARIES).where(*theirs))

    def _sealed(self, summary_id: str, words: str) -> bytes:
        return self._key_ring.seal_row("summaries", "shared_words", summary_id, words.encode())

    def _summary(self, row: Row[*tuple[Any, ...]]) -> Summary:
        words = row.shared_words_sealed
        if words is not None:
            words = self._key_ring.open_row("summaries", "shared_words", row.id, words).decode()
        return Summary(
            id=row.id,
            case_ref=row.case_ref,
            version=row.version,
            language=row.language,
            state=SummaryState(row.state),
            day=row.day,
            envelope=SealedEnvelope.decode(row.envelope, row.case_ref),
            shared_words=words,
        )
