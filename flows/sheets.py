"""A flow as rows of cells, before anything in it is understood. Called by `loading`.

Both ways in end here: YAML files (`yaml_rows`) and spreadsheets, whose importer fills these values
itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its number in the file, from 1, and its filled cells by column."""

    number: int
    cells: Mapping[str, str]

    def cell(self, column: str) -> str:
        """The cell without outer spaces; empty where there is none."""
        return self.cells.get(column, "").strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """The whole of a flow as rows. `choices` are rows by the name of their list."""

    file: str
    name: str
    version: int
    title: str
    survey: tuple[Row, ...]
    choices: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
