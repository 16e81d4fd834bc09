"""Loads a flow from its file. Called by `flows.library`, the command line and tests.

Nothing is guessed: a flow with a fault is not loaded at all, and all of its faults are told at
once, each with file, row and reason.
"""

from pathlib import Path

from flows.building import Builder
from flows.definition import Flow
from flows.faults import Fault, FlowFaults
from flows.sheets import Sheets
from flows.yaml_rows import read_sheets


def load_flow(path: Path) -> Flow:
    """The flow in a YAML file; raises `FlowFaults` with all that is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        fault = Fault(file=path.name, row=0, reason=f"not readable: {type(error).__name__}")
        raise FlowFaults((fault,)) from error
    return parse_flow(text, file=path.name)


def parse_flow(text: str, *, file: str) -> Flow:
    """The flow in a YAML text; raises `FlowFaults`. `file` is named in them."""
    sheets, faults = read_sheets(text, file)
    if sheets is None:
        raise FlowFaults(faults)
    return _built(sheets, faults, is_strict=True)


def build_flow(sheets: Sheets, *, is_strict: bool = True) -> Flow:
    """The flow in rows that somebody else has read; raises `FlowFaults`.

    Unless strict, columns that flows do not know are passed over, as in a spreadsheet with columns
    for other tools.
    """
    return _built(sheets, (), is_strict=is_strict)


def _built(sheets: Sheets, faults: tuple[Fault, ...], *, is_strict: bool) -> Flow:
    builder = Builder(sheets, is_strict=is_strict)
    flow = builder.flow()
    found = (*faults, *builder.faults)
    if found:
        raise FlowFaults(tuple(sorted(set(found), key=lambda fault: (fault.row, fault.reason))))
    return flow
