"""An account as bytes: what is sealed of a grievance or a letter, and read again by the desk.

Labels are kept as msgids with their values, so that a handler reads the questions in their own
language and the answers as they were given. Written by filing and letters; read after opening.

Format 1, JSON: {"v": 1, "flow", "version", "language", "told_at", "entries": [{"path", "label",
"value", "choices"}]}. A value is [tag, content], the tags are in `_TAGS`. It may grow by new keys
that old readers pass over; a changed meaning takes a new number, and readers of old ones stay for
as long as records are kept.
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import orjson

from flows.submission import AccountEntry
from flows.values import Place, Scan, StoredFile, Text, Value
from register.errors import UnreadableAccountError

_FORMAT = 1

IDENTITY_NAMES = ("contact_", "identity_")
"""Questions whose names begin so are about who the reporter is (L4)."""
IDENTITY_PATHS = frozenset({"name", "phone", "email", "address"})
"""Further paths that are, in flows that were not written for us."""
KNOWN_BEFOREHAND = frozenset({"channel"})
"""Questions that nobody was asked: how a report came is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a person told, in the order they were asked."""

    flow: str
    version: int
    language: str
    told_at: datetime | None = None
    """The exact time; it stands nowhere else."""
    entries: tuple[AccountEntry, ...] = field(repr=False)

    @property
    def files(self) -> tuple[StoredFile, ...]:
        """Every file in it. The keys in them open the blobs."""
        values = (entry.value for entry in self.entries if isinstance(entry.value, tuple))
        return tuple(each for value in values for each in value if isinstance(each, StoredFile))

    @property
    def blobs(self) -> tuple[str, ...]:
        """The ids of the sealed files, cleaned copies too."""
        copies = ((file, file.cleaned) for file in self.files)
        return tuple(each.blob for pair in copies for each in pair if each is not None)

    @property
    def words(self) -> tuple[str, ...]:
        """What the person wrote, and what they called their files; not what they said aloud.

        What they chose from a list is a code of ours, and no word of theirs.
        """
        written = (
            entry.value
            for entry in self.entries
            if isinstance(entry.value, str)
            and not entry.choices
            and entry.path not in KNOWN_BEFOREHAND
        )
        return (*written, *(file.name for file in self.files))

    def parted(self) -> "tuple[Account, Account]":
        """The story, and apart from it who told it and how to reach them (L4)."""
        story = tuple(entry for entry in self.entries if not is_identity(entry.path))
        identity = tuple(entry for entry in self.entries if is_identity(entry.path))
        return replace(self, entries=story), replace(self, entries=identity)


def is_identity(path: str) -> bool:
    """True for an answer that says who the reporter is or how to reach them (L4)."""
    name = path.rsplit(".", 1)[-1]
    return name.startswith(IDENTITY_NAMES) or path in IDENTITY_PATHS


def message(words: str, *, language: str, told_at: datetime | None = None) -> Account:
    """The account that a letter of plain words is."""
    label = Text(msgid="Message")
    entry = AccountEntry(path="message", label=label, value=words)
    return Account(flow="letter", version=1, language=language, told_at=told_at, entries=(entry,))


def dump_account(account: Account) -> bytes:
    """The account in the newest format."""
    return orjson.dumps(
        {
            "v": _FORMAT,
            "flow": account.flow,
            "version": account.version,
            "language": account.language,
            "told_at": account.told_at and account.told_at.isoformat(),
            "entries": [_entry_out(entry) for entry in account.entries],
        }
    )


def read_account(data: bytes) -> Account:
    """The account again; raises UnreadableAccountError, which repeats nothing of it."""
    try:
        read = orjson.loads(data)
        if read["v"] != _FORMAT:
            raise UnreadableAccountError("the account is in a format of another version")
        told_at = read["told_at"]
        return Account(
            flow=str(read["flow"]),
            version=int(read["version"]),
            language=str(read["language"]),
            told_at=None if told_at is None else datetime.fromisoformat(told_at),
            entries=tuple(_entry_in(entry) for entry in read["entries"]),
        )
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        # from None: the errors underneath quote what they could not read
        raise UnreadableAccountError("the account is not in a format of ours") from None


def _entry_out(entry: AccountEntry) -> dict[str, Any]:
    return {
        "path": entry.path,
        "label": _text_out(entry.label),
        "value": _out(entry.value),
        "choices": [_text_out(choice) for choice in entry.choices],
    }


def _entry_in(entry: Mapping[str, Any]) -> AccountEntry:
    value = _in(entry["value"])
    if isinstance(value, Text):
        raise UnreadableAccountError("an answer of the account is a label")
    return AccountEntry(
        path=str(entry["path"]),
        label=_text_in(entry["label"]),
        value=value,
        choices=tuple(_text_in(choice) for choice in entry["choices"]),
    )


def _text_out(text: Text) -> dict[str, Any]:
    values = {name: _out(value) for name, value in text.values.items()}
    return {"msgid": _whole(text.msgid), "values": values, "literal": text.is_literal}


def _text_in(text: Mapping[str, Any]) -> Text:
    values = {name: _in(value) for name, value in text["values"].items()}
    return Text(msgid=str(text["msgid"]), values=values, is_literal=bool(text["literal"]))


def _file_out(file: StoredFile) -> dict[str, Any]:
    return {
        "blob": file.blob,
        "media_type": file.media_type,
        "size": file.size,
        "name": _whole(file.name),
        "key": base64.b64encode(file.key).decode("ascii"),
        "cleaned": None if file.cleaned is None else _file_out(file.cleaned),
        "scan": file.scan.value,
    }


def _file_in(file: Mapping[str, Any]) -> StoredFile:
    return StoredFile(
        blob=str(file["blob"]),
        media_type=str(file["media_type"]),
        size=int(file["size"]),
        name=str(file["name"]),
        key=base64.b64decode(file["key"], validate=True),
        cleaned=None if file["cleaned"] is None else _file_in(file["cleaned"]),
        scan=Scan(file.get("scan", Scan.NOT_LOOKED)),
    )


def _place_in(place: list[Any]) -> Place:
    latitude, longitude, altitude, accuracy = place
    return Place(latitude=latitude, longitude=longitude, altitude=altitude, accuracy=accuracy)


_TAGS: Mapping[str, Callable[[Any], Value | Text]] = {
    "text": str,
    "whole": int,
    "decimal": Decimal,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "datetime": datetime.fromisoformat,
    "place": _place_in,
    "choices": lambda names: tuple(str(name) for name in names),
    "files": lambda files: tuple(_file_in(file) for file in files),
    "label": _text_in,
}
"""How each tag is read. `_out` writes them."""


def _in(value: list[Any]) -> Value | Text:
    tag, content = value
    return _TAGS[tag](content)


def _out(value: Value | Text) -> list[Any]:
    match value:
        case Text():
            return ["label", _text_out(value)]
        case str():
            return ["text", _whole(value)]
        case int():
            return ["whole", str(value)]  # JSON numbers end at 64 bits
        case Decimal():
            return ["decimal", str(value)]
        case datetime():  # before date, of which it is one
            return ["datetime", value.isoformat()]
        case date():
            return ["date", value.isoformat()]
        case time():
            return ["time", value.isoformat()]
        case Place():
            return ["place", [value.latitude, value.longitude, value.altitude, value.accuracy]]
        case tuple():
            return _several_out(value)


def _several_out(values: tuple[str, ...] | tuple[StoredFile, ...]) -> list[Any]:
    files = [each for each in values if isinstance(each, StoredFile)]
    if files:
        return ["files", [_file_out(file) for file in files]]
    return ["choices", [_whole(each) for each in values if isinstance(each, str)]]


def _whole(text: str) -> str:
    """The text without halves of characters, which no JSON can hold and some phones send."""
    return text.encode("utf-8", "replace").decode("utf-8")
