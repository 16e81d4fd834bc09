"""The question that the engine asks itself: another round of a repeat? Used by `walking`."""

from flows.definition import Choice, Kind, Question
from flows.expressions import literal_expression
from flows.texts import ANOTHER, NO, YES

ANOTHER_CHOICES = (Choice(name="yes", label=YES), Choice(name="no", label=NO))
ANOTHER_QUESTION = Question(
    kind=Kind.SELECT_ONE,
    name="another",
    row=0,
    label=ANOTHER,
    required=literal_expression("yes"),
)
"""Its path is that of the round it follows, so that the name stands nowhere."""
