"""The command `gehoor`: reads the settings, does one thing, says what to do next.

What is refused is said in one line each, with what to do, and ends with 1 (2 for a wrong use of
the command itself). Other faults are logged by type and place: their words may hold content.
Commands import what they need when they run, so that `gehoor --help` is there at once.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import structlog
import typer

from service.commands.auditing import audit
from service.commands.awareness import awareness
from service.commands.cases import cases
from service.commands.flows import flows
from service.commands.keys import keys
from service.commands.locales import locales
from service.commands.organisations import organisations
from service.commands.people import people
from service.commands.referrals import referrals
from service.commands.rounds import rounds
from service.commands.routing import routing
from service.commands.saying import say
from service.commands.sites import sites
from service.commands.teams import teams
from service.commands.tokens import tokens
from service.commands.webhooks import webhooks
from service.hardening import harden
from service.logs import set_up_logs
from service.refusals import EXPECTED, reasons_of

REFUSED = 1
"""The status where something was not done, and said why."""
INTERRUPTED = 130
"""The status after Ctrl-C, as shells have it."""
OUR_FAULT = 70
"""The status after a fault of ours (sysexits' EX_SOFTWARE)."""
OUR_FAULT_WORDS = (
    "This should not happen. The line above says where it did; it holds no content and can be "
    "shown to others."
)
QUIET = "warning"
"""What commands log; `run` logs what the settings say."""

log = structlog.get_logger("service")

app = typer.Typer(
    name="gehoor",
    help="Workers, communities and NGOs are heard.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # they would print the values of variables
)
for group in (
    people,
    teams,
    routing,
    organisations,
    audit,
    cases,
    tokens,
    sites,
    referrals,
    awareness,
    rounds,
    webhooks,
    flows,
    locales,
    keys,
):
    app.add_typer(group)


def main() -> None:
    """The program: one command in a process of its own."""
    harden()
    set_up_logs(QUIET)
    sys.exit(run_command(sys.argv[1:]))


def run_command(arguments: Sequence[str]) -> int:
    """Run one command and return its status; says why where it is not done."""
    try:
        app(list(arguments), standalone_mode=True)
    except SystemExit as done:
        return int(done.code or 0)
    except EXPECTED as refusal:
        for reason in reasons_of(refusal):
            say(reason, is_fault=True)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception:
        log.exception("command_failed")
        say(OUR_FAULT_WORDS, is_fault=True)
        return OUR_FAULT
    return 0


@app.command()
def init() -> None:
    """Make what there must be before the first start: keys, database, teams."""
    from service.commands.setting_up import init as run_init

    run_init()


@app.command()
def run() -> None:
    """Serve the pages and the bot until Ctrl-C."""
    from service.running import run as serve
    from service.settings import read_settings

    settings = read_settings()
    set_up_logs(settings.log_level)
    serve(settings, say)


@app.command()
def demo(
    fresh: Annotated[bool, typer.Option("--fresh", help="Make the sample anew.")] = False,
    codes: Annotated[bool, typer.Option("--codes", help="Show the present codes and end.")] = False,
) -> None:
    """Make a sample installation, once, and serve it on this machine."""
    from service.demo.command import codes as show_codes
    from service.demo.command import demo as run_demo

    if codes:
        show_codes(say)
    else:
        run_demo(say, is_fresh=fresh)


@app.command()
def recover() -> None:
    """Hand cases that no handler can open to those who may, with the recovery key."""
    from service.commands.recovering import recover_cases

    recover_cases()


@app.command()
def backup(
    target: Annotated[Path, typer.Argument(help="A folder that is not there yet.")],
    with_key_ring: Annotated[
        bool,
        typer.Option("--with-key-ring", help="Copy the key ring too: then guard the copy as one."),
    ] = False,
) -> None:
    """Copy the installation to a folder, also while it runs."""
    from service.commands.backing_up import backup as run_backup

    run_backup(target, with_key_ring=with_key_ring)


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(help="The folder of a backup.")],
    key_ring: Annotated[
        Path | None, typer.Option(help="The file of its key ring, if it is not in GEHOOR_HOME.")
    ] = None,
) -> None:
    """Make an installation from a backup, in an empty GEHOOR_HOME."""
    from service.commands.backing_up import restore as run_restore

    run_restore(source, key_ring)


@app.command()
def posters(
    site: Annotated[str, typer.Argument(help="The site's code.")],
    to: Annotated[Path, typer.Option(help="The folder to write the PDF files into.")],
    language: Annotated[
        list[str] | None, typer.Option(help="Such as hi; none: those of the site.")
    ] = None,
    is_all: Annotated[bool, typer.Option("--all", help="In every language of ours.")] = False,
) -> None:
    """Print a site's poster with its codes, in each of its languages."""
    from service.commands.posters import posters as print_posters

    print_posters(site, tuple(language or ()), to, is_all=is_all)


@app.command()
def rehearse(
    flow: Annotated[str, typer.Argument(help="The name of a flow, or a YAML file.")],
    lang: Annotated[str, typer.Option(help="Language to begin in.")] = "en",
    preset: Annotated[
        list[str] | None, typer.Option(help="An answer known beforehand: question=answer.")
    ] = None,
) -> None:
    """Play a conversation in this terminal; nothing is kept."""
    from service.commands.rehearsing import play

    play(flow, lang, preset or [])
