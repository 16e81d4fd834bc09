"""Numbers that may be shown, in tables that begin with them. Used by the officers' pages.

Most numbers of a quarter may not be shown (K1, K3). A table therefore begins with the rows and the
columns in which one stands, and its rows without any are only named below it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from locales.catalogue import Catalogue
from locales.marking import N_
from monitoring.overview.company import QuarterView
from register.particulars import Group, Theme
from register.release import Cell
from web.company.places import PlaceNames

R = TypeVar("R")
C = TypeVar("C")

TOO_FEW = N_("too few to show")
"""Stands for a number that is too small and for nobody at all alike (K3)."""

HIDDEN = ""
"""Such a number in a table: a dash to the eye, `TOO_FEW` to the ear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRow:
    """One row of a table; its numbers in words, `HIDDEN` for those that may not be shown."""

    name: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberTable:
    """Rows with something to show, their totals, and the names of all other rows."""

    columns: tuple[str, ...]
    rows: tuple[NumberRow, ...]
    totals: tuple[NumberRow, ...]
    others: tuple[str, ...]

    @property
    def has_numbers(self) -> bool:
        """Whether any number stands in it."""
        return any(any(row.numbers) for row in (*self.rows, *self.totals))


def number_words(number: int | None, words: Catalogue) -> str:
    """The number, or that it is too small to show."""
    return words.text(TOO_FEW) if number is None else words.number(number)


def number_or_hidden(number: int | None, words: Catalogue) -> str:
    """The number, or `HIDDEN`, for a cell of a table."""
    return HIDDEN if number is None else words.number(number)


def cells_on_pages(quarter: QuarterView) -> tuple[Cell, ...]:
    """The cells that the tables below have a place for; of no finer ones is ever told elsewhere."""
    return tuple(
        each
        for each in quarter.cells
        if each.group is None or (each.place is None and each.theme is not None)
    )


def place_table(
    quarter: QuarterView,
    names: PlaceNames,
    theme_names: Mapping[Theme, str],
    words: Catalogue,
) -> NumberTable:
    """Places by theme with the totals that were released; all themes together come first."""
    columns: dict[Theme | None, str] = {None: words.text(N_("All themes"))}
    columns |= dict(theme_names.items())
    places: dict[str | None, str] = {place.key: names.of(place.key) for place in quarter.places}
    everywhere: dict[str | None, str] = {None: words.text(N_("All places"))}
    shown = _shown(
        (*places, None), columns, lambda place, theme: quarter.number(place=place, theme=theme)
    )
    return _table(places, columns, shown, words, total=everywhere)


def group_table(
    quarter: QuarterView,
    theme_names: Mapping[Theme, str],
    group_names: Mapping[Group, str],
    words: Catalogue,
) -> NumberTable:
    """Themes by who is most affected, over all places (R99)."""
    shown = _shown(
        theme_names, group_names, lambda theme, group: quarter.number(theme=theme, group=group)
    )
    return _table(theme_names, group_names, shown, words)


def _shown(
    rows: Iterable[R], columns: Collection[C], number: Callable[[R, C], int | None]
) -> dict[tuple[R, C], int]:
    """The numbers that may be shown, by row and column."""
    return {
        (row, column): found
        for row in rows
        for column in columns
        if (found := number(row, column)) is not None
    }


def _table(
    rows: Mapping[R, str],
    columns: Mapping[C, str],
    shown: Mapping[tuple[R, C], int],
    words: Catalogue,
    total: Mapping[R, str] | None = None,
) -> NumberTable:
    """Columns with a number first, rows by their largest number, rows without one apart."""
    filled = {column for _, column in shown}
    order = sorted(columns, key=lambda column: column not in filled)

    def row_of(row: R, name: str) -> NumberRow:
        numbers = (number_or_hidden(shown.get((row, column)), words) for column in order)
        return NumberRow(name=name, numbers=tuple(numbers))

    def largest(row: R) -> tuple[int, str]:
        return -max(shown.get((row, column), 0) for column in columns), rows[row]

    heard = {row for row, _ in shown}
    return NumberTable(
        columns=tuple(columns[column] for column in order),
        rows=tuple(row_of(row, rows[row]) for row in sorted(heard & rows.keys(), key=largest)),
        totals=tuple(row_of(row, name) for row, name in (total or {}).items()),
        others=tuple(sorted(name for row, name in rows.items() if row not in heard)),
    )
