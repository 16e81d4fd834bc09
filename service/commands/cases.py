"""`gehoor cases …`: what the operator may do with a case, which is not to read it."""

from typing import Annotated

import typer

from service.commands.saying import say, say_all

cases = typer.Typer(
    name="cases",
    help="Hold cases back from erasure: for a court, an authority, an appeal outside.",
    no_args_is_help=True,
)

Ref = Annotated[str, typer.Argument(help="The case's reference, or its first six letters.")]


@cases.command("hold")
def hold(
    ref: Ref,
    reason: Annotated[str, typer.Option(help="court, authority or appeal_outside.")],
    until: Annotated[
        str | None, typer.Option(help="The last day, such as 2027-05-01; none: a year from today.")
    ] = None,
) -> None:
    """Erase nothing of a case up to and including a day, a year at most."""
    from service.clock import today
    from service.foundations import records
    from service.holding import hold_case
    from service.settings import read_settings

    settings = read_settings()
    with records(settings) as kept:
        last_day = kept.write(
            lambda tx: hold_case(tx, ref, reason, until, today(), settings.timetable)
        )
    say(f"Held up to and including {last_day}. Its handlers and its reporter see that, and why.")


@cases.command("holds")
def holds() -> None:
    """List the cases that are held back now: references and days, those that end first on top."""
    from service.clock import today
    from service.foundations import records
    from service.holding import held_cases
    from service.settings import read_settings

    with records(read_settings()) as kept:
        found = kept.read(lambda tx: held_cases(tx, today()))
    say_all(*found)
    if not found:
        say("No case is held back from erasure.")


@cases.command("release-hold")
def release(ref: Ref) -> None:
    """Hold a case back no longer: the usual days count again, at once."""
    from service.clock import today
    from service.foundations import records
    from service.holding import release_hold
    from service.settings import read_settings

    settings = read_settings()
    with records(settings) as kept:
        kept.write(lambda tx: release_hold(tx, ref, today(), settings.timetable))
    say("Held no longer. What is due of it is erased in the next night.")
