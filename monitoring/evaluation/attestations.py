"""Reads a company's statements from a YAML or CSV file, and says of every row why it is refused.

Called where an officer hands in a file. Good rows are taken even if others are refused: the
officer mends those and hands them in again. Every fault of a row is named at once.

The columns are `question`, `part`, `percent`, `document`, `stated_by` and `day` (2026-11-20).
`part` is a component or theme of the question, `percent` with a figure in the column of that
name, or `does_not_apply`. A YAML file is `{format: 1, statements: [row, ..]}`; a CSV file has the
columns as its first line. `format` changes when old files would be misread; columns may be added.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from monitoring.evaluation.attestation import NOT_APPLICABLE, Attestation
from monitoring.evaluation.company import Category, SizeClass
from monitoring.evaluation.criteria import Bands, PercentVerdict, ThemeCoverage
from monitoring.evaluation.framework import PERCENT, Framework, QuestionDefinition

COLUMNS = ("question", "part", "percent", "document", "stated_by", "day")
MOST_BYTES = 1_000_000
MOST_ROWS = 5_000
LONGEST_TEXT = 500
"""Characters in a document's reference or a name."""


class FileFault(StrEnum):
    """Why a whole file cannot be read."""

    TOO_LARGE = "too_large"
    NOT_READABLE = "not_readable"
    """Neither of the two formats, or not in UTF-8."""
    COLUMNS = "columns"
    """A column is missing or not known."""
    TOO_MANY_ROWS = "too_many_rows"


class RowFault(StrEnum):
    """Why a row is refused."""

    UNKNOWN_QUESTION = "unknown_question"
    NOT_ASKED = "not_asked"
    """The framework has the question, but not for this category of company."""
    UNKNOWN_PART = "unknown_part"
    ALWAYS_APPLIES = "always_applies"
    """Nobody can say that this question does not apply."""
    PERCENT_MISSING = "percent_missing"
    PERCENT_WRONG = "percent_wrong"
    """Not a plain number from 0 to 100."""
    PERCENT_NOT_WANTED = "percent_not_wanted"
    DOCUMENT_MISSING = "document_missing"
    PERSON_MISSING = "person_missing"
    TOO_LONG = "too_long"
    DAY_WRONG = "day_wrong"
    DAY_TO_COME = "day_to_come"
    REPEATED = "repeated"
    """The same part was stated on an earlier row; the first one counts."""
    NOT_A_ROW = "not_a_row"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """A row that was not taken, with every reason and the column it is about."""

    row: int
    """Counted from 1, headings not counted."""
    faults: tuple[tuple[str, RowFault], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestationReading:
    """What a file gave."""

    accepted: tuple[Attestation, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    file_fault: FileFault | None = None
    """Set if the file could not be read at all."""


def read_attestations(
    content: bytes, framework: Framework, category: Category, today: date, *, is_csv: bool
) -> AttestationReading:
    """The statements in the file and every refused row; raises nothing for what is in a file."""
    rows = _rows(content, is_csv=is_csv)
    if isinstance(rows, FileFault):
        return AttestationReading(file_fault=rows)
    accepted: list[Attestation] = []
    refused: list[RefusedRow] = []
    stated: set[tuple[str, str]] = set()
    for number, row in enumerate(rows, start=1):
        faults = tuple(_faults(row, framework, category, today, stated))
        if faults or row is None:
            refused.append(RefusedRow(row=number, faults=faults))
            continue
        attestation = _attestation(row)
        stated.add((attestation.question, attestation.component))
        accepted.append(attestation)
    return AttestationReading(accepted=tuple(accepted), refused=tuple(refused))


def _rows(content: bytes, *, is_csv: bool) -> Sequence[Mapping[str, str] | None] | FileFault:
    """Every row as texts; None for one that is no row."""
    if len(content) > MOST_BYTES:
        return FileFault.TOO_LARGE
    try:
        text = content.decode("utf-8-sig")
        rows = _csv_rows(text) if is_csv else _yaml_rows(text)
    except (UnicodeDecodeError, csv.Error, YAMLError, ValueError, RecursionError):
        return FileFault.NOT_READABLE
    if not isinstance(rows, FileFault) and len(rows) > MOST_ROWS:
        return FileFault.TOO_MANY_ROWS
    return rows


def _csv_rows(text: str) -> Sequence[Mapping[str, str] | None] | FileFault:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    if sorted(reader.fieldnames or ()) != sorted(COLUMNS):
        return FileFault.COLUMNS
    return [
        None if None in row or None in row.values() else {key: row[key].strip() for key in COLUMNS}
        for row in reader
    ]


def _yaml_rows(text: str) -> Sequence[Mapping[str, str] | None] | FileFault:
    data = YAML(typ="safe", pure=True).load(text)
    if not isinstance(data, dict) or data.get("format") != 1:
        return FileFault.NOT_READABLE
    statements = data.get("statements")
    if not isinstance(statements, list):
        return FileFault.NOT_READABLE
    return [_yaml_row(each) for each in statements]


def _yaml_row(data: Any) -> Mapping[str, str] | None:
    if not isinstance(data, dict) or not set(data) <= set(COLUMNS):
        return None
    return {column: _as_text(data.get(column)) for column in COLUMNS}


def _as_text(value: Any) -> str:
    """YAML reads 2.1 and 2026-11-20 as numbers and days; the table is one of texts."""
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case str() | int() | float():
            return str(value).strip()
        case _:
            return "?"


def _faults(
    row: Mapping[str, str] | None,
    framework: Framework,
    category: Category,
    today: date,
    stated: set[tuple[str, str]],
) -> Iterator[tuple[str, RowFault]]:
    if row is None:
        yield "", RowFault.NOT_A_ROW
        return
    question = framework.question(row["question"])
    if question is None:
        yield "question", RowFault.UNKNOWN_QUESTION
    elif category not in question.max:
        yield "question", RowFault.NOT_ASKED
    else:
        yield from _part_faults(row["part"], question, category)
        if (question.id, row["part"]) in stated:
            yield "part", RowFault.REPEATED
    yield from _percent_faults(row)
    for column, fault in (
        ("document", RowFault.DOCUMENT_MISSING),
        ("stated_by", RowFault.PERSON_MISSING),
    ):
        if not row[column]:
            yield column, fault
        elif len(row[column]) > LONGEST_TEXT:
            yield column, RowFault.TOO_LONG
    day = _day(row["day"])
    if day is None:
        yield "day", RowFault.DAY_WRONG
    elif day > today:
        yield "day", RowFault.DAY_TO_COME


def _part_faults(
    part: str, question: QuestionDefinition, category: Category
) -> Iterator[tuple[str, RowFault]]:
    if part == NOT_APPLICABLE:
        if question.may_not_apply is None:
            yield "part", RowFault.ALWAYS_APPLIES
    elif part not in parts_to_state(question, category):
        yield "part", RowFault.UNKNOWN_PART


def parts_to_state(question: QuestionDefinition, category: Category) -> tuple[str, ...]:
    """What a company can state about a question, besides that it does not apply."""
    match question.criteria[category, SizeClass.MEDIUM_LARGE]:
        case Bands() | PercentVerdict():
            return (PERCENT,)
        case ThemeCoverage():
            return question.themes
        case _:
            return tuple(component.id for component in question.components)


def _percent_faults(row: Mapping[str, str]) -> Iterator[tuple[str, RowFault]]:
    if row["part"] != PERCENT:
        if row["percent"]:
            yield "percent", RowFault.PERCENT_NOT_WANTED
    elif not row["percent"]:
        yield "percent", RowFault.PERCENT_MISSING
    elif _percent(row["percent"]) is None:
        yield "percent", RowFault.PERCENT_WRONG


def _percent(text: str) -> Fraction | None:
    """Exact: 62.5 is five eighths of a hundred. A figure with an exponent is not plain."""
    if len(text) > len("100.000000") or not set(text) <= set("0123456789."):
        return None
    try:
        figure = Fraction(Decimal(text))
    except InvalidOperation:
        return None
    return figure if 0 <= figure <= 100 else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def _attestation(row: Mapping[str, str]) -> Attestation:
    return Attestation(
        question=row["question"],
        component=row["part"],
        percent=_percent(row["percent"]) if row["percent"] else None,
        document=row["document"],
        stated_by=row["stated_by"],
        day=date.fromisoformat(row["day"]),
    )
