"""Posters and kits in every language: right letters, one page, the site's own ways in."""

import io
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pikepdf
import pytest

from locales.languages import LANGUAGES
from locales.territories import languages_spoken_in
from register.sites import Site
from service.foundations import records
from service.paper.facts import facts_of, languages_of
from service.paper.making import kit
from service.paper.printing import fonts_in, pages_in, pdf_of, sheet_of
from service.reach import Reach
from service.refusals import Refused
from service.settings import read_settings
from tests.service.printing import needs_pango
from tests.service.terminal import Gehoor
from web.paper import PaperPages, SiteFacts

QUARRY = Site(
    id="s1", code="RJ3", name="Rajnagar Quarry", country="IN", local_names={"hi": "राजनगर खदान"}
)
REACH = Reach(web="https://speak.example", bot="SampleSpeakBot")
EVERY = tuple(language.code for language in LANGUAGES)
FONT = {"hi": "Devanagari", "ar": "Arabic", "zh_Hans": "CJK"}
REFERRALS = """referrals:
  - {country: IN, kind: emergency, name: {en: Help, hi: मदद}, reach: "112", checked_on: 2026-01-01}
  - {country: IN, kind: emergency, name: {en: Unchecked}, reach: "999"}
"""


@pytest.fixture
def supplied(installed: Gehoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gehoor:
    monkeypatch.setenv("GEHOOR_WEB_PUBLIC_URL", "https://speak.example")
    installed(
        "sites", "add", "--code", "RJ3", "--name", QUARRY.name, "--country", "IN",
        "--local-name", "hi=राजनगर खदान",
    )  # fmt: skip
    path = tmp_path / "referrals.yaml"
    path.write_text(REFERRALS, "utf-8")
    assert installed("referrals", "import", str(path)).status == 0
    return installed


@pytest.fixture
def facts(supplied: Gehoor) -> dict[str, SiteFacts]:
    settings = read_settings()
    with records(settings) as kept:
        return {
            language: kept.read(lambda tx, of=language: facts_of(tx, QUARRY, REACH, settings, of))
            for language in EVERY
        }


@pytest.fixture
def broken_pango(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    class Missing(ModuleType):
        def __getattr__(self, name: str) -> object:
            raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setitem(sys.modules, "weasyprint", Missing("weasyprint"))
    return


@needs_pango
@pytest.mark.parametrize("language", EVERY)
def test_each_sheet_for_people_is_one_page_in_the_letters_of_its_language(
    facts: dict[str, SiteFacts], language: str
) -> None:
    for sheet in kit({language: facts[language]}, facts["en"], "en"):
        made = sheet_of(sheet.html, sheet.language)
        assert made is not None, sheet.kind
        assert pages_in(made) == 1
        if sheet.language == language:
            fonts = fonts_in(made)
            assert any(FONT.get(language, "Noto-Sans") in font for font in fonts), fonts


@needs_pango
@pytest.mark.parametrize("language", ["vi", "ar", "nl"])
def test_with_long_names_and_the_mark_of_a_sample_it_is_still_one_page_of_a4(
    facts: dict[str, SiteFacts], language: str
) -> None:
    full = replace(
        facts[language],
        chat=None,
        operator="A very long name of a foundation " * 3,
        emergency=("Emergency number of the whole country 112",) * 3,
        is_sample=True,
    )
    made = sheet_of(PaperPages().poster(full, language), language)
    assert made is not None
    with pikepdf.open(io.BytesIO(made)) as pdf:
        *_, width, height = (float(side) for side in pdf.pages[0].mediabox)
    assert (round(width), round(height)) == (595, 842)


@pytest.mark.parametrize("language", EVERY)
def test_the_poster_has_both_ways_in_the_code_and_whom_to_call(
    facts: dict[str, SiteFacts], language: str
) -> None:
    html = PaperPages().poster(facts[language], language)
    assert "speak.example/s/RJ3" in html
    assert "t.me/SampleSpeakBot?start=RJ3" in html
    assert html.count("<svg") == 2
    assert "112" in html
    assert "999" not in html, "an unchecked number is shown to nobody in need"
    direction = "rtl" if language == "ar" else "ltr"
    assert f'dir="{direction}"' in html


def test_a_poster_is_black_on_white_and_loads_nothing(facts: dict[str, SiteFacts]) -> None:
    html = PaperPages().poster(facts["en"], "en")
    assert "http://" not in html.replace("http://www.w3.org/2000/svg", "")
    assert "url(" not in html
    assert "<script" not in html
    assert "<img" not in html


def test_names_cannot_turn_into_markup(facts: dict[str, SiteFacts]) -> None:
    evil = replace(facts["en"], operator="<b>x</b>", name="<script>")
    assert "<b>x" not in PaperPages().poster(evil, "en")
    assert "<script>" not in PaperPages().checklist(evil, "en", ("Hindi",))


@needs_pango
def test_posters_are_written_in_the_sites_own_languages(supplied: Gehoor, tmp_path: Path) -> None:
    to = tmp_path / "posters"
    made = supplied("posters", "rj3", "--to", str(to))
    assert made.status == 0
    assert {path.name for path in to.iterdir()} == {"poster-RJ3-hi.pdf", "poster-RJ3-en.pdf"}
    assert "Translated by a machine, read by nobody yet: hi." in made.out
    again = supplied("posters", "RJ3", "--language", "nl", "--to", str(to))
    assert "poster-RJ3-nl.pdf" in again.out


@needs_pango
def test_a_kit_has_everything_and_an_index(supplied: Gehoor, tmp_path: Path) -> None:
    to = tmp_path / "kit"
    made = supplied(
        "awareness", "kit", "RJ3", "--language", "hi", "--pages-in", "nl", "--to", str(to)
    )
    assert made.status == 0
    assert "begin with index-RJ3-nl.pdf" in made.out
    assert {path.name for path in to.iterdir()} == {
        "index-RJ3-nl.pdf",
        "poster-RJ3-hi.pdf",
        "cards-RJ3-hi.pdf",
        "read-aloud-RJ3-hi.pdf",
        "visit-checklist-RJ3-nl.pdf",
    }


@needs_pango
def test_a_poster_that_leads_to_this_machine_alone_is_said_to_be_none(
    supplied: Gehoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GEHOOR_WEB_PUBLIC_URL")
    made = supplied("posters", "RJ3", "--language", "en", "--to", str(tmp_path / "to"))
    assert "Do not hang these up" in made.out


def test_without_pango_it_is_said_what_to_install(
    supplied: Gehoor, tmp_path: Path, broken_pango: None
) -> None:
    made = supplied("posters", "RJ3", "--to", str(tmp_path / "to"))
    assert made.status == 1
    assert "apt-get install libpango-1.0-0" in made.err


@needs_pango
def test_a_language_without_its_font_is_refused_rather_than_printed_as_boxes() -> None:
    with pytest.raises(Refused, match="no Noto font for hi"):
        pdf_of('<p style="font-family: Noto Sans">only latin</p>', "hi")


def test_unknown_sites_and_languages_are_refused(supplied: Gehoor, tmp_path: Path) -> None:
    to = str(tmp_path / "to")
    assert "no site with the code XX" in supplied("posters", "XX", "--to", to).err
    assert (
        "--language: xx is none of"
        in supplied("posters", "RJ3", "--language", "xx", "--to", to).err
    )
    assert (
        "--pages-in is one of en, nl"
        in supplied("awareness", "kit", "RJ3", "--pages-in", "hi", "--to", to).err
    )


@needs_pango
def test_a_folder_that_cannot_be_written_is_refused(supplied: Gehoor, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    refused = supplied("posters", "RJ3", "--language", "en", "--to", str(file / "to"))
    assert "nothing can be written" in refused.err


@pytest.mark.parametrize(
    ("country", "languages"),
    [
        ("IN", ("hi", "en")),
        ("CN", ("zh_Hans",)),
        ("BE", ("nl",)),
        ("EG", ("ar",)),
        ("DE", ()),
        ("ZZ", ()),
    ],
)
def test_our_languages_of_a_country_are_its_official_ones(
    country: str, languages: tuple[str, ...]
) -> None:
    assert languages_spoken_in(country) == languages


def test_a_site_where_we_speak_no_language_gets_english() -> None:
    assert languages_of(replace(QUARRY, country="DE", local_names={})) == ("en",)
    assert languages_of(QUARRY, is_all=True) == EVERY
    assert languages_of(QUARRY, ("tr", "tr")) == ("tr",)
