"""`gehoor keys …`: the key ring that drafts, site names and accounts are sealed under."""

import typer

from service.commands.saying import say, say_all
from service.refusals import Refused

keys = typer.Typer(name="keys", help="The operator's key ring.", no_args_is_help=True)


@keys.command("list")
def show() -> None:
    """Show the keys' numbers and days, never the keys."""
    from service.foundations import open_key_ring
    from service.settings import read_settings

    for place, key in enumerate(open_key_ring(read_settings()).keys):
        say(f"{key.id}  made {key.made}  {'older: still opens' if place else 'seals'}")


@keys.command("rotate")
def rotate() -> None:
    """Put a new key on the ring; once a year, or when somebody may have seen it."""
    from sealing.key_ring_file import load_key_ring, save_key_ring
    from service.clock import today
    from service.foundations import has_key_ring_elsewhere
    from service.settings import PREFIX, read_settings

    settings = read_settings()
    if has_key_ring_elsewhere(settings):
        raise Refused(
            f"the key ring comes from {PREFIX}KEY_RING or a command: rotate it where it is kept"
        )
    ring = load_key_ring(settings.key_ring_file).rotated(today())
    save_key_ring(ring, settings.key_ring_file)
    say_all(
        f"The new key is {ring.keys[0].id}. What was sealed before opens with the older ones.",
        "Restart every `gehoor run`, and keep a new copy of the key ring apart from the backups.",
    )
