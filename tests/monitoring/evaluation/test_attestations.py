"""A company's statements are read row by row; every refused row says why."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitoring.evaluation.attestation import NOT_APPLICABLE, Attestation
from monitoring.evaluation.attestations import (
    COLUMNS,
    MOST_BYTES,
    MOST_ROWS,
    FileFault,
    RowFault,
    read_attestations,
)
from monitoring.evaluation.company import Category
from monitoring.evaluation.evidence import Source
from tests.shipped import FRAMEWORK

TODAY = date(2026, 11, 20)
HEADINGS = ",".join(COLUMNS)


def read(text, category=Category.C, *, is_csv=True):
    content = text if isinstance(text, bytes) else text.encode()
    return read_attestations(content, FRAMEWORK, category, TODAY, is_csv=is_csv)


def row(*cells):
    return read(f"{HEADINGS}\n{','.join(cells)}\n")


def test_a_good_row_becomes_a_statement():
    found = row("5.1", "3", "", "annual report p. 12", "A. Officer", "2026-03-01")
    assert found.refused == ()
    assert found.accepted == (
        Attestation(
            question="5.1",
            component="3",
            document="annual report p. 12",
            stated_by="A. Officer",
            day=date(2026, 3, 1),
        ),
    )


def test_a_statement_is_evidence_that_is_not_proven():
    (statement,) = row("5.1", "3", "", "d", "o", "2026-03-01").accepted
    evidence = statement.as_evidence().evidence
    assert evidence.source is Source.ATTESTATION
    assert not evidence.is_proven


def test_a_share_is_read_exactly():
    (statement,) = row("2.1.1a", "percent", "62.5", "d", "o", "2026-03-01").accepted
    assert statement.percent == Fraction(125, 2)


def test_a_claim_is_read_where_a_question_may_not_apply():
    (statement,) = row("3.2.5", NOT_APPLICABLE, "", "d", "o", "2026-03-01").accepted
    assert statement.component == NOT_APPLICABLE


GOOD = {
    "question": "5.1",
    "part": "1",
    "percent": "",
    "document": "d",
    "stated_by": "o",
    "day": "2026-03-01",
}


@pytest.mark.parametrize(
    ("changed", "column", "fault"),
    [
        ({"question": "9.9"}, "question", RowFault.UNKNOWN_QUESTION),
        ({"part": "7"}, "part", RowFault.UNKNOWN_PART),
        ({"part": NOT_APPLICABLE}, "part", RowFault.ALWAYS_APPLIES),
        ({"percent": "50"}, "percent", RowFault.PERCENT_NOT_WANTED),
        ({"question": "2.1.1a", "part": "percent"}, "percent", RowFault.PERCENT_MISSING),
        *(
            (
                {"question": "2.1.1a", "part": "percent", "percent": text},
                "percent",
                RowFault.PERCENT_WRONG,
            )
            for text in ("101", "-1", "1e2", "NaN", "1.2.3", "fifty", "٥٠", "50%", ".", "9" * 99)
        ),
        ({"document": ""}, "document", RowFault.DOCUMENT_MISSING),
        ({"stated_by": " "}, "stated_by", RowFault.PERSON_MISSING),
        ({"document": "x" * 501}, "document", RowFault.TOO_LONG),
        ({"day": "1 March"}, "day", RowFault.DAY_WRONG),
        ({"day": "20260301"}, "day", RowFault.DAY_WRONG),
        ({"day": "2026-02-30"}, "day", RowFault.DAY_WRONG),
        ({"day": "2026-11-21"}, "day", RowFault.DAY_TO_COME),
    ],
)
def test_a_bad_row_is_refused_with_its_column_and_reason(changed, column, fault):
    found = row(*(GOOD | changed).values())
    assert found.accepted == ()
    assert [each.faults for each in found.refused] == [((column, fault),)]


def test_every_fault_of_a_row_is_named_at_once():
    (refused,) = row("9.9", "x", "", "", "", "").refused
    assert {fault for _, fault in refused.faults} == {
        RowFault.UNKNOWN_QUESTION,
        RowFault.DOCUMENT_MISSING,
        RowFault.PERSON_MISSING,
        RowFault.DAY_WRONG,
    }


def test_good_rows_are_taken_beside_refused_ones():
    good, bad = ",".join(GOOD.values()), ",".join((GOOD | {"question": "9.9"}).values())
    found = read(f"{HEADINGS}\n{bad}\n{good}\n")
    assert [each.question for each in found.accepted] == ["5.1"]
    assert [each.row for each in found.refused] == [1]


def test_the_first_of_two_statements_about_one_part_counts():
    first, again = ",".join(GOOD.values()), ",".join((GOOD | {"document": "e"}).values())
    found = read(f"{HEADINGS}\n{first}\n{again}\n")
    assert [each.document for each in found.accepted] == ["d"]
    assert found.refused[0].faults == (("part", RowFault.REPEATED),)


def test_a_company_without_risk_countries_is_not_asked_about_remedy():
    text = f"{HEADINGS}\n6.1.1,1,,d,o,2026-03-01\n"
    assert read(text, Category.B).refused[0].faults == (("question", RowFault.NOT_ASKED),)


def test_the_same_statements_can_come_as_yaml():
    found = read(
        """
        format: 1
        statements:
          - {question: 5.1, part: 1, document: d, stated_by: o, day: 2026-03-01}
          - question: 2.1.1a
            part: percent
            percent: 62.5
            document: d
            stated_by: o
            day: 2026-03-01
          - {question: 5.1, part: 2, colour: red}
          - nonsense
        """,
        is_csv=False,
    )
    assert [each.question for each in found.accepted] == ["5.1", "2.1.1a"]
    assert found.accepted[1].percent == Fraction(125, 2)
    assert [each.faults for each in found.refused] == [(("", RowFault.NOT_A_ROW),)] * 2


@pytest.mark.parametrize(
    ("text", "is_csv", "fault"),
    [
        (b"\xff\xfe", True, FileFault.NOT_READABLE),
        ("question,part\n5.1,1\n", True, FileFault.COLUMNS),
        ("", True, FileFault.COLUMNS),
        (f'{HEADINGS}\n"5.1', True, FileFault.NOT_READABLE),
        ("statements: []", False, FileFault.NOT_READABLE),
        ("format: 2\nstatements: []", False, FileFault.NOT_READABLE),
        ("format: 1\nstatements: {}", False, FileFault.NOT_READABLE),
        ("format: 1\nformat: 1\nstatements: []", False, FileFault.NOT_READABLE),
        ("[" * 5000, False, FileFault.NOT_READABLE),
        ("x" * (MOST_BYTES + 1), True, FileFault.TOO_LARGE),
        (HEADINGS + "\n" + ",,,,,\n" * (MOST_ROWS + 1), True, FileFault.TOO_MANY_ROWS),
    ],
)
def test_a_file_that_cannot_be_read_says_so(text, is_csv, fault):
    assert read(text, is_csv=is_csv).file_fault is fault


def test_a_file_from_a_spreadsheet_with_a_byte_order_mark_is_read():
    text = f"\ufeff{HEADINGS}\r\n{','.join(GOOD.values())}\r\n"
    assert len(read(text).accepted) == 1


def test_a_row_with_too_many_cells_is_no_row():
    found = read(f"{HEADINGS}\n{','.join(GOOD.values())},extra\n")
    assert found.refused[0].faults == (("", RowFault.NOT_A_ROW),)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.booleans())
def test_no_file_breaks_the_reader(content, is_csv):
    read(content, is_csv=is_csv)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), min_size=5, max_size=7), max_size=4))
def test_no_row_breaks_the_reader(rows):
    lines = "\n".join(",".join(cells) for cells in rows)
    found = read(f"{HEADINGS}\n{lines}".encode("utf-8", "replace"))
    assert found.accepted == () or all(each.day <= TODAY for each in found.accepted)
