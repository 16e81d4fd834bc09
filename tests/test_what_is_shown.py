"""The table of what people can do names tests that are there; every conversation stands in it."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "docs" / "what-is-shown.md"
NAMED = re.compile(r"`(tests/[\w/]+\.(?:py::\w+|yaml))`")


def rows(section: str = "") -> list[str]:
    """The rows of the tables under a heading that begins so, or of all."""
    text, found = TABLE.read_text("utf-8"), []
    for part in re.split(r"^## ", text, flags=re.M)[1:]:
        if part.startswith(section):
            lines = [line for line in part.splitlines() if line.startswith("|")]
            found += lines[2:]
    return found


@cache
def names_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text("utf-8"))
    functions = (
        node for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef)
    )
    return frozenset(node.name for node in functions if node.name.startswith("test_"))


def is_there(named: str) -> bool:
    path, _, test = named.partition("::")
    return (ROOT / path).is_file() and (not test or test in names_in(ROOT / path))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.split("|")[1].strip()[:60])
def test_each_row_names_tests_and_each_of_them_is_there(row: str) -> None:
    named = NAMED.findall(row)
    assert named
    assert [each for each in named if not is_there(each)] == []


def test_what_a_reporter_can_do_is_shown_in_the_chat_and_in_a_browser() -> None:
    assert rows("Reporter")
    for row in rows("Reporter"):
        named = NAMED.findall(row)
        assert any(each.startswith("tests/transcripts/") for each in named), row
        assert any(each.startswith("tests/browser/") for each in named), row


def test_every_conversation_stands_in_a_row() -> None:
    named = set(NAMED.findall(TABLE.read_text("utf-8")))
    transcripts = {
        f"tests/transcripts/{each.name}" for each in (ROOT / "tests/transcripts").glob("*.yaml")
    }
    assert transcripts - named == set()


def test_a_test_that_is_not_there_would_be_missed() -> None:
    assert not is_there("tests/test_what_is_shown.py::test_nothing")
    assert not is_there("tests/transcripts/nobody_says_anything.yaml")
