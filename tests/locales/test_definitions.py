"""What is promised of the conversations that we ship: they speak every language, plainly."""

import re
from pathlib import Path

import pytest

from locales.catalogue import catalogue
from locales.extraction import FLOWS, flow_texts
from locales.files import FOLDER
from locales.languages import LANGUAGES, Language

DEFINITIONS = sorted((FOLDER.parent / FLOWS).glob("*.yaml"))


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
