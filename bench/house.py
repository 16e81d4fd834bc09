"""Serves an installation for measuring: `python -m bench.house`, until SIGTERM.

It is `gehoor run` but for two things. The installation is made first where the folder is empty.
And receipts can be made cheap to make, where a measurement is about everything else: in a real
house a supply of them lies ready, and how long one takes is a row of its own.

    PEERS_STATE       the folder; PEERS_API a Bot API server, none for no bot
    BENCH_WEB_PORT    the port of the pages, any free one by default
    BENCH_RECEIPTS    "real" (the default) or "cheap"; "reserve": real ones, all made beforehand
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from bench.installation import furnish, settings_for
from sealing.stretching import PRODUCTION_COST, TEST_COST
from service.garbage import put_aside_what_stays
from service.logs import set_up_logs
from service.running import serve
from service.settings import Settings
from service.wiring import open_house


def main() -> None:
    """Serve until SIGTERM; one line on standard output says where."""
    set_up_logs("warning")
    home = Path(os.environ["PEERS_STATE"]) / "house"
    settings = settings_for(
        home,
        api=os.environ.get("PEERS_API", ""),
        web_port=int(os.environ.get("BENCH_WEB_PORT", "0")),
    )
    furnish(settings)
    asyncio.run(_serve(settings, is_cheap=os.environ.get("BENCH_RECEIPTS") == "cheap"))


async def _serve(settings: Settings, *, is_cheap: bool) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    house = open_house(settings, receipt_cost=TEST_COST if is_cheap else PRODUCTION_COST)
    if os.environ.get("BENCH_RECEIPTS") == "reserve":
        await house.press.fill_reserve()
    put_aside_what_stays()
    await serve(house, stop, _say)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
