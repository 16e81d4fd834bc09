"""A flow with a fault is not loaded, and all faults are told at once with row and reason."""

from pathlib import Path

import pytest

from flows.definition import Group, Keep, Kind, Question, Repeat
from flows.faults import FlowFaults
from flows.loading import build_flow, load_flow, parse_flow
from flows.moves import Back, Finish
from flows.sheets import Row, Sheets
from tests.flows.talking import HERE, Conversation, flow_from, flow_of

TOP = "flow: t\nversion: 1\ntitle: T\n"


def faults_of(text: str) -> list[tuple[int, str]]:
    with pytest.raises(FlowFaults) as caught:
        parse_flow(text, file="t.yaml")
    assert all(fault.file == "t.yaml" for fault in caught.value.faults)
    return [(fault.row, fault.reason) for fault in caught.value.faults]


def fault_in(row: str, choices: str = "") -> tuple[int, str]:
    """The only fault of a flow whose survey has this row on line 5 (after any choices)."""
    lists = f"choices:\n{choices}\n" if choices else ""
    (fault,) = faults_of(f"{TOP}{lists}survey:\n  - {row}\n")
    return fault


def test_a_flow_is_read_with_its_rows_and_words_as_written() -> None:
    flow = flow_from("every_kind")
    assert (flow.name, flow.version, flow.title) == ("every_kind", 2, "Every kind of question")
    assert [choice.name for choice in flow.lists["yes_no"]] == ["yes", "no"]
    assert flow.lists["colours"][0].icon == "🟥"
    one = flow.placed["one"].node
    assert isinstance(one, Question)
    assert (one.kind, one.keep, one.code, one.row) == (Kind.SELECT_ONE, Keep.OPEN, "colour", 14)
    scale = flow.placed["scale"].node
    assert isinstance(scale, Question) and scale.limits is not None
    assert (scale.limits.start, scale.limits.end, scale.limits.step) == (1, 5, 0.5)


def test_groups_and_repeats_nest_whichever_way_they_are_spelt() -> None:
    flow = flow_from("household")
    people = flow.nodes[2]
    assert isinstance(people, Repeat)
    assert isinstance(people.children[-1], Group)
    assert flow.placed["works"].repeats == ("people",)
    assert [node.name for node, _ in flow.placed["works"].conditions] == ["working"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("{type: colour, name: a}", "'colour' is not a type of question that flows know"),
        ("{name: a, label: A}", "the row has no type"),
        ("{type: text, label: A}", "the row has no name"),
        ("{type: text, name: 1a}", "the name '1a' may hold only letters a-z, digits, _ - ."),
        ("{type: text, name: 'a[1]'}", "the name 'a[1]' may hold only letters a-z, digits, _ - ."),
        ("{type: text, name: a, relevnt: 1}", "'relevnt' is no column of a survey"),
        ("{type: select_one nowhere, name: a}", "there is no list of choices 'nowhere'"),
        ("{type: select_one, name: a}", "select_one needs the name of one list of choices"),
        ("{type: select_one a b, name: a}", "select_one needs the name of one list of choices"),
        ("{type: text, name: a, keep: closed}", "keep is 'open' or 'sealed', not 'closed'"),
        ("{type: text, name: a, code: x}", "a row with a code must be kept open (keep: open)"),
        ("{type: begin_group, name: g}", "begin_group is never closed"),
        ("{type: end repeat}", "end repeat closes nothing"),
        ("{type: text, name: a, relevant: '${b} = 1'}", "relevant: ${b} is not in this flow"),
        (
            "{type: text, name: a, constraint: 'nope(.)'}",
            "constraint: nope() is not a function that flows know",
        ),
        ("{type: text, name: a, required: '1 +'}", "required: the expression ends too early"),
        ("{type: text, name: a, default: 'today('}", "default: the expression ends too early"),
        ("{type: text, name: a, relevant: \"${a} = 'x'\"}", "${a} depends on itself"),
        (
            "{type: range, name: a, parameters: start=5 end=1}",
            "parameters: needs start < end and a step above 0",
        ),
        ("{type: range, name: a, parameters: from=5}", "parameters: cannot read 'from=5'"),
        ("{type: text, name: [a]}", "'name' must be one value"),
        ("just words", "a row of survey must be keys with values"),
        (
            "{type: select_one_external sites, name: a, choice_filter: 'x = 1'}",
            "a list from outside is searched, not filtered",
        ),
    ],
)
def test_a_row_is_refused_with_its_line_and_reason(row: str, reason: str) -> None:
    found = faults_of(f"{TOP}survey:\n  - {row}\n")
    assert (5, reason) in found


@pytest.mark.parametrize(
    ("text", "row", "reason"),
    [
        ("", 0, "the file is empty"),
        ("[1, 2]", 1, "the file must be keys with values"),
        ("a: [", 1, "not readable as YAML"),
        ("flow: t\nflow: u\nversion: 1\ntitle: T\nsurvey: []", 2, "'flow' stands here twice"),
        ("flow: t\nversion: 1\nsurvey: []", 1, "the flow has no 'title'"),
        (
            "flow: t\nversion: one\ntitle: T\nsurvey: []",
            2,
            "the version must be a whole number from 1",
        ),
        (
            "flow: t\nversion: 0\ntitle: T\nsurvey: []",
            2,
            "the version must be a whole number from 1",
        ),
        (TOP, 0, "the flow has no survey"),
        (TOP + "survey: none", 4, "survey must be a list"),
        (TOP + "extra: 1\nsurvey: []", 4, "'extra' is no part of a flow"),
        (TOP + "survey: []\nchoices:\n  l: [{label: A}]", 6, "a choice of 'l' has no name"),
        (
            TOP + "survey: []\nchoices:\n  l: [{name: a b}]",
            6,
            "the name of a choice of 'l' holds a space",
        ),
        (
            TOP + "survey:\n  - &a {type: text, name: a}\n  - *a",
            6,
            "aliases (*name) are not allowed",
        ),
        (TOP + "survey:\n  - {type: text, name: a, name: b}", 5, "'name' stands here twice"),
        (
            TOP + "survey:\n  - {type: text, name: a}\n  - {type: date, name: a}",
            6,
            "the name 'a' is used before",
        ),
        (
            TOP + "survey:\n  - {type: begin_group, name: g}\n  - {type: end_repeat}",
            6,
            "end_repeat closes begin_group of row 5",
        ),
        (
            TOP + "survey:\n"
            "  - {type: calculate, name: a, calculation: '${b} + 1'}\n"
            "  - {type: calculate, name: b, calculation: '${a} + 1'}",
            5,
            "${a} depends on itself",
        ),
        ("[" * 600 + "]" * 600, 0, "not readable as YAML"),
    ],
)
def test_a_file_is_refused_with_its_line_and_reason(text: str, row: int, reason: str) -> None:
    assert any(at == row and why.startswith(reason) for at, why in faults_of(text))


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    found = faults_of(
        f"{TOP}survey:\n"
        "  - {type: colour, name: a}\n"
        "  - {type: text, name: b, relevant: '${zzz} = 1', constraint: '1 +'}\n"
        "  - {type: select_one nowhere, name: c}\n"
    )
    assert [row for row, _ in found] == [5, 6, 6, 7]


def test_yes_and_no_are_words_and_truths_of_a_spreadsheet_are_read() -> None:
    flow = flow_of(
        "  - {type: text, name: a, required: yes}\n"
        "  - {type: text, name: b, required: no}\n"
        "  - {type: text, name: c, relevant: FALSE}\n"
    )
    a, b, c = flow.questions()
    assert a.required is not None and b.required is None
    assert c.relevant is not None and c.relevant.source == "false()"


def test_or_other_adds_a_choice_and_a_question_for_its_words() -> None:
    flow = flow_of("  - {type: select_one l or_other, name: a, label: A}", "  l: [{name: x}]")
    assert [choice.name for choice in flow.lists["l"]] == ["x", "other"]
    assert [question.name for question in flow.questions()] == ["a", "a_other"]


def test_what_tells_who_somebody_is_is_never_asked_nor_filled() -> None:
    flow = flow_of("  - {type: deviceid, name: d}\n  - {type: today, name: t}")
    device, today = flow.questions()
    assert (device.kind, device.default) == (Kind.HIDDEN, None)
    assert today.kind is Kind.CALCULATE


def chain(length: int, step: int) -> str:
    """Calculations that each add one to their neighbour's, which stands `step` rows on."""
    rows = range(length)[::-1] if step < 0 else range(length)
    return "\n".join(
        f"  - {{type: calculate, name: c{n}, calculation: '${{c{n + 1}}} + 1'}}" for n in rows
    )


LAST = "  - {type: calculate, name: c400, calculation: '1'}\n"


def test_a_long_chain_of_later_rows_is_refused() -> None:
    with pytest.raises(FlowFaults, match="too long a chain of later rows"):
        flow_of(f"{chain(400, 1)}\n{LAST}")


def test_a_long_chain_of_earlier_rows_runs() -> None:
    asks = "\n  - {type: text, name: t, label: T, relevant: '${c0} = 401'}"
    flow = flow_of(LAST + chain(400, -1) + asks)
    assert flow.is_deep
    assert Conversation(flow).say("x", Back(), Finish()).review.items[0].value == "x"
    assert not flow_from("household").is_deep


def test_rows_of_a_spreadsheet_may_have_columns_for_other_tools() -> None:
    sheets = Sheets(
        file="x.xlsx",
        name="x",
        version=1,
        title="X",
        survey=(Row(number=2, cells={"type": "text", "name": "a", "label::French": "A"}),),
    )
    assert build_flow(sheets, is_strict=False).questions()[0].name == "a"
    with pytest.raises(FlowFaults, match="no column"):
        build_flow(sheets)


def test_a_file_that_is_not_there_or_no_text_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_bytes(b"\xff\xfe\x00")
    for name in ("none.yaml", "bad.yaml"):
        with pytest.raises(FlowFaults, match="not readable"):
            load_flow(tmp_path / name)


def test_every_flow_of_these_tests_loads() -> None:
    for path in HERE.glob("*.yaml"):
        assert load_flow(path).questions()
