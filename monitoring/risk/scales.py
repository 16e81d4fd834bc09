"""The four 1-5 scales that risks are judged on, with plain words for each step.

Read by whoever rates a finding, by `monitoring.risk.first_estimate`, and by the desk's pages.

Theory (R91; UN Guiding Principles 14 and 24; OECD guidance, step 2). A harm is severe because of
its gravity (how badly one person is hurt), its scope (how many people), or because it cannot be
put right. One of the three is enough. Likelihood is judged apart from them. The same scales
serve people and the environment (R92).

Bands of people are those of the `people` particular, so that a report's coded answer falls in
exactly one step: 1 · 2-10 · 11-50 · 51-500 · more than 500.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from locales.marking import N_

LOWEST = 1
HIGHEST = 5
GRADES = range(LOWEST, HIGHEST + 1)


class Scale(StrEnum):
    """What is judged. The first three make severity. Stored with ratings: never reuse a value."""

    GRAVITY = "gravity"
    SCOPE = "scope"
    IRREMEDIABILITY = "irremediability"
    LIKELIHOOD = "likelihood"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a scale: a word for the heat map and a sentence for whoever has to choose."""

    grade: int
    word: str
    sentence: str


def _steps(*words: tuple[str, str]) -> tuple[Step, ...]:
    return tuple(
        Step(grade=grade, word=word, sentence=sentence)
        for grade, (word, sentence) in zip(GRADES, words, strict=True)
    )


QUESTIONS: Mapping[Scale, str] = MappingProxyType(
    {
        Scale.GRAVITY: N_("How badly are people or nature hurt?"),
        Scale.SCOPE: N_("How many people are hurt, or how wide is the damage?"),
        Scale.IRREMEDIABILITY: N_("How hard is it to put right?"),
        Scale.LIKELIHOOD: N_("How likely is it that this happens, or goes on?"),
    }
)

SCALES: Mapping[Scale, tuple[Step, ...]] = MappingProxyType(
    {
        Scale.GRAVITY: _steps(
            # translators: a step from 1 to 5: how badly people are hurt.
            (N_("Slight"), N_("A nuisance. Nobody is hurt and nobody loses what they need.")),
            # translators: a step from 1 to 5: how badly people are hurt.
            (N_("Limited"), N_("Life or work becomes harder for a while.")),
            # translators: a step from 1 to 5: how badly people are hurt.
            (N_("Serious"), N_("Health, income or dignity is hurt.")),
            # translators: a step from 1 to 5: how badly people are hurt.
            (N_("Grave"), N_("Lasting harm to health, freedom, childhood or livelihood.")),
            # translators: a step from 1 to 5: how badly people are hurt.
            (N_("Extreme"), N_("Danger to life, or a person is held, sold or abused.")),
        ),
        Scale.SCOPE: _steps(
            # translators: a step from 1 to 5: how many people are hurt.
            (N_("One person"), N_("One person, or one spot.")),
            # translators: a step from 1 to 5: how many people are hurt.
            (N_("A few"), N_("2 to 10 people, or a small part of the place.")),
            # translators: a step from 1 to 5: how many people are hurt.
            (N_("A group"), N_("11 to 50 people, or a large part of the place.")),
            # translators: a step from 1 to 5: how many people are hurt.
            (N_("Many"), N_("51 to 500 people, or the whole place and what lies around it.")),
            # translators: a step from 1 to 5: how many people are hurt.
            (N_("A whole community"), N_("More than 500 people, or a whole area.")),
        ),
        Scale.IRREMEDIABILITY: _steps(
            # translators: a step from 1 to 5: how hard it is to put right.
            (N_("Easy"), N_("Can be put right fully within days.")),
            # translators: a step from 1 to 5: how hard it is to put right.
            (N_("Possible"), N_("Can be put right fully within months.")),
            # translators: a step from 1 to 5: how hard it is to put right.
            (N_("Hard"), N_("Can be put right only in part, or it takes years.")),
            # translators: a step from 1 to 5: how hard it is to put right.
            (N_("Hardly"), N_("Most of what was lost does not come back.")),
            # translators: a step from 1 to 5: how hard it is to put right.
            (N_("Never"), N_("Cannot be put right: death, lasting injury, a lost childhood.")),
        ),
        Scale.LIKELIHOOD: _steps(
            # translators: a step from 1 to 5: how likely it is.
            (N_("Hardly likely"), N_("Has not happened here or at places like this.")),
            # translators: a step from 1 to 5: how likely it is.
            (N_("Not likely"), N_("Has happened before, and what caused it was dealt with.")),
            # translators: a step from 1 to 5: how likely it is.
            (N_("Possible"), N_("Happens at places like this, or somebody reported it here.")),
            # translators: a step from 1 to 5: how likely it is.
            (N_("Likely"), N_("Several people report it here, or it has gone on for a while.")),
            # translators: a step from 1 to 5: how likely it is.
            (N_("Certain"), N_("It happens now, and this has been confirmed.")),
        ),
    }
)

PEOPLE_AT_LEAST: tuple[int, ...] = (1, 2, 11, 51, 501)
"""From how many people each step of the scope scale begins."""


def is_grade(value: object) -> bool:
    """Whether `value` is a whole number from 1 to 5. `True` is not a number of anything."""
    return isinstance(value, int) and not isinstance(value, bool) and value in GRADES


def scope_of(people: int) -> int:
    """The step of the scope scale for a number of people (1 for none: somebody was affected)."""
    return max(LOWEST, sum(people >= least for least in PEOPLE_AT_LEAST))


def step(scale: Scale, grade: int) -> Step:
    """The words for one grade of one scale. Raises `ValueError` for what is no grade."""
    if not is_grade(grade):
        raise ValueError(f"{scale} runs from {LOWEST} to {HIGHEST}, not {grade!r}")
    return SCALES[scale][grade - LOWEST]
