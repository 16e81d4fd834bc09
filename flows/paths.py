"""Paths of answers: `age`, `people[2].age`, and `people[2]+` for "another one?" after a round.

A path is the names of the repeats around a row, each with its round, and the row's name. Groups do
not show in it. Names may hold dots, so that a path is cut only after a closing bracket.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_ROUND = re.compile(r"([^\[\]+]+)\[([1-9][0-9]{0,3})\]\.", re.ASCII)
_LAST = re.compile(r"([^\[\]+]+)(?:\[([1-9][0-9]{0,3})\]\+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Spot:
    """A path taken apart."""

    name: str
    prefixes: tuple[str, ...]
    """What paths begin with in the rounds around it, from none to the innermost."""
    rounds: tuple[tuple[str, int], ...]
    """The repeats around it with their rounds, outermost first."""
    after_round: int | None = None
    """For "another one?": the round of `name` that it follows."""

    @property
    def repeats(self) -> tuple[str, ...]:
        """The names of the repeats around it, outermost first."""
        return tuple(name for name, _ in self.rounds)


@lru_cache(maxsize=8192)
def spot(path: str) -> Spot | None:
    """The path taken apart; None for what is not a path."""
    prefixes = [""]
    rounds: list[tuple[str, int]] = []
    at = 0
    while (match := _ROUND.match(path, at)) is not None:
        rounds.append((match[1], int(match[2])))
        at = match.end()
        prefixes.append(path[:at])
    last = _LAST.fullmatch(path, at)
    if last is None:
        return None
    after = int(last[2]) if last[2] else None
    return Spot(last[1], tuple(prefixes), tuple(rounds), after)


def round_prefix(repeat_path: str, number: int) -> str:
    """What the paths in a round of a repeat begin with."""
    return f"{repeat_path}[{number}]."


def another_path(repeat_path: str, number: int) -> str:
    """The path of "another one?" after a round of a repeat."""
    return f"{repeat_path}[{number}]+"
