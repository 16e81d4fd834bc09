"""What would lift a question, in words: the sentence, and way by way what is missing.

Used by `score_view`. The rules are in `monitoring.evaluation.lifting`.
"""

from collections.abc import Callable, Mapping, Sequence

from locales.catalogue import Catalogue
from locales.marking import N_
from monitoring.evaluation.lifting import (
    AddComponents,
    CoverThemes,
    DealWithHarms,
    Lift,
    ReachPercent,
)
from web.company.exact_numbers import percent_words, points_words


def lift_sentence(lift: Lift, words: Catalogue) -> str:
    """How many points the question would give, and after what."""
    points = points_words(lift.points, words)
    match lift.needed:
        case AddComponents(ways=ways) if len(ways) == 1:
            return words.text(N_("This would bring the points to ${points}:"), points=points)
        case AddComponents():
            msgid = N_("Any one of these would bring the points to ${points}:")
            return words.text(msgid, points=points)
        case CoverThemes(count=count):
            msgid = N_("${count} more of these themes would bring the points to ${points}:")
            return words.text(msgid, count=count, points=points)
        case ReachPercent(percent=share, is_included=True):
            msgid = N_("A share of ${share}% or more would bring the points to ${points}.")
            return words.text(msgid, share=percent_words(share, words), points=points)
        case ReachPercent(percent=share):
            msgid = N_("A share above ${share}% would bring the points to ${points}.")
            return words.text(msgid, share=percent_words(share, words), points=points)
        case DealWithHarms():
            msgid = N_(
                "Dealing with the harms that are overdue would bring the points to ${points}."
            )
            return words.text(msgid, points=points)


def missing_ways(lift: Lift | None, names: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """What is missing, way by way, in the order of the question's parts."""
    order = list(names)
    match None if lift is None else lift.needed:
        case AddComponents(ways=ways):
            return tuple(
                tuple(names.get(part, part) for part in sorted(way, key=_place(order)))
                for way in ways
            )
        case CoverThemes(themes=themes):
            return (tuple(names.get(part, part) for part in sorted(themes, key=_place(order))),)
        case _:
            return ()


def _place(order: Sequence[str]) -> Callable[[str], int]:
    def place(part: str) -> int:
        return order.index(part) if part in order else len(order)

    return place
