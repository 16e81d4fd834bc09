"""Runs a conversation: each move makes one bounded step. Called by `intake` and the tests.

Nothing here waits, stores, or speaks: a step takes a session and a move and gives a new session
with the events that a channel shows. The same values in give the same values out.

What each move does where is one table:

    move                        while asking             at the review       after the end
    Write Choose Toggle Finish
    Attach Locate Skip          answers                  not now             not now
    Back                        to the one before        to the last one     not now
    Change                      not now                  to that question    not now
    Submit                      not now                  sends               not now
    SwitchLanguage Repeat       asks again               reads back again    not now
    Stop                        ends                     ends                not now
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flows.answering import Answer, read_answer
from flows.at_hand import Asking
from flows.definition import Flow, Kind, Question
from flows.events import AnswerRefused, Event, LanguageSwitched, Reason, Stopped, Submitted
from flows.faults import ForeignSessionError
from flows.fitting import fitting
from flows.moves import Back, Change, Move, Repeat, Stop, Submit, SwitchLanguage
from flows.paths import spot
from flows.readings import Gathered, Refused, Searched, Taken
from flows.reviewing import submit
from flows.scene import Scene, go_on, look, put
from flows.session import Session, Stage
from flows.settling import next_point
from flows.surroundings import ExternalList, Labels, Surroundings
from flows.values import Text, Value
from flows.walking import Point, Role
from flows.wording import worded

__all__ = ["ExternalList", "Labels", "Step", "Surroundings", "begin", "carry", "resume"]

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[_-][A-Za-z0-9]{2,8}){0,3}", re.ASCII)
_NEVER_PRESET = frozenset({Kind.NOTE, Kind.CALCULATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a move led to: the session as it is now, and what to show, in order."""

    session: Session
    events: tuple[Event, ...]


def begin(
    flow: Flow,
    *,
    language: str,
    surroundings: Surroundings,
    presets: Mapping[str, Value] | None = None,
) -> Step:
    """Begins a conversation. Presets are answers known beforehand, by the path of their question
    (`site`, `part[2].point`); those that are no question of this flow, or that it would refuse, are
    left out."""
    session = Session(flow=flow.name, version=flow.version, language=language, turn=0)
    scene = look(flow, session, surroundings)
    for path, value in (presets or {}).items():
        scene = _with_preset(scene, path, value)
    return _shown(go_on(scene))


def resume(flow: Flow, session: Session, move: Move, surroundings: Surroundings) -> Step:
    """Takes one move. What cannot be taken is refused with a reason, and the session stays.

    Raises `ForeignSessionError` for another flow or version than the session is pinned to, and
    `MissingListError` where the surroundings lack a list of the flow.
    """
    _check_pinned(flow, session)
    if session.is_over:
        return Step(session=session, events=(AnswerRefused(reason=Reason.NOT_NOW),))
    if isinstance(move, Stop):
        return Step(session=_ended(session, Stage.STOPPED), events=(Stopped(),))
    scene = look(flow, session, surroundings)
    if scene.is_off_the_way():
        scene = go_on(scene)
    match move:
        case SwitchLanguage(language=language):
            return _switched(scene, language)
        case Repeat():
            return _shown(scene)
        case _ if scene.session is not session or move.turn not in (None, session.turn):
            return _refused(scene, Reason.OUT_OF_TURN)
        case Back():
            return _back(scene)
        case Change(path=path):
            return _changed(scene, path)
        case Submit():
            return _submitted(scene)
        case _:
            return _answered(scene, move)


def carry(
    flow: Flow, session: Session, *, surroundings: Surroundings, presets: Mapping[str, Value]
) -> Session:
    """The same conversation with other presets, as when it goes on in another place.

    Answers, language and position stay. At the review, a question that only the new presets bring
    up is put before anything can be sent. Raises what `resume` raises.
    """
    _check_pinned(flow, session)
    scene = look(flow, session, surroundings)
    for path, value in presets.items():
        scene = _with_preset(scene, path, value)
    if scene.session.stage is Stage.REVIEWING or scene.is_off_the_way():
        scene = go_on(scene)
    return scene.kept_session()


def _check_pinned(flow: Flow, session: Session) -> None:
    if (session.flow, session.version) != (flow.name, flow.version):
        raise ForeignSessionError(
            f"the session is pinned to {session.flow!r} {session.version}, "
            f"not to {flow.name!r} {flow.version}"
        )


def _shown(scene: Scene, *events: Event, is_update: bool = False) -> Step:
    """The step into a scene: the events before, then what is put now."""
    present = scene.present(is_update=is_update)
    return Step(session=scene.kept_session(), events=(*events, present))


def _refused(scene: Scene, reason: Reason, message: Text | None = None) -> Step:
    return _shown(scene, AnswerRefused(reason=reason, message=message))


def _ended(session: Session, stage: Stage) -> Session:
    """The session after its end. Nothing that was answered stays in it (W2)."""
    return Session(
        flow=session.flow,
        version=session.version,
        language=session.language,
        turn=session.turn + 1,
        stage=stage,
    )


def _with_preset(scene: Scene, path: str, value: Value) -> Scene:
    """A round may be given before there is one: its answers wait for it as others do."""
    place = spot(path)
    placed = None if place is None else scene.walk.flow.placed.get(place.name)
    if place is None or placed is None or not isinstance(placed.node, Question):
        return scene
    if place.after_round is not None or place.repeats != placed.repeats:
        return scene
    question = placed.node
    point = Point(path, Role.ASKS, question, place.prefixes)
    fits = None if question.kind in _NEVER_PRESET else fitting(scene.walk, point, value)
    if fits is None:
        return scene
    session = scene.session
    preset = scene.looked_at_anew(
        answers={**session.answers, path: fits}, presets=session.presets | {path}
    )
    return preset if _passes(preset, point, fits) else scene


def _passes(scene: Scene, point: Point, value: Value) -> bool:
    constraint = point.question.constraint
    return constraint is None or constraint.holds(scene.walk.scope(point, weighed=value))


# -- answers --------------------------------------------------------------------------------------


def _answered(scene: Scene, move: Answer) -> Step:
    point = scene.point()
    if point is None:
        return _refused(scene, Reason.NOT_NOW)
    asking = Asking(walk=scene.walk, point=point, session=scene.session)
    reading = read_answer(asking, move)
    match reading:
        case Refused(reason=reason, message=message):
            return _refused(scene, reason, message)
        case Gathered(pending=pending):
            return _shown(scene.with_changes(pending=pending), is_update=True)
        case Searched(words=words):
            return _shown(scene.with_changes(words=words))
        case Taken(value=value):
            return _taken(scene, point, value)


def _taken(scene: Scene, point: Point, value: Value | None) -> Step:
    session, path = scene.session, point.path
    answers = {key: kept for key, kept in session.answers.items() if key != path}
    if value is not None:
        answers[path] = value
    skipped = session.skipped | {path} if value is None else session.skipped - {path}
    after = scene.looked_at_anew(answers=answers, skipped=skipped, presets=session.presets - {path})
    if value is not None and not _passes(after, point, value):
        return _refused(scene, Reason.CONSTRAINT, _constraint_message(after, point))
    return _shown(go_on(after))


def _constraint_message(scene: Scene, point: Point) -> Text | None:
    msgid = point.question.constraint_message
    return worded(scene.walk, msgid, point.node.name, point.prefixes) if msgid else None


# -- to and fro -----------------------------------------------------------------------------------


def _back(scene: Scene) -> Step:
    session = scene.session
    if session.changing is not None and session.changing == session.position:
        return _shown(go_on(scene))
    before: str | None = None
    for point in scene.walk.along():
        if point.path == session.position:
            break
        if point.is_asked and point.path not in session.presets:
            before = point.path
    return _refused(scene, Reason.NOTHING_BEFORE) if before is None else _shown(put(scene, before))


def _changed(scene: Scene, path: str) -> Step:
    is_asked = any(point.path == path and point.is_asked for point in scene.walk.along())
    if scene.session.stage is not Stage.REVIEWING or not is_asked:
        return _refused(scene, Reason.NOT_NOW)
    return _shown(put(scene, path, changing=path))


def _switched(scene: Scene, language: str) -> Step:
    if not _LANGUAGE.fullmatch(language):
        return _refused(scene, Reason.NOT_NOW)
    return _shown(scene.looked_at_anew(language=language), LanguageSwitched(language=language))


def _submitted(scene: Scene) -> Step:
    if scene.session.stage is not Stage.REVIEWING:
        return _refused(scene, Reason.NOT_NOW)
    if next_point(scene.walk, scene.session) is not None:  # time has passed: something is open
        return _refused(go_on(scene), Reason.NOT_NOW)
    submission = submit(scene.walk, scene.session)
    session = _ended(scene.session, Stage.SUBMITTED)
    return Step(session=session, events=(Submitted(submission=submission),))
