"""XLSForm expressions: compiled when a flow is loaded, run at each step.

No `eval` and no XML: a lexer, a parser, and closures. `Vicinity` says what an expression may name,
`Scope` what it may read; `compile_expression` refuses the rest with a reason.
"""

from flows.expressions.atoms import Atom
from flows.expressions.compile import Expression, compile_expression, literal_expression
from flows.expressions.faults import ExpressionError
from flows.expressions.scope import Scope, Vicinity

__all__ = [
    "Atom",
    "Expression",
    "ExpressionError",
    "Scope",
    "Vicinity",
    "compile_expression",
    "literal_expression",
]
