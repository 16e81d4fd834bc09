"""Which of our languages serves which reader."""

from gettext import c2py

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from locales.languages import LANGUAGES, SOURCE, Direction, best_language, language_named

CODES = {language.code for language in LANGUAGES}


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("pt", "pt_BR"),
        ("pt-PT", "pt_BR"),
        ("pt-br", "pt_BR"),
        ("pt_BR", "pt_BR"),
        ("zh", "zh_Hans"),
        ("zh-CN", "zh_Hans"),
        ("zh-Hans-CN", "zh_Hans"),
        ("zh_TW", "zh_Hans"),
        ("zh-hans", "zh_Hans"),
        ("yue-Hant-HK", "zh_Hans"),
        ("ar-EG", "ar"),
        ("arz", "ar"),
        ("hi-Latn", "hi"),
        ("HI", "hi"),
        ("nl-BE", "nl"),
        ("en-IN", "en"),
        ("vi", "vi"),
        ("tr-TR", "tr"),
    ],
)
def test_a_tag_finds_the_language_its_readers_know(tag: str, code: str) -> None:
    assert best_language((tag,)) == code


def test_the_first_wanted_language_that_we_have_wins() -> None:
    assert best_language(("sw", "vi-VN", "nl")) == "vi"


def test_english_serves_whoever_we_have_nothing_for() -> None:
    assert best_language(("sw", "", "-", "x")) == SOURCE
    assert best_language(()) == SOURCE


@given(st.lists(st.text(max_size=12), max_size=4))
def test_any_tag_from_outside_gets_one_of_our_languages(tags: list[str]) -> None:
    assert best_language(tags) in CODES


def test_a_language_that_was_dropped_still_opens_a_catalogue() -> None:
    assert language_named("xx").code == SOURCE
    assert language_named("zh_Hant").code == "zh_Hans"


def test_only_arabic_runs_from_right_to_left() -> None:
    turned = [found.code for found in LANGUAGES if found.direction is Direction.RIGHT_TO_LEFT]
    assert turned == ["ar"]
    assert all(Locale.parse(found.locale).text_direction == found.direction for found in LANGUAGES)


def test_every_chain_of_fallbacks_ends_in_english() -> None:
    for language in LANGUAGES:
        assert language.code == SOURCE or language.fallbacks[-1] == SOURCE
        assert set(language.fallbacks) <= CODES - {language.code}


def test_every_plural_rule_uses_each_of_its_forms_and_no_other() -> None:
    for language in LANGUAGES:
        rule = c2py(language.plural_rule)
        assert {rule(n) for n in range(300)} == set(range(language.plural_count)), language.code


def test_arabic_forms_stand_in_the_order_of_cldr() -> None:
    arabic = language_named("ar")
    order = ("zero", "one", "two", "few", "many", "other")
    rule = c2py(arabic.plural_rule)
    for n in range(1000):
        assert order[rule(n)] == Locale.parse("ar").plural_form(n)
