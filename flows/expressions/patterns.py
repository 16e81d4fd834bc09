"""Patterns for `regex()` that run in time linear in the text. Called by the functions.

Python's `re` backtracks: `(a+)+$` against thirty hostile characters never ends. So patterns are
compiled to a nondeterministic automaton and all of its states are followed at once (Thompson,
CACM 11(6), 1968). The whole text must match, as in ODK, so that greedy and lazy are one.

Supported: literals, `.`, classes, `\\d \\w \\s \\p{L}` and their opposites, groups, `|`,
`* + ? {m,n}`, `^` at the start, `$` at the end. Word borders, look-around and back-references
are refused at load.
"""

from dataclasses import dataclass
from functools import lru_cache

from flows.expressions.faults import ExpressionError
from flows.expressions.pattern_classes import Test, escape_test, read_class

LONGEST_TEXT = 1_000
"""Characters. A longer text never matches: nothing that authors check by pattern is longer."""
MOST_STATES = 2_000
DEEPEST_GROUP = 40


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern; state `i` reads a character by `tests[i]` and goes on to `after[i]`."""

    tests: tuple[Test, ...]
    after: tuple[frozenset[int], ...]
    first: frozenset[int]

    def matches(self, text: str) -> bool:
        """Whether the whole text fits. False for texts over `LONGEST_TEXT` characters."""
        if len(text) > LONGEST_TEXT:
            return False
        states: frozenset[int] | set[int] = self.first
        for character in text:
            reached: set[int] = set()
            for state in states:
                if state >= 0 and self.tests[state](character):
                    reached |= self.after[state]
            if not reached:
                return False
            states = reached
        return _DONE in states


_DONE = -1


@lru_cache(maxsize=256)
def pattern(source: str) -> Pattern:
    """The pattern that `source` spells; raises `ExpressionError` for what is not supported."""
    tree = _Reader(source).whole()
    automaton = _Automaton()
    first = automaton.add(tree, frozenset({_DONE}))
    return Pattern(tuple(automaton.tests), tuple(automaton.after), first)


@dataclass(frozen=True, slots=True)
class _One:
    test: Test


@dataclass(frozen=True, slots=True)
class _Sequence:
    parts: "tuple[_Part, ...]"


@dataclass(frozen=True, slots=True)
class _Either:
    parts: "tuple[_Part, ...]"


@dataclass(frozen=True, slots=True)
class _Times:
    part: "_Part"
    least: int
    most: int | None


_Part = _One | _Sequence | _Either | _Times


class _Automaton:
    """Positions of the pattern, built from the end to the start."""

    def __init__(self) -> None:
        self.tests: list[Test] = []
        self.after: list[frozenset[int]] = []
        self._added = 0
        self._loops = 0

    def add(self, part: _Part, then: frozenset[int]) -> frozenset[int]:
        """Adds `part` before `then`; returns where it starts."""
        self._added += 1
        if self._added > 10 * MOST_STATES:
            raise ExpressionError("the pattern repeats too much; make its {m,n} smaller")
        match part:
            case _One(test=test):
                return frozenset({self._state(test, then)})
            case _Sequence(parts=parts):
                for one in reversed(parts):
                    then = self.add(one, then)
                return then
            case _Either(parts=parts):
                return frozenset().union(*(self.add(one, then) for one in parts))
            case _Times():
                return self._times(part, then)

    def _times(self, part: _Times, then: frozenset[int]) -> frozenset[int]:
        start = then
        if part.most is None:
            start = self._loop(part.part, then)
        else:
            for _ in range(part.most - part.least):
                start = self.add(part.part, start) | then
        for _ in range(part.least):
            start = self.add(part.part, start)
        return start

    def _loop(self, part: _Part, then: frozenset[int]) -> frozenset[int]:
        """`part*`: wherever a round ends (the placeholder), another may start, or `then`."""
        begins_at = len(self.tests)
        self._loops += 1
        placeholder = _DONE - self._loops
        start = self.add(part, frozenset({placeholder})) - {placeholder}
        onward = start | then
        for state in range(begins_at, len(self.after)):
            if placeholder in self.after[state]:
                self.after[state] = (self.after[state] - {placeholder}) | onward
        return onward

    def _state(self, test: Test, then: frozenset[int]) -> int:
        if len(self.tests) >= MOST_STATES:
            raise ExpressionError("the pattern repeats too much; make its {m,n} smaller")
        self.tests.append(test)
        self.after.append(then)
        return len(self.tests) - 1


class _Reader:
    """Reads the text of a pattern, character by character."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0

    def whole(self) -> _Part:
        part = self._either(1)
        if self._at < len(self._source):
            raise ExpressionError("the pattern closes a group that it never opened")
        return part

    def _either(self, depth: int) -> _Part:
        if depth > DEEPEST_GROUP:
            raise ExpressionError(f"the pattern's groups are nested deeper than {DEEPEST_GROUP}")
        parts = [self._sequence(depth)]
        while self._take("|"):
            parts.append(self._sequence(depth))
        return parts[0] if len(parts) == 1 else _Either(tuple(parts))

    def _sequence(self, depth: int) -> _Part:
        parts: list[_Part] = []
        while self._peek() not in {"", "|", ")"}:
            if self._anchor(is_first=not parts):
                continue
            parts.append(self._repeated(self._one(depth)))
        return _Sequence(tuple(parts))

    def _anchor(self, *, is_first: bool) -> bool:
        """Takes `^` and `$` where they say what holds anyway; refuses them elsewhere."""
        character = self._peek()
        if character not in {"^", "$"}:
            return False
        self._at += 1
        at_its_end = is_first if character == "^" else self._peek() in {"", "|", ")"}
        if not at_its_end:
            raise ExpressionError(f"the pattern has {character!r} in its middle")
        return True

    def _one(self, depth: int) -> _Part:
        character = self._next()
        match character:
            case "(":
                return self._group(depth)
            case "[":
                test, self._at = read_class(self._source, self._at)
                return _One(test)
            case ".":
                return _One(lambda one: one not in "\r\n")
            case "\\":
                test, self._at = escape_test(self._source, self._at)
                return _One(test)
            case "*" | "+" | "?":
                raise ExpressionError(f"the pattern has {character!r} after nothing")
            case _:
                return _One(character.__eq__)

    def _group(self, depth: int) -> _Part:
        if self._take("?") and not self._take(":"):
            raise ExpressionError("the pattern uses (?...), which is not supported")
        part = self._either(depth + 1)
        if not self._take(")"):
            raise ExpressionError("the pattern opens a group that it never closes")
        return part

    def _repeated(self, part: _Part) -> _Part:
        match self._peek():
            case "*":
                least, most = 0, None
            case "+":
                least, most = 1, None
            case "?":
                least, most = 0, 1
            case "{":
                return self._counted(part)
            case _:
                return part
        self._at += 1
        self._lazy()
        return _Times(part, least, most)

    def _counted(self, part: _Part) -> _Part:
        end = self._source.find("}", self._at)
        least, comma, most = self._source[self._at + 1 : end].partition(",")
        if end < 0 or not _is_count(least) or not (most == "" or _is_count(most)):
            raise ExpressionError("the pattern has a '{' that is no count; write \\{")
        self._at = end + 1
        self._lazy()
        low = int(least)
        high = (int(most) if most else None) if comma else low
        if high is not None and high < low:
            raise ExpressionError("the pattern has a count whose end comes before its start")
        return _Times(part, low, high)

    def _lazy(self) -> None:
        if self._peek() in {"?", "+"}:
            self._at += 1

    def _peek(self) -> str:
        return self._source[self._at : self._at + 1]

    def _next(self) -> str:
        self._at += 1
        return self._source[self._at - 1]

    def _take(self, character: str) -> bool:
        taken = self._peek() == character
        self._at += taken
        return taken


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4
