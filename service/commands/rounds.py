"""`gehoor rounds …`: consultations, opened from a file, and invitations to them."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from service.commands.saying import say, say_all
from service.refusals import Refused

rounds = typer.Typer(name="rounds", help="Consultation rounds.", no_args_is_help=True)


@rounds.command("open")
def open_round(
    file: Annotated[Path, typer.Argument(help="The round, as YAML.")],
) -> None:
    """Open a round; refused with everything that people were not told beforehand."""
    from service.clock import today
    from service.foundations import load_library, records
    from service.round_file import open_from, read_round
    from service.settings import read_settings

    settings = read_settings()
    read = read_round(file)
    library = load_library(settings)
    with records(settings) as kept:
        opened = kept.write(lambda tx: open_from(tx, read, library, today()))
    say_all(
        f"Opened {opened.id}: answers from {opened.opens} to {opened.closes}.",
        f"Invite people: gehoor rounds invite {opened.id} --language LANGUAGE --label WHO",
    )


@rounds.command("list")
def show() -> None:
    """Show all rounds."""
    from service.foundations import records
    from service.settings import read_settings

    with records(read_settings()) as kept:
        found = kept.read(
            lambda tx: [
                (organisation.name, round_, len(tx.invitations.of_round(round_.id)))
                for organisation in tx.sites.organisations()
                for round_ in tx.rounds.of_organisation(organisation.id)
            ]
        )
    for name, round_, invited in found:
        days = f"{round_.opens} to {round_.closes}"
        say(f"{round_.id}  {round_.status}  {days}  {name}, {invited} invited")
    if not found:
        say("There are none yet. Open one: gehoor rounds open FILE.yaml")


@rounds.command("invite")
def invite_somebody(
    round_id: Annotated[str, typer.Argument(metavar="ROUND", help="The round's id.")],
    language: Annotated[str, typer.Option(help="Their language, such as hi.")],
    label: Annotated[str, typer.Option(help="Whom you invite, as you call them.")],
    represents: Annotated[str, typer.Option(help="For whom they speak.")] = "unknown",
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Last day of the link; else the closing day."),
    ] = None,
) -> None:
    """Make a personal link; give it to that person alone."""
    from consultations.invitation import Represents
    from service.clock import today
    from service.foundations import records
    from service.inviting import invite, round_named
    from service.reach import reach_of
    from service.settings import read_settings

    if represents not in set(Represents):
        raise Refused(f"--represents is one of {', '.join(Represents)}")
    settings = read_settings()
    with records(settings) as kept:
        invited = kept.write(
            lambda tx: invite(
                tx,
                round_named(tx, round_id),
                language=language,
                label=label,
                represents=Represents(represents),
                until=None if until is None else until.date(),
                today=today(),
            )
        )
    say(f"For {label}, until {invited.invitation.lapses}. It is shown this once:")
    for address in reach_of(settings).to_round(invited.token):
        say(f"  {address}")
