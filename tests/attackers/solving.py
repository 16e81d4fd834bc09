"""What somebody knows who solves every equation: the least and the most an unknown can be.

Exact, by linear programming over fractions (`tests.register.attacker`), after what is plain has
been taken out. Unknowns are whole people behind them, or nobody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from tests.register.attacker import highest

Atom: TypeAlias = tuple[str, str, str]
"""A site, a theme, a group: what is counted at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """So many people in these together."""

    atoms: frozenset[Atom]
    number: int


def range_of(
    wanted: Iterable[Atom], known: Iterable[Sum], least: Mapping[Atom, int]
) -> tuple[Fraction, Fraction | None]:
    """The least and the most that the wanted ones come to; None for no upper end.

    `least` has every atom that is not known to be nought, with what is known of it at the least.
    """
    goal = frozenset(wanted)
    sums = _beside(goal, {each for each in known if each.atoms})
    classes = _alike(
        {*goal, *(atom for each in sums for atom in each.atoms)} & {*least}, goal, sums
    )
    floor = [sum(least[atom] for atom in atoms) for atoms, _, _ in classes]
    rows, right = [], []
    for at, each in enumerate(sums):
        row = [Fraction(int(at in inside)) for _, inside, _ in classes]
        rows.append(row)
        low = sum(floor[column] for column, value in enumerate(row) if value)
        assert each.number >= low, "what is known of the true table is true"
        right.append(Fraction(each.number - low))
    aim = [Fraction(int(is_wanted)) for _, _, is_wanted in classes]
    base = sum(floor[column] for column, value in enumerate(aim) if value)
    if not any(aim):
        return Fraction(0), Fraction(0)
    lowest = highest(rows, right, [-each for each in aim])
    most = highest(rows, right, aim)
    assert lowest is not None
    return base - lowest, None if most is None else base + most


def _beside(goal: frozenset[Atom], known: set[Sum]) -> list[Sum]:
    """The sums that the goal hangs together with."""
    reached, found, left = set(goal), list[Sum](), sorted(known, key=_name)
    while touching := [each for each in left if each.atoms & reached]:
        found += touching
        left = [each for each in left if each not in touching]
        reached.update(*(each.atoms for each in touching))
    return found


def _name(each: Sum) -> tuple[int, list[Atom]]:
    return each.number, sorted(each.atoms)


def _alike(
    atoms: set[Atom], goal: frozenset[Atom], sums: list[Sum]
) -> list[tuple[tuple[Atom, ...], frozenset[int], bool]]:
    """Atoms that stand in the very same sums are one unknown, for nobody can tell them apart."""
    found: dict[tuple[frozenset[int], bool], list[Atom]] = {}
    for atom in sorted(atoms):
        inside = frozenset(at for at, each in enumerate(sums) if atom in each.atoms)
        found.setdefault((inside, atom in goal), []).append(atom)
    return [(tuple(atoms), inside, is_wanted) for (inside, is_wanted), atoms in found.items()]
