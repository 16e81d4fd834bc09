"""`gehoor referrals …`: where people can turn besides us, country by country."""

from pathlib import Path
from typing import Annotated

import typer

from service.commands.saying import say, say_all
from service.refusals import Refused

referrals = typer.Typer(
    name="referrals",
    help="Emergency numbers, helplines, unions, inspectors: where people can turn besides us.",
    no_args_is_help=True,
)


@referrals.command("template")
def write_template(
    to: Annotated[Path, typer.Option(help="The file to make; it must not be there yet.")],
    country: Annotated[
        list[str] | None, typer.Option(help="Such as IN; none: where there are sites.")
    ] = None,
) -> None:
    """Begin a file with what is public knowledge, for you to check and to complete."""
    from service.foundations import records
    from service.referrals.template import template
    from service.settings import read_settings

    wanted = {each.upper() for each in country or ()}
    if not wanted:
        with records(read_settings()) as kept:
            wanted = kept.read(
                lambda tx: {site.country for site in tx.sites.sites() if site.is_active}
            )
    try:
        with to.open("x", encoding="utf-8") as file:
            file.write(template(wanted))
    except FileExistsError:
        raise Refused(f"{to} is there already: name another file") from None
    except OSError as fault:
        raise Refused(f"{to} cannot be written ({fault.strerror})") from None
    say_all(
        f"Wrote {to}. Check each entry before you rely on it: call it, then write the day into",
        f"checked_on. When it is done: gehoor referrals import {to}",
    )


@referrals.command("import")
def read_file(
    file: Annotated[Path, typer.Argument(help="The entries, as YAML.")],
) -> None:
    """Read entries; they replace what was there of their countries."""
    from service.clock import today
    from service.foundations import records
    from service.referrals.reading import keep_directory, read_directory
    from service.settings import read_settings

    read = read_directory(file, today())
    with records(read_settings()) as kept:
        kept.write(lambda tx: keep_directory(tx, read))
    say(f"{len(read.entries)} entries kept, of {', '.join(read.countries) or 'no country'}.")
    unchecked = sum(entry.checked_on is None for entry in read.entries)
    if unchecked:
        say(f"{unchecked} were never checked and are shown to nobody in need: fill in checked_on.")


@referrals.command("list")
def show(
    country: Annotated[str, typer.Option(help="Only this one, such as IN.")] = "",
    due: Annotated[
        bool, typer.Option("--due", help="Only those that are due for a check.")
    ] = False,
) -> None:
    """Show all entries, and which are due for a check: after a year, and before anybody sees it."""
    from service.clock import today
    from service.foundations import records
    from service.settings import read_settings

    with records(read_settings()) as kept:
        every = kept.read(lambda tx: tuple(tx.referrals.every()))
    day = today()
    shown = [
        each
        for each in every
        if (not country or each.country == country.upper()) and (not due or each.is_due(day))
    ]
    for each in sorted(shown, key=lambda each: (each.country, each.kind, each.name_in("en"))):
        checked = "never checked" if each.checked_on is None else f"checked on {each.checked_on}"
        mark = "  DUE FOR A CHECK" if each.is_due(day) else ""
        languages = ", ".join(sorted(each.languages)) or "languages not known"
        say(f"{each.country}  {each.kind}  {each.name_in('en')}: {each.reach_in('en')}")
        say(f"    {languages}; {checked}{mark}")
    if not every:
        say("There are none yet. Begin a file: gehoor referrals template --to referrals.yaml")
    elif not shown:
        say("There is none of these.")
