"""Numbers that only grow, and how they are written down for Prometheus.

Used by `service.watching` and `service.technical`. Our own few lines, because the usual library
keeps one register for the whole process (two houses may stand beside each other) and adds figures
about the machine that nobody asked for. The form is Prometheus' text format 0.0.4.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
MOST_SERIES = 200
"""Of one counter. Whatever would make more is counted under `other`: memory stays flat."""
OTHER = "other"


class Counter:
    """How often something happened, by a few labels that are codes of ours."""

    def __init__(self, name: str, meaning: str, *labels: str) -> None:
        self._name = name
        self._meaning = meaning
        self._labels = labels
        self._counts: dict[tuple[str, ...], int] = {}

    def add(self, *values: str) -> None:
        """Once more; as many values as there are labels."""
        if values not in self._counts and len(self._counts) >= MOST_SERIES:
            values = (OTHER,) * len(self._labels)
        self._counts[values] = self._counts.get(values, 0) + 1

    def lines(self) -> Iterable[str]:
        """As text."""
        yield from _heading(self._name, self._meaning, "counter")
        for values, count in sorted(self._counts.items()):
            yield sample(self._name, dict(zip(self._labels, values, strict=True)), count)


class Histogram:
    """How large something was: how many were at most so large, their sum, and their number."""

    def __init__(self, name: str, meaning: str, limits: Sequence[float]) -> None:
        self._name = name
        self._meaning = meaning
        self._limits = tuple(limits)
        self._counts = [0] * (len(self._limits) + 1)
        self._sum = 0.0

    def add(self, value: float) -> None:
        """One more."""
        self._counts[bisect_left(self._limits, value)] += 1
        self._sum += value

    def lines(self) -> Iterable[str]:
        """As text; each limit counts all that is below it."""
        yield from _heading(self._name, self._meaning, "histogram")
        so_far = 0
        for limit, count in zip((*self._limits, float("inf")), self._counts, strict=True):
            so_far += count
            shown = "+Inf" if limit == float("inf") else f"{limit:g}"
            yield sample(f"{self._name}_bucket", {"le": shown}, so_far)
        yield sample(f"{self._name}_sum", {}, self._sum)
        yield sample(f"{self._name}_count", {}, so_far)


def gauge(
    name: str, meaning: str, readings: Iterable[tuple[Mapping[str, str], float]]
) -> Iterable[str]:
    """Numbers as they are now, each with its labels, as text."""
    yield from _heading(name, meaning, "gauge")
    for labels, value in readings:
        yield sample(name, labels, value)


def sample(name: str, labels: Mapping[str, str], value: float) -> str:
    """One line."""
    told = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
    shown = f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return f"{name}{{{told}}} {shown}" if told else f"{name} {shown}"


def _heading(name: str, meaning: str, kind: str) -> Iterable[str]:
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} {kind}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
