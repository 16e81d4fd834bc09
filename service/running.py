"""`gehoor run`: the pages, the bot and the chores, until somebody says stop.

SIGTERM or Ctrl-C stops gracefully: nothing new is taken in, what was acknowledged is finished,
then the database is closed. A second Ctrl-C does not wait. When the pages or a loop break for
good the whole program ends with a fault, so that whatever supervises it starts it anew.
"""

import asyncio
import errno
import signal
from collections.abc import Callable, Iterable

import structlog

from service.chore_list import CHORES
from service.chores import ChoreKeeper
from service.delivering.postman import Postman
from service.garbage import put_aside_what_stays
from service.living_key_ring import LivingKeyRing
from service.logs import task_failed
from service.meters import MEDIA_TYPE
from service.refusals import Refused
from service.settings import PREFIX, Settings
from service.technical import Figures, Readiness
from service.wiring import House, open_house
from web.app import make_technical_app
from web.serving import WebServer

FIRST_PAUSE_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 300.0
SECONDS_BEFORE_THE_RESERVE = 20.0
LOOPBACK = "127.0.0.1"
"""Nobody outside this machine reaches the technical port."""

log = structlog.get_logger("service")


def run(settings: Settings, tell: Callable[[str], None]) -> None:
    """Serve until a signal; `tell` gets the one line that says where. Raises `Refused`."""
    asyncio.run(_run(settings, tell))


async def serve(
    house: House,
    stop: asyncio.Event,
    tell: Callable[[str], None],
    *,
    chores: ChoreKeeper | None = None,
) -> None:
    """Serve this house until `stop` is set, then close it. Raises `Refused` for a taken port."""
    technical: WebServer | None = None
    try:
        technical = await _listen_to_watchers(house, stop)
        port = await _listen(house)
        tell(_where(house.settings, port))
        async with asyncio.TaskGroup() as tasks:
            idle = [
                tasks.create_task(house.sites.keep_fresh()),
                tasks.create_task(_keep_receipts(house)),
                tasks.create_task(Postman(house).keep_sending()),
                tasks.create_task((chores or ChoreKeeper(house, CHORES)).keep_doing()),
            ]
            if isinstance(house.key_ring, LivingKeyRing):
                idle.append(tasks.create_task(house.key_ring.keep_fresh()))
            bot = tasks.create_task(keep_bot(house))
            await stop.wait()
            log.info("stopping")
            _cancel(idle)
            await house.quieten()
            _cancel([bot])
    finally:
        if technical is not None:
            await technical.stop()
        await house.close()


async def keep_bot(house: House) -> None:
    """Start the bot, trying again where Telegram cannot be reached, and keep it going.

    The pages serve on whatever becomes of it: a token that Telegram refuses ends the bot alone.
    """
    if house.telegram is None:
        return
    from bot.faults import BotError, TokenRefusedError

    channel = house.telegram
    pause = FIRST_PAUSE_SECONDS
    while True:
        try:
            await channel.start()
            log.info("bot_started")
            if not house.settings.telegram_webhook_url:
                await channel.run_polling()
        except TokenRefusedError:
            hint = f"set {PREFIX}TELEGRAM_TOKEN anew"
            log.error("bot_token_refused", hint=hint)  # noqa: TRY400 - expected: no trace is wanted
            return
        except BotError:
            log.warning("bot_not_started", again_in_seconds=pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        else:
            return


async def _keep_receipts(house: House) -> None:
    """The reserve of receipts, once the house has come to rest after its start."""
    await asyncio.sleep(SECONDS_BEFORE_THE_RESERVE)
    await house.press.keep_reserve()


async def _run(settings: Settings, tell: Callable[[str], None]) -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(task_failed)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _stop_once, loop, stop)
    house = open_house(settings)
    put_aside_what_stays()
    await serve(house, stop, tell)


def _stop_once(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """The first signal stops gracefully; the next one has its usual, sudden effect."""
    stop.set()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.remove_signal_handler(number)


def _cancel(loops: Iterable[asyncio.Task[None]]) -> None:
    for loop in loops:
        loop.cancel()


async def _listen(house: House) -> int:
    host, port = house.settings.web_host, house.settings.web_port
    try:
        return await house.server.start(host, port)
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            raise _taken(host, port, "WEB_PORT") from None
        raise Refused(
            f"cannot listen on {host} port {port} ({fault.strerror}): look at {PREFIX}WEB_HOST "
            f"and {PREFIX}WEB_PORT"
        ) from None


async def _listen_to_watchers(house: House, stop: asyncio.Event) -> WebServer | None:
    """The technical port, on this machine alone; None where it is off."""
    port = house.settings.metrics_port
    if not port:
        return None
    server = WebServer(
        make_technical_app(
            figures=Figures(house, CHORES),
            media_type=MEDIA_TYPE,
            reasons=Readiness(house, is_stopping=stop.is_set),
        )
    )
    try:
        await server.start(LOOPBACK, port)
    except OSError:
        await server.stop()
        raise _taken(LOOPBACK, port, "METRICS_PORT") from None
    return server


def _taken(host: str, port: int, setting: str) -> Refused:
    return Refused(
        f"something listens on {host} port {port} already: stop it, or set {PREFIX}{setting} to "
        "another port"
    )


def _where(settings: Settings, port: int) -> str:
    listens = f"http://{settings.web_host}:{port}"
    address = settings.web_public_url.rstrip("/") or listens
    behind = f" (listening on {settings.web_host} port {port})" if address != listens else ""
    return f"Gehoor is at {address}{behind}. Ctrl-C stops it."
