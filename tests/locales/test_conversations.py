"""What a person meets in the conversations that we ship, played through the engine."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache

import pytest

from flows.definition import Choice, Flow, Kind
from flows.engine import begin, resume
from flows.events import AnswerRefused, Asked, Prompt, Reviewed, Submitted
from flows.loading import load_flow
from flows.moves import Attach, Choose, Finish, Move, Skip, Submit, Write
from flows.submission import Submission
from flows.surroundings import Surroundings
from flows.values import StoredFile, Value
from locales.catalogue import catalogue
from locales.extraction import FLOWS
from locales.files import FOLDER
from locales.languages import LANGUAGES, Language

VOICE = StoredFile(blob="b", media_type="audio/ogg", size=1)

TOLD = {"danger": "no", "story": "They lock the gate.", "anonymity": "anonymous"}
"""The least that a grievance needs."""


@cache
def flow_named(name: str) -> Flow:
    return load_flow(FOLDER.parent / FLOWS / f"{name}.yaml")


SPARED = {"since", "people", "group", "photos", "tried_local", "retaliation", "remedy"}
"""What the short way does not ask (W10)."""


class OneQuarry:
    """A list of sites with one site."""

    quarry = Choice(name="site1", label="Black Hill Quarry")

    def find(self, words: str, language: str) -> tuple[Choice, ...]:
        return (self.quarry,)

    def get(self, name: str, language: str) -> Choice | None:
        return self.quarry if name == self.quarry.name else None


SURROUNDINGS = Surroundings(
    now=datetime(2026, 11, 20, 9, tzinfo=UTC), random=lambda: 0.5, lists={"sites": OneQuarry()}
)


class Played:
    """A whole conversation with these answers; every other question is skipped."""

    def __init__(
        self,
        name: str,
        answers: Mapping[str, str],
        *,
        language: str = "en",
        presets: Mapping[str, Value] | None = None,
    ) -> None:
        self.flow = flow_named(name)
        self.asked: dict[str, Prompt] = {}
        self.submission = self._play(answers, language, presets or {})

    def _play(
        self, answers: Mapping[str, str], language: str, presets: Mapping[str, Value]
    ) -> Submission:
        step = begin(
            self.flow,
            language=language,
            surroundings=SURROUNDINGS,
            presets={"channel": "telegram", **presets},
        )
        while True:
            match step.events[-1]:
                case Asked(prompt=prompt):
                    if any(isinstance(event, AnswerRefused) for event in step.events):
                        raise AssertionError(f"{prompt.path} cannot be skipped")
                    self.asked[prompt.path.rpartition(".")[2]] = prompt
                    move = self._move(prompt, answers)
                case Reviewed(turn=turn):
                    move = Submit(turn=turn)
                case Submitted(submission=submission):
                    return submission
                case event:
                    raise AssertionError(event)
            step = resume(self.flow, step.session, move, SURROUNDINGS)

    def _move(self, prompt: Prompt, answers: Mapping[str, str]) -> Move:
        answer = answers.get(prompt.path.rpartition(".")[2])
        match prompt.kind:
            case Kind.ACKNOWLEDGE:
                return Choose(names=("ok",), turn=prompt.turn)
            case _ if answer is None:
                return Finish(turn=prompt.turn) if prompt.current else Skip(turn=prompt.turn)
            case Kind.AUDIO if not prompt.current:
                return Attach(files=(VOICE,), turn=prompt.turn)
            case Kind.AUDIO:
                return Finish(turn=prompt.turn)
            case Kind.SELECT_ONE | Kind.SELECT_MULTIPLE:
                return Choose(names=tuple(answer.split()), turn=prompt.turn)
            case _:
                return Write(text=answer, turn=prompt.turn)

    @property
    def names(self) -> list[str]:
        return list(self.asked)


def test_safety_is_asked_before_anything_else() -> None:
    assert Played("grievance", TOLD).names[:2] == ["phone", "safe_now"]


def test_whoever_is_not_safe_is_told_first_how_to_come_back() -> None:
    names = Played("grievance", {**TOLD, "safe_now": "no"}).names
    assert names[2] == "safe_later"
    assert "safe_later" not in Played("grievance", {**TOLD, "safe_now": "yes"}).names


def test_a_whole_grievance_needs_three_answers_and_no_more() -> None:
    played = Played("grievance", TOLD)
    required = {name for name, prompt in played.asked.items() if prompt.is_required}
    assert required == {"danger", "anonymity", "understood"}
    assert played.submission.particulars == {
        "danger": "no",
        "child_or_trafficking": "no",
        "theme": "other",
        "anonymity": "anonymous",
    }


def test_a_story_is_written_or_spoken() -> None:
    untold = {name: answer for name, answer in TOLD.items() if name != "story"}
    with pytest.raises(AssertionError, match="story_voice cannot be skipped"):
        Played("grievance", untold)
    spoken = Played("grievance", {**untold, "story_voice": "yes"})
    assert "voice_consent" in spoken.asked
    assert "voice_consent" not in Played("grievance", TOLD).asked


@pytest.mark.parametrize(
    ("kind", "theme"), [("child", "child_labour"), ("forced", "forced_labour")]
)
def test_a_child_or_a_trafficked_person_is_not_interrogated(kind: str, theme: str) -> None:
    told = {"danger": "unsure", "urgent_kind": kind, "anonymity": "anonymous"}
    assert "theme_chosen" not in Played("grievance", told).asked
    assert_short_way(Played("grievance", told), theme)


@pytest.mark.parametrize("theme", ["child_labour", "forced_labour"])
def test_the_short_way_begins_also_at_the_list_of_themes(theme: str) -> None:
    told = {"danger": "no", "theme_chosen": theme, "anonymity": "anonymous"}
    assert_short_way(Played("grievance", told), theme)


def assert_short_way(played: Played, theme: str) -> None:
    assert SPARED.isdisjoint(played.asked)
    assert not played.asked["story_voice"].is_required
    assert played.submission.particulars["child_or_trafficking"] == "yes"
    assert played.submission.particulars["theme"] == theme


def test_a_place_known_from_a_link_is_not_asked() -> None:
    played = Played("grievance", TOLD, presets={"site": "site1"})
    assert {"site", "site_words"}.isdisjoint(played.asked)
    assert played.submission.particulars["site"] == "site1"


def test_a_place_that_is_not_listed_can_be_described() -> None:
    assert "site_words" in Played("grievance", TOLD).asked


def test_a_helper_is_asked_whether_the_person_agrees() -> None:
    assert "permission" in Played("grievance", {**TOLD, "reporter": "helper"}).asked
    assert "permission" not in Played("grievance", {**TOLD, "reporter": "worker"}).asked


def test_contact_is_asked_only_of_those_who_want_to_be_known() -> None:
    wanted = {"contact_name", "contact_reach"}
    assert wanted.isdisjoint(Played("grievance", TOLD).asked)
    assert wanted <= set(Played("grievance", {**TOLD, "anonymity": "confidential"}).asked)


def test_words_and_contact_never_become_particulars() -> None:
    told = {**TOLD, "anonymity": "open", "contact_name": "Asha", "contact_reach": "my aunt"}
    submission = Played("grievance", told).submission
    assert set(submission.particulars.values()).isdisjoint({"Asha", "my aunt", TOLD["story"]})
    assert {"story", "contact_name", "contact_reach"} <= {e.path for e in submission.account}


def test_writing_back_is_short_and_says_no_more_than_was_answered() -> None:
    played = Played("follow_up", {"danger": "no", "message": "It began again."})
    assert len(played.asked) <= 6
    assert played.submission.particulars == {"danger": "no"}


def test_a_rating_asks_only_about_the_themes_that_were_chosen() -> None:
    played = Played(
        "risk_rating",
        {"anonymity": "anonymous", "themes": "child_labour land_rights", "scope_land_rights": "4"},
    )
    rated = {name.partition("_")[2] for name in played.asked if name.startswith("gravity_")}
    assert rated == {"child_labour", "land_rights"}
    assert played.submission.particulars["scope_land_rights"] == "4"


def test_a_rating_takes_three_themes_at_most() -> None:
    four = "child_labour land_rights living_wage other"
    with pytest.raises(AssertionError, match="themes cannot be skipped"):
        Played("risk_rating", {"anonymity": "anonymous", "themes": four})


def test_taking_part_is_said_not_to_be_approval_before_the_first_question() -> None:
    played = Played("risk_rating", {"anonymity": "anonymous", "themes": "other"})
    assert played.names[0] == "not_approval"


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_a_whole_grievance_can_be_told_in_every_language(language: Language) -> None:
    played = Played("grievance", TOLD, language=language.code)
    words = catalogue(language.code)
    assert played.submission.language == language.code
    for prompt in played.asked.values():
        assert words.is_translated(prompt.label.msgid)
        assert "${" not in words.render(prompt.label)
