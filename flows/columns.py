"""Reads the cells of one survey row into expressions and limits. Called by `building`."""

import re
from collections.abc import Callable, Set
from dataclasses import dataclass, replace
from math import isfinite

from flows.definition import RangeLimits
from flows.expressions import (
    Expression,
    ExpressionError,
    Vicinity,
    compile_expression,
    literal_expression,
)
from flows.sheets import Row

_YES = frozenset({"yes", "true", "true()", "1"})
_TRUTHS = frozenset({"true", "false"})
_NO = frozenset({"", "no", "false", "false()", "0"})
_COMPUTED = re.compile(r"\$\{|[a-z][a-z-]*\(")
"""How a default that is to be computed is told from one that stands as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The cells of one row; what is wrong with one goes to `fault` and the cell counts as empty."""

    row: Row
    vicinity: Vicinity
    fault: Callable[[int, str], None]

    def with_cell(self, column: str, text: str) -> "Cells":
        """The same with one cell filled."""
        row = Row(number=self.row.number, cells={**self.row.cells, column: text})
        return replace(self, row=row)

    def expression(
        self, column: str, *, choice_columns: Set[str] | None = None
    ) -> Expression | None:
        """The compiled cell; None where it is empty or refused."""
        source = self.row.cell(column)
        if not source:
            return None
        if source.lower() in _TRUTHS:  # as spreadsheets write their own
            source = source.lower() + "()"
        columns = None if choice_columns is None else frozenset(choice_columns)
        vicinity = replace(self.vicinity, column=column, choice_columns=columns)
        try:
            return compile_expression(source, vicinity)
        except ExpressionError as error:
            self.fault(self.row.number, f"{column}: {error}")
            return None

    def condition(self, column: str) -> Expression | None:
        """As `expression`, where a plain yes or no may stand as well; None for no."""
        written = self.row.cell(column).lower()
        if written in _NO:
            return None
        if written in _YES:
            return self.with_cell(column, "true()").expression(column)
        return self.expression(column)

    def default(self) -> Expression | None:
        """The default: computed where it has a reference or a function, else as it stands."""
        source = self.row.cell("default")
        if not source:
            return None
        return (
            self.expression("default") if _COMPUTED.search(source) else literal_expression(source)
        )

    def limits(self) -> RangeLimits | None:
        """XLSForm's `start=0 end=10 step=1`, which are also what is left out."""
        written = re.sub(r"\s*=\s*", "=", self.row.cell("parameters"))
        given = {"start": 0.0, "end": 10.0, "step": 1.0}
        for pair in re.findall(r"[^\s,;]+", written):
            key, _, text = pair.partition("=")
            number = _number(text)
            if key in given and number is not None:
                given[key] = number
            else:
                self.fault(self.row.number, f"parameters: cannot read {pair!r}")
        limits = RangeLimits(start=given["start"], end=given["end"], step=given["step"])
        if limits.step <= 0 or limits.end <= limits.start:
            self.fault(self.row.number, "parameters: needs start < end and a step above 0")
            return None
        return limits


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None
