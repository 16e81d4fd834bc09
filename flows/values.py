"""The values that answers can have, and the text that is shown of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point in degrees; metres above the sea and of accuracy where the device told them."""

    latitude: float
    longitude: float
    altitude: float | None = None
    accuracy: float | None = None


class Scan(StrEnum):
    """What a malware scanner said of a file. Stored: never reuse a value."""

    NOT_LOOKED = "not_looked"
    """There is no scanner."""
    CLEAN = "clean"
    INFECTED = "infected"
    TOO_LARGE = "too_large"
    """For the scanner; the rest of the house took it."""
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file that was sealed when it came in. The engine carries it and never looks inside."""

    blob: str
    """Which sealed blob holds it."""
    media_type: str
    """What the content is, found by looking at it, e.g. `image/jpeg`."""
    size: int
    """In bytes."""
    name: str = field(default="", repr=False)
    """As the person called it; part of the account."""
    key: bytes = field(default=b"", repr=False)
    """The content key of the blob; lives only in the encrypted draft, then in the envelope."""
    cleaned: "StoredFile | None" = None
    """The copy without metadata, where one could be made (W4)."""
    scan: Scan = Scan.NOT_LOOKED
    """What a malware scanner said of it when it came in."""


Value: TypeAlias = (
    str | int | Decimal | date | time | datetime | Place | tuple[str, ...] | tuple[StoredFile, ...]
)
"""An answer. A choice is its name (`str`), several are a tuple of names, in the order chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words for people: a msgid with the values of its `${name}` places, or literal words.

    `values` are strings and numbers that a person gave; `locales` formats and isolates them.
    """

    msgid: str
    values: Mapping[str, "Value | Text"] = field(default_factory=dict, repr=False)
    is_literal: bool = False
    """True for names that are not translated, such as a site's."""
