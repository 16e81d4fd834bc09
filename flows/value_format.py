"""Values as JSON and back, exactly. Used by `session` only.

What JSON has itself (strings, whole numbers, lists of names) stands as it is; the rest is an object
with one letter that says what it is. Stored in drafts: a letter is never given another meaning.

    {"d": "1.50"} Decimal   {"D": "2026-03-01"} date   {"T": "10:30:00"} time   {"M": "…"} datetime
    {"p": [latitude, longitude, altitude, accuracy]} Place
    {"f": [[blob, type, size, name, key, cleaned, scan], …]} files; no scan without a scanner
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeAlias

from flows.expressions import Atom
from flows.values import Place, Scan, StoredFile

Packed: TypeAlias = Any
"""What orjson reads and writes."""


def pack(value: Atom) -> Packed:
    """The value as JSON has it."""
    match value:
        case str() | bool() | int() | float():
            return value
        case Decimal():
            return {"d": str(value)}
        case datetime():
            return {"M": value.isoformat()}
        case date():
            return {"D": value.isoformat()}
        case time():
            return {"T": value.isoformat()}
        case Place():
            return {"p": [value.latitude, value.longitude, value.altitude, value.accuracy]}
        case tuple():
            return _pack_many(value)


def _pack_many(values: tuple[str, ...] | tuple[StoredFile, ...]) -> Packed:
    files = [_pack_file(one) for one in values if isinstance(one, StoredFile)]
    return {"f": files} if files else list(values)


def _pack_file(file: StoredFile) -> Packed:
    key = b64encode(file.key).decode("ascii")
    cleaned = None if file.cleaned is None else _pack_file(file.cleaned)
    packed = [file.blob, file.media_type, file.size, file.name, key, cleaned]
    return packed if file.scan is Scan.NOT_LOOKED else [*packed, file.scan.value]


def unpack(packed: Packed) -> Atom:
    """The value; raises `ValueError`, `KeyError` or `TypeError` for what `pack` never made."""
    match packed:
        case str() | bool() | int() | float():
            return packed
        case list():
            return tuple(map(_name, packed))
        case dict() if len(packed) == 1:
            return _unpack_marked(packed)
        case _:
            raise ValueError("no packed value")


def _name(name: Packed) -> str:
    if not isinstance(name, str):
        raise TypeError("no name of a choice")
    return name


def _unpack_marked(packed: Mapping[str, Packed]) -> Atom:
    match packed:
        case {"d": text}:
            return Decimal(text)
        case {"D": text}:
            return date.fromisoformat(text)
        case {"T": text}:
            return time.fromisoformat(text)
        case {"M": text}:
            return datetime.fromisoformat(text)
        case {"p": [latitude, longitude, altitude, accuracy]}:
            return Place(
                latitude=latitude, longitude=longitude, altitude=altitude, accuracy=accuracy
            )
        case {"f": files}:
            return tuple(map(_unpack_file, files))
        case _:
            raise ValueError("no packed value")


def _unpack_file(packed: Packed) -> StoredFile:
    blob, media_type, size, name, key, cleaned, *later = packed
    (scan,) = later or (Scan.NOT_LOOKED,)
    return StoredFile(
        blob=blob,
        media_type=media_type,
        size=size,
        name=name,
        key=b64decode(key, validate=True),
        cleaned=None if cleaned is None else _unpack_file(cleaned),
        scan=Scan(scan),
    )
