"""`gehoor awareness …`: that people know how to tell what goes wrong (G1, G10, G19, G20)."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from service.commands.saying import say, say_all
from service.refusals import Refused

awareness = typer.Typer(
    name="awareness",
    help="That people at a site know how to tell what goes wrong.",
    no_args_is_help=True,
)

Code = Annotated[str, typer.Argument(metavar="SITE", help="The site's code.")]


@awareness.command("kit")
def make_kit(
    code: Code,
    to: Annotated[Path, typer.Option(help="The folder to write the files into.")],
    language: Annotated[
        list[str] | None, typer.Option(help="Such as hi; none: those of the site.")
    ] = None,
    is_all: Annotated[bool, typer.Option("--all", help="In every language of ours.")] = False,
    pages_in: Annotated[str, typer.Option(help="Of checklist and index: en or nl.")] = "en",
) -> None:
    """Print posters, cards, a page to read aloud, a checklist for visits, and an index."""
    from locales.files import LANGUAGES_OF, Domain
    from service.commands.posters import facts_in, printing, warn
    from service.foundations import records
    from service.paper.facts import languages_of, site_called
    from service.paper.making import kit, write_sheets
    from service.settings import read_settings

    of_the_desk = [each.code for each in LANGUAGES_OF[Domain.DESK]]
    if pages_in not in of_the_desk:
        raise Refused(f"--pages-in is one of {', '.join(of_the_desk)}")
    settings = read_settings()
    with records(settings) as kept:
        site = kept.read(lambda tx: site_called(tx, code))
        languages = languages_of(site, tuple(language or ()), is_all=is_all)
        facts = facts_in(kept, site, settings, tuple(dict.fromkeys((*languages, pages_in))))
    sheets = kit({each: facts[each] for each in languages}, facts[pages_in], pages_in)
    made = write_sheets(sheets, site.code, to, printing())
    say(f"{len(made)} files in {to}; begin with {made[0].name}.")
    warn(settings, languages)


@awareness.command("record")
def record(
    code: Code,
    asked: Annotated[int, typer.Option(min=1, help="How many workers were asked.")],
    aware: Annotated[int, typer.Option(min=0, help="How many of them know it.")],
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Of the visit; else today.")
    ] = None,
) -> None:
    """Record what was found on a visit; a second record of a day replaces the first."""
    from service.clock import today
    from service.foundations import records
    from service.paper.facts import site_called
    from service.settings import read_settings

    visited = today() if day is None else day.date()
    reasons = []
    if aware > asked:
        reasons.append(f"--aware: {aware} of {asked} cannot be: no more know it than were asked")
    if visited > today():
        reasons.append("--day: has not come yet")
    if reasons:
        raise Refused(*reasons)
    with records(read_settings()) as kept:
        site = kept.read(lambda tx: site_called(tx, code))
        kept.write(lambda tx: tx.hearings.put_awareness(site.id, visited, asked, aware))
    say_all(
        f"Recorded for {site.code} on {visited}: {aware} of {asked} know how to tell what goes",
        "wrong. It counts in the figures and the score from the next daily round on.",
    )


@awareness.command("list")
def show(
    code: Annotated[str, typer.Argument(metavar="[SITE]", help="One site's code.")] = "",
) -> None:
    """Show what was found on visits, the latest first, and the sites where nobody ever asked."""
    from service.foundations import records
    from service.settings import read_settings

    with records(read_settings()) as kept:
        sites = kept.read(lambda tx: {each.id: each for each in tx.sites.sites() if each.is_active})
        if code:
            sites = {
                key: each for key, each in sites.items() if each.code.casefold() == code.casefold()
            }
            if not sites:
                raise Refused(f"there is no open site with the code {code}")
        found = kept.read(lambda tx: tx.hearings.awareness(list(sites)))
    for each in found:
        say(f"{sites[each.site_id].code:12}  {each.day}  {each.aware} of {each.asked} know it")
    asked = {each.site_id for each in found}
    never = sorted(site.code for key, site in sites.items() if key not in asked)
    if never:
        say(f"Never asked: {', '.join(never)}")
