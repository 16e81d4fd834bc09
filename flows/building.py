"""Builds a flow from rows, gathering everything that is wrong on the way. Called by `loading`.

Three passes: rows become a nested outline, so that every name has its place; then expressions are
compiled, which need those places; then references that run in a circle are looked for.
"""

import re
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from flows.columns import Cells
from flows.definition import Choice, Flow, Group, Keep, Kind, Node, Question, Repeat
from flows.dependencies import circles, is_deep
from flows.expressions import Expression, Vicinity
from flows.faults import Fault
from flows.row_types import Asks, Closes, Opens, row_type
from flows.sheets import Row, Sheets

COLUMNS = frozenset(
    {
        "type", "name", "label", "hint", "required", "required_message", "relevant", "constraint",
        "constraint_message", "calculation", "choice_filter", "default", "read_only", "appearance",
        "parameters", "repeat_count", "keep", "code",
    }
)  # fmt: skip
"""The columns of the survey that a flow of ours may use."""
DEEPEST_NESTING = 20
OTHER = Choice(name="other", label="Other")
OTHER_LABEL = "Please say which."

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*", re.ASCII)


@dataclass(slots=True, kw_only=True)
class Outline:
    """A row and the rows inside it, before its expressions are compiled."""

    row: Row
    says: Opens | Asks
    name: str
    inside: "list[Outline]" = field(default_factory=list)


class Builder:
    """Builds one flow; `faults` are what was found."""

    def __init__(self, sheets: Sheets, *, is_strict: bool) -> None:
        self._sheets = sheets
        self._is_strict = is_strict
        self._lists = {name: _choices(rows) for name, rows in sheets.choices.items()}
        self._repeats_around: dict[str, tuple[str, ...]] = {}
        self._repeats: set[str] = set()
        self.faults: list[Fault] = []

    def flow(self) -> Flow:
        """The flow; to be used only if `faults` stays empty."""
        self._check_lists()
        outline = self._outline()
        self._note_places(outline, ())
        flow = Flow(
            name=self._sheets.name,
            version=self._sheets.version,
            title=self._sheets.title,
            nodes=tuple(self._node(one, ()) for one in outline),
            lists=MappingProxyType(self._lists),
            source=self._sheets.file,
        )
        for row, reason in circles(flow):
            self._fault(row, reason)
        return replace(flow, is_deep=is_deep(flow))

    def _fault(self, row: int, reason: str) -> None:
        self.faults.append(Fault(file=self._sheets.file, row=row, reason=reason))

    def _check_lists(self) -> None:
        for name, rows in self._sheets.choices.items():
            for row in rows:
                if not row.cell("name"):
                    self._fault(row.number, f"a choice of {name!r} has no name")
                elif any(letter.isspace() for letter in row.cell("name")):
                    self._fault(row.number, f"the name of a choice of {name!r} holds a space")

    def _outline(self) -> list[Outline]:
        """The rows, nested by their begins and ends."""
        top: list[Outline] = []
        levels = [top]
        opened: list[Outline] = []
        for row in self._sheets.survey:
            says = self._says(row)
            match says:
                case Closes():
                    if self._closes(row, says, opened):
                        opened.pop()
                        levels.pop()
                case Opens() | Asks():
                    made = Outline(row=row, says=says, name=self._name(row, says))
                    levels[-1].append(made)
                    if isinstance(says, Opens):
                        opened.append(made)
                        levels.append(made.inside)
                        self._check_depth(row, len(opened))
                    elif says.has_other:
                        levels[-1].append(_other_of(made))
        for left in opened:
            self._fault(left.row.number, f"{left.row.cell('type')} is never closed")
        return top

    def _check_depth(self, row: Row, depth: int) -> None:
        if depth == DEEPEST_NESTING + 1:
            self._fault(row.number, f"nested deeper than {DEEPEST_NESTING} levels")

    def _says(self, row: Row) -> Opens | Closes | Asks | None:
        if self._is_strict:
            for column in sorted(row.cells.keys() - COLUMNS):
                self._fault(row.number, f"{column!r} is no column of a survey")
        if not row.cell("type"):
            if row.cells:
                self._fault(row.number, "the row has no type")
            return None
        says = row_type(row.cell("type"))
        if isinstance(says, str):
            self._fault(row.number, says)
            return None
        return says

    def _closes(self, row: Row, says: Closes, opened: list[Outline]) -> bool:
        if not opened:
            self._fault(row.number, f"{row.cell('type')} closes nothing")
            return False
        start = opened[-1]
        if isinstance(start.says, Opens) and start.says.is_repeat is not says.is_repeat:
            self._fault(
                row.number,
                f"{row.cell('type')} closes {start.row.cell('type')} of row {start.row.number}",
            )
        return True

    def _name(self, row: Row, says: Opens | Asks) -> str:
        name = row.cell("name")
        may_be_nameless = isinstance(says, Opens) or says.kind is Kind.NOTE
        if not name and may_be_nameless and not (isinstance(says, Opens) and says.is_repeat):
            return f"row_{row.number}"
        if not name:
            self._fault(row.number, "the row has no name")
        elif not _NAME.fullmatch(name):
            self._fault(row.number, f"the name {name!r} may hold only letters a-z, digits, _ - .")
        return name

    def _note_places(self, outline: list[Outline], repeats: tuple[str, ...]) -> None:
        for one in outline:
            if one.name and one.name in self._repeats_around:
                self._fault(one.row.number, f"the name {one.name!r} is used before")
            self._repeats_around[one.name] = repeats
            if isinstance(one.says, Opens):
                inner = (*repeats, one.name) if one.says.is_repeat else repeats
                if one.says.is_repeat:
                    self._repeats.add(one.name)
                self._note_places(one.inside, inner)

    def _cells(self, row: Row, repeats: tuple[str, ...]) -> Cells:
        vicinity = Vicinity(
            repeats_around=self._repeats_around, repeats=frozenset(self._repeats), here=repeats
        )
        return Cells(row=row, vicinity=vicinity, fault=self._fault)

    def _node(self, one: Outline, repeats: tuple[str, ...]) -> Node:
        cells = self._cells(one.row, repeats)
        if isinstance(one.says, Asks):
            return self._question(one, one.says, cells)
        name, row, label = one.name, one.row.number, one.row.cell("label")
        relevant = cells.expression("relevant")
        if one.says.is_repeat:
            inside = tuple(self._node(child, (*repeats, name)) for child in one.inside)
            count = cells.expression("repeat_count")
            return Repeat(
                name=name, row=row, label=label, relevant=relevant, count=count, children=inside
            )
        inside = tuple(self._node(child, repeats) for child in one.inside)
        return Group(name=name, row=row, label=label, relevant=relevant, children=inside)

    def _question(self, one: Outline, says: Asks, cells: Cells) -> Question:
        row = one.row
        if says.choices is not None and not says.is_external:
            self._check_list(row, says)
        if says.calculation:
            cells = cells.with_cell("calculation", says.calculation)
        keep = self._keep(row)
        return Question(
            kind=says.kind,
            name=one.name,
            row=row.number,
            label=row.cell("label"),
            hint=row.cell("hint"),
            choices=says.choices,
            is_external=says.is_external,
            required=cells.condition("required"),
            required_message=row.cell("required_message"),
            relevant=cells.expression("relevant"),
            constraint=cells.expression("constraint"),
            constraint_message=row.cell("constraint_message"),
            calculation=cells.expression("calculation"),
            choice_filter=self._filter(says, cells),
            default=cells.default(),
            read_only=cells.condition("read_only"),
            appearance=frozenset(row.cell("appearance").split()),
            limits=cells.limits() if says.kind is Kind.RANGE else None,
            keep=keep,
            code=self._code(row, keep),
        )

    def _check_list(self, row: Row, says: Asks) -> None:
        name = says.choices or ""
        if name not in self._lists:
            self._fault(row.number, f"there is no list of choices {name!r}")
        elif says.has_other and all(choice.name != "other" for choice in self._lists[name]):
            self._lists[name] = (*self._lists[name], OTHER)

    def _filter(self, says: Asks, cells: Cells) -> Expression | None:
        if says.is_external and cells.row.cell("choice_filter"):
            self._fault(cells.row.number, "a list from outside is searched, not filtered")
            return None
        choices = self._lists.get(says.choices or "", ())
        columns = {column for choice in choices for column in choice.columns}
        return cells.expression("choice_filter", choice_columns={"name", "label", *columns})

    def _keep(self, row: Row) -> Keep:
        written = row.cell("keep") or Keep.SEALED
        if written in set(Keep):
            return Keep(written)
        self._fault(row.number, f"keep is 'open' or 'sealed', not {written!r}")
        return Keep.SEALED

    def _code(self, row: Row, keep: Keep) -> str | None:
        code = row.cell("code") or None
        if code is not None and keep is not Keep.OPEN:
            self._fault(row.number, "a row with a code must be kept open (keep: open)")
        return code


def _other_of(asked: Outline) -> Outline:
    """The question for the words of "Other", as XLSForm's `or_other` adds it."""
    cells = {
        "type": "text",
        "label": OTHER_LABEL,
        "relevant": f"selected(${{{asked.name}}}, '{OTHER.name}')",
    }
    row = Row(number=asked.row.number, cells=cells)
    return Outline(row=row, says=Asks(kind=Kind.TEXT), name=f"{asked.name}_other")


_CHOICE_CELLS = frozenset({"name", "label", "icon", "list_name"})


def _choices(rows: tuple[Row, ...]) -> tuple[Choice, ...]:
    return tuple(_choice(row) for row in rows if row.cell("name"))


def _choice(row: Row) -> Choice:
    columns = {key: value.strip() for key, value in row.cells.items() if key not in _CHOICE_CELLS}
    return Choice(
        name=row.cell("name"),
        label=row.cell("label") or row.cell("name"),
        icon=row.cell("icon"),
        columns=MappingProxyType(columns),
        row=row.number,
    )
