"""One conversation under way, as a value, and as bytes for the encrypted draft.

Each step of the engine gives a new session. Nothing in it is shown by `repr` or in an error.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import InvalidOperation
from enum import StrEnum
from typing import TypeAlias, cast

import orjson

from flows.expressions import Atom
from flows.faults import UnreadableSessionError
from flows.value_format import Packed, pack, unpack
from flows.values import StoredFile, Value

Pending: TypeAlias = tuple[str, ...] | tuple[StoredFile, ...]
"""Choices toggled, or files sent, that are no answer until they are finished."""


class Stage(StrEnum):
    """Where a conversation is. Stored in drafts: never reuse a value."""

    ASKING = "asking"
    REVIEWING = "reviewing"
    SUBMITTED = "submitted"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A conversation, pinned to the flow and version that it began with."""

    flow: str
    version: int
    language: str
    turn: int = 1
    """Goes up with every question that is put; an answer to another turn is refused."""
    stage: Stage = Stage.ASKING
    position: str | None = None
    """The path of the question that is asked now; None at the review and after the end."""
    changing: str | None = None
    """The path that the person went to from the review, until it is answered or left."""
    answers: Mapping[str, Value] = field(default_factory=dict, repr=False)
    """By path, with those to rows that are not relevant now: they come back when those do."""
    skipped: frozenset[str] = frozenset()
    """The paths that were asked and left unanswered."""
    presets: frozenset[str] = frozenset()
    """The paths that were answered beforehand."""
    kept: Mapping[str, Atom] = field(default_factory=dict, repr=False)
    """What `once()`, `uuid()` and `random()` gave the first time."""
    pending: Pending | None = field(default=None, repr=False)
    words: str = field(default="", repr=False)
    """What was searched for last at the present question."""

    @property
    def is_over(self) -> bool:
        """Whether it was submitted or stopped: nothing can be answered any more."""
        return self.stage in _ENDS


_ENDS = frozenset({Stage.SUBMITTED, Stage.STOPPED})

# Format 1 is a JSON list: the number 1, then the fields in the order below. How it may change: a
# field may be added at the end if sessions without it can still be read (`_PLACES` counts those
# that are always there); no place ever comes to mean something else. Anything more is format 2,
# and format 1 stays readable until the drafts that have it have lapsed.
_FORMAT = 1
_PLACES = 13


def dump_session(session: Session) -> bytes:
    """The session as bytes. They hold answers and the keys of files: to be encrypted at once."""
    return orjson.dumps(
        [
            _FORMAT,
            session.flow,
            session.version,
            session.language,
            session.turn,
            session.stage,
            session.position,
            session.changing,
            {path: pack(value) for path, value in session.answers.items()},
            sorted(session.skipped),
            sorted(session.presets),
            {key: pack(value) for key, value in session.kept.items()},
            None if session.pending is None else pack(session.pending),
            session.words,
        ]
    )


def load_session(data: bytes) -> Session:
    """The session that was dumped; raises `UnreadableSessionError`, which holds none of it."""
    try:
        places = orjson.loads(data)
        if isinstance(places, list) and places[:1] == [_FORMAT]:
            return _session(places[1:])
    except (ValueError, TypeError, KeyError, AttributeError, InvalidOperation):
        raise UnreadableSessionError("the session is damaged") from None
    raise UnreadableSessionError("the session has a format that this version cannot read")


def _session(places: list[Packed]) -> Session:
    if len(places) < _PLACES:
        raise ValueError("too short")
    (flow, version, language, turn, stage, position, changing) = places[:7]
    answers, skipped, presets, kept, pending, words = places[7:_PLACES]
    return Session(
        flow=flow,
        version=version,
        language=language,
        turn=turn,
        stage=Stage(stage),
        position=position,
        changing=changing,
        answers={path: cast(Value, unpack(value)) for path, value in answers.items()},
        skipped=frozenset(skipped),
        presets=frozenset(presets),
        kept={key: unpack(value) for key, value in kept.items()},
        pending=None if pending is None else cast(Pending, unpack(pending)),
        words=words,
    )
