"""Signals counted by subject, theme, quarter, kind and standing: the aggregates that are kept.

Storage keeps one row for each tally, and rewrites it from its own signals in the transaction
that changes one of them. A page about ten thousand sites reads tallies and never signals, so a
million cases cost nothing to show.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from monitoring.risk.severity import Weight, highest
from monitoring.signals import Signal, SignalKind, Subject
from monitoring.standing import Standing
from register.particulars import Group, Theme
from register.quarters import Quarter

TallyKey: TypeAlias = tuple[Subject, Theme, Quarter, SignalKind, Standing]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many signals of one kind there were in one quarter, and what they weigh at most."""

    subject: Subject
    theme: Theme
    quarter: Quarter
    kind: SignalKind
    standing: Standing
    signals: int
    voices: int
    """Different people (K7). Between quarters the same person may be counted again."""
    weight: Weight
    """The highest grade on every scale apart."""
    groups: frozenset[Group] = frozenset()

    @property
    def key(self) -> TallyKey:
        """What there is one tally of."""
        return (self.subject, self.theme, self.quarter, self.kind, self.standing)


def tally(signals: Iterable[Signal]) -> tuple[Tally, ...]:
    """The tallies of `signals`, ordered by key. The order of the signals does not matter."""
    cells: dict[TallyKey, list[Signal]] = defaultdict(list)
    for signal in signals:
        key = (
            signal.subject,
            signal.theme,
            Quarter.of(signal.day),
            signal.kind,
            signal.standing,
        )
        cells[key].append(signal)
    return tuple(_count(key, cells[key]) for key in sorted(cells))


def _count(key: TallyKey, signals: list[Signal]) -> Tally:
    subject, theme, quarter, kind, standing = key
    return Tally(
        subject=subject,
        theme=theme,
        quarter=quarter,
        kind=kind,
        standing=standing,
        signals=len({signal.reference for signal in signals}),
        voices=len({signal.voice for signal in signals}),
        weight=highest(signal.weight for signal in signals),
        groups=frozenset(signal.group for signal in signals) - {Group.UNSAID},
    )
