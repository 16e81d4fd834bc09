"""Numbers that may be shown, and what stands where one may not. Used by the pages' tables."""

from dataclasses import dataclass

from locales.catalogue import Catalogue
from locales.marking import N_
from monitoring.overview.company import QuarterView
from register.particulars import Group, Theme
from web.company.places import PlaceNames

TOO_FEW = N_("too few to show")
"""Stands for a number that is too small and for nobody at all alike (K3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRow:
    """One row of a table of numbers; each number in words."""

    name: str
    numbers: tuple[str, ...]


def number_words(number: int | None, words: Catalogue) -> str:
    """The number, or that it is too small to show."""
    return words.text(TOO_FEW) if number is None else words.number(number)


def place_rows(quarter: QuarterView, names: PlaceNames, words: Catalogue) -> tuple[NumberRow, ...]:
    """Places by theme, with the totals that were released; the last row is all places."""
    columns: tuple[Theme | None, ...] = (*Theme, None)
    keys: tuple[str | None, ...] = (*(place.key for place in quarter.places), None)
    return tuple(
        NumberRow(
            name=words.text(N_("All places")) if key is None else names.of(key),
            numbers=tuple(
                number_words(quarter.number(place=key, theme=theme), words) for theme in columns
            ),
        )
        for key in keys
    )


def group_rows(
    quarter: QuarterView, theme_names: dict[Theme, str], words: Catalogue
) -> tuple[NumberRow, ...]:
    """Themes by who is most affected, over all places (R99)."""
    return tuple(
        NumberRow(
            name=theme_names[theme],
            numbers=tuple(
                number_words(quarter.number(theme=theme, group=group), words) for group in Group
            ),
        )
        for theme in Theme
    )
