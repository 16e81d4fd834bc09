"""What a visitor of the sample installation needs: who to sign in as, which receipts and links.

Written once, at the end of the making, into the sample's own folder; its presence is how a folder
is known to hold a sample and nothing else. A real installation keeps none of this anywhere.

Format 1, JSON with the fields below. While the sample is being made the file says only that. A
later format has another number and is made anew, because a sample can be.
"""

import os
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

import orjson
from pydantic import TypeAdapter, ValidationError

FILE = "sample.json"
_FORMAT = 1
_MODE = 0o600


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """Somebody whom a visitor can be."""

    name: str
    """What is typed at the sign-in."""
    what: str
    passphrase: str = field(repr=False)
    totp_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReceipt:
    """A receipt that opens a case with letters in it."""

    what: str
    receipt: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownInvitation:
    """A personal link into the round that is open."""

    what: str
    token: str = field(repr=False)
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSite:
    """A site whose poster link is worth opening."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Everything for a visitor."""

    format: int = _FORMAT
    made_on: date
    logins: tuple[Login, ...]
    receipts: tuple[ShownReceipt, ...]
    invitations: tuple[ShownInvitation, ...]
    sites: tuple[ShownSite, ...]
    recovery: str = field(repr=False)
    """The recovery key's printable text. A real one is shown once and kept nowhere."""


_CARD = TypeAdapter(Card)


def is_sample(home: Path) -> bool:
    """Whether this folder holds a sample, made or begun."""
    return (home / FILE).is_file()


def begin_card(home: Path) -> None:
    """Note that a sample is being made here, before anything else is written."""
    _write(home, b"{}\n")


def write_card(home: Path, card: Card) -> None:
    """Note that the sample is made."""
    _write(home, orjson.dumps(asdict(card), option=orjson.OPT_INDENT_2) + b"\n")


def read_card(home: Path) -> Card | None:
    """The card; None where the making broke off, or another version made the sample."""
    try:
        card = _CARD.validate_json((home / FILE).read_bytes())
    except (FileNotFoundError, ValidationError):
        return None
    return card if card.format == _FORMAT else None


def _write(home: Path, data: bytes) -> None:
    unfinished = home / f"{FILE}.part"
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _MODE), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(home / FILE)
