"""How much an answer may hold. The appearance `limit-N` says otherwise for one question.

`limit-500` on a text is 500 characters; `limit-3` on a photo is three files.
"""

from decimal import Decimal
from functools import lru_cache

from flows.definition import Question

LONGEST_TEXT = 10_000
"""Characters of one answer, unless its question says otherwise."""
MOST_FILES = 10
"""Files of one answer, unless its question says otherwise."""
_PREFIX = "limit-"


def text_limit(question: Question) -> int:
    """Characters that an answer may have."""
    return _stated(question.appearance) or LONGEST_TEXT


def file_limit(question: Question) -> int:
    """Files that an answer may have."""
    return _stated(question.appearance) or MOST_FILES


@lru_cache(maxsize=1024)
def _stated(appearance: frozenset[str]) -> int | None:
    for word in appearance:
        number = word.removeprefix(_PREFIX)
        if number != word and number.isascii() and number.isdigit() and int(number) > 0:
            return int(number)
    return None


def in_range(question: Question, number: Decimal) -> int | Decimal | None:
    """The number if it is within a range question's limits and on one of its steps."""
    limits = question.limits
    if limits is None:
        return None
    start, end, step = (Decimal(repr(edge)) for edge in (limits.start, limits.end, limits.step))
    if not start <= number <= end or (number - start) % step != 0:
        return None
    return int(number) if number == number.to_integral_value() else number
