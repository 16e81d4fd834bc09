"""A flow that would let a person down is refused before anyone talks to it."""

import pytest

from flows.inspection import inspect_flow
from tests.flows.talking import flow_from, flow_of

LISTS = """
  colours: [{name: r, label: Red, tone: warm}, {name: b, label: Blue}]
"""
ASKS = (
    "  - {type: text, name: fine, label: Fine}\n  - {type: select_one colours, name: c, label: C}\n"
)


def reasons(rows: str, lists: str = LISTS) -> list[tuple[int, str]]:
    return [(fault.row, fault.reason) for fault in inspect_flow(flow_of(ASKS + rows, lists))]


@pytest.mark.parametrize("name", ["household"])
def test_a_good_flow_has_no_faults(name: str) -> None:
    faults = inspect_flow(flow_from(name))
    assert faults == ()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            "{type: text, name: a, label: A, relevant: '1 = 2'}",
            "'a' is never reached: its condition is false",
        ),
        (
            "{type: text, name: a, label: A, constraint: 'false()'}",
            "'a' refuses every answer: a dead end",
        ),
        (
            "{type: select_one colours, name: a, label: A, choice_filter: 'false()'}",
            "'a' offers no choice: a dead end",
        ),
        (
            "{type: select_one colours, name: a, label: A, choice_filter: \"tone = 'warm'\"}",
            "'b' has no 'tone', which a filter reads",
        ),
        ("{type: calculate, name: a}", "'a' calculates nothing"),
        (
            "{type: text, name: a, label: A, keep: open}",
            "'a' is kept open and has no code: nobody keeps it",
        ),
        ("{type: text, name: a}", "'a' has no label"),
        (
            "{type: text, name: a, label: 'See ${nope}'}",
            "the text names ${nope}, which is no question of this flow",
        ),
        (
            "{type: text, name: a, label: A, relevant: \"${c} = 'green'\"}",
            "relevant: ${c} has no choice 'green'",
        ),
        (
            "{type: text, name: a, label: A, relevant: \"selected(${c}, 'green')\"}",
            "relevant: ${c} has no choice 'green'",
        ),
        (
            "{type: calculate, name: a, calculation: \"if(${c} = 'x', 1, 2)\"}",
            "calculation: ${c} has no choice 'x'",
        ),
    ],
)
def test_a_row_is_reported_with_its_reason(row: str, reason: str) -> None:
    assert reason in [why for _, why in reasons(f"  - {row}\n")]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (
            "  - {type: text, name: a, label: A, relevant: \"${z} = '1'\"}\n"
            "  - {type: text, name: z, label: Z}\n",
            "relevant refers to ${z}, asked later",
        ),
        (
            "  - {type: text, name: a, label: A, keep: open, code: x}\n"
            "  - {type: text, name: b, label: B, keep: open, code: x}\n",
            "the code 'x' is filled by more than one row",
        ),
        (
            "  - {type: begin_repeat, name: r}\n"
            "  - {type: text, name: a, label: A, keep: open, code: x}\n"
            "  - {type: end_repeat}\n",
            "'a' fills a code inside a repeat, where it has many values",
        ),
        (
            "  - {type: begin_group, name: g}\n  - {type: end_group}\n",
            "'g' has nothing in it",
        ),
        (
            "  - {type: begin_repeat, name: r}\n"
            "  - {type: note, name: a, label: A}\n"
            "  - {type: end_repeat}\n",
            "'r' asks for rounds of nothing",
        ),
        (
            "  - {type: begin_repeat, name: r, repeat_count: 0}\n"
            "  - {type: text, name: a, label: A}\n"
            "  - {type: end_repeat}\n",
            "'r' has no rounds",
        ),
    ],
)
def test_rows_together_are_reported(rows: str, reason: str) -> None:
    assert reason in [why for _, why in reasons(rows)]


def test_lists_are_looked_at() -> None:
    lists = LISTS + "  none: []\n  spare: [{name: x}, {name: x}]\n"
    found = [why for _, why in reasons("", lists)]
    assert "the list 'none' is empty" in found
    assert "no question uses the list 'spare'" in found
    assert "the list 'spare' has 'x' twice" in found


def test_a_flow_that_asks_nothing_is_reported() -> None:
    faults = inspect_flow(flow_of("  - {type: note, name: n, label: N}"))
    assert [fault.reason for fault in faults] == ["the flow asks nothing"]


def test_missing_translations_are_reported_by_language_and_row() -> None:
    flow = flow_of("  - {type: text, name: a, label: A, hint: B}")
    faults = inspect_flow(flow, {"nl": lambda msgid: msgid != "B", "tr": lambda msgid: True})
    assert [str(fault) for fault in faults] == ["test.yaml:5: not translated into nl: 'B'"]
