"""Turns what an expression gives into a value that can be kept and shown. Called by the engine."""

from decimal import Decimal
from math import isfinite

from flows.expressions import Atom
from flows.values import Value

_LARGEST_WHOLE = 10**15


def outcome(atom: Atom) -> Value | None:
    """The value; None for what is empty or not a number. Whole numbers lose their point."""
    match atom:
        case "" | ():
            return None
        case bool():
            return "true" if atom else "false"
        case float():
            if not isfinite(atom):
                return None
            whole = atom.is_integer() and abs(atom) < _LARGEST_WHOLE
            return int(atom) if whole else Decimal(repr(atom))
        case _:
            return atom
