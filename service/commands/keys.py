"""`gehoor keys …`: the key ring that drafts, site names and accounts are sealed under."""

from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.saying import say, say_all
from service.refusals import Refused

if TYPE_CHECKING:
    from service.settings import Settings

keys = typer.Typer(name="keys", help="The operator's key ring.", no_args_is_help=True)
_GO_ON = "gehoor keys reseal"


@keys.command("list")
def show() -> None:
    """Show the keys' numbers and days, never the keys, and how much older ones still seal."""
    from service.foundations import records
    from service.resealing import rows_left
    from service.settings import read_settings

    with records(read_settings()) as kept:
        ring, left = kept.key_ring, rows_left(kept.database, kept.key_ring)
    for place, key in enumerate(ring.keys):
        say(f"{key.id}  made {key.made}  {'older: still opens' if place else 'seals'}")
    if left:
        say(f"{left} values are still sealed under older keys: {_GO_ON}")


@keys.command("rotate")
def rotate() -> None:
    """Make a new key and seal everything anew; once a year, or when somebody may have seen it."""
    from sealing.key_ring_file import load_key_ring, save_key_ring
    from service.clock import today
    from service.settings import read_settings

    settings = read_settings()
    _refuse_what_is_elsewhere(settings)
    ring = load_key_ring(settings.key_ring_file).rotated(today())
    save_key_ring(ring, settings.key_ring_file)
    say_all(
        f"The new key is {ring.keys[0].id}. What was sealed before opens with the older ones.",
        "Keep a new copy of the key ring, apart from the backups.",
        f"Now everything is sealed anew. If this is broken off, go on with: {_GO_ON}",
    )
    _seal_anew(settings)


@keys.command("reseal")
def go_on() -> None:
    """Seal anew what older keys still seal, from where it was broken off."""
    from service.settings import read_settings

    _seal_anew(read_settings())


@keys.command("drop")
def drop(
    key: Annotated[str, typer.Argument(help="The number of an older key.")],
) -> None:
    """Take an older key off the ring, once nothing is sealed under it any more."""
    from sealing.key_ring_file import save_key_ring
    from service.foundations import records
    from service.resealing import rows_left
    from service.settings import read_settings

    settings = read_settings()
    _refuse_what_is_elsewhere(settings)
    with records(settings) as kept:
        left = rows_left(kept.database, kept.key_ring)
        if left:
            raise Refused(f"{left} values are still sealed under older keys: {_GO_ON}")
        save_key_ring(kept.key_ring.without(key), settings.key_ring_file)
    say_all(
        f"{key} is off the ring. Backups from before need it: keep the older copy of the key ring",
        "for as long as you keep them.",
    )


def _refuse_what_is_elsewhere(settings: "Settings") -> None:
    from service.foundations import has_key_ring_elsewhere
    from service.settings import PREFIX

    if has_key_ring_elsewhere(settings):
        raise Refused(
            f"the key ring comes from {PREFIX}KEY_RING or a command: rotate it where it is kept, "
            f"then: {_GO_ON}"
        )


def _seal_anew(settings: "Settings") -> None:
    import asyncio

    from service.commands.progress import ProgressLines
    from service.foundations import records
    from service.resealing import Resealing, reseal

    lines = ProgressLines(say)
    with (
        records(settings) as kept,
        Resealing(settings.effective_database_url, kept.key_ring) as work,
    ):
        left = asyncio.run(
            reseal(
                kept.database,
                work,
                kept.key_ring,
                lambda done, total: lines.tell("Sealing anew", done, total),
            )
        )
    if left:
        raise Refused(
            f"{left} values are still sealed under older keys, because a `gehoor run` has an "
            f"older key ring: give it the new one and restart it, then: {_GO_ON}"
        )
    say("Everything is sealed under the newest key.")
