"""The library holds every flow in every version, and refuses all that is wrong at once."""

from pathlib import Path

import pytest

from flows.faults import FlowFaults, UnknownFlowError
from flows.library import FlowLibrary

GOOD = (
    "flow: {name}\nversion: {version}\ntitle: T\nsurvey:\n  - {{type: text, name: a, label: A}}\n"
)


def put(folder: Path, file: str, name: str, version: int) -> None:
    (folder / file).write_text(GOOD.format(name=name, version=version), encoding="utf-8")


def test_the_newest_version_is_given_and_older_ones_by_number(tmp_path: Path) -> None:
    put(tmp_path, "ask.yaml", "ask", 3)
    put(tmp_path, "ask.1.yaml", "ask", 1)
    put(tmp_path, "other.yaml", "other", 1)
    library = FlowLibrary.load(tmp_path)
    assert library.get("ask").version == 3
    assert library.get("ask", 1).version == 1
    assert library.names() == ("ask", "other")
    assert [(flow.name, flow.version) for flow in library] == [("ask", 1), ("ask", 3), ("other", 1)]


def test_a_flow_or_version_that_is_not_there_is_told(tmp_path: Path) -> None:
    put(tmp_path, "ask.yaml", "ask", 3)
    library = FlowLibrary.load(tmp_path)
    for name, version in (("ask", 2), ("nothing", None)):
        with pytest.raises(UnknownFlowError, match=name):
            library.get(name, version)


def test_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("nonsense", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(
        "flow: b\nversion: 1\ntitle: T\nsurvey:\n  - {type: text, name: a}\n", encoding="utf-8"
    )
    put(tmp_path, "c.yaml", "other", 2)
    with pytest.raises(FlowFaults) as caught:
        FlowLibrary.load(tmp_path)
    files = dict.fromkeys(fault.file for fault in caught.value.faults)
    assert list(files) == ["a.yaml", "b.yaml", "c.yaml"]


def test_two_files_of_one_version_are_refused(tmp_path: Path) -> None:
    put(tmp_path, "ask.yaml", "ask", 1)
    put(tmp_path, "ask.1.yaml", "ask", 1)
    with pytest.raises(FlowFaults, match=r"ask\.1\.yaml has version 1"):
        FlowLibrary.load(tmp_path)


def test_the_flows_that_are_shipped_load_and_pass_inspection() -> None:
    assert "grievance" in FlowLibrary.load().names()
