"""A native reader's lines become a person's texts, or are refused with why."""

from dataclasses import replace
from pathlib import Path

import pytest

from locales.catalogues import main
from locales.files import Domain, po_path, read_words
from locales.languages import language_named
from locales.review import LineRefused, Reviewed, ReviewFault, ReviewLine, lines_of, take

SOURCES = 'A = N_("Hello ${name}")\nB = N_plural("${n} day", "${n} days")\nC = N_("No")\n'
DUTCH = """\
# origin: machine
msgid "Hello ${name}"
msgstr "Hallo ${name}"

# origin: machine
# see the other one
msgid "No"
msgstr "Nee"

# origin: machine
msgid "${n} day"
msgid_plural "${n} days"
msgstr[0] "een dag"
msgstr[1] "${n} dagen"
"""
NL = language_named("nl")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "words.py").write_text(SOURCES, "utf-8")
    path = po_path(tmp_path / "locales", "nl", Domain.PEOPLE)
    path.parent.mkdir(parents=True)
    path.write_text(DUTCH, "utf-8")
    assert main(["update"], tmp_path) == 0
    return tmp_path / "locales"


def _lines(folder: Path) -> dict[tuple[str, int], ReviewLine]:
    return {(line.msgid, line.form): line for line in lines_of(folder, NL)}


def _reviewed(line: ReviewLine, text: str = "ok", **more: object) -> Reviewed:
    made = Reviewed(
        row=2,
        key=line.key,
        msgid=line.msgid,
        translation=line.translation,
        text=text,
        reviewer="Wim",
    )
    return replace(made, **more)  # type: ignore[arg-type]  # a test says which field


def test_every_text_and_every_form_is_a_line(folder: Path) -> None:
    assert set(_lines(folder)) == {
        ("Hello ${name}", 0),
        ("No", 0),
        ("${n} day", 0),
        ("${n} day", 1),
    }
    hello = _lines(folder)["Hello ${name}", 0]
    assert (hello.sources, hello.origins) == (("bot/words.py",), ("machine",))


def test_what_a_person_read_is_theirs_from_then_on(folder: Path) -> None:
    lines = _lines(folder)
    done = take(
        folder,
        NL,
        [
            _reviewed(lines["Hello ${name}", 0], "Dag ${name}"),
            _reviewed(lines["No", 0], reviewer="An Other"),
        ],
    )
    assert (done.taken, done.refused) == (2, ())
    words = read_words(folder, NL, Domain.PEOPLE)
    assert words["Hello ${name}"].forms == ("Dag ${name}",)
    assert not words["Hello ${name}"].is_machine
    assert words["${n} day"].is_machine
    text = po_path(folder, "nl", Domain.PEOPLE).read_text("utf-8")
    assert "# origin: person Wim\n" in text
    assert "# origin: person An Other\n# see the other one\n" in text
    assert main(["update"], folder.parent) == 0
    assert "# origin: person Wim\n" in po_path(folder, "nl", Domain.PEOPLE).read_text("utf-8")


def test_the_compiled_catalogue_follows(folder: Path) -> None:
    main(["compile"], folder.parent)
    take(folder, NL, [_reviewed(_lines(folder)["No", 0], "Nee hoor")])
    words = read_words(folder, NL, Domain.PEOPLE)
    assert words["No"].forms == ("Nee hoor",)
    assert not words["No"].is_machine


def test_lines_that_are_taken_twice_change_nothing(folder: Path) -> None:
    lines = [_reviewed(_lines(folder)["Hello ${name}", 0], "Dag ${name}")]
    take(folder, NL, lines)
    before = po_path(folder, "nl", Domain.PEOPLE).read_bytes()
    again = take(folder, NL, lines)
    assert (again.taken, again.unchanged, again.refused) == (0, 1, ())
    assert po_path(folder, "nl", Domain.PEOPLE).read_bytes() == before


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"text": "Dag"}, ReviewFault.PLACES_LOST),
        ({"text": "Dag ${naam}"}, ReviewFault.PLACES_LOST),
        ({"text": "Dag ${name} ${extra}"}, ReviewFault.PLACES_LOST),
        ({"text": "Dag \u202e${name}"}, ReviewFault.BIDI_CONTROL),
        ({"reviewer": ""}, ReviewFault.NO_REVIEWER),
        ({"reviewer": "Machine"}, ReviewFault.NAME_UNFIT),
        ({"reviewer": "x" * 101}, ReviewFault.NAME_UNFIT),
        ({"reviewer": "A\nmsgid"}, ReviewFault.NAME_UNFIT),
        ({"msgid": "Hello"}, ReviewFault.ENGLISH_CHANGED),
        ({"translation": "Hoi ${name}", "text": "Hé ${name}"}, ReviewFault.TRANSLATION_CHANGED),
        ({"key": "000000000000"}, ReviewFault.UNKNOWN),
    ],
)
def test_a_line_that_cannot_be_is_refused_and_changes_nothing(
    folder: Path, more: dict[str, object], fault: ReviewFault
) -> None:
    before = po_path(folder, "nl", Domain.PEOPLE).read_bytes()
    line = _reviewed(_lines(folder)["Hello ${name}", 0], **more)
    done = take(folder, NL, [line])
    assert done.refused == (LineRefused(row=2, fault=fault),)
    assert po_path(folder, "nl", Domain.PEOPLE).read_bytes() == before


def test_a_text_that_counts_is_taken_whole_or_not(folder: Path) -> None:
    one, many = (_lines(folder)["${n} day", form] for form in (0, 1))
    apart = take(folder, NL, [_reviewed(one)])
    assert [each.fault for each in apart.refused] == [ReviewFault.FORMS_APART]
    whole = take(folder, NL, [_reviewed(one, "1 dag"), _reviewed(many, row=3)])
    assert (whole.taken, whole.refused) == (2, ())
    assert read_words(folder, NL, Domain.PEOPLE)["${n} day"].forms == ("1 dag", "${n} dagen")


def test_a_line_twice_is_refused_the_second_time(folder: Path) -> None:
    line = _lines(folder)["No", 0]
    done = take(folder, NL, [_reviewed(line), _reviewed(line, "Nein", row=3)])
    assert done.taken == 1
    assert done.refused == (LineRefused(row=3, fault=ReviewFault.TWICE),)


def test_a_line_without_a_text_is_passed_over_whoever_is_named(folder: Path) -> None:
    done = take(folder, NL, [_reviewed(_lines(folder)["No", 0], "")])
    assert (done.taken, done.unchanged, done.refused) == (0, 0, ())
