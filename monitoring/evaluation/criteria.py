"""The five ways in which a question is judged, as the framework file states them.

Read by `verdicts`, which applies them, and by `report`, which shows them. Points are exact
`Fraction`s: half a point is a half, never 0.5 in binary.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from monitoring.evaluation.rules import Rule


class Verdict(StrEnum):
    """No, partly or fully. Stored; a value is never reused."""

    NO = "no"
    PARTLY = "partly"
    FULLY = "fully"

    @property
    def share(self) -> Fraction:
        """Of a question's points: none, half or all (S1)."""
        return SHARES[self]

    def reaches(self, other: "Verdict") -> bool:
        """Whether this verdict is at least as good as the other."""
        return self.share >= other.share


SHARES = {Verdict.NO: Fraction(0), Verdict.PARTLY: Fraction(1, 2), Verdict.FULLY: Fraction(1)}


class Decision(StrEnum):
    """Open places of the published text that we had to decide (S3); each has a note in the file."""

    UNNAMED_MIX = "unnamed_mix"
    NOT_APPLICABLE = "not_applicable"
    CLAIM_UNSUPPORTED = "claim_unsupported"
    TIME_RUNNING = "time_running"
    CORE_MET = "core_met"
    MOST_THEMES = "most_themes"
    BAND_EDGES = "band_edges"
    SAME_WORDS = "same_words"
    INTERVAL_APART = "interval_apart"
    LANGUAGE_APART = "language_apart"
    LEVERAGE_EXAMPLES = "leverage_examples"
    PARTLY_MEETS = "partly_meets"
    MOSTLY_MEETS = "mostly_meets"
    NO_COMPLAINTS = "no_complaints"
    DENOMINATOR = "denominator"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictRules:
    """Fully if `fully` holds, else partly if `partly` holds, else no.

    The rest says where the published words end: a verdict for a mix that they do not name
    is marked as ours.
    """

    fully: Rule
    partly: Rule
    partly_named: tuple[frozenset[str], ...] = ()
    """If given, only these mixes are named as partly."""
    no_named: tuple[frozenset[str], ...] = ()
    """Mixes of some parts that are named as no."""
    no_covers_less: bool = False
    """The words for no cover anything short of partly."""
    fully_decision: Decision | None = None
    partly_decision: Decision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeCoverage:
    """All themes: fully; most: partly. Counted over several questions together."""

    themes: tuple[str, ...]
    """All themes of the questions together."""
    together_with: tuple[str, ...]
    most_from: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """From this share on (per cent, included) up to the next band."""

    from_percent: Fraction
    points: Fraction
    is_doubtful: bool = False
    """The published bands overlap at this very share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """Points by share; ascending, the first begins at nought."""

    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PercentVerdict:
    """Fully above one share, partly from another on (per cent)."""

    fully_above: Fraction
    partly_from: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedComponents:
    """Every part done within its years after harm became known (A104): fully; some: partly."""

    within_years: Mapping[str, int]


Criterion: TypeAlias = VerdictRules | ThemeCoverage | Bands | PercentVerdict | TimedComponents
