"""The question at hand: what is put, what it offers, and what is answered so far.

Made by the engine for each step; `answering` reads moves with it and `asking` puts it.
"""

from dataclasses import dataclass

from flows.definition import Choice, Question
from flows.events import Reason
from flows.fitting import fitting
from flows.offering import choice_of, label_words, offered
from flows.readings import Refused, Taken
from flows.session import Session
from flows.values import StoredFile, Text, Value
from flows.walking import Point, Walk
from flows.wording import worded


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The question that is put, and what is around it."""

    walk: Walk
    point: Point
    session: Session

    @property
    def question(self) -> Question:
        """What is asked."""
        return self.point.question

    def is_required(self) -> bool:
        """Whether the question must be answered, as things are now."""
        required = self.question.required
        return required is not None and required.holds(self.walk.scope(self.point))

    def current(self) -> Value | None:
        """The answer so far: as given and still offered, else as the flow suggests."""
        given = self.session.answers.get(self.point.path)
        if given is not None:
            return fitting(self.walk, self.point, given) if self._may_be_stale() else given
        if self.point.path in self.session.skipped:
            return None
        suggested = self.question.default or self.question.calculation
        if suggested is None:
            return None
        return fitting(self.walk, self.point, suggested(self.walk.scope(self.point)))

    def _may_be_stale(self) -> bool:
        return self.question.choice_filter is not None or self.question.is_external

    def choices(self) -> tuple[Choice, ...]:
        """What is offered now; before a search the choice made earlier comes first."""
        found = offered(self.walk, self.point, self.session.words)
        if not self.question.is_external or self.session.words:
            return found
        current = self.current()
        if current is None or any(choice.name == current for choice in found):
            return found
        chosen = choice_of(self.walk, self.question, str(current))
        return found if chosen is None else (chosen, *found)

    def label(self, choice: Choice) -> str:
        """A choice's words in the language of the session."""
        return label_words(self.walk, self.question, choice)

    def message(self, msgid: str) -> Text | None:
        """The flow's own words for a refusal, if it has them."""
        return (
            worded(self.walk, msgid, self.point.node.name, self.point.prefixes) if msgid else None
        )

    def left_empty(self) -> Taken | Refused:
        """The question left unanswered, unless it is required."""
        if not self.is_required():
            return Taken(value=None)
        message = self.message(self.question.required_message)
        return Refused(reason=Reason.REQUIRED, message=message)


def names_so_far(asking: Asking) -> tuple[str, ...]:
    """The choices that are on now: as toggled, else as answered before."""
    pending = asking.session.pending
    so_far: object = asking.current() if pending is None else pending
    return tuple(map(str, so_far)) if isinstance(so_far, tuple) else ()


def files_so_far(asking: Asking) -> tuple[StoredFile, ...]:
    """The files that were sent: just now, else as answered before."""
    pending = asking.session.pending
    so_far: object = asking.current() if pending is None else pending
    files = so_far if isinstance(so_far, tuple) else ()
    return tuple(one for one in files if isinstance(one, StoredFile))
