"""Complementary suppression: no hidden number can be worked out from the shown ones (K3).

A table of counts with its totals is a flow. People stream from the grand total through their place,
their theme there and their group, and back together through group and theme to the grand total; at
every point as many come out as went in, and these are all the equations that a reader of the table
has. A hidden number can be larger by one if one more can stream round a circle through it that
passes hidden numbers only; smaller, if one less can. So what a reader can know of a hidden number,
by whatever arithmetic, is the widest range of such streams, and it is found exactly.

The rule: a sensitive number is safe if, for all a reader can know, it could be zero and could be as
high as a given number of people, its threshold. (One that is hidden for another reason than being
small could be lower by the threshold, and higher by one.) The reader is assumed to know every zero
of the table, so safety never rests on a hidden zero; zeros themselves, behind which is nobody, are
not guarded. The reader may also be one of those who reported, and know that much of each number by
place, theme and group that they are in: safety of the others does not rest on its being zero.

For each sensitive number in turn the cheapest circles are found until the rule holds. Hiding the
grand total costs much more than hiding another number. Hiding more never makes another number less
safe, and with everything hidden every number is safe, so this always ends well.

A reader can also run this program over every table that might have been, and see for which of them
it hides just this. So costs depend on no number, and which of two equal ways is taken is decided by
a secret salt: the same salt always gives the same answer, and who does not have it cannot tell. Of
all tables of two places and two themes with numbers up to 8, this leaves 3 hidden numbers in 1,000
that such a reader gets, if they know every zero besides.

Worked example. Wage 9 and water 3 at one site, 12 together; nothing else. Water is sensitive, and
12 - 9 gives it away, so the wage or the totals must go; the wage costs less. Now water is one of
0 ... 12, because 12 can all be wage or all be water.

Used by `register.release` alone. `tests/register/attacker.py` is a reader who tries.
"""

import hashlib
from collections import defaultdict
from collections.abc import Hashable, Mapping

from register.circles import Circles, Key, Stream

_GRAND_TOTAL = ("", "", "")
_COST = 1 << 32
_COST_OF_GRAND_TOTAL = 1000 * _COST


def streams(counts: Mapping[Key, int]) -> dict[Key, Stream]:
    """The table as a flow, from the counts by place, theme and group. Zeros are left out."""
    numbers: dict[Key, int] = defaultdict(int)
    for (place, theme, group), count in counts.items():
        for key in (
            (place, theme, group),
            (place, theme, ""),
            (place, "", ""),
            ("", theme, group),
            ("", theme, ""),
            ("", "", ""),
        ):
            numbers[key] += count
    return {
        key: Stream(tail=_tail(key), head=_head(key), number=number)
        for key, number in sorted(numbers.items())
        if number
    }


def hidden(
    table: Mapping[Key, Stream], sensitive: Mapping[Key, int], salt: bytes
) -> frozenset[Key]:
    """The numbers to hide so that every sensitive one (by key, its threshold) is safe.

    The same table and salt always give the same answer.
    """
    circles = Circles(table, {key: _cost(key, salt) for key in table}, sensitive)
    for key in sorted(sensitive, key=lambda key: _cost(key, salt)):
        number, threshold = table[key].number, sensitive[key]
        circles.vary(key, by=max(threshold - number, 1), upwards=True)
        circles.vary(key, by=min(number, threshold), upwards=False)
    return frozenset(circles.hidden)


def _cost(key: Key, salt: bytes) -> int:
    """About the same for every number but the grand total; the salt makes the difference."""
    drawn = hashlib.blake2b(repr(key).encode(), key=salt, digest_size=4).digest()
    least = _COST_OF_GRAND_TOTAL if key == _GRAND_TOTAL else _COST
    return least + int.from_bytes(drawn)


def _tail(key: Key) -> Hashable:
    match key:
        case ("", "", ""):
            return "together"
        case ("", theme, ""):
            return ("theme", theme)
        case ("", theme, group):
            return ("group", theme, group)
        case (_, "", ""):
            return "apart"
        case (place, _, ""):
            return ("place", place)
        case (place, theme, _):
            return ("cell", place, theme)


def _head(key: Key) -> Hashable:
    match key:
        case ("", "", ""):
            return "apart"
        case ("", _, ""):
            return "together"
        case ("", theme, _):
            return ("theme", theme)
        case (place, "", ""):
            return ("place", place)
        case (place, theme, ""):
            return ("cell", place, theme)
        case (_, theme, group):
            return ("group", theme, group)
