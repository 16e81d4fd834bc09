"""What is promised of the conversations that we ship.

They speak every language, plainly; the rest of the house understands each of their codes.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from consultations.ratings import MOST_THEMES, PARTS
from flows.definition import Flow, Keep, Question
from flows.inspection import inspect_flow
from flows.loading import load_flow
from locales.catalogue import catalogue
from locales.extraction import FLOWS, flow_texts
from locales.files import FOLDER
from locales.languages import LANGUAGES, Language
from monitoring.risk.scales import QUESTIONS, SCALES, Scale
from register.particulars import CLOSED_SETS, CODES, Theme

DEFINITIONS = sorted((FOLDER.parent / FLOWS).glob("*.yaml"))


@cache
def texts_of(path: Path) -> list[str]:
    return [found.msgid for found in flow_texts(path, path.name)]


@pytest.mark.parametrize("path", DEFINITIONS, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_every_conversation_speaks_every_language(path: Path, language: Language) -> None:
    words = catalogue(language.code)
    assert [text for text in texts_of(path) if not words.is_translated(text)] == []


@pytest.mark.parametrize("path", DEFINITIONS, ids=lambda path: path.stem)
def test_no_sentence_is_long_and_no_word_is_of_the_office(path: Path) -> None:
    for text in texts_of(path):
        for sentence in re.split(r"[.:?!]\s", text):
            assert len(sentence.split()) <= 25, sentence
        assert not re.search(
            r"\b(grievance|retaliation|confidential|submit|pursuant)\b", text, re.I
        )


@pytest.mark.parametrize("path", DEFINITIONS, ids=lambda path: path.stem)
def test_every_conversation_passes_inspection(path: Path) -> None:
    translated = {language.code: catalogue(language.code).is_translated for language in LANGUAGES}
    assert inspect_flow(load_flow(path), translated) == ()


@pytest.mark.parametrize("name", ["grievance", "follow_up"])
def test_every_open_answer_is_one_that_the_register_knows(name: str) -> None:
    flow = load_flow(FOLDER.parent / FLOWS / f"{name}.yaml")
    for question in open_questions(flow):
        assert question.code in CODES
        if question.choices and not question.is_external:
            offered = {choice.name for choice in flow.lists[question.choices]}
            assert offered == set(CLOSED_SETS[question.code]), question.name


def test_a_grievance_gives_every_particular_that_there_is() -> None:
    flow = load_flow(FOLDER.parent / FLOWS / "grievance.yaml")
    assert {question.code for question in open_questions(flow)} == CODES - {"ping"}
    first = load_flow(FOLDER.parent / FLOWS / "grievance.1.yaml")
    assert {question.code for question in open_questions(first)} == CODES


def test_names_and_ways_to_reach_people_are_sealed() -> None:
    for path in DEFINITIONS:
        for question in load_flow(path).questions():
            if question.name.startswith(("contact_", "identity_")) or not question.choices:
                is_computed = question.calculation is not None
                assert question.keep is Keep.SEALED or is_computed, question.name


def test_the_rating_asks_with_the_words_of_the_scales() -> None:
    flow = load_flow(FOLDER.parent / FLOWS / "risk_rating.yaml")
    for scale in Scale:
        steps = [(choice.name, choice.label) for choice in flow.lists[scale]]
        assert steps == [(str(step.grade), step.sentence) for step in SCALES[scale]]
        for theme in Theme:
            asked = next(q for q in flow.questions() if q.name == f"{scale}_{theme}")
            assert asked.label == QUESTIONS[scale]


def test_the_rating_gives_what_a_round_reads() -> None:
    flow = load_flow(FOLDER.parent / FLOWS / "risk_rating.yaml")
    codes = {question.code for question in open_questions(flow)}
    assert codes == {"anonymity", "themes"} | {f"{part}_{t}" for part in PARTS for t in Theme}
    assert {choice.name for choice in flow.lists["themes"]} == set(Theme)
    assert MOST_THEMES == 3, "the flow's constraint and its words say three"


def open_questions(flow: Flow) -> list[Question]:
    return [question for question in flow.questions() if question.keep is Keep.OPEN]
