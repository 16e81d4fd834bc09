"""Finds rows that depend on themselves, and chains too long to follow. Called by `building`.

A row's value depends on its calculation, its condition and those of the groups around it. When the
answer to one row is computed before an earlier one asks for it, values are looked up ahead; such a
chain is bounded, since each link of it costs stack.
"""

from collections.abc import Iterator, Mapping

from flows.definition import Flow, Kind, Node, Placed, Question, Repeat
from flows.expressions import Expression

LONGEST_CHAIN_AHEAD = 15

_Graph = Mapping[str, frozenset[str]]


def circles(flow: Flow) -> Iterator[tuple[int, str]]:
    """Row and reason for each row that depends on itself or on too long a chain of later rows."""
    graph = {name: _needs(placed) for name, placed in flow.placed.items()}
    found = _in_circles(graph)
    for name in graph:
        if name in found:
            yield flow.placed[name].node.row, f"${{{name}}} depends on itself"
    if found:
        return
    order = {name: place for place, name in enumerate(graph)}
    for name in graph:
        if _chain_ahead(name, graph, order) > LONGEST_CHAIN_AHEAD:
            reason = f"${{{name}}} depends on more than {LONGEST_CHAIN_AHEAD} later rows in a chain"
            yield flow.placed[name].node.row, reason


def _needs(placed: Placed) -> frozenset[str]:
    around = frozenset(node.name for node, _ in placed.conditions)
    needed = frozenset().union(*(one.references for one in _deciding(placed.node)))
    return needed | around | frozenset(placed.repeats)


def _deciding(node: Node) -> Iterator[Expression]:
    """The expressions that decide a row's value, and whether it has one."""
    if node.relevant is not None:
        yield node.relevant
    match node:
        case Question(calculation=calculation, default=default, read_only=read_only):
            is_still = read_only is not None or node.kind in {Kind.HIDDEN, Kind.CALCULATE}
            decides = (calculation, default, read_only) if is_still else (read_only,)
            if node.kind is Kind.NOTE:
                decides = (calculation,)
            yield from filter(None, decides)
        case Repeat(count=count) if count is not None:
            yield count


def _in_circles(graph: _Graph) -> frozenset[str]:
    """The names that can reach themselves: what stays when all others are peeled off."""
    left = {name: set(needs) & graph.keys() for name, needs in graph.items()}
    while free := {name for name, needs in left.items() if not needs}:
        left = {name: needs - free for name, needs in left.items() if name not in free}
    return frozenset(name for name in left if _reaches_itself(name, left))


def _reaches_itself(name: str, graph: Mapping[str, set[str]]) -> bool:
    seen: set[str] = set()
    ahead = list(graph[name])
    while ahead:
        at = ahead.pop()
        if at == name:
            return True
        if at not in seen:
            seen.add(at)
            ahead.extend(graph.get(at, ()))
    return False


def _chain_ahead(start: str, graph: _Graph, order: Mapping[str, int]) -> int:
    """The longest chain of rows after `start` that its value is computed from."""
    reached = {start}
    length = 0
    while reached and length <= LONGEST_CHAIN_AHEAD + 1:
        reached = {need for name in reached for need in graph[name] if order[need] > order[start]}
        length += 1
    return length - 1
