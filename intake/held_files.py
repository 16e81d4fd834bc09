"""Which sealed files a conversation holds, so that those of answers that are gone go as well."""

from collections.abc import Iterable

from flows.session import Session
from flows.submission import Submission
from flows.values import StoredFile, Value


def blobs_of_session(session: Session) -> frozenset[str]:
    """The blobs of every answer, those that are not relevant now included."""
    pending = () if session.pending is None else (session.pending,)
    return _blobs((*session.answers.values(), *pending))


def blobs_of_submission(submission: Submission) -> frozenset[str]:
    """The blobs that were sent."""
    return _blobs(entry.value for entry in submission.account)


def blobs_of_files(files: Iterable[StoredFile]) -> frozenset[str]:
    """The blobs of these files: the originals and their cleaned copies."""
    return _blobs((tuple(files),))


def _blobs(values: Iterable[Value]) -> frozenset[str]:
    found: set[str] = set()
    for value in values:
        if isinstance(value, tuple):
            for file in value:
                if isinstance(file, StoredFile):
                    found.add(file.blob)
                    if file.cleaned is not None:
                        found.add(file.cleaned.blob)
    return frozenset(found)
