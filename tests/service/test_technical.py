"""The figures count what happened and hold nothing that anybody said; readiness tells the truth."""

import asyncio
import re
import resource
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from sealing.identifiers import new_id
from sealing.stretching import TEST_COST
from service.chore_list import CHORES
from service.chores import ChoreKeeper
from service.clock import today
from service.installation import set_up
from service.meters import MEDIA_TYPE, MOST_SERIES, Counter, Histogram, sample
from service.settings import read_settings
from service.technical import Figures, Readiness
from service.watching import CountedPoster, Doors
from service.wiring import House, open_house
from storage.errors import StorageUnavailable
from tests.service.talking import Reporter
from tests.service.test_running import running
from tests.telegram_server import TOKEN, TelegramServer
from web.app import make_technical_app
from web.serving import WebServer

LINE = re.compile(r'[a-z_]+(\{([a-z]+="[^"]*",?)+\})? -?[0-9.]+(e[+-]?\d+)?')
LABELS = {"channel", "what", "reason", "method", "status", "le", "chore", "state"}


@pytest.fixture
def furnished(home: Path) -> Path:
    set_up(read_settings(), today(), lambda _text: None)
    return home


@pytest.fixture
async def house(furnished: Path) -> AsyncIterator[House]:
    opened = open_house(read_settings(), receipt_cost=TEST_COST)
    yield opened
    await opened.close()


def _figure(page: str, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", page, re.MULTILINE)
    assert found, f"{name} is not in\n{page}"
    return float(found[1])


async def test_every_line_is_one_that_prometheus_reads_with_labels_of_ours_alone(
    house: House,
) -> None:
    await Reporter(house, "browser").tell(send=True)
    await ChoreKeeper(house, CHORES).do_due()
    house.doors.arrivals.add("web")
    page = await Figures(house, CHORES)()
    for line in page.splitlines():
        assert line.startswith("# ") or LINE.fullmatch(line), line
    assert set(re.findall(r'([a-z]+)="', page)) <= LABELS
    assert _figure(page, "gehoor_database_up") == 1
    assert _figure(page, "gehoor_commit_seconds_count") > 20
    assert _figure(page, "gehoor_drafts_lapsed") == 0
    assert _figure(page, "process_resident_memory_bytes") > 10_000_000
    for chore in CHORES:
        assert _figure(page, f'gehoor_chore_last_day_seconds{{chore="{chore.name}"}}') > 0


async def test_units_that_become_durable_together_are_counted_as_one_batch(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.writer.BATCH_SECONDS", 600.0)  # however slow the machine is
    before = _figure("\n".join(house.doors.commit_units.lines()), "gehoor_commit_units_sum")
    await asyncio.gather(
        *(
            house.database.transaction(lambda tx: tx.updates.is_new(new_id(), today()))
            for _ in range(50)
        )
    )
    await asyncio.sleep(0)
    lines = "\n".join(house.doors.commit_units.lines())
    assert _figure(lines, "gehoor_commit_units_sum") == before + 50
    assert _figure(lines, "gehoor_commit_units_count") < before + 50


async def test_calls_of_the_bot_are_counted_by_method_without_the_token() -> None:
    doors = Doors()
    async with TelegramServer() as telegram, CountedPoster(doors) as poster:
        await poster.post(f"{telegram.url}/bot{TOKEN}/getMe", {}, {}, 5)
        await poster.post_json(f"{telegram.url}/bot{TOKEN}/getMe?secret=1", b"{}", 5)
        await poster.post_json(f"{telegram.url}/bot{TOKEN}/so%20odd", b"{}", 5)
    with pytest.raises(ConnectionError):
        await CountedPoster(doors).post_json("http://127.0.0.1:9/bot1:x/sendMessage", b"{}", 5)
    page = "\n".join(doors.calls.lines())
    assert _figure(page, 'gehoor_bot_calls_total{method="getMe",status="200"}') == 2
    assert 'method="other"' in page
    assert _figure(page, 'gehoor_bot_calls_total{method="sendMessage",status="cut"}') == 1
    assert TOKEN not in page


async def test_a_house_that_can_work_is_ready_and_asking_often_writes_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.technical.SECONDS_REMEMBERED", 600.0)
    readiness = Readiness(house, seconds=60)
    assert await asyncio.gather(*(readiness() for _ in range(20))) == [()] * 20
    assert _figure("\n".join(house.doors.commit_seconds.lines()), "gehoor_commit_seconds_count") < 3


async def test_a_locked_database_is_not_ready_though_it_can_be_read(
    house: House, home: Path
) -> None:
    readiness = Readiness(house, seconds=0.2)
    with closing(sqlite3.connect(home / "gehoor.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        (told,) = await readiness()
        assert "cannot be written" in told
        assert _figure(await Figures(house, CHORES)(), "gehoor_database_up") == 1
        other.execute("ROLLBACK")
    assert await Readiness(house, seconds=60)() == ()


async def test_the_technical_port_answers_two_questions_and_shows_no_page(house: House) -> None:
    told: list[str] = []

    async def reasons() -> tuple[str, ...]:
        return tuple(told)

    server = WebServer(
        make_technical_app(figures=Figures(house, ()), media_type=MEDIA_TYPE, reasons=reasons)
    )
    port = await server.start("127.0.0.1", 0)
    try:
        assert await _ask(port, "/readyz") == (200, "ok")
        told.append("no flows are loaded")
        assert await _ask(port, "/readyz") == (503, "no flows are loaded")
        assert (await _ask(port, "/metrics"))[0] == 200
        assert (await _ask(port, "/"))[0] == 404
    finally:
        await server.stop()


async def test_figures_of_a_database_that_is_gone_say_so(house: House) -> None:
    class Gone:
        waiting = 3

        async def read(self, _work: object) -> object:
            raise StorageUnavailable("nothing was read")

    class Rest:
        doors, database, server = house.doors, Gone(), house.server

    page = await Figures(Rest(), CHORES)()  # type: ignore[arg-type]  # all that is asked for here
    assert _figure(page, "gehoor_database_up") == 0
    assert _figure(page, "gehoor_writer_queue") == 3


def test_a_counter_holds_only_so_many_series() -> None:
    counter = Counter("some_total", "Some.", "kind")
    for number in range(MOST_SERIES + 50):
        counter.add(f"kind {number}")
    page = "\n".join(counter.lines())
    assert _figure(page, 'some_total{kind="other"}') == 50


def test_a_histogram_counts_everything_below_each_limit() -> None:
    histogram = Histogram("some", "Some.", (1, 2))
    for value in (0.5, 1, 1.5, 9):
        histogram.add(value)
    page = "\n".join(histogram.lines())
    assert _figure(page, 'some_bucket{le="1"}') == 2
    assert _figure(page, 'some_bucket{le="2"}') == 3
    assert _figure(page, 'some_bucket{le="+Inf"}') == _figure(page, "some_count") == 4
    assert _figure(page, "some_sum") == 12


def test_a_label_cannot_break_out_of_its_line() -> None:
    assert sample("some", {"a": 'x"\n\\'}, 1) == 'some{a="x\\"\\n\\\\"} 1'


async def test_a_full_disk_is_not_ready_and_is_ready_again_when_there_is_room(
    furnished: Path,
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    house_process = running(furnished, GEHOOR_METRICS_PORT=str(port))
    process, address = await asyncio.to_thread(house_process.__enter__)
    pages = int(address.rpartition(":")[2])
    try:
        assert await _until(port, 200)  # a slow disk may make it wait
        limits = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
        # Nothing may be written beyond the first bytes of a file, as on a disk without room.
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (4096, limits[1]))
        assert await _until(port, 503), "it calls itself ready on a full disk"
        assert await _ask(pages, "/healthz") == (200, "ok")
        assert (await _ask(port, "/metrics"))[0] == 200
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, limits)
        assert await _until(port, 200), "it does not recover"
    finally:
        await asyncio.to_thread(house_process.__exit__, None, None, None)


async def _until(port: int, status: int) -> bool:
    """Asks until the answer that was remembered has aged."""
    async with asyncio.timeout(120):
        while (await _ask(port, "/readyz"))[0] != status:
            continue
    return True


async def _ask(port: int, path: str) -> tuple[int, str]:
    def ask() -> tuple[int, str]:
        try:
            with urlopen(f"http://127.0.0.1:{port}{path}", timeout=120) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()

    return await asyncio.to_thread(ask)
