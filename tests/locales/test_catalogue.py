"""How texts, values and plurals reach a reader."""

import os
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.values import Place, StoredFile, Text
from locales.catalogue import Catalogue, Verbatim, catalogue, load
from locales.errors import MissingValueError, UnreadableCatalogueError
from locales.files import Domain, compile_words, po_path
from locales.languages import LANGUAGES, language_named

FSI, PDI = "\u2068", "\u2069"

ARABIC = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

# origin: machine
msgid "Your place is ${site}."
msgstr "مكانك هو ${site}."

# origin: person Layla
msgid "Stop"
msgstr "توقف"

# origin: machine
msgid "${n} photo"
msgid_plural "${n} photos"
msgstr[0] "بلا صور"
msgstr[1] "صورة واحدة"
msgstr[2] "صورتان"
msgstr[3] "${n} صور"
msgstr[4] "${n} صورة"
msgstr[5] "${n} صورة تقريبًا"

# origin: machine
#, fuzzy
msgid "Doubtful"
msgstr "مشكوك فيه"

# origin: machine
msgid "Wait for ${day}"
msgstr "${jour}"

# origin: machine
msgid "Empty"
msgstr ""
"""

DUTCH_DESK = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

# origin: machine
msgid "Inbox"
msgstr "Postvak"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for language, domain, words in (
        ("ar", Domain.PEOPLE, ARABIC),
        ("nl", Domain.PEOPLE, 'msgid "Stop"\nmsgstr "Stoppen"\n'),
        ("nl", Domain.DESK, DUTCH_DESK),
    ):
        path = po_path(tmp_path, language, domain)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, "utf-8")
    return tmp_path


@pytest.fixture
def arabic(folder: Path) -> Catalogue:
    return load("ar", Domain.PEOPLE, folder)


def test_a_text_is_shown_in_the_language(arabic: Catalogue) -> None:
    assert arabic.text("Stop") == "توقف"


def test_a_missing_text_is_shown_in_english_and_never_blank(arabic: Catalogue) -> None:
    assert arabic.text("Nobody translated this") == "Nobody translated this"
    assert arabic.text("Empty") == "Empty"
    assert not arabic.is_translated("Empty")


def test_a_doubtful_translation_is_not_shown(arabic: Catalogue) -> None:
    assert arabic.text("Doubtful") == "Doubtful"


def test_a_translation_with_a_place_of_its_own_is_not_shown(arabic: Catalogue) -> None:
    assert arabic.text("Wait for ${day}", day=3) == "Wait for 3"


def test_what_a_person_typed_is_isolated(arabic: Catalogue) -> None:
    said = arabic.text("Your place is ${site}.", site="Quarry 7!")
    assert said == f"مكانك هو {FSI}Quarry 7!{PDI}."


def test_typed_words_cannot_break_out_of_their_fence(arabic: Catalogue) -> None:
    said = arabic.text("Your place is ${site}.", site=f"a{PDI}\u202eb")
    assert said == f"مكانك هو {FSI}ab{PDI}."


@given(typed=st.text(max_size=40))
def test_every_sentence_closes_the_isolates_that_it_opens(typed: str) -> None:
    said = catalogue("en").text("a ${b} c", b=typed)
    assert said.count(FSI) == said.count(PDI) == 1


def test_links_and_receipts_go_in_as_they_are() -> None:
    said = catalogue("en").text("Go to ${link}", link=Verbatim("https://example.org/1"))
    assert said == "Go to https://example.org/1"


def test_a_place_without_its_value_is_the_callers_slip() -> None:
    with pytest.raises(MissingValueError, match=r"\$\{link\}"):
        catalogue("en").text("Go to ${link}")


def test_an_answer_that_a_flow_does_not_have_yet_shows_as_a_gap() -> None:
    assert catalogue("en").render(Text(msgid="You said ${site}.")) == "You said …."


def test_typed_words_are_not_read_as_places() -> None:
    said = catalogue("en").text("You said ${words}", words="${secret}")
    assert said == f"You said {FSI}${{secret}}{PDI}"


def test_a_flows_text_is_translated_with_the_texts_inside_it(arabic: Catalogue) -> None:
    inside = Text(msgid="Your place is ${site}.", values={"site": Text(msgid="Stop")})
    assert arabic.render(inside) == "مكانك هو توقف."


def test_a_name_inside_a_text_is_isolated_and_not_translated(arabic: Catalogue) -> None:
    name = Text(msgid="Stop", is_literal=True)
    assert arabic.render(name) == "Stop"
    inside = Text(msgid="Your place is ${site}.", values={"site": name})
    assert arabic.render(inside) == f"مكانك هو {FSI}Stop{PDI}."


def test_an_untranslated_text_inside_a_translated_one_keeps_its_direction(
    arabic: Catalogue,
) -> None:
    inside = Text(msgid="Your place is ${site}.", values={"site": Text(msgid="A farm")})
    assert arabic.render(inside) == f"مكانك هو {FSI}A farm{PDI}."


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "بلا صور"),
        (1, "صورة واحدة"),
        (2, "صورتان"),
        (3, "3 صور"),
        (10, "10 صور"),
        (11, "11 صورة"),
        (99, "99 صورة"),
        (100, "100 صورة تقريبًا"),
        (103, "103 صور"),
    ],
)
def test_arabic_counts_in_six_forms(arabic: Catalogue, n: int, said: str) -> None:
    assert arabic.plural("${n} photo", "${n} photos", n) == said


def test_an_untranslated_plural_counts_as_english_does(arabic: Catalogue) -> None:
    assert arabic.plural("${n} day for ${who}", "${n} days for ${who}", 1, who="me") == (
        f"1 day for {FSI}me{PDI}"
    )
    assert arabic.plural("${n} day", "${n} days", 0) == "0 days"
    assert arabic.plural("${n} day", "${n} days", 12000) == "12,000 days"


def test_files_are_told_by_kind_and_number_and_never_by_name(arabic: Catalogue) -> None:
    photo = StoredFile(blob="b", media_type="image/jpeg", size=1, name="me.jpg")
    voice = StoredFile(blob="c", media_type="audio/ogg", size=1)
    other = StoredFile(blob="d", media_type="application/pdf", size=1)
    english = catalogue("en")
    assert english.show((photo, photo, voice, other)) == "2 photos, 1 voice message and 1 file"
    assert arabic.show((photo, photo)) == "صورتان"


@pytest.mark.parametrize(
    ("desk", "language", "said"),
    [
        ("en", "hi", "Hindi"),
        ("en", "pt_BR", "Portuguese (Brazil)"),
        ("nl", "ar", "Arabisch"),
        ("nl", "zh_Hans", "Chinees (vereenvoudigd)"),
    ],
)
def test_a_language_is_called_as_its_readers_call_it(desk: str, language: str, said: str) -> None:
    assert catalogue(desk).language_called(language_named(language)) == said


@pytest.mark.parametrize(
    ("language", "said"), [("en", "India"), ("nl", "India"), ("ar", "الهند"), ("zh_Hans", "印度")]
)
def test_a_country_is_called_as_its_readers_call_it(language: str, said: str) -> None:
    assert catalogue(language).country("IN") == said
    assert catalogue(language).country("ZZZ") == "ZZZ"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "1 December 2026"),
        ("nl", "1 december 2026"),
        ("pt_BR", "1 de dezembro de 2026"),
        ("zh_Hans", "2026年12月1日"),
        ("hi", "1 दिसंबर 2026"),
        ("tr", "1 Aralık 2026"),
        ("vi", "1 tháng 12, 2026"),
        ("ar", "1 ديسمبر 2026"),
    ],
)
def test_a_day_is_written_with_its_month_in_words(language: str, said: str) -> None:
    assert catalogue(language).day(date(2026, 12, 1)) == said


def test_answers_are_read_back_as_the_language_writes_them() -> None:
    dutch = catalogue("nl")
    assert dutch.show("woorden") == "woorden"
    assert dutch.show(2024) == "2024"
    assert dutch.show(Decimal("12500.125")) == "12.500,125"
    assert dutch.show(time(14, 5)) == "14:05"
    assert dutch.show(datetime(2026, 12, 1, 14, 5, tzinfo=UTC)) == "1 december 2026, 14:05"
    assert dutch.show(Place(latitude=12.5, longitude=-3)) == "12.50000, -3.00000"
    assert dutch.show(("a", "b", "c")) == "a, b en c"
    assert dutch.show(()) == ""


def test_numbers_in_every_language_use_latin_digits() -> None:
    for language in LANGUAGES:
        digits = [c for c in catalogue(language.code).number(1234567) if c.isdigit()]
        assert "".join(digits) == "1234567"


def test_it_is_known_who_translated_a_text(arabic: Catalogue) -> None:
    assert arabic.is_machine("Your place is ${site}.")
    assert not arabic.is_machine("Stop")
    assert not arabic.is_machine("Nobody translated this")


def test_what_nobody_says_to_have_made_counts_as_a_machines(folder: Path) -> None:
    assert load("nl", Domain.PEOPLE, folder).is_machine("Stop")


def test_the_desk_falls_back_on_the_words_of_the_people(folder: Path) -> None:
    desk = load("nl", Domain.DESK, folder)
    assert desk.text("Inbox") == "Postvak"
    assert desk.text("Stop") == "Stoppen"
    assert load("nl", Domain.PEOPLE, folder).text("Inbox") == "Inbox"


def test_the_desk_speaks_english_where_it_has_no_other(folder: Path) -> None:
    desk = load("ar", Domain.DESK, folder)
    assert desk.language == language_named("en")
    assert desk.text("Stop") == "Stop"


def test_a_compiled_catalogue_says_the_same_as_its_source(folder: Path, arabic: Catalogue) -> None:
    po = po_path(folder, "ar", Domain.PEOPLE)
    compile_words(po, language_named("ar"))
    load.cache_clear()
    compiled = load("ar", Domain.PEOPLE, folder)
    assert compiled is not arabic
    assert compiled.entries == arabic.entries


def test_a_compiled_catalogue_that_is_older_than_its_source_is_not_read(folder: Path) -> None:
    po = po_path(folder, "nl", Domain.PEOPLE)
    mo = compile_words(po, language_named("nl"))
    po.write_text('msgid "Stop"\nmsgstr "Ophouden"\n', "utf-8")
    later = mo.stat().st_mtime_ns + 10**9
    os.utime(po, ns=(later, later))
    assert load("nl", Domain.PEOPLE, folder).text("Stop") == "Ophouden"


def test_a_damaged_catalogue_is_said_with_its_file(folder: Path) -> None:
    po_path(folder, "nl", Domain.PEOPLE).write_bytes(b'msgid "Stop"\nmsgstr "\xff"')
    with pytest.raises(UnreadableCatalogueError, match=r"people\.po"):
        load("nl", Domain.PEOPLE, folder)


def test_a_damaged_compiled_catalogue_is_said_with_its_file(folder: Path) -> None:
    mo = compile_words(po_path(folder, "nl", Domain.PEOPLE), language_named("nl"))
    mo.write_bytes(mo.read_bytes()[:40])
    with pytest.raises(UnreadableCatalogueError, match=r"people\.mo"):
        load("nl", Domain.PEOPLE, folder)


def test_every_catalogue_of_ours_can_be_read() -> None:
    for language in LANGUAGES:
        assert catalogue(language.code).language is language
