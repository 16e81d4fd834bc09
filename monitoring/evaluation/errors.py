"""What can break in the evaluation. Expected refusals are values, not exceptions."""

from dataclasses import dataclass


class EvaluationError(Exception):
    """Root of this package's exceptions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkFault:
    """One thing wrong with a framework file."""

    place: str
    """Where in the file, e.g. `questions.2.1.3.rules`."""
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


class FrameworkFaults(EvaluationError):
    """A framework file cannot be used; every fault is named at once."""

    def __init__(self, faults: tuple[FrameworkFault, ...]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = faults
