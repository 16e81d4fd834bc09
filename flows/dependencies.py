"""Finds rows that depend on themselves, and chains too long to follow. Called by `building`.

A row's value depends on its calculation, its condition and those of the groups around it. Values
are looked up when something asks for them, and each link of such a chain costs stack. A walk in
the order of the file finds earlier rows computed already; so what is bounded is the weight, in
frames, of the rows that come later than the row that asks for them.
"""

from collections.abc import Iterator, Mapping

from flows.definition import Flow, Kind, Node, Placed, Question, Repeat
from flows.expressions import Expression

MOST_FRAMES = 400
"""Python stops at 1,000, of which those who call the engine have some in use."""
_FRAMES_A_ROW = 8
_FRAMES_A_LEVEL = 2

_Graph = Mapping[str, frozenset[str]]


def circles(flow: Flow) -> Iterator[tuple[int, str]]:
    """Row and reason for each row that depends on itself or on too long a chain of later rows."""
    graph = _graph(flow)
    order = _dependencies_first(graph)
    if len(order) < len(graph):
        left = {name: needs - set(order) for name, needs in graph.items() if name not in order}
        for name in left:
            if _reaches_itself(name, left):
                yield flow.placed[name].node.row, f"${{{name}}} depends on itself"
        return
    weights = _weights(flow)
    places = {name: place for place, name in enumerate(graph)}
    for name, needs in graph.items():
        if all(places[need] < places[name] for need in needs):
            continue
        later = [one for one in order if places[one] >= places[name]]
        if _heaviest(later, graph, weights)[name] > MOST_FRAMES:
            yield (
                flow.placed[name].node.row,
                f"${{{name}}} depends on too long a chain of later rows",
            )


def is_deep(flow: Flow) -> bool:
    """Whether some value cannot be looked up by itself, but only on a walk from the start."""
    graph = _graph(flow)
    weights = _heaviest(_dependencies_first(graph), graph, _weights(flow))
    return max(weights.values(), default=0) > MOST_FRAMES


def _graph(flow: Flow) -> _Graph:
    return {name: _needs(placed) & flow.placed.keys() for name, placed in flow.placed.items()}


def _weights(flow: Flow) -> Mapping[str, int]:
    """The frames that looking up each row by itself may take."""
    return {
        name: _FRAMES_A_ROW + _FRAMES_A_LEVEL * _tallest(placed.node)
        for name, placed in flow.placed.items()
    }


def _tallest(node: Node) -> int:
    return max((one.height for one in _deciding(node)), default=0)


def _dependencies_first(graph: _Graph) -> list[str]:
    """The names in an order in which each comes after what it depends on; those in circles, and
    those that depend on them, are left out."""
    done: dict[str, None] = {}
    left = dict(graph)
    while free := [name for name, needs in left.items() if needs <= done.keys()]:
        done.update(dict.fromkeys(free))
        for name in free:
            del left[name]
    return list(done)


def _heaviest(order: list[str], graph: _Graph, weights: Mapping[str, int]) -> Mapping[str, int]:
    """For each name the weight of the heaviest chain from it, among the names in `order`."""
    heaviest: dict[str, int] = {}
    for name in order:
        inner = max((heaviest.get(need, 0) for need in graph[name]), default=0)
        heaviest[name] = weights[name] + inner
    return heaviest


def _reaches_itself(name: str, graph: _Graph) -> bool:
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
