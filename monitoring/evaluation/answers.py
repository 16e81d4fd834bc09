"""Answers to a framework's questions, as scoring takes them.

Made by `answering` from evidence; tests and what-if pages may write them by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from monitoring.evaluation.evidence import Bearing, ComponentEvidence
from monitoring.evaluation.framework import PERCENT


class Applies(StrEnum):
    """Whether a question is asked of this company this year (S3)."""

    YES = "yes"
    CLAIMED_NOT = "claimed_not"
    """The company states that it does not apply, and nothing known speaks against it."""
    NOT_YET = "not_yet"
    """It was claimed not to apply; harm became known since, and the time to act is running."""


class Progress(StrEnum):
    """How far one demand of a known harm is (A104)."""

    IN_TIME = "in_time"
    LATE = "late"
    """Done, but after its years."""
    RUNNING = "running"
    """Not done, and its years are not over."""
    OVERDUE = "overdue"
    """Not done, and its years are over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmProgress:
    """A harm that the company causes or contributes to, and how far each demand is."""

    reference: str
    components: Mapping[str, Progress]

    @property
    def is_all_running(self) -> bool:
        """Nothing done and nothing due: it cannot yet be judged."""
        return all(each is Progress.RUNNING for each in self.components.values())

    @property
    def is_on_time(self) -> bool:
        """Everything is done in time or may still be."""
        return all(
            each in (Progress.IN_TIME, Progress.RUNNING) for each in self.components.values()
        )

    @property
    def is_begun(self) -> bool:
        """Something is done, late or not."""
        return any(each in (Progress.IN_TIME, Progress.LATE) for each in self.components.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What holds, for one question."""

    components: frozenset[str] = frozenset()
    """The components, or for a question about themes the themes, that hold."""
    percent: Fraction | None = None
    """From 0 to 100; None: not known."""
    harms: tuple[HarmProgress, ...] = ()
    applies: Applies = Applies.YES
    evidence: tuple[ComponentEvidence, ...] = ()
    """What speaks for and against the parts; scoring passes it on."""

    def __post_init__(self) -> None:
        if self.percent is not None and not 0 <= self.percent <= 100:
            raise ValueError("a share lies between 0 and 100 per cent")

    def proven(self) -> "Answer":
        """The answer as far as the system's own records show it (S4)."""
        shown = {
            each.component
            for each in self.evidence
            if each.evidence.is_proven and each.bearing is Bearing.SHOWS
        }
        return replace(
            self,
            components=self.components & shown,
            percent=self.percent if PERCENT in shown else None,
        )


NOTHING = Answer()
"""The answer to a question that nobody answered."""
