"""What the ratings of a round come to, as the company is shown it: worked out once, then kept.

Made when the round is over (`monitoring.overview.organisations`), kept by
`monitoring.ports.FigureShelf`. If the figures were worked out again whenever a page is opened,
two looks could be compared after somebody left and took their ratings along (K4, C62).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from consultations.ratings import StakeholderRating
from consultations.round import Round
from monitoring.risk.rating_figures import RatingFigure, rating_figures
from register.places import Place
from register.release import Thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFigures:
    """The figures of one round by row and theme; none where too few took part."""

    round_id: str
    figures: tuple[RatingFigure, ...]


def figures_of_round(
    round_: Round,
    ratings: Iterable[StakeholderRating],
    places: Iterable[Place],
    thresholds: Thresholds,
) -> RoundFigures:
    """The figures of a round that is over; none of one that is not."""
    return RoundFigures(
        round_id=round_.id, figures=rating_figures(round_, ratings, places, thresholds)
    )
