"""What a company sees of the ratings of a round: figures that point at no participant.

Used by `monitoring.company_heat_map`. The analyst sees every rating (R94); a company often knows
whom it invited, so here the rules of the register hold (K1, K2, K4, K5, K7):

- nothing before the round is over, and each round by itself, so that no two looks can be compared;
- participants are counted, not answers, and small sites together, in the rows of `register.places`;
- for each row and theme at least as many participants as `register.release` asks for;
- the middle and whether views are close or apart, but never the lowest, the highest or "all
  said 5": from the middle of five answers nobody can tell what one of them was.

Participants who chose to be open are left out of the figures and shown by themselves. If they
were in both, the rest could be worked out by taking them off.

Worked example. Six unions rate the gravity of lost land at a quarry of 300 workers: 2, 4, 4, 5, 5,
and an open one says 1. The figure has five participants, middle 4, views close (four of the five
are within a step of it). The open 1 stands beside it, with its name.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from consultations.ratings import StakeholderRating, latest
from consultations.round import Round, RoundStatus
from monitoring.risk.scales import LOWEST, Scale
from monitoring.risk.severity import Weight, weight_of
from monitoring.risk.stakeholders import Spread, spread
from register.particulars import AnonymityLevel, Theme
from register.places import Place, row_of
from register.quarters import Quarter
from register.release import Thresholds

_NOT_OVER = frozenset({RoundStatus.DRAFT, RoundStatus.OPEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingFigure:
    """What enough participants of one round say of one theme in one row, together."""

    round_id: str
    quarter: Quarter
    """In which the round closed."""
    place: str
    """The key of a row of `register.places`."""
    theme: Theme
    participants: int
    middles: Mapping[Scale, int]
    """The upper median of each scale that enough of them answered."""
    close: frozenset[Scale]
    """The scales, of those, on which at least three in four are within a step of the middle."""

    @property
    def weight(self) -> Weight:
        """The middles; the least grade where too few answered."""
        return weight_of({scale: self.middles.get(scale, LOWEST) for scale in Scale})


def is_open(rating: StakeholderRating) -> bool:
    """Whether the participant lets the company see who they are and what they said (C61)."""
    return rating.anonymity is AnonymityLevel.OPEN


def open_ratings(
    round_: Round, ratings: Iterable[StakeholderRating]
) -> tuple[StakeholderRating, ...]:
    """The ratings of open participants; none before the round is over."""
    if round_.status in _NOT_OVER:
        return ()
    return tuple(
        rating for rating in latest(ratings) if is_open(rating) and rating.round_id == round_.id
    )


def rating_figures(
    round_: Round,
    ratings: Iterable[StakeholderRating],
    places: Iterable[Place],
    thresholds: Thresholds,
) -> tuple[RatingFigure, ...]:
    """The figures of a round that is over, by row and theme; what is too few is not among them.

    Somebody who rated two sites of one row counts once, with the higher grades. Ratings of other
    rounds and of sites outside `places` are passed over.
    """
    if round_.status in _NOT_OVER or round_.closes is None:
        return ()
    rows = row_of(places)
    grouped: dict[tuple[str, Theme], list[StakeholderRating]] = defaultdict(list)
    for rating in latest(ratings):
        row = rows.get(rating.site_id)
        if row and not row.is_telling and rating.round_id == round_.id and not is_open(rating):
            grouped[row.key, rating.theme].append(rating)
    quarter = Quarter.of(round_.closes)
    figures = (
        _figure(round_.id, quarter, key, grouped[key], thresholds.to_show((*key, "")))
        for key in sorted(grouped)
    )
    return tuple(figure for figure in figures if figure)


def _figure(
    round_id: str,
    quarter: Quarter,
    key: tuple[str, Theme],
    ratings: list[StakeholderRating],
    least: int,
) -> RatingFigure | None:
    people = len({rating.participant for rating in ratings})
    if people < least:
        return None
    spreads = {scale: _spread_of_people(ratings, scale) for scale in Scale}
    middles = {
        scale: each.middle
        for scale, each in spreads.items()
        if each.middle is not None and each.answers >= least
    }
    return RatingFigure(
        round_id=round_id,
        quarter=quarter,
        place=key[0],
        theme=key[1],
        participants=people,
        middles=middles,
        close=frozenset(scale for scale in middles if spreads[scale].is_close),
    )


def _spread_of_people(ratings: list[StakeholderRating], scale: Scale) -> Spread:
    highest_of: dict[str, int] = {}
    for rating in ratings:
        grade = rating.grade(scale)
        if grade is not None:
            highest_of[rating.participant] = max(grade, highest_of.get(rating.participant, LOWEST))
    return spread(highest_of.values())
