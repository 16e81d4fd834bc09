"""`gehoor tokens …`: what a company's own program shows to read what the company may see."""

from typing import Annotated

import typer

from service.commands.saying import say, say_all
from service.refusals import Refused

tokens = typer.Typer(
    name="tokens",
    help="Tokens by which a company's program reads what the company's pages show.",
    no_args_is_help=True,
)


@tokens.command("add")
def add(
    organisation: Annotated[str, typer.Argument(help="The company's name or id.")],
    scope: Annotated[
        list[str] | None, typer.Option(help="releases, summaries or score; may be repeated.")
    ] = None,
    days: Annotated[int, typer.Option(help="How many days it is good, today included.")] = 365,
) -> None:
    """Make a token for a company, and show it once."""
    from service.api_tokens import make_token
    from service.clock import today
    from service.foundations import records
    from service.settings import read_settings

    with records(read_settings()) as kept:
        made = kept.write(
            lambda tx: make_token(
                tx, kept.key_ring, organisation, tuple(scope or ()), today(), days
            )
        )
    say_all(
        f"Token {made.kept.id}, good up to and including {made.kept.expires_on}.",
        "Shown this once; kept is only what it can be known by:",
        "",
        f"    {made.token}",
        "",
        "Hand it over as you would a pass phrase. Take it back with:",
        f"gehoor tokens remove {made.kept.id}",
    )


@tokens.command("list")
def show() -> None:
    """Show all tokens: whose, for what, how long, and the day on which each was last used."""
    from service.api_tokens import token_lines
    from service.clock import today
    from service.foundations import records
    from service.settings import read_settings

    with records(read_settings()) as kept:
        lines = kept.read(lambda tx: token_lines(tx, today()))
    say_all(*lines)
    if not lines:
        say("There are none. Make one: gehoor tokens add ORGANISATION --scope releases")


@tokens.command("remove")
def remove(
    token: Annotated[str, typer.Argument(help="The id that the list shows.")],
) -> None:
    """Take a token back, at once."""
    from service.foundations import records
    from service.settings import read_settings

    with records(read_settings()) as kept:
        if not kept.write(lambda tx: tx.api_tokens.drop(token)):
            raise Refused(f"there is no token {token}: `gehoor tokens list` shows them")
    say(f"The token {token} is good for nothing any more.")
