"""The real thing, to be killed: `gehoor run` in a process of its own, with cheap receipts.

python -m tests.crash.house       until it is killed; one line says where it is

CRASH_HOME       the folder of the installation, set up already
CRASH_DATABASE   its database
CRASH_API        a Bot API server on loopback; none for no bot
CRASH_HOOK       where that server would post updates; none for polling
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pydantic import SecretStr

from bench.installation import CONVERSATION, TOKEN, furnish
from sealing.stretching import TEST_COST
from service.clock import today
from service.foundations import records
from service.logs import set_up_logs
from service.running import serve
from service.settings import Settings
from service.webhook_list import add_webhook
from service.wiring import open_house

HOOK_SECRET: Final = "loopback-secret-of-32-letters-and"
SECONDS_TO_START: Final = 60
NOBODY: Final = "https://127.0.0.1:9/"
ROOT = Path(__file__).parent.parent.parent


def settings_of(home: Path, database: str, *, api: str = "", hook: str = "") -> Settings:
    """The settings of an installation of this scene."""
    return Settings(
        home=home,
        database_url=database,
        web_port=0,
        telegram_token=SecretStr(TOKEN if api else ""),
        telegram_base_url=f"{api or 'http://127.0.0.1'}/bot",
        telegram_webhook_url=hook,
        telegram_webhook_secret=SecretStr(HOOK_SECRET if hook else ""),
        flows_folder=CONVERSATION,
        receipts_ready=0,
    )


def found(home: Path, database: str) -> Settings:
    """An installation as an operator sets it up, with handlers, sites, and a webhook.

    Nobody listens at the webhook: whatever it is to be told of waits, and can be counted.
    """
    settings = settings_of(home, database)
    furnish(settings)
    with records(settings) as kept:
        kept.write(
            lambda tx: add_webhook(
                tx, NOBODY, organisation=None, today=today(), allows_loopback=False
            )
        )
    return settings


class Living:
    """One process of the house."""

    def __init__(self, home: Path, database: str, *, api: str = "", hook: str = "") -> None:
        environment = {
            "CRASH_HOME": str(home),
            "CRASH_DATABASE": database,
            "CRASH_API": api,
            "CRASH_HOOK": hook,
        }
        self._log = (home / "log").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.house"],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=self._log,
        )

    def address(self) -> str:
        """Where it is, once it says so."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline().decode()
        assert line.startswith("Gehoor is at "), "the house did not start"
        return line.removeprefix("Gehoor is at ").split(". ", 1)[0].split(" ", 1)[0]

    def kill(self) -> None:
        """SIGKILL: nothing is finished, nothing is said."""
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._log.close()


@contextmanager
def living(home: Path, database: str, *, api: str = "", hook: str = "") -> Iterator[Living]:
    """A process that is killed at the end of the block at the latest."""
    house = Living(home, database, api=api, hook=hook)
    try:
        yield house
    finally:
        house.kill()


def main() -> None:
    """Serve until the end of the process."""
    set_up_logs("warning")
    told = os.environ
    settings = settings_of(
        Path(told["CRASH_HOME"]),
        told["CRASH_DATABASE"],
        api=told["CRASH_API"],
        hook=told["CRASH_HOOK"],
    )
    asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await serve(open_house(settings, receipt_cost=TEST_COST), stop, _say)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
