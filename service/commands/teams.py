"""`gehoor teams …`: which teams of handlers there are, and what each is for."""

from typing import Annotated

import typer

from service.commands.saying import say
from service.refusals import Refused

teams = typer.Typer(
    name="teams",
    help="Teams of handlers: regular, urgent, appeal, oversight.",
    no_args_is_help=True,
)


@teams.command("list")
def show() -> None:
    """Show all teams, what they are for, and how many can read."""
    from service.foundations import records
    from service.settings import read_settings

    with records(read_settings()) as kept:
        staff = kept.read(lambda tx: tx.people.keys().known_to(tx.people.staff()))
    for team in staff.teams:
        readers = sum(each.is_active and each.has_key for each in staff.members(team.id))
        themes = ", ".join(sorted(team.themes)) or "all themes"
        countries = ", ".join(sorted(team.countries)) or "all countries"
        gone = "" if team.is_active else "  (retired)"
        say(f"{team.name} ({team.kind}): {readers} who read, {themes}, {countries}{gone}")
    if not staff.teams:
        say("There are none yet: gehoor teams add --name NAME")


@teams.command("add")
def add(
    name: Annotated[str, typer.Option(help="What the team is called.")],
    kind: Annotated[str, typer.Option(help="regular, urgent, appeal or oversight.")] = "regular",
    theme: Annotated[list[str] | None, typer.Option(help="Only for this; none: all.")] = None,
    country: Annotated[
        list[str] | None, typer.Option(help="Only for sites there, such as IN; none: all.")
    ] = None,
) -> None:
    """Add a team. One for a theme or country goes before one for all."""
    from register.particulars import Theme
    from register.people import TeamKind
    from service.foundations import records
    from service.settings import read_settings
    from service.teams import add_team

    reasons = [] if kind in set(TeamKind) else [f"--kind is one of {', '.join(TeamKind)}"]
    reasons += [
        f"--theme: {each} is none of {', '.join(Theme)}"
        for each in theme or []
        if each not in set(Theme)
    ]
    if reasons:
        raise Refused(*reasons)
    with records(read_settings()) as kept:
        added = kept.write(
            lambda tx: add_team(
                tx,
                name=name,
                kind=TeamKind(kind),
                themes=[Theme(each) for each in theme or []],
                countries=country or [],
            )
        )
    say(f"Added the team {added.name}. Put somebody in it: gehoor people move --team …")


@teams.command("rename")
def rename(
    team: Annotated[str, typer.Argument(help="The team's name or kind.")],
    name: Annotated[str, typer.Option(help="What it is called from now on.")],
) -> None:
    """Give a team another name."""
    from service.foundations import records
    from service.settings import read_settings
    from service.teams import rename_team

    with records(read_settings()) as kept:
        renamed = kept.write(lambda tx: rename_team(tx, team, name))
    say(f"The team is called {renamed.name} now.")


@teams.command("retire")
def retire(team: Annotated[str, typer.Argument(help="The team's name or kind.")]) -> None:
    """Let a team end that nobody is in any more; cases that it had keep its name."""
    from service.foundations import records
    from service.settings import read_settings
    from service.teams import retire_team

    with records(read_settings()) as kept:
        retired = kept.write(lambda tx: retire_team(tx, team))
    say(f"Nothing new goes to the team {retired.name}.")
