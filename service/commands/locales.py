"""`gehoor locales …`: review sheets for native readers, out and back in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.saying import say
from service.refusals import Refused

if TYPE_CHECKING:
    from locales.languages import Language

locales = typer.Typer(
    name="locales",
    help="Translations, and people who read them.",
    no_args_is_help=True,
)
_MOST_LINES = 50
Folder = Annotated[
    Path | None,
    typer.Option("--catalogues", help="The folder `locales` of a checkout; else the product's."),
]


@locales.command("list")
def show() -> None:
    """Show our languages, and how much of each a person has read."""
    from locales.files import FOLDER, PERSON
    from locales.languages import LANGUAGES, SOURCE
    from locales.review import lines_of

    for language in LANGUAGES:
        if language.code == SOURCE:
            say(f"{language.code:8}  {language.own_name}: the source of all others")
            continue
        lines = lines_of(FOLDER, language)
        read = sum(any(each.startswith(PERSON) for each in line.origins) for line in lines)
        say(f"{language.code:8}  {language.own_name}: {read} of {len(lines)} read by a person")


@locales.command("sheet")
def write(
    lang: Annotated[str, typer.Argument(help="The language, such as hi.")],
    to: Annotated[Path, typer.Option(help="The workbook to make; it must not be there yet.")],
    machine: Annotated[
        bool, typer.Option("--machine", help="Only what no person has read yet.")
    ] = False,
    folder: Folder = None,
) -> None:
    """Write a workbook with all texts of a language, for somebody who speaks it to read."""
    from locales.files import FOLDER, PERSON
    from locales.review import lines_of
    from service.review_sheet import write_sheet

    language = _language(lang)
    lines = lines_of(folder or FOLDER, language)
    if machine:
        lines = tuple(
            line for line in lines if not any(each.startswith(PERSON) for each in line.origins)
        )
    write_sheet(to, language, lines)
    say(f"Wrote {len(lines)} texts to {to}. Its second sheet tells readers how to go about it.")


@locales.command("take")
def take_back(
    file: Annotated[Path, typer.Argument(help="A workbook that came back.")],
    lang: Annotated[str, typer.Option(help="Its language; else that of its first sheet.")] = "",
    report: Annotated[
        Path | None, typer.Option(help="Write what was refused or said, and why, to this CSV file.")
    ] = None,
    folder: Folder = None,
) -> None:
    """Take reviewed texts in: they are a person's from then on. May be done again."""
    from locales.files import FOLDER
    from locales.review import take
    from service.review_sheet import fault_told, read_sheet
    from service.tables.cells import RowMark, write_report
    from service.tables.reading import read_table

    if report is not None and report.exists():
        raise Refused(f"{report} is there already: name another file for the report")
    table = read_table(file)
    language = _language(lang or table.sheet)
    read = read_sheet(table)
    try:
        done = take(folder or FOLDER, language, read.lines)
    except OSError as fault:
        raise Refused(
            f"the catalogues cannot be written ({fault.strerror}): take the sheet in where the "
            "product's sources are, and install from there"
        ) from None
    say(f"{done.taken} texts taken, {done.unchanged} were there already.")
    refused = [fault_told(each.row, each.fault) for each in done.refused]
    told = sorted((*read.told, *refused), key=lambda each: each.row)
    if report is not None:
        write_report(report, told)
        say(f"What was refused or said is in {report}: {len(told)} lines.")
    for each in told:
        if each.mark is RowMark.NOTED:
            say(f"{file.name}, {each}")
    faults = [f"{file.name}, {each}" for each in told if each.mark is RowMark.REFUSED]
    if faults:
        more = [f"… and {len(faults) - _MOST_LINES} more"] if len(faults) > _MOST_LINES else []
        raise Refused(*faults[:_MOST_LINES], *more)


def _language(code: str) -> "Language":
    from locales.languages import LANGUAGES, SOURCE

    found = next((each for each in LANGUAGES if each.code == code and code != SOURCE), None)
    if found is None:
        known = ", ".join(each.code for each in LANGUAGES if each.code != SOURCE)
        raise Refused(f"{code or 'nothing'} is no language that is translated; they are {known}")
    return found
