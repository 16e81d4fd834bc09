"""`gehoor webhooks …`: whose systems are told that there is work, or new figures."""

from typing import Annotated

import typer

from service.commands.saying import say, say_all
from service.refusals import Refused

webhooks = typer.Typer(
    name="webhooks",
    help="Systems that are told by a signed post. They learn no more than that there is work.",
    no_args_is_help=True,
)


@webhooks.command("add")
def add(
    address: Annotated[
        str, typer.Argument(help="Where to post, such as https://house.example/in.")
    ],
    organisation: Annotated[
        str | None, typer.Option(help="A company whose system it is; none: the house's own.")
    ] = None,
) -> None:
    """Add a target; shows its secret once."""
    from service.clock import today
    from service.foundations import records
    from service.settings import read_settings
    from service.webhook_list import add_webhook

    settings = read_settings()
    with records(settings) as kept:
        added = kept.write(
            lambda tx: add_webhook(
                tx,
                address,
                organisation=organisation,
                today=today(),
                allows_loopback=settings.webhooks_to_loopback,
            )
        )
    say(f"Added {added.host} ({added.id}).")
    say_all(
        "Its secret, shown this once. Whoever receives the posts checks their signature with it:",
        "",
        f"    {added.secret}",
        "",
    )


@webhooks.command("list")
def show() -> None:
    """Show all targets, and how much waits or did not arrive."""
    from service.foundations import records
    from service.settings import read_settings
    from service.webhook_list import lines_of

    with records(read_settings()) as kept:
        lines = kept.read(lambda tx: list(lines_of(tx)))
    say_all(*lines)
    if not lines:
        say("There are none yet. Add one: gehoor webhooks add https://…")


@webhooks.command("remove")
def remove(
    webhook: Annotated[str, typer.Argument(help="The id that the list shows.")],
) -> None:
    """Take a target off, with all that was on its way there."""
    from service.foundations import records
    from service.settings import read_settings

    with records(read_settings()) as kept:
        if not kept.write(lambda tx: tx.webhooks.remove(webhook)):
            raise Refused(f"there is no {webhook}: `gehoor webhooks list` shows them")
    say("It is gone.")


@webhooks.command("again")
def again(
    webhook: Annotated[
        str | None, typer.Argument(help="The id that the list shows, or mail; none: all.")
    ] = None,
) -> None:
    """Send again what did not arrive within two days, e-mail too."""
    from service.clock import today
    from service.foundations import records
    from service.settings import read_settings
    from service.webhook_list import send_again

    with records(read_settings()) as kept:
        number = kept.write(lambda tx: send_again(tx, webhook, today()))
    say(
        f"{number} are sent again by `gehoor run`." if number else "There is nothing to send again."
    )
