"""Words that an organiser wrote."""

from consultations.wording import UNSAID, Wording


def test_blank_words_say_nothing() -> None:
    assert not Wording({"en": "  \n"})
    assert not UNSAID
    assert UNSAID.read("nl") == ("", "")


def test_words_are_read_in_the_language_asked_for() -> None:
    assert Wording({"en": "Hello", "hi": "नमस्ते"}).read("hi") == ("hi", "नमस्ते")


def test_a_missing_language_falls_back_and_says_which_it_is() -> None:
    assert Wording({"nl": "Hallo", "en": "Hello"}).read("tr") == ("en", "Hello")
    assert Wording({"vi": "Xin chào"}).read("tr") == ("vi", "Xin chào")


def test_the_languages_in_which_nothing_is_said_are_named() -> None:
    assert Wording({"en": "Hello", "nl": " "}).missing(("en", "nl", "ar")) == ("nl", "ar")
