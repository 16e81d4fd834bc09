"""One measurement as one line of JSON, with what it should be and whether it is.

Made by the measures, written by `python -m bench`.
"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

import orjson


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A figure: the median of some rounds, with the lowest and the highest."""

    name: str
    unit: str
    median: float
    low: float
    high: float
    rounds: int
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""

    @property
    def holds(self) -> bool | None:
        """Whether it is as it should be; None where nothing is asked of it."""
        if self.at_most is not None:
            return self.median <= self.at_most
        if self.at_least is not None:
            return self.median >= self.at_least
        return None

    def line(self) -> bytes:
        """The row as JSON, without what is not known."""
        said = {
            "row": self.name,
            "median": _rounded(self.median),
            "unit": self.unit,
            "low": _rounded(self.low),
            "high": _rounded(self.high),
            "rounds": self.rounds,
            "at_most": self.at_most,
            "at_least": self.at_least,
            "holds": self.holds,
            "note": self.note or None,
        }
        return orjson.dumps({name: value for name, value in said.items() if value is not None})


def row(
    name: str,
    unit: str,
    figures: Sequence[float],
    *,
    at_most: float | None = None,
    at_least: float | None = None,
    note: str = "",
) -> Row:
    """The row of these rounds; there is at least one."""
    return Row(
        name=name,
        unit=unit,
        median=statistics.median(figures),
        low=min(figures),
        high=max(figures),
        rounds=len(figures),
        at_most=at_most,
        at_least=at_least,
        note=note,
    )


def at_share(figures: Sequence[float], share: float) -> float:
    """The figure that this share of all figures is not above: 0.99 for the 99th percentile."""
    ordered = sorted(figures)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _rounded(figure: float) -> float:
    return round(figure, 1 if abs(figure) >= 10 else 4)
