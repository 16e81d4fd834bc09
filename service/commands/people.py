"""`gehoor people …`: who reads reports, and who sees the figures."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.saying import qr, say, say_all
from service.refusals import Refused

if TYPE_CHECKING:
    from service.foundations import Records
    from service.people import NewPerson, PeopleMaker

people = typer.Typer(
    name="people",
    help="Handlers, who hold keys, and officers, who hold none.",
    no_args_is_help=True,
)
adding = typer.Typer(name="add", help="Add somebody.", no_args_is_help=True)
people.add_typer(adding)

Name = Annotated[str, typer.Option(help="The name they sign in with; case does not matter.")]
Generate = Annotated[bool, typer.Option("--generate", help="Make a pass phrase and show it once.")]
Pages = Annotated[str, typer.Option(help="Language of their pages: en or nl.")]


@adding.command("handler")
def add_handler(
    name: Name,
    team: Annotated[str, typer.Option(help="A team's name or kind.")] = "regular",
    language: Annotated[
        list[str] | None, typer.Option(help="A language they read; none: all.")
    ] = None,
    pages_in: Pages = "en",
    generate: Generate = False,
) -> None:
    """Add an independent case handler; makes their key."""
    from service.people import team_called

    _check_languages([*(language or []), pages_in])

    def prepare(kept: "Records", making: "PeopleMaker", typed: str) -> "NewPerson":
        chosen = kept.read(lambda tx: team_called(tx, team))
        return making.handler(name, typed, team=chosen, languages=language or (), pages_in=pages_in)

    _add(name, generate, prepare)


@adding.command("officer")
def add_officer(
    name: Name,
    organisation: Annotated[str, typer.Option(help="The company they work for.")],
    pages_in: Pages = "en",
    generate: Generate = False,
) -> None:
    """Add somebody at a company; they see figures and never a report."""
    from service.organisation_list import organisation_called

    _check_languages([pages_in])

    def prepare(kept: "Records", making: "PeopleMaker", typed: str) -> "NewPerson":
        employer = kept.read(lambda tx: organisation_called(tx, organisation))
        return making.officer(name, typed, organisation=employer, pages_in=pages_in)

    _add(name, generate, prepare)


@adding.command("team")
def add_team(
    name: Annotated[str, typer.Option(help="What the team is called.")],
    kind: Annotated[str, typer.Option(help="regular, urgent, appeal or oversight.")] = "regular",
) -> None:
    """Add a team of handlers."""
    from register.people import TeamKind
    from service.foundations import records
    from service.settings import read_settings
    from service.teams import add_team as make_team

    if kind not in set(TeamKind):
        raise Refused(f"--kind is one of {', '.join(TeamKind)}")
    with records(read_settings()) as kept:
        kept.write(lambda tx: make_team(tx, name=name, kind=TeamKind(kind)))
    say(f"Added the team {name.strip()}.")


@people.command("retire")
def retire_somebody(
    name: Annotated[str, typer.Option(help="Their name, or the id that the list shows.")],
) -> None:
    """Somebody leaves, or lost their pass phrase: nothing new reaches them."""
    from service.clock import today
    from service.coverage_words import loss_lines
    from service.foundations import records
    from service.people import retire
    from service.settings import read_settings
    from service.teams import losses_by, readers

    with records(read_settings()) as kept:
        before = kept.read(readers)
        cases = kept.write(lambda tx: retire(tx, name))
        lost = kept.read(lambda tx: losses_by(tx, before, readers(tx), today()))
    say(f"{name} signs in no more, and gets no new cases.")
    say_all(*loss_lines(lost))
    if cases:
        say_all(
            f"{cases} cases are still sealed to them. Those that nobody else reads get other",
            "readers with the recovery key: gehoor recover",
        )


@people.command("mail")
def set_mail(
    name: Annotated[str, typer.Option(help="Their name, or the id that the list shows.")],
    to: Annotated[str, typer.Option(help="Their address; leave it out to send them nothing.")] = "",
) -> None:
    """Say where a handler is told of work, an officer of questions. Kept sealed."""
    from service.foundations import records
    from service.people import set_mail as keep_mail
    from service.settings import read_settings

    settings = read_settings()
    with records(settings) as kept:
        called = kept.write(lambda tx: keep_mail(tx, name, to.strip()))
    say(f"{called} is told by e-mail." if to.strip() else f"{called} gets no e-mail.")
    if to.strip() and not settings.has_mail:
        say("Nothing is sent yet: set GEHOOR_SMTP_URL and GEHOOR_MAIL_FROM.")


@people.command("move")
def move_somebody(
    name: Annotated[str, typer.Option(help="A handler's name, or the id that the list shows.")],
    team: Annotated[str, typer.Option(help="The name or kind of the team they go to.")],
    yes: Annotated[
        bool, typer.Option("--yes", help="Also where reports would be left without a reader.")
    ] = False,
) -> None:
    """Put a handler into another team; says before what nobody could read any more."""
    from service.clock import today
    from service.coverage_words import loss_lines
    from service.foundations import records
    from service.settings import read_settings
    from service.teams import keep_move, plan_move

    with records(read_settings()) as kept:
        move = kept.read(lambda tx: plan_move(tx, name, team, today()))
        lost = tuple(loss_lines(move.losses))
        if lost and not yes:
            raise Refused(*lost, "Nothing was changed. Do it all the same with --yes.")
        kept.write(lambda tx: keep_move(tx, move))
    say_all(*lost)
    say(f"{move.handler.name} is in the team {move.team.name}. Cases that they read stay theirs.")


@people.command("read-along")
def let_read_along(
    handler: Annotated[str, typer.Argument(help="The new handler's name, or their id.")],
    colleagues: Annotated[
        list[str],
        typer.Option("--from", help="Whose open cases; may be said again. They type their phrase."),
    ],
    why: Annotated[
        str, typer.Option(help="Needed for a colleague of another team; stands in the log.")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say how many; ask for nothing, change nothing.")
    ] = False,
) -> None:
    """Seal all open cases of colleagues to a new handler too; may be broken off and done again."""
    from service.commands.joining import join

    join(handler, colleagues, why, is_dry=dry_run)


@people.command("list")
def show() -> None:
    """Show teams, handlers and officers."""
    from service.foundations import records
    from service.settings import read_settings

    with records(read_settings()) as kept:
        staff, officers, organisations = kept.read(
            lambda tx: (
                tx.people.staff(),
                tx.people.officers(),
                {each.id: each.name for each in tx.sites.organisations()},
            )
        )
    for team in staff.teams:
        say(f"{team.name} ({team.kind}){'' if team.is_active else '  (retired)'}")
        for handler in staff.members(team.id):
            languages = ", ".join(sorted(handler.languages)) or "all languages"
            gone = "" if handler.is_active else "  (no longer active)"
            say(f"  {handler.name}, {languages}{gone}  {handler.id}")
    for officer in officers:
        company = organisations.get(officer.organisation_id, "nobody")
        gone = "" if officer.is_active else "  (no longer active)"
        say(f"{officer.name}, officer of {company}{gone}  {officer.id}")
    if not staff.handlers:
        say("Nobody can read a report yet: gehoor people add handler --name NAME")


def _add(
    name: str,
    generate: bool,
    prepare: "Callable[[Records, PeopleMaker, str], NewPerson]",
) -> None:
    from accounts.account import Credentials
    from sealing.suites import Suite
    from service.foundations import records
    from service.people import PeopleMaker, check_credentials, generated_passphrase, keep_person
    from service.settings import read_settings

    settings = read_settings()
    with records(settings) as kept:
        typed = generated_passphrase() if generate else _asked_passphrase()
        check_credentials(Credentials(name=name, passphrase=typed))
        making = PeopleMaker(key_ring=kept.key_ring, suite=Suite(settings.key_exchange))
        added = prepare(kept, making, typed)
        kept.write(lambda tx: keep_person(tx, added))
    say(f"Added {added.person.name}. They sign in at {settings.public_url}/sign-in")
    if generate:
        say_all("Their pass phrase, shown this once and kept nowhere:", "", f"    {typed}", "")
    say_all(
        "Their second factor. Let them scan it with an authenticator app, now; it is not shown",
        "again:",
        "",
        qr(added.provisioning_uri),
        "",
        f"    {added.provisioning_uri}",
    )


def _asked_passphrase() -> str:
    """Typed twice and not shown; from a pipe, its first line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    return str(typer.prompt("Pass phrase", hide_input=True, confirmation_prompt="Once more"))


def _check_languages(codes: list[str]) -> None:
    from locales.languages import LANGUAGES

    known = [language.code for language in LANGUAGES]
    unknown = [code for code in codes if code not in known]
    if unknown:
        raise Refused(
            *(f"{code} is no language of ours; they are {', '.join(known)}" for code in unknown)
        )
