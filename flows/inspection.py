"""Inspects a flow before anyone talks to it. Called by the library, the command line and tests.

Loading refuses what cannot run; inspection refuses what runs and lets a person down: questions that
nobody reaches or nobody keeps, texts that are not translated. Each check is one function in
`CHECKS`; to add one, add it there.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

from flows.definition import Choice, Flow, Group, Keep, Kind, Placed, Question, Repeat
from flows.expressions import Expression
from flows.faults import Fault
from flows.messages import messages
from flows.surroundings import Surroundings
from flows.walking import Point, Role, Walk
from flows.wording import places

Found = Iterator[tuple[int, str]]
IsTranslated = Callable[[str], bool]

_SILENT = frozenset({Kind.NOTE, Kind.CALCULATE, Kind.HIDDEN})
_CHOOSING = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK})


def inspect_flow(
    flow: Flow, translated: Mapping[str, IsTranslated] | None = None
) -> tuple[Fault, ...]:
    """Everything that is wrong, in the order of the file; nothing when the flow may be used.

    `translated` says for each language whether a msgid is translated.
    """
    found = [one for check in CHECKS for one in check(flow)]
    found += _untranslated(flow, translated or {})
    in_order = sorted(dict.fromkeys(found))
    return tuple(Fault(file=flow.source, row=row, reason=reason) for row, reason in in_order)


# -- the way --------------------------------------------------------------------------------------


def _asks_nothing(flow: Flow) -> Found:
    if all(question.kind in _SILENT for question in flow.questions()):
        yield 0, "the flow asks nothing"


def _unreachable(flow: Flow) -> Found:
    for placed in flow.placed.values():
        if _is_never(flow, placed.node.relevant):
            yield placed.node.row, f"{placed.node.name!r} is never reached: its condition is false"


def _empty_frames(flow: Flow) -> Found:
    for placed in flow.placed.values():
        match placed.node:
            case Group(children=()) | Repeat(children=()) as frame:
                yield frame.row, f"{frame.name!r} has nothing in it"
            case Repeat(count=None) as repeat if not _asks_something(repeat):
                yield repeat.row, f"{repeat.name!r} asks for rounds of nothing"
            case Repeat(count=count) as repeat if count is not None and _is_never(flow, count):
                yield repeat.row, f"{repeat.name!r} has no rounds"


def _asks_something(frame: Group | Repeat) -> bool:
    return any(
        node.kind not in _SILENT if isinstance(node, Question) else _asks_something(node)
        for node in frame.children
    )


def _dead_ends(flow: Flow) -> Found:
    """Questions that must be answered and that no answer satisfies."""
    for question in flow.questions():
        if question.constraint is not None and _is_never(flow, question.constraint):
            yield question.row, f"{question.name!r} refuses every answer: a dead end"
        if question.choice_filter is not None and _is_never(flow, question.choice_filter):
            yield question.row, f"{question.name!r} offers no choice: a dead end"


def _is_never(flow: Flow, expression: Expression | None) -> bool:
    """Whether the expression reads nothing and is false."""
    if expression is None or not expression.is_constant:
        return False
    surroundings = Surroundings(now=datetime(2026, 1, 1, tzinfo=UTC), random=lambda: 0.5)
    walk = Walk(flow, {}, {}, "en", surroundings)
    return not expression.holds(walk.scope(Point("", Role.ASKS, flow.nodes[0], ("",))))


def _nothing_computed(flow: Flow) -> Found:
    for question in flow.questions():
        if question.kind is Kind.CALCULATE and question.calculation is None:
            yield question.row, f"{question.name!r} calculates nothing"


# -- references -----------------------------------------------------------------------------------


def _ahead_of_their_answer(flow: Flow) -> Found:
    """What is decided when a question is put cannot wait for an answer that comes later."""
    order = {name: place for place, name in enumerate(flow.placed)}
    for name, placed in flow.placed.items():
        for column, expression in _columns(placed):
            for reference in sorted(expression.references - {name}):
                if order.get(reference, -1) > order[name] and _is_asked(flow.placed[reference]):
                    yield placed.node.row, f"{column} refers to ${{{reference}}}, asked later"


def _columns(placed: Placed) -> Iterator[tuple[str, Expression]]:
    node = placed.node
    expressions: dict[str, Expression | None] = {"relevant": node.relevant}
    if isinstance(node, Question):
        expressions |= {
            "required": node.required,
            "constraint": node.constraint,
            "choice_filter": node.choice_filter,
            "default": node.default,
            "read_only": node.read_only,
        }
    elif isinstance(node, Repeat):
        expressions["repeat_count"] = node.count
    for column, expression in expressions.items():
        if expression is not None:
            yield column, expression


def _is_asked(placed: Placed) -> bool:
    return isinstance(placed.node, Question) and placed.node.kind not in _SILENT


def _unknown_places(flow: Flow) -> Found:
    for row, text, _ in messages(flow):
        for name in places(text):
            placed = flow.placed.get(name)
            if placed is None or not isinstance(placed.node, Question):
                yield row, f"the text names ${{{name}}}, which is no question of this flow"


def _unknown_names(flow: Flow) -> Found:
    """Conditions on a choice that its question never had: a slip that makes rows unreachable."""
    for placed in flow.placed.values():
        for column, expression in (*_columns(placed), *_calculation(placed)):
            for reference, name in sorted(expression.compared):
                if not _may_be(flow, reference, name):
                    yield placed.node.row, f"{column}: ${{{reference}}} has no choice {name!r}"


def _calculation(placed: Placed) -> Iterator[tuple[str, Expression]]:
    node = placed.node
    if isinstance(node, Question) and node.calculation is not None:
        yield "calculation", node.calculation


def _may_be(flow: Flow, reference: str, name: str) -> bool:
    node = flow.placed[reference].node
    if not isinstance(node, Question) or node.kind not in _CHOOSING or node.is_external:
        return True
    return any(choice.name == name for choice in flow.lists.get(node.choices or "", ()))


# -- choices --------------------------------------------------------------------------------------


def _bad_lists(flow: Flow) -> Found:
    used = {question.choices: question.row for question in flow.questions()}
    for name, choices in flow.lists.items():
        if not choices:
            yield used.get(name, 0), f"the list {name!r} is empty"
        elif name not in used:
            yield choices[0].row, f"no question uses the list {name!r}"
        yield from _doubles(name, choices)


def _doubles(name: str, choices: tuple[Choice, ...]) -> Found:
    seen: set[str] = set()
    for choice in choices:
        if choice.name in seen:
            yield choice.row, f"the list {name!r} has {choice.name!r} twice"
        seen.add(choice.name)


def _filters_on_gaps(flow: Flow) -> Found:
    """A filter that reads a column which some choices lack hides those choices for good."""
    for question in flow.questions():
        if question.choice_filter is None:
            continue
        for column in sorted(question.choice_filter.columns - {"name", "label"}):
            for choice in flow.lists.get(question.choices or "", ()):
                if column not in choice.columns:
                    yield choice.row, f"{choice.name!r} has no {column!r}, which a filter reads"


# -- keeping --------------------------------------------------------------------------------------


def _kept_by_nobody(flow: Flow) -> Found:
    for question in flow.questions():
        if question.keep is Keep.OPEN and question.code is None:
            yield question.row, f"{question.name!r} is kept open and has no code: nobody keeps it"


def _codes_twice(flow: Flow) -> Found:
    counts = Counter(question.code for question in flow.questions() if question.code)
    for name, placed in flow.placed.items():
        node = placed.node
        if not isinstance(node, Question) or node.code is None:
            continue
        if counts[node.code] > 1:
            yield node.row, f"the code {node.code!r} is filled by more than one row"
        if placed.repeats:
            yield node.row, f"{name!r} fills a code inside a repeat, where it has many values"


# -- words ----------------------------------------------------------------------------------------


def _wordless(flow: Flow) -> Found:
    for question in flow.questions():
        is_shown = question.kind not in {Kind.CALCULATE, Kind.HIDDEN}
        if is_shown and not question.label and question.calculation is None:
            yield question.row, f"{question.name!r} has no label"


def _untranslated(flow: Flow, translated: Mapping[str, IsTranslated]) -> Found:
    for language, is_translated in translated.items():
        for row, msgid, _ in messages(flow):
            if not is_translated(msgid):
                yield row, f"not translated into {language}: {msgid!r}"


CHECKS: tuple[Callable[[Flow], Found], ...] = (
    _asks_nothing,
    _unreachable,
    _empty_frames,
    _dead_ends,
    _nothing_computed,
    _ahead_of_their_answer,
    _unknown_places,
    _unknown_names,
    _bad_lists,
    _filters_on_gaps,
    _kept_by_nobody,
    _codes_twice,
    _wordless,
)
