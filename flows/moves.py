"""What a person can do next. Channels make moves of taps, messages and form posts.

A move that answers a particular prompt carries that prompt's `turn`; one with another turn comes
from an old keyboard, a second tab or the browser's back button, and is refused as out of turn.
`turn=None` means "whatever is being asked now" (typed words in a chat).
"""

from dataclasses import dataclass, field
from typing import TypeAlias

from flows.values import StoredFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """Typed words; the engine reads them as the question's kind (a number, a date, a choice)."""

    text: str = field(repr=False)
    turn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose:
    """The choices, by name, all at once: a button of a single choice, or a whole web form."""

    names: tuple[str, ...] = field(repr=False)
    turn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Toggle:
    """One choice of several, put on or off (in a ranking: placed next, or taken out).

    Where files are asked for, the file of that blob is taken out again.
    """

    name: str = field(repr=False)
    turn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """Done with toggling, or with sending files."""

    turn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attach:
    """Files that the channel has already sealed and put away; more may follow."""

    files: tuple[StoredFile, ...]
    turn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Locate:
    """A place, in degrees."""

    latitude: float = field(repr=False)
    longitude: float = field(repr=False)
    turn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """Leave this question unanswered; refused where an answer is required (W6)."""

    turn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """To the question before this one; its answer stays until it is changed."""

    turn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From the review to one question, by path, and back to the review after it."""

    path: str
    turn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchLanguage:
    """Go on in another language; nothing that was answered is lost."""

    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Stop at once and keep nothing (W2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit:
    """Send what the review showed."""

    turn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """Ask the present question again, changing nothing (a page is reloaded, a chat is resumed)."""


Move: TypeAlias = (
    Write
    | Choose
    | Toggle
    | Finish
    | Attach
    | Locate
    | Skip
    | Back
    | Change
    | SwitchLanguage
    | Stop
    | Submit
    | Repeat
)
