"""Why an expression was refused. The loader adds the file and the row."""

from flows.faults import FlowsError


class ExpressionError(FlowsError):
    """The expression cannot be used; the reason is written for the flow's author."""
