"""Expressions give what XPath and ODK say, and refuse what they cannot run."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.expressions import Atom, ExpressionError, Vicinity, compile_expression
from flows.expressions.atoms import as_flag, as_number, as_text
from flows.values import Place, StoredFile
from tests.flows.talking import Conversation, flow_of

NOW = datetime(2026, 3, 15, 10, 30, 5, tzinfo=UTC)
NAMES = "abcdxyz"


@dataclass
class Bench:
    """A scope without a flow: answers by name, none in repeats."""

    values: Mapping[str, Atom] = field(default_factory=dict)
    own: Atom = ""
    now: datetime = NOW
    columns: Mapping[str, str] = field(default_factory=dict)
    kept: dict[str, Atom] = field(default_factory=dict)
    draws: int = 0

    def read(self, depth: int, rest: str) -> Atom:
        return self.values.get(rest, "")

    def read_all(self, depth: int, repeats: tuple[str, ...], name: str) -> tuple[Atom, ...]:
        return ()

    def read_round(self, rounds: tuple[tuple[str, int], ...], name: str) -> Atom:
        return ""

    def rounds(self, depth: int, repeats: tuple[str, ...], name: str) -> int:
        return 0

    def round(self, depth: int) -> int:
        return 1

    def keep(self, key: str, compute) -> Atom:
        if key not in self.kept:
            self.kept[key] = compute()
        return self.kept[key]

    def random(self) -> float:
        self.draws += 1
        return self.draws / 100

    def choice_label(self, question: str, name: str) -> str:
        return f"label of {name}"


def run(source: str, own: Atom = "", **values: Atom) -> Atom:
    vicinity = Vicinity(repeats_around=dict.fromkeys(NAMES, ()))
    return compile_expression(source, vicinity)(Bench(values=values, own=own))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # operators and their precedence
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("7 - 2 - 1", 4),
        ("- 2 + 5", 3),
        ("--2", 2),
        ("-2 * 3", -6),
        ("7 div 2", 3.5),
        ("7 mod 3", 1),
        ("-7 mod 3", -1),
        ("1 div 0", math.inf),
        ("-1 div 0", -math.inf),
        ("1 = 1 and 2 = 3 or true()", True),
        ("false() and true() or false()", False),
        ("1 < 2 = true()", True),
        ("3 >= 3", True),
        ("2 <= 1", False),
        ("2 != 2", False),
        ("'a' != 'b'", True),
        (".5 + 5.", 5.5),
        ("“a” = 'a'", True),
        # texts, numbers and empties
        ("'5' = 5", True),
        ("'05' = 5", True),
        ("'05' = '5'", False),
        ("'' = 0", False),
        ("'' < 1", False),
        ("'' >= ''", False),
        ("'abc' > 1", False),
        ("'1e3' = 1000", False),
        ("true() = 1", True),
        ("true() = 'x'", True),
        ("(1 = 1) = 'true'", True),
        # functions
        ("if(1 = 1, 'yes', 'no')", "yes"),
        ("if('', 'yes', 'no')", "no"),
        ("if('0', 'yes', 'no')", "yes"),
        ("coalesce('', 'b', 'c')", "b"),
        ("not(1 = 2)", True),
        ("boolean('false')", True),
        ("boolean-from-string('false')", False),
        ("string-length('héllo')", 5),
        ("regex('abc', '[a-c]+')", True),
        ("regex('abcd', '[a-c]+')", False),
        ("concat('a', 1, true())", "a1true"),
        ("join('-', 'a', 'b', 3)", "a-b-3"),
        ("substr('hello', 1, 3)", "el"),
        ("substr('hello', 2)", "llo"),
        ("substr('hello', -3, -1)", "ll"),
        ("substr('hello', 9)", ""),
        ("translate('bar', 'abc', 'AB')", "BAr"),
        ("translate('--aaa--', 'abc-', 'ABC')", "AAA"),
        ("normalize-space('  a   b ')", "a b"),
        ("contains('abc', 'b')", True),
        ("starts-with('abc', 'ab')", True),
        ("ends-with('abc', 'bc')", True),
        ("substring-before('a-b', '-')", "a"),
        ("substring-before('ab', '-')", ""),
        ("substring-after('a-b', '-')", "b"),
        ("selected('a b c', 'b')", True),
        ("selected('ab', 'b')", False),
        ("selected-at('a b c', 0)", "a"),
        ("selected-at('a b c', 3)", ""),
        ("count-selected('a b c')", 3),
        ("count-selected('')", 0),
        ("number('12.5')", 12.5),
        ("int(-3.7)", -3),
        ("int('7.9')", 7),
        ("round(2.5)", 3),
        ("round(-2.5)", -2),
        ("round(3.14159, 2)", 3.14),
        ("round(1250, -2)", 1300),
        ("floor(-1.5)", -2),
        ("ceiling(1.2)", 2),
        ("abs(-4)", 4),
        ("sum(1, 2, 3)", 6),
        ("min(3, 1, 2)", 1),
        ("max(3, '', 2)", 3),
        ("string(1 div 4)", "0.25"),
        ("string(10000000 * 10000000)", "100000000000000"),
        ("string(0.000001)", "0.000001"),
        # dates
        ("today() = '2026-03-15'", True),
        ("now() > '2026-03-15'", True),
        ("date('2026-03-01') < today()", True),
        ("'2026-03-01' < '2026-03-02'", True),
        ("today() - date('2026-03-01')", 14),
        ("date(0)", date(1970, 1, 1)),
        ("date('2026-03-15T10:00:00Z')", date(2026, 3, 15)),
        ("date('nonsense')", ""),
        ("date(today() + 1) = '2026-03-16'", True),
        ("decimal-date-time('1970-01-02')", 1),
        ("decimal-date-time(now()) > decimal-date-time(today())", True),
        ("format-date('2026-03-05', '%Y/%n/%e %b %a %d-%m-%y %%')", "2026/3/5 Mar Thu 05-03-26 %"),
        ("format-date('', '%Y')", ""),
        ("format-date-time(now(), '%H:%M:%S.%3 %h')", "10:30:05.000 10"),
        ("format-date-time('09:05', '%H.%M')", "09.05"),
        ("format-date-time('2026-03-05', '%H')", "00"),
        ("jr:choice-name('b', '${a}')", "label of b"),
    ],
)
def test_an_expression_gives(source: str, expected: Atom) -> None:
    assert run(source) == expected


@pytest.mark.parametrize(
    "source", ["0 div 0", "number('x')", "min('')", "1 + ''", "1 mod 0", "int('')"]
)
def test_what_is_no_number_is_nan(source: str) -> None:
    assert math.isnan(run(source))


@pytest.mark.parametrize(
    ("source", "values", "expected"),
    [
        ("${a} = ''", {}, True),
        ("${a} != ''", {"a": 0}, True),
        ("${a} > 10", {"a": 11}, True),
        ("${a} > 10", {"a": Decimal("10.5")}, True),
        ("${a} = 'yes'", {"a": "yes"}, True),
        ("'yes' = ${a}", {"a": "yes"}, True),
        ("${a} = '5'", {"a": 5}, True),
        ("selected(${a}, 'x')", {"a": ("w", "x")}, True),
        ("${a} = 'w x'", {"a": ("w", "x")}, True),
        ("selected-at(${a}, 1)", {"a": ("w", "x")}, "x"),
        ("${a} < ${b}", {"a": date(2026, 1, 2), "b": date(2026, 1, 10)}, True),
        ("${a} = ${b}", {"a": date(2026, 1, 2), "b": "2026-01-02"}, True),
        ("${a} < '10:00'", {"a": time(9, 5)}, True),
        ("string(${a})", {"a": Place(latitude=1.5, longitude=-2)}, "1.5 -2 0 0"),
        ("string-length(${a}) > 0", {"a": (StoredFile(blob="b", media_type="x/y", size=1),)}, True),
        ("${a} and ${b}", {"a": "x", "b": ()}, False),
        ("${a} or ${b}", {"a": "", "b": 0}, False),
        ("${a}-1", {"a": 3}, 2),
        ("count(${a})", {"a": 3}, 1),
        ("${ a }", {"a": "x"}, "x"),
    ],
)
def test_answers_are_read(source: str, values: Mapping[str, Atom], expected: Atom) -> None:
    assert run(source, **values) == expected


def test_a_dot_is_the_own_answer() -> None:
    assert run(". >= 1 and . <= 5", own=3) is True
    assert run(".*2", own=3) == 6


def test_random_once_and_uuid_give_the_same_again() -> None:
    vicinity = Vicinity(repeats_around={})
    bench = Bench()
    for source in ("random()", "once(random())", "uuid()", "random() + random()"):
        expression = compile_expression(source, vicinity)
        first = expression(bench)
        assert expression(bench) == first
        bench.kept.clear()


def test_a_uuid_is_of_version_4() -> None:
    assert str(run("uuid()"))[14] == "4"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("", "ends too early"),
        ("1 +", "ends too early"),
        ("(1", "ends too early"),
        ("1)", "')' at character 2"),
        ("1 2", "'2' at character 3"),
        ("'abc", "never closed"),
        ("1 # 2", "cannot read '#'"),
        ("/data/x", "paths"),
        ("${a}[1]", "paths"),
        ("nope(1)", "nope() is not a function"),
        ("selected(${a})", "takes 2 arguments, not 1"),
        ("round(1, 2, 3)", "takes 1 to 2 arguments, not 3"),
        ("coalesce(1)", "takes 2 or more arguments, not 1"),
        ("today(1)", "takes 0 arguments, not 1"),
        ("${unknown} = 1", "${unknown} is not in this flow"),
        ("a = 1", "'a' is no function"),
        ("..", "'..' stands only in position"),
        ("position(..)", "inside the repeat"),
        ("position(${a})", "inside the repeat"),
        ("count(1)", "count() takes one ${name}"),
        ("indexed-repeat(${a}, ${b}, 1)", "${a} is not inside ${b}"),
        ("indexed-repeat('a', ${b}, 1)", "takes ${name}"),
        ("indexed-repeat(${a}, ${b}, 1, 2)", "in pairs"),
        ("jr:choice-name('x', '${nope}')", "${nope} is not in this flow"),
        ("regex(., ${a})", "written out"),
        ("regex(., '(a')", "never closes"),
        ("(" * 101 + "1" + ")" * 101, "nested deeper than 100"),
        ("-" * 200 + "1", "nested deeper"),
        ("1" + "+1" * 200, "more than 100 steps"),
        ("if(1, " * 101 + "1" + ", 2)" * 101, "nested deeper"),
        ("x" * 40_000, "longer than"),
    ],
)
def test_an_expression_is_refused_with_its_reason(source: str, reason: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        run(source)
    assert reason in str(caught.value)


def test_long_chains_of_or_are_flat_and_run() -> None:
    assert run(" or ".join(["${a} = 'x'"] * 900), a="x") is True
    assert run(" and ".join(["${a} = 'x'"] * 900), a="y") is False


def test_the_deepest_expression_that_is_taken_runs() -> None:
    assert run("if(1, " * 48 + "7" + ", 2)" * 48) == 7


def test_an_expression_tells_what_it_reads() -> None:
    vicinity = Vicinity(repeats_around=dict.fromkeys(NAMES, ()))
    expression = compile_expression("selected(${a}, 'x') and 'y' != ${b} and . = 1", vicinity)
    assert expression.references == {"a", "b"}
    assert expression.compared == {("a", "x"), ("b", "y")}
    assert expression.reads_own
    assert not expression.is_constant
    assert compile_expression("if(1 = 2, true(), false())", vicinity).is_constant
    assert not compile_expression("today() > '2020-01-01'", vicinity).is_constant


@given(st.floats(allow_nan=False, allow_infinity=False))
@settings(max_examples=200)
def test_a_number_written_out_is_the_same_number(number: float) -> None:
    assert as_number(as_text(number)) == number
    assert "e" not in as_text(number)


@given(st.text(alphabet="${}ab()'\"+-*<>=!., 1.de", max_size=40))
@settings(max_examples=400, deadline=None)
def test_no_source_does_worse_than_be_refused(source: str) -> None:
    try:
        as_flag(run(source, a="1", b=date(2026, 1, 1)))
    except ExpressionError as error:
        assert str(error)


ROUNDS = """
  - {type: begin_repeat, name: r, repeat_count: 3}
  - {type: integer, name: n, label: N}
  - {type: text, name: t, label: T, relevant: "${n} != 2"}
  - {type: calculate, name: pos, calculation: position(..)}
  - {type: calculate, name: prev, calculation: "indexed-repeat(${n}, ${r}, position(..) - 1)"}
  - {type: end_repeat}
  - {type: calculate, name: out, calculation: "EXPRESSION", keep: open, code: out}
"""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("sum(${n})", 6),
        ("min(${n})", 1),
        ("max(${n}, 9)", 9),
        ("count(${r})", 3),
        ("count(${t})", 2),
        ("count-non-empty(${t})", 1),
        ("join('|', ${n})", "1|2|3"),
        ("concat(${n})", "123"),
        ("sum(${pos})", 6),
        ("indexed-repeat(${n}, ${r}, 2)", 2),
        ("indexed-repeat(${n}, ${r}, 4)", None),
        ("indexed-repeat(${n}, ${r}, 0)", None),
        ("indexed-repeat(${prev}, ${r}, 3)", 2),
        ("${n}", 1),
    ],
)
def test_rounds_of_a_repeat_are_read_as_a_set(source: str, expected: Atom | None) -> None:
    talk = Conversation(flow_of(ROUNDS.replace("EXPRESSION", source)))
    talk.say("1", "a", "2", "3", " ")
    assert talk.submit().particulars.get("out") == expected
