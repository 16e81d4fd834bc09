"""Flows are looked at before anybody talks to them: file, row, reason, and what is untranslated."""

from pathlib import Path

from tests.service.terminal import Gehoor


def test_the_shipped_flows_have_no_fault(gehoor: Gehoor) -> None:
    assert gehoor("flows", "check").status == 0


def test_a_fault_is_told_with_file_row_and_reason(gehoor: Gehoor, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(
        "flow: bad\nversion: 1\ntitle: Bad\nsurvey:\n"
        '  - {type: text, name: a, label: A, relevant: "${nothing} = 1"}\n'
    )
    checked = gehoor("flows", "check", str(path))
    assert checked.status == 1
    assert "bad.yaml:5: " in checked.err
    assert "nothing" in checked.err


def test_texts_without_a_translation_are_listed(gehoor: Gehoor, tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    path.write_text(
        "flow: new\nversion: 1\ntitle: A title of tests alone\nsurvey:\n"
        "  - {type: text, name: a, label: A question of tests alone}\n"
    )
    checked = gehoor("flows", "check", str(path))
    assert "new.yaml:5: not translated into hi: 'A question of tests alone'" in checked.err
    assert len(checked.err.splitlines()) == 14


def test_a_file_that_is_not_there_is_a_fault(gehoor: Gehoor, tmp_path: Path) -> None:
    assert "not readable" in gehoor("flows", "check", str(tmp_path / "none.yaml")).err
