"""A handler classifies a case: the rule, and what is stored of it. Called by the desk.

What the handler finds it to be about takes the place of what the reporter chose from a list, in
everything that is counted: somebody in fear chooses the nearest word. Released figures stay as
they are (K4).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from register.case import Actor, Case
from register.classification import (
    HIGHEST_GRADE,
    LOWEST_GRADE,
    Classification,
    Involvement,
    RootCause,
)
from register.keys import Keys
from register.papers import PaperKind, PaperRefusal, PaperRefused, Written, write_paper
from register.particulars import Group, People, Theme


class ClassificationRefusal(StrEnum):
    """Why a case was not classified."""

    THEME_MISSING = "theme_missing"
    GRADE_MISSING = "grade_missing"
    """Each scale needs a grade from 1 to 5."""
    REASONS_MISSING = "reasons_missing"
    """A grade without its reason cannot be looked at by anybody else (R94, R97)."""
    REASONS_TOO_LONG = "reasons_too_long"
    INVOLVEMENT_REASONS_MISSING = "involvement_reasons_missing"
    """How the company is tied to it was chosen, or changed, without saying why (R95, R97)."""
    INVOLVEMENT_REASONS_TOO_LONG = "involvement_reasons_too_long"
    NOT_YOUR_CASE = "not_your_case"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassificationRefused:
    """The case stays as it was."""

    reason: ClassificationRefusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a handler's form says, as codes; what was left open is None or empty."""

    themes: tuple[Theme, ...]
    gravity: int | None
    scope: int | None
    irremediability: int | None
    likelihood: int | None
    involvement: Involvement | None = None
    root_causes: frozenset[RootCause] = frozenset()
    people: People = People.UNKNOWN
    group: Group = Group.UNSAID


_OF_PAPERS: Mapping[PaperRefusal, ClassificationRefusal] = {
    PaperRefusal.EMPTY: ClassificationRefusal.REASONS_MISSING,
    PaperRefusal.TOO_LONG: ClassificationRefusal.REASONS_TOO_LONG,
    PaperRefusal.NOT_YOUR_ROLE: ClassificationRefusal.NOT_YOUR_CASE,
    PaperRefusal.NOT_YOUR_CASE: ClassificationRefusal.NOT_YOUR_CASE,
}


_OF_INVOLVEMENT: Mapping[PaperRefusal, ClassificationRefusal] = {
    **_OF_PAPERS,
    PaperRefusal.EMPTY: ClassificationRefusal.INVOLVEMENT_REASONS_MISSING,
    PaperRefusal.TOO_LONG: ClassificationRefusal.INVOLVEMENT_REASONS_TOO_LONG,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Why, in words that are sealed: of the grades, and of how the company is tied to it."""

    grades: str = field(repr=False)
    involvement: str = field(default="", repr=False)


def classify(
    case: Case,
    reading: Reading,
    reasons: Reasons,
    actor: Actor,
    today: date,
    *,
    paper_ids: tuple[str, str],
    keys: Keys,
    language: str,
) -> tuple[Written, ...] | ClassificationRefused:
    """The case classified, with the sealed reasons and their entries; or what is missing.

    One paper for the grades, and one for the involvement where that was chosen, changed or
    explained; each is stored with its own entry, in this order.
    """
    if not reading.themes:
        return ClassificationRefused(reason=ClassificationRefusal.THEME_MISSING)
    gravity, scope = _grade(reading.gravity), _grade(reading.scope)
    irremediability, likelihood = _grade(reading.irremediability), _grade(reading.likelihood)
    if gravity is None or scope is None or irremediability is None or likelihood is None:
        return ClassificationRefused(reason=ClassificationRefusal.GRADE_MISSING)
    earlier = case.classification
    made = Classification(
        themes=tuple(dict.fromkeys(reading.themes)),
        gravity=gravity,
        scope=scope,
        irremediability=irremediability,
        likelihood=likelihood,
        involvement=reading.involvement,
        root_causes=reading.root_causes,
        people=reading.people,
        group=reading.group,
        by=actor.id or "",
        on=today,
        as_told=case.particulars if earlier is None else earlier.as_told,
    )
    was_tied = None if earlier is None else earlier.involvement
    papers = [(PaperKind.CLASSIFICATION, reasons.grades, _OF_PAPERS)]
    if reading.involvement is not was_tied or reasons.involvement.strip():
        papers.append((PaperKind.INVOLVEMENT, reasons.involvement, _OF_INVOLVEMENT))
    kept: list[Written] = []
    after = _counted_as(case, made)
    for (kind, words, refusals), paper_id in zip(papers, paper_ids, strict=False):
        written = write_paper(
            after, kind, words, actor, today, paper_id=paper_id, keys=keys, language=language
        )
        if isinstance(written, PaperRefused):
            return ClassificationRefused(reason=refusals[written.reason])
        kept.append(written)
        after = written.case
    return tuple(kept)


def _counted_as(case: Case, made: Classification) -> Case:
    """The case with what is counted of it as classified; what was told stays in `as_told`."""
    told = made.as_told
    counted = replace(
        case.particulars,
        theme=made.themes[0],
        people=told.people if made.people is People.UNKNOWN else made.people,
        group=told.group if made.group is Group.UNSAID else made.group,
    )
    return replace(case, particulars=counted, classification=made)


def _grade(grade: int | None) -> int | None:
    return grade if grade is not None and LOWEST_GRADE <= grade <= HIGHEST_GRADE else None
