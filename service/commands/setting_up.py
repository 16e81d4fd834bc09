"""`gehoor init`."""

from service.clock import today
from service.commands.saying import say, say_all
from service.installation import Made, SetUp, set_up
from service.settings import PREFIX, Settings, read_settings


def init() -> None:
    """Make what is missing, and say what to do next."""
    settings = read_settings()
    done = set_up(settings, today(), _show_recovery)
    _say_what_was_made(done, settings)
    if not done.made:
        say("Everything is there already. Nothing was changed.")
    _say_next(settings)


def _show_recovery(text: str) -> None:
    say_all(
        "THE RECOVERY KEY. It is shown this once and is kept nowhere.",
        "Whoever has it can read every report. Without it, a lost pass phrase can lose a case.",
        "Write it down or print it now, and put it in a safe of people outside the company:",
        "",
        *(f"    {line}" for line in text.splitlines()),
        "",
    )


def _say_what_was_made(done: SetUp, settings: Settings) -> None:
    told = {
        Made.HOME: f"Made the folder {settings.home}, for you alone.",
        Made.KEY_RING: (
            f"Made the key ring {settings.key_ring_file}. Keep a copy of it in another place than "
            "the backups of the database: together they are worth more to a thief."
        ),
        Made.RECOVERY_KEY: "Made the recovery key, and kept the half of it that can only lock.",
        Made.TEAMS: "Made four teams: regular, urgent, appeal, oversight.",
    }
    for made, line in told.items():
        if made in done.made:
            say(line)


def _say_next(settings: Settings) -> None:
    say_all(
        "",
        "What comes next:",
        "  gehoor run                               serves the pages at " + settings.public_url,
        "  gehoor people add handler --name NAME    somebody who reads reports; add two or more",
        "  gehoor organisations add --name NAME     a company whose supply chain is heard about",
        "  gehoor sites import FILE.csv             the places where people work",
    )
    if not settings.telegram_token.get_secret_value():
        say(f"  {PREFIX}TELEGRAM_TOKEN=…                  also answers in Telegram")
