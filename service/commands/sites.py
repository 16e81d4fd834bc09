"""`gehoor sites …`: the places where people can be harmed, and heard."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.saying import qr, say
from service.refusals import Refused

if TYPE_CHECKING:
    from service.tables.cells import Table

_MOST_LINES = 50
_ROWS_WITHOUT_PROGRESS = 2_000

sites = typer.Typer(
    name="sites", help="Factories, quarries, farms, mines, offices.", no_args_is_help=True
)


@sites.command("add")
def add(
    code: Annotated[str, typer.Option(help="Short and public: letters and digits, on posters.")],
    name: Annotated[str, typer.Option(help="What it is called on record.")],
    country: Annotated[str, typer.Option(help="Two letters, such as IN.")],
    kind: Annotated[str, typer.Option(help="factory, quarry, farm, mine …")] = "other",
    region: Annotated[str, typer.Option(help="State, province, district.")] = "",
    workers: Annotated[int | None, typer.Option(min=0, help="How many; unknown is few.")] = None,
    risk_country: Annotated[bool, typer.Option(help="Is it in a risk country?")] = False,
    local_name: Annotated[
        list[str] | None, typer.Option(help="As people there call it: hi=राजनगर खदान.")
    ] = None,
    organisation: Annotated[str, typer.Option(help="Whose supply chain it is in.")] = "",
    product: Annotated[str, typer.Option(help="What it supplies.")] = "",
    tier: Annotated[int | None, typer.Option(min=0, help="0: own site; 1: direct; …")] = None,
) -> None:
    """Add a site, or replace the one with this code."""
    given = {
        "code": code,
        "name": name,
        "country": country,
        "kind": kind,
        "region": region,
        "workers": "" if workers is None else str(workers),
        "risk_country": "yes" if risk_country else "no",
        "organisation": organisation,
        "product": product,
        "tier": "" if tier is None else str(tier),
        **{f"name_{language}": words for language, words in _pairs(local_name or [])},
    }
    _keep(_as_table(given))


@sites.command("import")
def read_file(
    file: Annotated[Path, typer.Argument(help="A table with a heading: CSV or XLSX.")],
    report: Annotated[
        Path | None, typer.Option(help="Write what was refused, and why, to this CSV file.")
    ] = None,
    encoding: Annotated[str, typer.Option(help="Of a CSV that is not UTF-8, such as cp1252.")] = "",
    sheet: Annotated[str, typer.Option(help="Which sheet of a workbook; else the first.")] = "",
) -> None:
    """Read sites and supply links from a table; rows that are refused are named with why.

    Open Supply Hub's download is known by its heading, and its OS IDs are kept.
    """
    from service.tables.reading import read_table

    if report is not None and report.exists():
        raise Refused(f"{report} is there already: name another file for the report")
    table = read_table(file, encoding=encoding, sheet=sheet)
    for note in table.notes:
        say(note)
    _keep(table, report)


@sites.command("list")
def show() -> None:
    """Show all sites."""
    from service.foundations import records
    from service.settings import read_settings

    with records(read_settings()) as kept:
        found = kept.read(lambda tx: sorted(tx.sites.sites(), key=lambda site: site.code))
    for site in found:
        closed = "" if site.is_active else "  (closed)"
        say(f"{site.code:12}  {site.country}  {site.kind}  {site.name}{closed}")
    if not found:
        say("There are none yet. Read a table of them: gehoor sites import FILE.csv")


@sites.command("links")
def links(
    code: Annotated[str, typer.Argument(help="The site's code.")],
    with_qr: Annotated[bool, typer.Option("--qr/--no-qr", help="Draw them as QR codes.")] = True,
) -> None:
    """Show the addresses for a site's poster."""
    from service.foundations import records
    from service.reach import reach_of
    from service.settings import read_settings

    settings = read_settings()
    with records(settings) as kept:
        site = kept.read(lambda tx: tx.sites.by_code(code))
    if site is None:
        raise Refused(f"there is no site with the code {code}: `gehoor sites list` shows them")
    for address in reach_of(settings).to_site(site.code):
        say(address)
        if with_qr:
            say(qr(address))


def _keep(table: "Table", report: Path | None = None) -> None:
    from service.commands.progress import ProgressLines
    from service.foundations import records
    from service.settings import read_settings
    from service.site_file import keep_sites
    from service.site_rows import read_sites
    from service.tables.cells import RowMark, write_report

    progress = ProgressLines(say)
    read = read_sites(table)
    is_long = len(read.rows) > _ROWS_WITHOUT_PROGRESS
    with records(read_settings()) as kept:
        done = keep_sites(
            kept,
            read,
            lambda done, of: progress.tell("Keeping rows", done, of) if is_long else None,
        )
    say(f"{done.added} sites added, {done.changed} changed, {done.links} links kept.")
    told = sorted((*read.told, *done.told), key=lambda each: each.row)
    if report is not None:
        write_report(report, told)
        say(f"What was refused or noted is in {report}: {len(told)} lines.")
    for each in told:
        if each.mark is RowMark.NOTED:
            say(f"{table.name}, {each}")
    refused = [f"{table.name}, {each}" for each in told if each.mark is RowMark.REFUSED]
    if refused:
        raise Refused(*_shortened(refused, has_report=report is not None))


def _shortened(refused: list[str], *, has_report: bool) -> list[str]:
    """A terminal shows so many; all of them are in the report."""
    if len(refused) <= _MOST_LINES:
        return refused
    more = f"… and {len(refused) - _MOST_LINES} more"
    hint = "all are in the report" if has_report else "--report FILE.csv writes all of them"
    return [*refused[:_MOST_LINES], f"{more}: {hint}"]


def _pairs(given: list[str]) -> list[tuple[str, str]]:
    pairs = [each.partition("=") for each in given]
    if any(not words or not language for language, _, words in pairs):
        raise Refused("--local-name is LANGUAGE=NAME, such as hi=राजनगर खदान")
    return [(language, words) for language, _, words in pairs]


def _as_table(given: dict[str, str]) -> "Table":
    from service.tables.cells import Table, TableRow

    rows = iter((TableRow(number=2, cells=given),))
    return Table(name="given", heading=tuple(given), rows=rows)
