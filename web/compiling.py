"""Templates that are compiled for one language: what never changes within it is written once.

Used by `web.pages`. `_("Next")` becomes the word itself, `asset('gehoor.css')` the address,
`settings.service_name` the name; a part that is put in by its name becomes part of the page that
puts it in; a condition that is decided goes, with what it rules out. What is left to do for each
page is what differs on it, and the functions of the language are called as they are: Jinja looks at
whatever else is called, each time, for what it may want of the page.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from jinja2 import Environment, TemplateAssertionError, nodes
from jinja2.visitor import NodeTransformer

_WRITTEN: Final = (str, int, bool, type(None))
"""What can stand in a compiled template: Jinja writes it as Python's source."""
_STAYS: Final = (nodes.Extends, nodes.Block, nodes.Import, nodes.FromImport, nodes.Macro)
"""A part that has one of these is more than what it writes, and is put in when a page is made."""
_Known: TypeAlias = Mapping[str, object]


class SpeakingEnvironment(Environment):
    """Templates of one language, once `text` is its catalogue's.

    `known` are names that mean the same on every page of it: values whose attributes do not change,
    and functions that always give the same for the same. No template may give any of them another
    meaning, nor any of the language's functions: it is refused when it is compiled.
    """

    text: Callable[[str], str] | None = None
    known: _Known = MappingProxyType({})
    functions: frozenset[str] = frozenset()

    def speak(
        self,
        text: Callable[[str], str],
        *,
        known: _Known,
        functions: Mapping[str, Callable[..., Any]],
    ) -> None:
        """In this language from now on; `functions` are its own, and want nothing of a page."""
        self.text, self.known, self.functions = text, known, frozenset(functions)
        # An overlay has its environment's own.
        self.filters = {**self.filters, **functions}

    def make_globals(self, d: Any) -> Any:
        """What a template has without being given it, copied for each page: a plain mapping."""
        return {**self.globals, **d} if d else self.globals

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = super()._parse(source, name, filename)
        if self.text is not None:
            _Wording(self, self.text, self.known).visit(tree)
        return tree

    def part(self, name: str) -> list[nodes.Node] | None:
        """The nodes of a part that can be put into the page that names it."""
        if self.loader is None:
            return None
        source, filename, _ = self.loader.get_source(self, name)
        tree = self._parse(source, name, filename)
        return None if next(tree.find_all(_STAYS), None) else tree.body


class _Wording(NodeTransformer):
    """Puts what is known in its place; escaped where it is written, as ever."""

    def __init__(
        self, environment: SpeakingEnvironment, text: Callable[[str], str], known: _Known
    ) -> None:
        self._environment = environment
        self._text = text
        self._known = known

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802 - the library's way
        if node.ctx != "load" and (
            node.name in self._known or node.name in self._environment.functions
        ):
            raise TemplateAssertionError(f"{node.name} means the same everywhere", node.lineno)
        return self._folded(node)

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802 - as above
        return self._folded(node)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - as above
        folded = self._folded(node)
        match folded:
            case nodes.Call(
                node=nodes.Name(name=name), args=[first, *others], dyn_args=None, dyn_kwargs=None
            ) if name in self._environment.functions:
                # Compiled as a plain call.
                return nodes.Filter(
                    first, name, others, folded.kwargs, None, None, lineno=node.lineno
                )
            case _:
                return folded

    def visit_If(self, node: nodes.If) -> nodes.Node | list[nodes.Node]:  # noqa: N802 - as above
        self.generic_visit(node)
        if not isinstance(node.test, nodes.Const) or node.elif_:
            return node
        return node.body if node.test.value else node.else_

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802 - as above
        self.generic_visit(node)
        match node:
            case nodes.Include(template=nodes.Const(value=str(name)), with_context=True):
                body = self._environment.part(name)
                return node if body is None else nodes.Scope(body, lineno=node.lineno)
            case _:
                return node

    def generic_visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> nodes.Node:
        visited: nodes.Node = super().generic_visit(node, *args, **kwargs)
        for name in ("body", "else_"):
            inner = getattr(visited, name, None)
            if isinstance(inner, list):
                setattr(visited, name, _joined(inner))
        return visited

    def _folded(self, node: nodes.Expr) -> nodes.Node:
        self.generic_visit(node)
        value = self._value(node)
        return nodes.Const(value, lineno=node.lineno) if isinstance(value, _WRITTEN) else node

    def _value(self, node: nodes.Node) -> object:
        """What the expression gives on every page; `_Open` where that is not known."""
        match node:
            case nodes.Const(value=value):
                return value
            case nodes.Name(name=name) if name in self._known:
                return self._known[name]
            case nodes.Getattr(node=of, attr=name):
                value = self._value(of)
                return _OPEN if value is _OPEN else getattr(value, name)
            case nodes.Call(
                node=nodes.Name(name=name), args=args, kwargs=[], dyn_args=None, dyn_kwargs=None
            ) if name == "_" or name in self._known:
                values = [self._value(each) for each in args]
                function = self._text if name == "_" else self._known[name]
                if _OPEN in values or not callable(function):
                    return _OPEN
                return function(*values)
            case _:
                return _OPEN


class _Open:
    """Not known before the page is made."""


_OPEN: Final = _Open()


def _joined(body: list[nodes.Node]) -> list[nodes.Node]:
    """Neighbours that only write, as one: what is known of them is then written in one piece."""
    joined: list[nodes.Node] = []
    for each in body:
        last = joined[-1] if joined else None
        if isinstance(each, nodes.Output) and isinstance(last, nodes.Output):
            joined[-1] = nodes.Output([*last.nodes, *each.nodes], lineno=last.lineno)
        else:
            joined.append(each)
    return joined
