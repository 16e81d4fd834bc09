"""How participants rate the risks at a site, as coded answers of the flow `risk_rating` (R94).

Read out of a submission by `intake`, kept by `consultations.ports.RatingShelf`, gathered by
`monitoring.risk`. The flow asks which themes matter most at the site (code `themes`, at most
three) and then, for each, four questions with the codes `gravity_THEME`, `scope_THEME`,
`irremediability_THEME` and `likelihood_THEME`, answered 1-5. Any of them may be skipped. What
people write beside it is sealed and never comes here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from register.particulars import AnonymityLevel, Theme

MOST_THEMES = 3
"""As many as the flow lets a participant choose."""

PARTS = ("gravity", "scope", "irremediability", "likelihood")
"""What is asked of each theme, in the order of the flow."""

_GRADES = frozenset(range(1, 6))
_GRADE_NAMES = {str(grade): grade for grade in _GRADES}


@dataclass(frozen=True, slots=True, kw_only=True)
class StakeholderRating:
    """One participant's view of one theme at one site. A skipped question is None."""

    round_id: str
    participant: str
    """The pseudonym of the invitation; nobody's name."""
    site_id: str
    theme: Theme
    day: date
    gravity: int | None = None
    scope: int | None = None
    irremediability: int | None = None
    likelihood: int | None = None
    anonymity: AnonymityLevel = AnonymityLevel.ANONYMOUS
    """Only an `open` participant may be shown to the company by itself (C61)."""

    def __post_init__(self) -> None:
        for part in PARTS:
            if self.grade(part) not in _GRADES | {None}:
                raise ValueError(f"{part} must be a whole number from 1 to 5, or None")

    def grade(self, part: str) -> int | None:
        """The grade given to one of `PARTS`, or None where it was skipped."""
        match part:
            case "gravity":
                return self.gravity
            case "scope":
                return self.scope
            case "irremediability":
                return self.irremediability
            case "likelihood":
                return self.likelihood
        raise ValueError(f"no such part: {part!r}")

    @property
    def key(self) -> tuple[str, str, str, Theme]:
        """What a later rating by the same participant replaces."""
        return (self.round_id, self.participant, self.site_id, self.theme)


class RatingFault(StrEnum):
    """Why a coded answer is no rating."""

    NO_THEMES = "no_themes"
    TOO_MANY_THEMES = "too_many_themes"
    UNKNOWN_THEME = "unknown_theme"
    NOT_A_GRADE = "not_a_grade"
    UNKNOWN_ANONYMITY = "unknown_anonymity"


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingsRefused:
    """Which codes are wrong and how. The answers themselves are not repeated."""

    faults: tuple[tuple[str, RatingFault], ...]


def ratings_from(
    particulars: Mapping[str, object],
    *,
    round_id: str,
    participant: str,
    site_id: str,
    day: date,
    anonymity: AnonymityLevel = AnonymityLevel.ANONYMOUS,
) -> tuple[StakeholderRating, ...] | RatingsRefused:
    """The ratings in a submission's particulars, one for each theme chosen, in that order.

    `anonymity` is the invitation's; an answer under the code `anonymity` goes before it. Grades
    of themes that were not chosen are passed over: the participant took the theme back. Refuses
    anything else that the flow cannot have given, all faults at once.
    """
    faults: list[tuple[str, RatingFault]] = []
    themes = _themes(particulars.get("themes"), faults)
    level = _anonymity(particulars.get("anonymity", anonymity), faults)
    ratings = tuple(
        StakeholderRating(
            round_id=round_id,
            participant=participant,
            site_id=site_id,
            theme=theme,
            day=day,
            anonymity=level,
            **{part: _grade(particulars, f"{part}_{theme}", faults) for part in PARTS},
        )
        for theme in themes
    )
    return RatingsRefused(faults=tuple(faults)) if faults else ratings


def latest(ratings: Iterable[StakeholderRating]) -> tuple[StakeholderRating, ...]:
    """One rating for each participant, site and theme of a round: the last one given.

    Gives the same for any order of `ratings`. Of two on one day, which a shelf never keeps, the
    graver one stays.
    """
    kept: dict[tuple[str, str, str, Theme], StakeholderRating] = {}
    for rating in ratings:
        known = kept.get(rating.key)
        if known is None or _recency(rating) > _recency(known):
            kept[rating.key] = rating
    return tuple(kept[key] for key in sorted(kept))


def _recency(rating: StakeholderRating) -> tuple[date, tuple[int, ...], AnonymityLevel]:
    grades = tuple(rating.grade(part) or 0 for part in PARTS)
    return (rating.day, grades, rating.anonymity)


def _themes(value: object, faults: list[tuple[str, RatingFault]]) -> tuple[Theme, ...]:
    chosen = (value,) if isinstance(value, str) else value
    if not isinstance(chosen, tuple) or not chosen:
        faults.append(("themes", RatingFault.NO_THEMES))
        return ()
    if len(set(chosen)) > MOST_THEMES:
        faults.append(("themes", RatingFault.TOO_MANY_THEMES))
        return ()
    known = {theme.value: theme for theme in Theme}
    if any(name not in known for name in chosen):
        faults.append(("themes", RatingFault.UNKNOWN_THEME))
        return ()
    return tuple(known[name] for name in dict.fromkeys(chosen))


def _grade(
    particulars: Mapping[str, object], code: str, faults: list[tuple[str, RatingFault]]
) -> int | None:
    """A choice's name ("4"), or the number of a range question (4, Decimal 4)."""
    value = particulars.get(code)
    if value is None or value == "":
        return None
    if isinstance(value, str) and value in _GRADE_NAMES:
        return _GRADE_NAMES[value]
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    if is_number and value in _GRADES:
        return int(value)
    faults.append((code, RatingFault.NOT_A_GRADE))
    return None


def _anonymity(value: object, faults: list[tuple[str, RatingFault]]) -> AnonymityLevel:
    if isinstance(value, str) and value in {level.value for level in AnonymityLevel}:
        return AnonymityLevel(value)
    faults.append(("anonymity", RatingFault.UNKNOWN_ANONYMITY))
    return AnonymityLevel.ANONYMOUS
