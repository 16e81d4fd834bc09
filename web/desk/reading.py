"""Opens what is sealed to a handler: accounts, letters, summaries. In memory, for one answer.

Called by the case's page and by everything that must read to act. The functions are sync and take
milliseconds; callers run them in a thread. What cannot be opened is said (`Unopened`), never
guessed: a page without it is better than no page.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from flows.values import StoredFile
from register.account import Account, read_account
from register.consent import PartSaid, parts_said
from register.errors import UnreadableAccountError
from register.letters import Letter
from register.papers import Paper
from register.sealed_parts import ACCOUNT, IDENTITY, names_of
from register.summary import Summary
from sealing.envelope import SealedEnvelope
from sealing.failures import SealingError
from sealing.identities import Identity
from sealing.opening import open_part


class Opened(StrEnum):
    """What of a case a handler opened, as it stands in the log. Stored: never reuse a value."""

    ACCOUNT = "account"
    IDENTITY = "identity"
    ORIGINAL_FILE = "original_file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unopened:
    """It is not sealed to this key, was altered, or is in a format of another version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedLetter:
    """A letter and what it says; None where it does not open."""

    letter: Letter
    content: Account | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPaper:
    """A paper and its words; empty where it does not open."""

    paper: Paper
    words: str = field(repr=False)


def open_account(envelope: SealedEnvelope, identity: Identity) -> Account | Unopened:
    """What was told."""
    return _opened(envelope, ACCOUNT, identity)


def open_identity(envelope: SealedEnvelope, identity: Identity) -> Account | Unopened | None:
    """Who told it; None where nobody said so, or it was erased (L4)."""
    if not has_identity(envelope):
        return None
    return _opened(envelope, IDENTITY, identity)


def has_identity(envelope: SealedEnvelope) -> bool:
    """Whether there is a part that says who told it; opens nothing."""
    return bool(names_of(IDENTITY, envelope.names))


def open_letters(letters: Iterable[Letter], identity: Identity) -> tuple[OpenedLetter, ...]:
    """All letters of a case, in their order."""
    opened = ((each, _opened(each.envelope, each.part, identity)) for each in letters)
    return tuple(
        OpenedLetter(letter=letter, content=content if isinstance(content, Account) else None)
        for letter, content in opened
    )


def open_tellers(letters: Iterable[Letter], identity: Identity) -> tuple[OpenedLetter, ...]:
    """Who the reporter said in later letters that they are; only the letters that say so (L4)."""
    opened = (
        (each, _opened(each.envelope, each.teller_part, identity))
        for each in letters
        if each.has_teller
    )
    return tuple(
        OpenedLetter(letter=letter, content=content if isinstance(content, Account) else None)
        for letter, content in opened
    )


def open_papers(papers: Iterable[Paper], identity: Identity) -> tuple[OpenedPaper, ...]:
    """What handlers wrote for each other, in its order; what does not open has no words."""
    opened = ((each, _opened(each.envelope, each.part, identity)) for each in papers)
    return tuple(
        OpenedPaper(
            paper=paper,
            words="\n\n".join(content.words) if isinstance(content, Account) else "",
        )
        for paper, content in opened
    )


def open_summary(summary: Summary, identity: Identity) -> str | None:
    """The words of a summary's newest version; None where they do not open."""
    content = _opened(summary.envelope, summary.part, identity)
    return "\n\n".join(content.words) if isinstance(content, Account) else None


def open_said(summary: Summary, identity: Identity) -> tuple[PartSaid, ...]:
    """What the reporter said to each part of it; nothing before they did, once it is shared, and
    where it does not open."""
    content = _opened(summary.envelope, summary.said_part, identity)
    try:
        return parts_said(content) if isinstance(content, Account) else ()
    except UnreadableAccountError:
        return ()


def files_of(
    account: Account | Unopened, letters: Iterable[OpenedLetter]
) -> tuple[StoredFile, ...]:
    """Every file that came with the case, in order."""
    contents = (account, *(each.content for each in letters))
    return tuple(
        file for content in contents if isinstance(content, Account) for file in content.files
    )


def _opened(envelope: SealedEnvelope, name: str, identity: Identity) -> Account | Unopened:
    names = names_of(name, envelope.names)
    if not names:
        return Unopened()
    try:
        return read_account(b"".join(open_part(envelope, each, identity) for each in names))
    except (SealingError, UnreadableAccountError):
        return Unopened()
