"""Templates that are compiled for one language: `_("Next")` becomes the word itself.

Used by `web.pages`. Most words on a page never change within a language, and asking the catalogue
for each of them on each page took more time than everything else that a page is made of.
"""

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer


class SpeakingEnvironment(Environment):
    """Templates of one language, once `text` is its catalogue's."""

    text: Callable[[str], str] | None = None

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = super()._parse(source, name, filename)
        if self.text is not None:
            _Wording(self.text).visit(tree)
        return tree


class _Wording(NodeTransformer):
    """Puts a literal text's translation in its place; escaped where it is written, as ever."""

    def __init__(self, text: Callable[[str], str]) -> None:
        self._text = text

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the library's way
        self.generic_visit(node)
        match node:
            case nodes.Call(
                node=nodes.Name(name="_"), args=[nodes.Const(value=str(msgid))], kwargs=[]
            ):
                return nodes.Const(self._text(msgid), lineno=node.lineno)
            case _:
                return node

    def generic_visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> nodes.Node:
        visited: nodes.Node = super().generic_visit(node, *args, **kwargs)
        return visited
