"""The command and every fault that it finds, on a small checkout of its own; then on ours."""

from pathlib import Path

import pytest

from locales.catalogues import main
from locales.files import Domain, po_path
from locales.languages import LANGUAGES, SOURCE

SOURCES = 'A = N_("Hello ${name}")\nB = N_plural("${n} day", "${n} days")\n'

DUTCH_HELLO = '# origin: machine\nmsgid "Hello ${name}"\nmsgstr "Hallo ${name}"\n'
DUTCH_DAYS = """
# origin: person Wim
msgid "${n} day"
msgid_plural "${n} days"
msgstr[0] "een dag"
msgstr[1] "${n} dagen"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with two texts, whose other catalogues are complete."""
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "words.py").write_text(SOURCES, "utf-8")
    assert main(["update"], tmp_path) == 0
    for language in LANGUAGES:
        if language.code not in {SOURCE, "nl"}:
            days = "".join(f'msgstr[{form}] "${{n}} x"\n' for form in range(language.plural_count))
            catalogue_of(tmp_path, language.code).write_text(
                header_of(tmp_path, language.code)
                + '# origin: machine\nmsgid "Hello ${name}"\nmsgstr "${name}, x"\n\n'
                f'# origin: machine\nmsgid "${{n}} day"\nmsgid_plural "${{n}} days"\n{days}',
                "utf-8",
            )
    write_dutch(tmp_path, DUTCH_HELLO + DUTCH_DAYS)
    return tmp_path


def catalogue_of(root: Path, language: str) -> Path:
    return po_path(root / "locales", language, Domain.PEOPLE)


def header_of(root: Path, language: str) -> str:
    return catalogue_of(root, language).read_text("utf-8").partition("\n\n")[0] + "\n\n"


def write_dutch(root: Path, words: str) -> None:
    catalogue_of(root, "nl").write_text(words, "utf-8")


def test_complete_catalogues_have_no_fault(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["check"], root) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("dutch", "reason"),
    [
        (DUTCH_DAYS, "is in the sources and not here"),
        (
            DUTCH_HELLO + DUTCH_DAYS + '\n# origin: machine\nmsgid "Old"\nmsgstr "Oud"\n',
            "is in no source",
        ),
        (DUTCH_HELLO.replace("Hallo ${name}", "") + DUTCH_DAYS, "is not translated"),
        (DUTCH_HELLO.replace("Hallo ${name}", " ") + DUTCH_DAYS, "is not translated"),
        (DUTCH_HELLO.replace("Hallo ${name}", "Hallo") + DUTCH_DAYS, "other ${places}"),
        (DUTCH_HELLO.replace("Hallo ${name}", "Hallo ${naam}") + DUTCH_DAYS, "other ${places}"),
        (DUTCH_HELLO + DUTCH_DAYS.replace("${n} dagen", "${m} dagen"), "other ${places}"),
        (DUTCH_HELLO.replace("# origin: machine\n", "") + DUTCH_DAYS, "does not say its origin"),
        (DUTCH_HELLO.replace("machine", "someone") + DUTCH_DAYS, "does not say its origin"),
        (DUTCH_HELLO + DUTCH_DAYS.replace("person Wim", "person"), "does not say its origin"),
        ("# origin: person Wim\n" + DUTCH_HELLO + DUTCH_DAYS, "does not say its origin"),
        (DUTCH_HELLO.replace("msgid", "#, fuzzy\nmsgid") + DUTCH_DAYS, "is marked fuzzy"),
        (DUTCH_HELLO.replace("Hallo", "Hallo\u202e") + DUTCH_DAYS, "turns text around"),
        (DUTCH_HELLO.replace("Hallo", "\u2068Hallo\u2069") + DUTCH_DAYS, "turns text around"),
        (DUTCH_HELLO + DUTCH_DAYS.replace('"${n} dagen"', '""'), "lacks a plural form"),
        (
            DUTCH_HELLO + DUTCH_DAYS + 'msgstr[2] "${n} dagen"\n',
            "more translations",
        ),
        (
            DUTCH_HELLO + '# origin: machine\nmsgid "${n} day"\nmsgstr "${n} dag"\n',
            "counts here or in the sources, and not in both",
        ),
        (DUTCH_HELLO + 'msgid "\udcff', "people.po"),
        (
            'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
            + DUTCH_HELLO
            + DUTCH_DAYS,
            "has not the `Plural-Forms`",
        ),
    ],
)
def test_a_fault_is_said_with_its_file_and_reason(
    root: Path, capsys: pytest.CaptureFixture[str], dutch: str, reason: str
) -> None:
    catalogue_of(root, "nl").write_bytes(dutch.encode("utf-8", "surrogateescape"))
    capsys.readouterr()
    assert main(["check"], root) == 1
    said = capsys.readouterr().out
    assert reason in said
    assert "nl/LC_MESSAGES/people.po" in said
    assert said.count("\n") == 1, "one slip is one fault"


def test_a_language_without_its_catalogue_is_a_fault(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue_of(root, "vi").unlink()
    capsys.readouterr()
    assert main(["check"], root) == 1
    assert "vi/LC_MESSAGES/people.po: there is no such catalogue" in capsys.readouterr().out


def test_update_keeps_translations_and_who_made_them(root: Path) -> None:
    (root / "bot" / "words.py").write_text(SOURCES + 'C = N_("New")\n', "utf-8")
    assert main(["update"], root) == 0
    dutch = catalogue_of(root, "nl").read_text("utf-8")
    assert DUTCH_HELLO.removeprefix("# origin: machine\n") in dutch
    assert "# origin: person Wim\n" in dutch
    assert 'msgid "New"\nmsgstr ""\n' in dutch


def test_update_sets_aside_what_is_gone_and_brings_it_back(root: Path) -> None:
    (root / "bot" / "words.py").write_text('B = N_plural("${n} day", "${n} days")\n', "utf-8")
    assert main(["update"], root) == 0
    dutch = catalogue_of(root, "nl").read_text("utf-8")
    assert '#~ msgid "Hello ${name}"\n#~ msgstr "Hallo ${name}"\n' in dutch
    assert main(["check"], root) == 0
    (root / "bot" / "words.py").write_text(SOURCES, "utf-8")
    assert main(["update"], root) == 0
    assert main(["check"], root) == 0
    assert "#~" not in catalogue_of(root, "nl").read_text("utf-8")


def test_update_twice_changes_nothing(root: Path) -> None:
    assert main(["update"], root) == 0
    once = catalogue_of(root, "ar").read_bytes()
    assert main(["update"], root) == 0
    assert catalogue_of(root, "ar").read_bytes() == once


def test_extract_writes_a_template_for_each_domain(root: Path) -> None:
    assert main(["extract"], root) == 0
    template = (root / "build" / "catalogues" / "people.pot").read_text("utf-8")
    assert '#: bot/words.py\nmsgid "Hello ${name}"\nmsgstr ""\n' in template
    assert (root / "build" / "catalogues" / "desk.pot").exists()


def test_compile_writes_what_start_up_reads(root: Path) -> None:
    assert main(["compile"], root) == 0
    assert catalogue_of(root, "nl").with_suffix(".mo").exists()


def test_an_unknown_command_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["translate"], root) == 2
    assert main([], root) == 2
    assert "extract|update|compile|check" in capsys.readouterr().out


def test_a_source_that_cannot_be_read_is_said(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "bot" / "words.py").write_text("def", "utf-8")
    assert main(["check"], root) == 1
    assert "bot/words.py" in capsys.readouterr().out
