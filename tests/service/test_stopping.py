"""A stop in the midst of work loses nothing that was acknowledged, and nobody is told twice."""

import asyncio
import signal
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from service.clock import today
from service.foundations import records
from service.installation import set_up
from service.settings import read_settings
from tests.security.test_no_trace_of_a_process import free_port
from tests.service.test_running import running
from tests.service.test_technical import _ask, _until
from tests.telegram_server import TOKEN, TelegramServer

PEOPLE = 40
LONGEST_STOP_SECONDS = 120.0


@pytest.fixture
def furnished(home: Path) -> Path:
    set_up(read_settings(), today(), lambda _text: None)
    return home


def _updates_kept() -> int:
    with records(read_settings()) as kept, kept.database.snapshot() as snapshot:
        return len(snapshot.exec_driver_sql("SELECT id FROM updates").all())


def _said(telegram: TelegramServer) -> Counter[str]:
    return Counter(call.fields["chat_id"] for call in telegram.called("sendMessage"))


async def _ends(process: "subprocess.Popen[str]") -> int:
    return await asyncio.to_thread(process.wait, LONGEST_STOP_SECONDS)


async def test_a_stop_under_load_keeps_what_was_confirmed_and_the_next_start_does_the_rest(
    furnished: Path,
) -> None:
    async with TelegramServer() as telegram:
        settings = {
            "GEHOOR_TELEGRAM_TOKEN": TOKEN,
            "GEHOOR_TELEGRAM_BASE_URL": f"{telegram.url}/bot",
            "GEHOOR_STOP_SECONDS": "20",
        }
        telegram.latency = 0.05
        people = [telegram.person(language="nl") for _ in range(PEOPLE)]
        start = asyncio.to_thread
        first = running(furnished, **settings)
        process, _ = await start(first.__enter__)
        try:
            for person in people:
                person.sends(text="/start")
            await telegram.until(lambda: len(_said(telegram)) >= 3)
            process.send_signal(signal.SIGTERM)
            assert await _ends(process) == 0
        finally:
            await start(first.__exit__, None, None, None)
        confirmed, said = telegram.confirmed, _said(telegram)
        assert await start(_updates_kept) >= confirmed
        assert len(said) >= confirmed, "somebody was confirmed and not answered"
        second = running(furnished, **settings)
        process, _ = await start(second.__enter__)
        try:
            for person in people:
                person.sends(text="/start")
            await telegram.until(lambda: telegram.waiting == 0)
            process.send_signal(signal.SIGTERM)
            assert await _ends(process) == 0
        finally:
            await start(second.__exit__, None, None, None)
        assert await start(_updates_kept) == 2 * PEOPLE
        assert set(_said(telegram).values()) == {2}


async def test_while_it_stops_it_is_not_ready_and_says_so(furnished: Path) -> None:
    port = free_port()
    async with TelegramServer() as telegram:
        settings = {
            "GEHOOR_TELEGRAM_TOKEN": TOKEN,
            "GEHOOR_TELEGRAM_BASE_URL": f"{telegram.url}/bot",
            "GEHOOR_STOP_SECONDS": "20",
            "GEHOOR_METRICS_PORT": str(port),
        }
        running_house = running(furnished, **settings)
        process, _ = await asyncio.to_thread(running_house.__enter__)
        try:
            assert await _until(port, 200)  # a slow disk may make it wait
            await telegram.until(lambda: bool(telegram.called("getUpdates")))
            telegram.gate.clear()
            telegram.person(language="nl").sends(text="/start")
            await telegram.until(lambda: bool(_said(telegram)))
            process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(60):
                while (told := await _ask(port, "/readyz"))[0] != 503:
                    continue
            assert "stopping" in told[1]
            telegram.gate.set()
            assert await _ends(process) == 0
        finally:
            await asyncio.to_thread(running_house.__exit__, None, None, None)


async def test_a_bot_api_that_hangs_holds_up_a_stop_for_a_bounded_time(furnished: Path) -> None:
    async with TelegramServer() as telegram:
        settings = {
            "GEHOOR_TELEGRAM_TOKEN": TOKEN,
            "GEHOOR_TELEGRAM_BASE_URL": f"{telegram.url}/bot",
            "GEHOOR_STOP_SECONDS": "0.5",
        }
        running_house = running(furnished, **settings)
        process, _ = await asyncio.to_thread(running_house.__enter__)
        try:
            await telegram.until(lambda: bool(telegram.called("getUpdates")))
            telegram.gate.clear()
            telegram.person(language="nl").sends(text="/start")
            await telegram.until(lambda: bool(_said(telegram)))
            process.send_signal(signal.SIGTERM)
            assert await _ends(process) == 0
        finally:
            await asyncio.to_thread(running_house.__exit__, None, None, None)
        assert await asyncio.to_thread(_updates_kept) == 1
