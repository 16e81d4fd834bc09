"""The values that an officer's pages show. Made by `monitoring.overview.company` alone.

None of them has a field for what may not be shown: no case, no reporter, no estimate from what
was not released, and not who at the desk judged.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from consultations.ratings import StakeholderRating
from consultations.round import Round
from monitoring.heat_map import HeatMap, Row, ThemeCell
from monitoring.limits import LimitFigure
from monitoring.risk.involvement import InvolvementLog
from monitoring.risk.priorities import Ranked
from monitoring.risk.rating_figures import RatingFigure
from monitoring.risk.severity import Weight
from register.particulars import Group, Theme
from register.places import Place
from register.quarters import Quarter
from register.release import Cell
from register.sites import Organisation, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterView:
    """A closed quarter: its numbers, and how its time limits were kept."""

    quarter: Quarter
    places: tuple[Place, ...]
    """The rows, shown or not."""
    cells: tuple[Cell, ...]
    limits: tuple[LimitFigure, ...]
    """One for each kind in `monitoring.limits.COUNTED`."""
    _numbers: Mapping[tuple[str | None, Theme | None, Group | None], int] = field(
        init=False, repr=False, compare=False
    )
    """Those of the cells: a page asks for each of hundreds."""

    def __post_init__(self) -> None:
        numbers = {(each.place, each.theme, each.group): each.number for each in self.cells}
        object.__setattr__(self, "_numbers", numbers)

    def number(
        self, place: str | None = None, theme: Theme | None = None, group: Group | None = None
    ) -> int | None:
        """The number of a cell; None for "too few to show", which may be nobody."""
        return self._numbers.get((place, theme, group))


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedJudgement:
    """What somebody at the desk made of a finding, and lets the company see.

    Without who it was, and without the estimate that it was based on.
    """

    day: date
    weight: Weight
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyFinding:
    """One cell of the company's heat map with all that may be known of it."""

    cell: ThemeCell
    row: Row
    sites: tuple[Site, ...]
    """One, or small sites together (K2)."""
    ranked: Ranked | None
    """Its place in the order and why; None until the next daily round."""
    numbers: tuple[tuple[Quarter, int | None], ...]
    """People in each of the quarters shown, newest first; None for too few to show."""
    ratings: tuple[RatingFigure, ...]
    judgements: tuple[SharedJudgement, ...]
    """In the order in which they were made."""
    involvement: InvolvementLog | None
    """None where nobody has looked."""

    @property
    def id(self) -> str:
        """Fit for an address."""
        return self.cell.id


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedSummary:
    """What a handler wrote of one case and the reporter approved (K6, K8).

    Not whose case, of which day or in which language: only the quarter in which it was shared.
    """

    id: str
    words: str = field(repr=False)
    shared_in: Quarter


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenVoice:
    """A participant who lets the company see who they are and what they said (C61)."""

    name: str = field(repr=False)
    ratings: tuple[StakeholderRating, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """A round of the organisation, with what its ratings came to once it was over."""

    round: Round
    figures: tuple[RatingFigure, ...]
    open_voices: tuple[OpenVoice, ...]
    is_feedback_due: bool
    """Participants were promised word by now and have had none (C79)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyView:
    """All of it, for one organisation on one day."""

    organisation: Organisation
    day: date
    sites: tuple[Site, ...]
    quarters: tuple[QuarterView, ...]
    """The last `QUARTERS_SHOWN` that are over, newest first."""
    heat_map: HeatMap
    findings: tuple[CompanyFinding, ...]
    """In the order in which they are to be dealt with."""
    unheard: tuple[Site, ...]
    """Not safe but unheard (G19)."""
    summaries: tuple[SharedSummary, ...]
    """The first page; the others by `shared_summaries`."""
    rounds: tuple[RoundView, ...]
    """The latest first; drafts are not among them."""

    def finding(self, finding_id: str) -> CompanyFinding | None:
        """The finding with this id, or None."""
        return next((each for each in self.findings if each.id == finding_id), None)
