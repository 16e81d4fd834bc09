"""Reads a flow's YAML into rows, each with its line. Called by `loading`.

Values stay as they are written (`yes`, `1.0`, `2026-03-01` are strings) because the cells of a
sheet are text and the loader decides what they mean. Duplicate keys and aliases are refused.
"""

from collections.abc import Mapping
from typing import TypeAlias

from ruamel.yaml import YAML, AliasEvent
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from flows.faults import Fault
from flows.sheets import Row, Sheets

_TOP = frozenset({"flow", "version", "title", "choices", "survey"})
_MAY_BE_ALIAS = "*"
"""Reading a file for aliases takes as long as reading it, and few files have this sign at all."""
_Entries: TypeAlias = Mapping[str, Node]


def read_sheets(text: str, file: str) -> tuple[Sheets | None, tuple[Fault, ...]]:
    """The rows that the text holds, and what is wrong with how they are written.

    No sheets are given when the text is not YAML or has not the shape of a flow.
    """
    reader = _YamlReader(file)
    sheets = reader.sheets(text)
    return sheets, tuple(reader.faults)


class _YamlReader:
    """One reading of one file; gathers the faults."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.faults: list[Fault] = []

    def sheets(self, text: str) -> Sheets | None:
        root = self._root(text)
        if root is None:
            return None
        top = self._entries(root, "the file")
        for key in top.keys() - _TOP:
            self._fault(top[key], f"{key!r} is no part of a flow")
        return Sheets(
            file=self._file,
            name=self._required(top, "flow", root),
            version=self._version(top, root),
            title=self._required(top, "title", root),
            survey=self._rows(top.get("survey"), "survey"),
            choices=self._lists(top.get("choices")),
        )

    def _root(self, text: str) -> Node | None:
        try:
            if _MAY_BE_ALIAS in text and self._has_alias(text):
                return None
            root: Node | None = YAML(typ="safe", pure=True).compose(text)
        except MarkedYAMLError as error:
            mark = error.problem_mark
            self._at(mark.line + 1 if mark else 0, f"not readable as YAML: {error.problem}")
            return None
        except (YAMLError, RecursionError):
            self._at(0, "not readable as YAML")
            return None
        if root is None:
            self._at(0, "the file is empty")
        return root

    def _has_alias(self, text: str) -> bool:
        for event in YAML(typ="safe", pure=True).parse(text):
            if isinstance(event, AliasEvent):
                self._at(event.start_mark.line + 1, "aliases (*name) are not allowed")
                return True
        return False

    def _entries(self, node: Node, what: str) -> _Entries:
        if not isinstance(node, MappingNode):
            self._fault(node, f"{what} must be keys with values")
            return {}
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = str(key.value) if isinstance(key, ScalarNode) else ""
            if name in found:
                self._fault(key, f"{name!r} stands here twice")
            found.setdefault(name, value)
        return found

    def _items(self, node: Node | None, what: str) -> tuple[Node, ...]:
        if isinstance(node, SequenceNode):
            return tuple(node.value)
        if node is not None:
            self._fault(node, f"{what} must be a list")
        return ()

    def _rows(self, node: Node | None, what: str) -> tuple[Row, ...]:
        if node is None and what == "survey":
            self._at(0, "the flow has no survey")
        return tuple(self._row(item, f"a row of {what}") for item in self._items(node, what))

    def _row(self, node: Node, what: str) -> Row:
        entries = self._entries(node, what)
        cells = {key: self._text(value, key) for key, value in entries.items()}
        kept = {key: text for key, text in cells.items() if text.strip()}
        return Row(number=node.start_mark.line + 1, cells=kept)

    def _lists(self, node: Node | None) -> Mapping[str, tuple[Row, ...]]:
        if node is None:
            return {}
        lists = self._entries(node, "choices")
        return {name: self._rows(rows, f"the list {name!r}") for name, rows in lists.items()}

    def _text(self, node: Node, key: str) -> str:
        if isinstance(node, ScalarNode):
            is_null = node.tag == "tag:yaml.org,2002:null"
            return "" if is_null else str(node.value)
        self._fault(node, f"{key!r} must be one value")
        return ""

    def _required(self, top: _Entries, key: str, root: Node) -> str:
        text = self._text(top[key], key).strip() if key in top else ""
        if not text:
            self._fault(top.get(key, root), f"the flow has no {key!r}")
        return text

    def _version(self, top: _Entries, root: Node) -> int:
        text = self._required(top, "version", root)
        if text.isascii() and text.isdigit() and int(text[:9]) > 0:
            return int(text[:9])
        if text:
            self._fault(top["version"], "the version must be a whole number from 1")
        return 0

    def _fault(self, node: Node, reason: str) -> None:
        self._at(node.start_mark.line + 1, reason)

    def _at(self, row: int, reason: str) -> None:
        self.faults.append(Fault(file=self._file, row=row, reason=reason))
