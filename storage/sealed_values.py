"""Values of the house as sealed bytes in a column, and back.

A value is written as JSON of its fields after one byte of version, and sealed under the key ring,
bound to table, column and row. Stored format, version 1: a field may be added if it has a default,
never renamed and never given another meaning; enums never reuse a value. Anything else is a new
version, and the old one stays readable.
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any, Generic, TypeVar

import orjson
from pydantic import TypeAdapter, ValidationError

from sealing.key_ring import KeyRing
from storage.errors import StorageError

Value = TypeVar("Value")
_VERSION = b"\x01"
_KEYS = orjson.OPT_NON_STR_KEYS
"""Enums may be the keys of a mapping."""


class UnreadableValueError(StorageError):
    """A stored value does not have the shape this version knows; says where, never what."""


class SealedValues(Generic[Value]):
    """One column that holds values of one type."""

    def __init__(self, kind: type[Value], table: str, column: str) -> None:
        self._adapter = TypeAdapter(kind)
        self._table = table
        self._column = column

    def seal(self, key_ring: KeyRing, row: str, value: Value) -> bytes:
        """The value, sealed for this row."""
        plain = _VERSION + orjson.dumps(value, default=_as_json, option=_KEYS)
        return key_ring.seal_row(self._table, self._column, row, plain)

    def open(self, key_ring: KeyRing, row: str, sealed: bytes) -> Value:
        """The value of this row. Raises `UnreadableValueError`, and what the key ring raises."""
        plain = key_ring.open_row(self._table, self._column, row, sealed)
        if plain[:1] != _VERSION:
            raise UnreadableValueError(f"{self._table}.{self._column}: unknown version")
        try:
            return self._adapter.validate_json(plain[1:])
        except ValidationError as fault:
            where = ", ".join(".".join(map(str, error["loc"])) for error in fault.errors()[:3])
            raise UnreadableValueError(f"{self._table}.{self._column}: {where}") from None


class RememberedValues(SealedValues[Value]):
    """A column of values that cannot change, opened again and again by pages: the last ones stay.

    The same sealed bytes always hold the same value, and whatever is sealed anew has other bytes.
    """

    def __init__(self, kind: type[Value], table: str, column: str, most: int) -> None:
        """`most` values are remembered."""
        super().__init__(kind, table, column)
        self._remembered = lru_cache(maxsize=most)(super().open)

    def open(self, key_ring: KeyRing, row: str, sealed: bytes) -> Value:
        """The value of this row, as `SealedValues.open`."""
        return self._remembered(key_ring, row, sealed)


def _as_json(value: Any) -> Any:
    """What orjson does not know by itself."""
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be stored")
