import pytest

from bot.texts import WORD_STOP
from bot.words import StopWords, command
from flows.moves import Stop
from intake.arrivals import (
    Arrive,
    AskForReceipt,
    JoinRound,
    OpenCase,
    ShowAbout,
    ShowLanguages,
    ShowMenu,
    TakeOver,
)
from locales.catalogue import catalogue
from locales.languages import LANGUAGES, Language

WORDS = StopWords()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("/start", Arrive()),
        ("/start JPR01", Arrive(site_code="JPR01")),
        ("/start@some_bot JPR01", Arrive(site_code="JPR01")),
        ("/start r_secret", JoinRound(token="secret")),
        ("/menu", ShowMenu()),
        ("/MENU", ShowMenu()),
        ("/language", ShowLanguages()),
        ("/help", ShowAbout()),
        ("/stop", Stop()),
        ("/stop now", Stop()),
        ("/receipt", AskForReceipt()),
        ("/receipt 1234 5678", OpenCase(receipt="1234 5678")),
        ("/what", None),
        ("/", None),
    ],
)
def test_a_command_asks_for_one_thing(text: str, wanted: object) -> None:
    assert command(text) == wanted


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_one_word_stops_in_every_language(language: Language) -> None:
    word = catalogue(language.code).text(WORD_STOP)
    assert WORDS.are_said(word)
    assert WORDS.are_said(f"  {word.upper()}!! ")


@pytest.mark.parametrize("text", ["STOP", "Stop.", "ＳＴＯＰ", "stop\n", "\u200fstop", "¡stop!"])
def test_a_word_is_known_however_it_is_typed(text: str) -> None:
    assert WORDS.are_said(text)


@pytest.mark.parametrize(
    "text", ["", " ", "They should stop", "stop it", "stopped", "help", "🛑" * 5000]
)
def test_other_words_are_answers(text: str) -> None:
    assert not WORDS.are_said(text)


def test_a_link_from_the_web_form_takes_over_what_was_begun_there() -> None:
    assert command("/start m_abc-DEF_1") == TakeOver(code="abc-DEF_1")
    assert command("/start@loopback_bot m_") == TakeOver(code="")
