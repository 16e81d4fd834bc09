"""`gehoor demo`: makes the sample installation where there is none yet, and serves it.

In `.demo` of the folder that it is started in, or where GEHOOR_HOME says. A folder that holds
anything but a sample is refused, so that no invented report ever gets among real ones.
"""

import os
import shlex
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from service.clock import now, today
from service.demo.card import Card, is_sample, read_card
from service.demo.holding import LOCK, holding
from service.demo.printing import card_lines, code_lines
from service.refusals import Refused
from service.settings import PREFIX, Settings, read_settings

FOLDER = ".demo"
_OPERATOR = "nobody: this is sample data, with invented people, companies and places"
_DATABASE = ("gehoor.db", "gehoor.db-wal", "gehoor.db-shm")
_KEY_RING = "key-ring"

Tell = Callable[[str], None]


def demo(tell: Tell, *, is_fresh: bool = False) -> None:
    """Make the sample if there is none (or anew), say how to get in, serve until Ctrl-C.

    Raises `Refused` for a folder that holds something else, or that another process is at.
    """
    from service.logs import set_up_logs
    from service.running import run

    settings = demo_settings(os.environ)
    refuse_what_is_no_sample(settings.home)
    with holding(settings.home):
        card = prepare(settings, tell, is_fresh=is_fresh)
        set_up_logs(settings.log_level)

        def tell_all(where: str) -> None:
            lines = card_lines(card, settings.public_url, now(), _call(settings.home))
            for line in (*lines, "", where):
                tell(line)

        run(settings, tell_all)


def _call(home: Path) -> str:
    """How to call this program in the sample's home, from the folder that it was started in."""
    program = sys.argv[0] if Path(sys.argv[0]).name == "gehoor" else "gehoor"
    here = home.relative_to(Path.cwd()) if home.is_relative_to(Path.cwd()) else home
    return f"{PREFIX}HOME={shlex.quote(str(here))} {shlex.quote(program)}"


def codes(tell: Tell) -> None:
    """Say the present code of everybody's second factor. Raises `Refused` without a sample."""
    settings = demo_settings(os.environ)
    card = read_card(settings.home)
    if card is None:
        raise Refused(f"there is no sample in {settings.home} yet: `gehoor demo` makes it")
    for line in code_lines(card, now()):
        tell(line)


def demo_settings(environment: Mapping[str, str]) -> Settings:
    """The settings of the sample. Raises `SettingsRefused`, and `Refused` for what cannot be."""
    settings = read_settings(
        {
            f"{PREFIX}HOME": str(Path.cwd() / FOLDER),
            f"{PREFIX}OPERATOR": _OPERATOR,
            f"{PREFIX}IS_SAMPLE": "true",
            **environment,
        }
    )
    reasons = []
    if settings.database_url:
        reasons.append(
            f"the sample keeps a database of its own: leave out {PREFIX}DATABASE_URL, so that "
            "nothing invented gets into a real one"
        )
    if not _is_loopback(settings.web_host):
        reasons.append(
            f"the sample prints its pass phrases, so it is served on this machine alone: leave "
            f"out {PREFIX}WEB_HOST"
        )
    if reasons:
        raise Refused(*reasons)
    return settings


def refuse_what_is_no_sample(home: Path) -> None:
    """Raises `Refused` for a folder that holds anything but a sample."""
    if not home.exists() or is_sample(home):
        return
    if any(path.name != LOCK for path in home.iterdir()):
        raise Refused(
            f"{home} holds something that is no sample: set {PREFIX}HOME to another folder"
        )


def prepare(settings: Settings, tell: Tell, *, is_fresh: bool = False) -> Card:
    """The card of the sample in this home, made first where it is missing or was begun only.

    Call it only where `refuse_what_is_no_sample` found nothing else: an earlier sample is removed.
    """
    card = None if is_fresh else read_card(settings.home)
    if card is not None:
        return card
    _clear(settings.home)
    tell(f"Making the sample installation in {settings.home} (once, some seconds) …")
    from service.demo.making import make_sample

    began = time.monotonic()
    made = make_sample(settings, today())
    tell(f"Made in {time.monotonic() - began:.0f} s.")
    return made


def _clear(home: Path) -> None:
    """Removes what a making leaves in its folder, by name: whatever else is there stays."""
    for path in (*(home / name for name in _DATABASE), home / _KEY_RING):
        path.unlink(missing_ok=True)
    for blob in (home / "blobs").glob("??/*"):
        blob.unlink()


def _is_loopback(host: str) -> bool:
    return (urlsplit(f"//{host}").hostname or "") in {"127.0.0.1", "localhost", "::1"}
