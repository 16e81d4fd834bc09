"""What stakeholders say of one theme at one place: every rating, their middle and their dissent.

Part of each finding (R94). Local people rate the same scales as the analyst does. Their ratings
are never averaged away: the middle counts for the estimate, and who differs stays in sight.

Worked example. Five participants give gravity 2, 2, 4, 5, 5. The middle is 4, the range 2 to 5.
With four answers, 2, 2, 4, 5, there are two middles, 2 and 4: the higher one counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from consultations.ratings import StakeholderRating, latest
from monitoring.risk.scales import GRADES, LOWEST, Scale
from monitoring.risk.severity import Weight, severity_of, weight_of

DISPUTED_FROM = 2
"""Steps between the lowest and the highest answer from which a scale counts as disputed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The answers on one scale: how often each grade 1-5 was given."""

    counts: tuple[int, int, int, int, int]

    @property
    def answers(self) -> int:
        """How many answered."""
        return sum(self.counts)

    @property
    def given(self) -> tuple[int, ...]:
        """The grades that somebody gave, rising."""
        return tuple(grade for grade in GRADES if self.counts[grade - LOWEST])

    @property
    def middle(self) -> int | None:
        """The upper median, so that of two middles the graver one counts. None without answers."""
        seen = 0
        for grade in reversed(GRADES):
            seen += self.counts[grade - LOWEST]
            if 2 * seen >= self.answers > 0:
                return grade
        return None

    @property
    def is_disputed(self) -> bool:
        """Whether the answers lie two steps apart or more."""
        return bool(self.given) and self.given[-1] - self.given[0] >= DISPUTED_FROM

    @property
    def is_close(self) -> bool:
        """Whether at least three in four answered within one step of the middle."""
        if self.middle is None:
            return False
        near = sum(self.counts[grade - LOWEST] for grade in GRADES if abs(grade - self.middle) < 2)
        return 4 * near >= 3 * self.answers


def spread(grades: Iterable[int | None]) -> Spread:
    """The spread of the answers on one scale; skipped ones (None) are not counted."""
    given = [grade for grade in grades if grade is not None]
    one, two, three, four, five = (given.count(grade) for grade in GRADES)
    return Spread(counts=(one, two, three, four, five))


@dataclass(frozen=True, slots=True, kw_only=True)
class StakeholderView:
    """All ratings of one theme at one place, one for each participant of a round."""

    ratings: tuple[StakeholderRating, ...] = ()

    @property
    def participants(self) -> int:
        """How many people or organisations rated. Somebody in two rounds counts in each."""
        return len({(rating.round_id, rating.participant) for rating in self.ratings})

    @property
    def spreads(self) -> Mapping[Scale, Spread]:
        """The spread on each scale."""
        return MappingProxyType(
            {scale: spread(rating.grade(scale) for rating in self.ratings) for scale in Scale}
        )

    @property
    def weight(self) -> Weight:
        """The middle on each scale; the least grade where nobody answered."""
        return weight_of({scale: each.middle or LOWEST for scale, each in self.spreads.items()})

    def dissent_from(self, weight: Weight) -> tuple[StakeholderRating, ...]:
        """The ratings that put severity or likelihood two steps or more away from `weight`.

        Severity is compared only where all three of its parts were rated.
        """
        return tuple(rating for rating in self.ratings if _is_far(rating, weight))


def stakeholder_view(ratings: Iterable[StakeholderRating]) -> StakeholderView:
    """The view of `ratings` of one theme at one place, in any order; later ones replace earlier."""
    return StakeholderView(ratings=latest(ratings))


NOBODY_RATED = StakeholderView()


def _is_far(rating: StakeholderRating, weight: Weight) -> bool:
    if rating.likelihood and abs(rating.likelihood - weight.likelihood) >= DISPUTED_FROM:
        return True
    gravity, scope, irremediability = rating.gravity, rating.scope, rating.irremediability
    if gravity is None or scope is None or irremediability is None:
        return False
    severity = severity_of(gravity, scope, irremediability)
    return abs(severity - weight.severity) >= DISPUTED_FROM
