"""How a quarter's time limits were kept, in words. Used by the overview and the register."""

from dataclasses import dataclass

from locales.catalogue import Catalogue
from monitoring.overview.company import QuarterView
from web.company.figures import number_or_hidden
from web.company.words import LIMIT_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitLine:
    """One kind of time limit; a number that may not be shown is `figures.HIDDEN`."""

    what: str
    in_time: str
    missed: str


def limit_lines(quarter: QuarterView, words: Catalogue) -> tuple[LimitLine, ...]:
    """One line for each kind that is counted."""
    return tuple(
        LimitLine(
            what=words.text(LIMIT_WORDS[each.kind]),
            in_time=number_or_hidden(each.in_time, words),
            missed=number_or_hidden(each.missed, words),
        )
        for each in quarter.limits
    )
