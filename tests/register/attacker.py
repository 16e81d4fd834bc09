"""A reader of releases who solves every equation there is, exactly.

Written apart from the code under test: linear programming over fractions (the simplex method with
Bland's rule, which never circles). It knows the whole structure of the table, every shown number
and every zero, and gives the least and the most that a hidden number can be.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

Key = tuple[str, str, str]
Row = list[Fraction]


def numbers_of(counts: Mapping[Key, int]) -> dict[Key, int]:
    """Every number of the table with all its totals; zeros are left out."""
    places = sorted({place for place, _, _ in counts})
    themes = sorted({theme for _, theme, _ in counts})
    groups = sorted({group for _, _, group in counts})
    made = dict(counts)
    for place in places:
        for theme in themes:
            made[place, theme, ""] = sum(counts.get((place, theme, group), 0) for group in groups)
        made[place, "", ""] = sum(made[place, theme, ""] for theme in themes)
    for theme in themes:
        for group in groups:
            made["", theme, group] = sum(counts.get((p, theme, group), 0) for p in places)
        made["", theme, ""] = sum(made[place, theme, ""] for place in places)
    made["", "", ""] = sum(made[place, "", ""] for place in places)
    return {key: number for key, number in made.items() if number}


def sums(keys: set[Key]) -> list[tuple[Key, list[Key]]]:
    """Every "this total is the sum of those" that holds between the numbers."""
    found = []
    for total in sorted(keys):
        place, theme, group = total
        if not group:
            found.append((total, [key for key in sorted(keys) if _is_under(key, place, theme)]))
        if not place:
            found.append((total, [k for k in sorted(keys) if k[0] and k[1:] == (theme, group)]))
    return [(total, parts) for total, parts in found if parts]


def _is_under(key: Key, place: str, theme: str) -> bool:
    """True for the next finer numbers of a total within a place: its themes, or their groups."""
    if key[0] != place:
        return False
    return key[1] == theme and bool(key[2]) if theme else bool(key[1]) and not key[2]


def range_of(wanted: Key, numbers: Mapping[Key, int], shown: set[Key]) -> tuple[int, int | None]:
    """The least and the most that a hidden number can be; None for no upper end."""
    unknown = [key for key in sorted(numbers) if key not in shown]
    rows, right = [], []
    for total, parts in sums(set(numbers)):
        row = [Fraction(0)] * len(unknown)
        value = Fraction(0)
        for key, sign in ((total, -1), *((part, 1) for part in parts)):
            if key in shown:
                value -= sign * numbers[key]
            else:
                row[unknown.index(key)] += sign
        rows.append(row)
        right.append(value)
    goal = [Fraction(int(key == wanted)) for key in unknown]
    least = highest(rows, right, [-each for each in goal])
    most = highest(rows, right, goal)
    assert least is not None
    return int(-least), None if most is None else int(most)


def highest(rows: Sequence[Row], right: Sequence[Fraction], goal: Row) -> Fraction | None:
    """The most that goal * x can be, where rows * x = right and x >= 0; None if there is no end."""
    count, width = len(rows), len(goal)
    tableau = []
    for at, (row, value) in enumerate(zip(rows, right, strict=True)):
        sign = -1 if value < 0 else 1
        helper = [Fraction(int(other == at)) for other in range(count)]
        tableau.append([*(sign * each for each in row), *helper, sign * value])
    basis = list(range(width, width + count))
    phase = [Fraction(0)] * width + [Fraction(-1)] * count
    helped = _climb(tableau, basis, phase, width + count)
    assert helped == 0, "the true table is always possible"
    for at, variable in enumerate(basis):
        if variable >= width:
            way = next((j for j in range(width) if tableau[at][j] != 0), None)
            if way is not None:
                _turn(tableau, basis, at, way)
    kept = [at for at, variable in enumerate(basis) if variable < width]
    return _climb(
        [tableau[at] for at in kept],
        [basis[at] for at in kept],
        [*goal, *([Fraction(0)] * count)],
        width,
    )


def _climb(tableau: list[Row], basis: list[int], goal: Row, width: int) -> Fraction | None:
    while True:
        prices = [goal[variable] for variable in basis]

        def gain(j: int, prices: Row = prices) -> Fraction:
            rows = zip(prices, tableau, strict=True)
            return goal[j] - sum((p * row[j] for p, row in rows), Fraction(0))

        entering = next((j for j in range(width) if j not in basis and gain(j) > 0), None)
        if entering is None:
            ends = zip(prices, tableau, strict=True)
            return sum((price * row[-1] for price, row in ends), Fraction(0))
        steps = [
            (row[-1] / row[entering], basis[at], at)
            for at, row in enumerate(tableau)
            if row[entering] > 0
        ]
        if not steps:
            return None
        _turn(tableau, basis, min(steps)[2], entering)


def _turn(tableau: list[Row], basis: list[int], at: int, entering: int) -> None:
    pivot = tableau[at][entering]
    tableau[at] = [each / pivot for each in tableau[at]]
    for other, row in enumerate(tableau):
        factor = row[entering]
        if other != at and factor:
            tableau[other] = [a - factor * b for a, b in zip(row, tableau[at], strict=True)]
    basis[at] = entering
