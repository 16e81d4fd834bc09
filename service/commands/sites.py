"""`gehoor sites …`: the places where people can be harmed, and heard."""

from pathlib import Path
from typing import Annotated

import typer

from service.commands.saying import qr, say
from service.refusals import Refused

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
    _keep(_as_table(given), "given")


@sites.command("import")
def read_file(
    file: Annotated[Path, typer.Argument(help="A table (CSV) with a heading.")],
) -> None:
    """Read sites and supply links from a table; rows that are refused are named with why."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise Refused(f"there is no file {file}") from None
    except (OSError, UnicodeDecodeError) as fault:
        raise Refused(f"{file} cannot be read as UTF-8 text ({type(fault).__name__})") from None
    _keep(text, file.name)


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


def _keep(text: str, source: str) -> None:
    from service.foundations import records
    from service.settings import read_settings
    from service.site_file import keep_sites, read_sites

    read = read_sites(text)
    with records(read_settings()) as kept:
        done = kept.write(lambda tx: keep_sites(tx, read.rows))
    say(f"{done.added} sites added, {done.changed} changed, {done.links} links kept.")
    refused = sorted((*read.refused, *done.refused), key=lambda each: each.row)
    if refused:
        raise Refused(*(f"{source}, {each}" for each in refused))


def _pairs(given: list[str]) -> list[tuple[str, str]]:
    pairs = [each.partition("=") for each in given]
    if any(not words or not language for language, _, words in pairs):
        raise Refused("--local-name is LANGUAGE=NAME, such as hi=राजनगर खदान")
    return [(language, words) for language, _, words in pairs]


def _as_table(given: dict[str, str]) -> str:
    import csv
    import io

    table = io.StringIO()
    writer = csv.DictWriter(table, fieldnames=list(given))
    writer.writeheader()
    writer.writerow(given)
    return table.getvalue()
