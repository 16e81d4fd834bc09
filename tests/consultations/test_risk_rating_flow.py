"""The shipped flow `risk_rating`, answered from beginning to end, gives ratings."""

from datetime import UTC, date, datetime

import pytest

from consultations.ratings import PARTS, StakeholderRating, ratings_from
from flows.engine import begin, resume
from flows.events import Asked, Reviewed, Submitted
from flows.library import DEFINITIONS
from flows.loading import load_flow
from flows.moves import Choose, Move, Skip, Submit
from flows.submission import Submission
from flows.surroundings import Surroundings
from register.particulars import AnonymityLevel, Theme

SURROUNDINGS = Surroundings(now=datetime(2026, 6, 1, 12, tzinfo=UTC), random=lambda: 0.5)


def hold(answers: dict[str, tuple[str, ...]]) -> Submission:
    """Answers what is in `answers` by question, agrees where that is asked, skips the rest."""
    flow = load_flow(DEFINITIONS / "risk_rating.yaml")
    step = begin(flow, language="en", surroundings=SURROUNDINGS, presets={})
    for _ in range(100):
        event = step.events[-1]
        if isinstance(event, Submitted):
            return event.submission
        step = resume(flow, step.session, _move(event, answers), SURROUNDINGS)
    raise AssertionError("the flow has no end")


def _move(event: object, answers: dict[str, tuple[str, ...]]) -> Move:
    match event:
        case Reviewed():
            return Submit(turn=event.turn)
        case Asked(prompt=prompt) if prompt.path in answers:
            return Choose(names=answers[prompt.path], turn=prompt.turn)
        case Asked(prompt=prompt) if prompt.kind == "acknowledge":
            return Choose(names=("ok",), turn=prompt.turn)
        case Asked(prompt=prompt):
            return Skip(turn=prompt.turn)
    raise AssertionError(f"unexpected {event!r}")


def ratings_of(submission: Submission) -> tuple[StakeholderRating, ...]:
    ratings = ratings_from(
        submission.particulars,
        round_id="r",
        participant="p",
        site_id="s",
        day=date(2026, 6, 1),
    )
    assert isinstance(ratings, tuple)
    return ratings


@pytest.mark.parametrize("theme", Theme)
def test_every_theme_can_be_chosen_and_graded(theme: Theme) -> None:
    graded = {f"{part}_{theme}": (str(grade),) for grade, part in enumerate(PARTS, start=2)}
    (rating,) = ratings_of(hold({"anonymity": ("open",), "themes": (theme.value,), **graded}))
    assert rating.theme is theme
    assert [rating.grade(part) for part in PARTS] == [2, 3, 4, 5]
    assert rating.anonymity is AnonymityLevel.OPEN


def test_skipped_questions_are_skipped_ratings() -> None:
    chosen = {"anonymity": ("anonymous",), "themes": ("land_rights", "child_labour")}
    ratings = ratings_of(hold({**chosen, "gravity_child_labour": ("5",)}))
    assert {rating.theme: rating.gravity for rating in ratings} == {
        Theme.LAND_RIGHTS: None,
        Theme.CHILD_LABOUR: 5,
    }


def test_nothing_but_coded_answers_is_readable() -> None:
    submission = hold({"anonymity": ("anonymous",), "themes": ("other",)})
    grades = {f"{part}_{theme}" for part in PARTS for theme in Theme}
    assert set(submission.particulars) <= {"themes", "anonymity", *grades}
