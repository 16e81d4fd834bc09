"""What a change of staff would leave unread: every kind of report is routed before and after it.

Routing is asked, not second-guessed: each theme, in each country and language that matters, in
danger or not, as a new report and as an appeal. What only the recovery key could open then, and
what nobody of the team could read in its language, is a loss if it was none before.

Worked example. The appeal team has one member, who is moved to the regular team. New reports lose
nothing; appeals of every theme go to oversight, which has members: nothing is lost. Were there
nobody in oversight either, `UNROUTABLE` appeals would be told.

Called by the operator's commands before they change anything.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import product

from register.particulars import Danger, Particulars, Theme
from register.people import Staff
from register.routing import Explanation, Matter, Purpose, Routing, Urgency, route


class LossKind(StrEnum):
    """What would be missing."""

    UNROUTABLE = "unroutable"
    """Only the recovery key could open it."""
    NOBODY_SPEAKS = "nobody_speaks"
    """It would be read by people who do not read its language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Reports of these themes, in these countries and languages, would miss something."""

    kind: LossKind
    purpose: Purpose
    urgency: Urgency
    themes: frozenset[Theme]
    countries: frozenset[str | None]
    """None: reports that name no site."""
    languages: frozenset[str]


def losses(
    before: Staff,
    after: Staff,
    today: date,
    *,
    countries: Iterable[str],
    languages: Iterable[str],
) -> tuple[Loss, ...]:
    """What reports would miss after a change that they do not miss before it."""
    found: dict[tuple[LossKind, Purpose, Urgency], list[Matter]] = {}
    for purpose, matter in _every(countries, languages):
        was = _missing(route(matter, before, today, purpose=purpose))
        then = route(matter, after, today, purpose=purpose)
        missing = _missing(then)
        if missing is not None and missing is not was:
            found.setdefault((missing, purpose, then.urgency), []).append(matter)
    return tuple(_loss(*key, matters) for key, matters in found.items())


def _every(countries: Iterable[str], languages: Iterable[str]) -> Iterator[tuple[Purpose, Matter]]:
    places = (None, *sorted(set(countries)))
    dangers = (Danger.NO, Danger.YES)
    for purpose, danger, country, language, theme in product(
        Purpose, dangers, places, sorted(set(languages)), Theme
    ):
        particulars = Particulars(theme=theme, danger=danger)
        yield purpose, Matter(particulars=particulars, language=language, country=country)


def _missing(routing: Routing) -> LossKind | None:
    if routing.unroutable is not None:
        return LossKind.UNROUTABLE
    if any(each.explanation is Explanation.NOBODY_SPEAKS for each in routing.reasons):
        return LossKind.NOBODY_SPEAKS
    return None


def _loss(kind: LossKind, purpose: Purpose, urgency: Urgency, matters: list[Matter]) -> Loss:
    return Loss(
        kind=kind,
        purpose=purpose,
        urgency=urgency,
        themes=frozenset(each.particulars.theme for each in matters),
        countries=frozenset(each.country for each in matters),
        languages=frozenset(each.language for each in matters),
    )
