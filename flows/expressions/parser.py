"""Turns tokens into a tree by operator precedence. Called by `compile`.

XPath 1.0 §3.5, loosest first: or; and; = !=; < <= > >=; + -; * div mod; unary minus.
"""

from flows.expressions.faults import ExpressionError
from flows.expressions.lexer import Sign, Token, tokens
from flows.expressions.tree import (
    Call,
    Column,
    Literal,
    Negation,
    Operation,
    Own,
    Parent,
    Reference,
    Tree,
)

DEEPEST = 100
"""Levels of nesting. Deeper expressions would exhaust the stack when they are evaluated."""

PRECEDENCE = {
    "or": 1,
    "and": 2,
    "=": 3, "!=": 3,
    "<": 4, "<=": 4, ">": 4, ">=": 4,
    "+": 5, "-": 5,
    "*": 6, "div": 6, "mod": 6,
}  # fmt: skip
_UNARY = 7
_FLAT = frozenset({"and", "or"})


def parse(source: str) -> Tree:
    """The tree of an expression; raises `ExpressionError` with what is wrong and where."""
    return _Parser(tokens(source)).whole()


class _Parser:
    """One reading of one expression. Every method returns a tree and its height."""

    def __init__(self, found: tuple[Token, ...]) -> None:
        self._tokens = found
        self._at = 0

    def whole(self) -> Tree:
        tree, _ = self._expression(0, 1)
        self._expect(Sign.END)
        return tree

    def _expression(self, loosest: int, depth: int) -> tuple[Tree, int]:
        if depth > DEEPEST:
            raise ExpressionError(f"the expression is nested deeper than {DEEPEST} levels")
        left, height = self._operand(depth)
        while (operator := self._binary(loosest)) is not None:
            right, other = self._expression(PRECEDENCE[operator], depth + 1)
            left, grown = _join(operator, left, right)
            height = max(height, other) + grown
            if height + depth > DEEPEST:
                raise ExpressionError(f"the expression has more than {DEEPEST} steps in one line")
        return left, height

    def _binary(self, loosest: int) -> str | None:
        token = self._tokens[self._at]
        if token.sign is not Sign.OPERATOR or PRECEDENCE[token.text] <= loosest:
            return None
        self._at += 1
        return token.text

    def _operand(self, depth: int) -> tuple[Tree, int]:
        token = self._next()
        match token.sign:
            case Sign.NUMBER:
                return Literal(value=float(token.text)), 1
            case Sign.STRING:
                return Literal(value=token.text), 1
            case Sign.REFERENCE:
                return Reference(name=token.text), 1
            case Sign.OWN:
                return Own(), 1
            case Sign.PARENT:
                return Parent(), 1
            case Sign.NAME:
                return self._named(token, depth)
            case Sign.OPERATOR if token.text == "-":
                operand, height = self._expression(_UNARY - 1, depth + 1)
                return Negation(operand=operand), height + 1
            case Sign.OPEN:
                inner, height = self._expression(0, depth + 1)
                self._expect(Sign.CLOSE)
                return inner, height
            case _:
                raise ExpressionError(_unexpected(token))

    def _named(self, name: Token, depth: int) -> tuple[Tree, int]:
        if self._tokens[self._at].sign is not Sign.OPEN:
            return Column(name=name.text), 1
        self._at += 1
        arguments, height = self._arguments(depth)
        return Call(name=name.text, arguments=arguments), height + 1

    def _arguments(self, depth: int) -> tuple[tuple[Tree, ...], int]:
        if self._tokens[self._at].sign is Sign.CLOSE:
            self._at += 1
            return (), 0
        found: list[Tree] = []
        tallest = 0
        while True:
            tree, height = self._expression(0, depth + 1)
            found.append(tree)
            tallest = max(tallest, height)
            if self._tokens[self._at].sign is not Sign.COMMA:
                self._expect(Sign.CLOSE)
                return tuple(found), tallest
            self._at += 1

    def _next(self) -> Token:
        token = self._tokens[self._at]
        self._at += token.sign is not Sign.END
        return token

    def _expect(self, sign: Sign) -> None:
        token = self._next()
        if token.sign is not sign:
            raise ExpressionError(_unexpected(token))


def _join(operator: str, left: Tree, right: Tree) -> tuple[Tree, int]:
    """Both sides under the operator, and by how much the tree grew; long `or` chains stay flat."""
    if operator in _FLAT and isinstance(left, Operation) and left.operator == operator:
        return Operation(operator=operator, operands=(*left.operands, right)), 0
    return Operation(operator=operator, operands=(left, right)), 1


def _unexpected(token: Token) -> str:
    if token.sign is Sign.END:
        return "the expression ends too early"
    return f"{token.text!r} at character {token.place} is not expected there"
