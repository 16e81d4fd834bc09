"""A session at one step, with the walk along its answers. Made and moved by the engine."""

from dataclasses import dataclass, replace
from typing import Any

from flows.asking import prompt
from flows.definition import Flow
from flows.events import Asked, Event
from flows.reviewing import review
from flows.session import Session, Stage
from flows.settling import next_point
from flows.surroundings import Surroundings
from flows.walking import Point, Walk


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a step works on. Changing answers needs a new walk; anything else keeps it."""

    session: Session
    walk: Walk

    def point(self) -> Point | None:
        """The question that is put; None at the review, or where it is no longer on the way."""
        if self.session.position is None:
            return None
        point = self.walk.point(self.session.position)
        return point if point is not None and point.is_asked else None

    def is_off_the_way(self) -> bool:
        """Whether the question that was put is gone: a day, or a list, has changed since."""
        return self.session.stage is Stage.ASKING and self.point() is None

    def present(self, *, is_update: bool = False) -> Event:
        """What is put to the person now: a question, or the review."""
        point = self.point()
        if point is None:
            return review(self.walk, self.session)
        return Asked(prompt=prompt(self.walk, self.session, point), is_update=is_update)

    def with_changes(self, **changes: Any) -> "Scene":
        """The scene with fields of its session changed, but for answers and language."""
        return Scene(session=replace(self.session, **changes), walk=self.walk)

    def looked_at_anew(self, **changes: Any) -> "Scene":
        """The scene with any fields of its session changed, seen by a new walk."""
        session = replace(self.kept_session(), **changes)
        return look(self.walk.flow, session, self.walk.surroundings)

    def kept_session(self) -> Session:
        """The session with what `once()` and its like came to keep on this walk."""
        if not self.walk.fresh:
            return self.session
        return replace(self.session, kept={**self.session.kept, **self.walk.fresh})


def look(flow: Flow, session: Session, surroundings: Surroundings) -> Scene:
    """The scene of a session in its surroundings."""
    walk = Walk(flow, session.answers, session.kept, session.language, surroundings)
    if flow.is_deep:
        walk.along()
    return Scene(session=session, walk=walk)


def put(scene: Scene, path: str, *, changing: str | None = None) -> Scene:
    """The question at `path` is put, with a turn of its own."""
    return scene.with_changes(
        stage=Stage.ASKING,
        position=path,
        changing=changing,
        turn=scene.session.turn + 1,
        pending=None,
        words="",
    )


def go_on(scene: Scene) -> Scene:
    """To the first question that is not settled, or to the review."""
    point = next_point(scene.walk, scene.session)
    if point is not None:
        return put(scene, point.path)
    return scene.with_changes(
        stage=Stage.REVIEWING,
        position=None,
        changing=None,
        turn=scene.session.turn + 1,
        pending=None,
        words="",
    )
