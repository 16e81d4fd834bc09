"""What people said is nowhere that it should not be: faults, logs, disks, temporary files, backups.

`tests/test_canary.py` does this for a whole report in a chat; here it is the pages, and what
happens when something breaks at the worst moment.
"""

import asyncio
import io
import logging
import resource
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import structlog
from PIL import Image

from intake.files import FileDesk
from intake.ports import BlobStore, Storage
from intake.reception import Reception
from service.logs import describe
from service.wiring import readiness
from storage.backup import BackupMade, backup
from storage.errors import StorageUnavailable
from tests.house import House, small_house
from tests.web.visiting import Visiting
from web.app import make_app
from web.services import WebServices
from web.serving import WebServer

STORY = "CANARYSTORY of the dust"
NAME = "CANARYNAME Devi"
PHONE = "CANARYPHONE 0141"
FILE_NAME = "CANARYFILE.jpg"
CANARY = b"CANARY"
FORMS = (CANARY, CANARY.lower(), "CANARY".encode("utf-16-le"), CANARY.hex().encode())


class Breaking:
    """The shelves and the blobs of a house; the next use of one breaks, and quotes what it can."""

    def __init__(self, house: House) -> None:
        self._storage: Storage = house.database
        self._blobs: BlobStore = house.blobs
        self.breaks: BaseException | None = None

    async def transaction(self, work: Callable[[Any], Any]) -> Any:
        return await self._storage.transaction(self._breaking(work))

    async def read(self, work: Callable[[Any], Any]) -> Any:
        return await self._storage.read(self._breaking(work))

    def write(self, blob: str, chunks: Iterable[bytes]) -> int:
        if self.breaks is not None:
            raise self.breaks
        return self._blobs.write(blob, chunks)

    def drop(self, blob: str) -> None:
        self._blobs.drop(blob)

    def _breaking(self, work: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def unit(tx: Any) -> Any:
            found = work(tx)
            if self.breaks is not None:
                # After the work, so that all that was said is at hand for the fault to quote.
                raise self.breaks
            return found

        return unit


@asynccontextmanager
async def breakable(home: Path) -> AsyncIterator[tuple[House, Breaking, str]]:
    """Public pages over shelves that can break; gives where they are."""
    async with small_house(home) as house:
        breaking = Breaking(house)
        reception = Reception(
            storage=breaking,
            blobs=breaking,  # type: ignore[arg-type]  # reading is not of a reporter
            hall=house.reception._hall,
            press=house.press,
            guesses=house.reception._guesses,
            files=FileDesk(breaking, most_bytes=5_000_000),  # type: ignore[arg-type]  # as above
            clock=house.clock,
        )
        app = make_app(WebServices(reception=reception, form_secret=b"s" * 32))
        server = WebServer(app)
        port = await server.start("127.0.0.1", 0)
        try:
            yield house, breaking, f"http://127.0.0.1:{port}"
        finally:
            await server.stop()


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "grey").save(out, "JPEG", comment=b"CANARYNOTE")
    return out.getvalue()


async def tells(person: Visiting) -> AsyncIterator[str]:
    """A whole report on the pages, a step at a time: which question was answered."""
    await person.goes("/s/RJ3")
    await person.presses("Tell what goes wrong")
    for _ in range(60):
        if person.page.has_button("Send"):
            return
        form = next(each for each in person.page.forms if each.action == "/report")
        asked = dict(form.fields).get("asked", "")
        yield asked
        await _answers(person, asked)
    raise AssertionError("the report does not end")


CHOSEN = {
    "phone": "own", "safe_now": "yes", "reporter": "worker", "danger": "no",
    "urgent_kind": "neither", "theme_chosen": "health_safety", "since": "month", "people": "many",
    "group": "men", "tried_local": "no", "retaliation": "afraid", "anonymity": "confidential",
}  # fmt: skip
WRITTEN = {"story": STORY, "contact_name": NAME, "contact_reach": PHONE}


async def _answers(person: Visiting, asked: str) -> None:
    if asked in WRITTEN:
        await person.presses("next", text=WRITTEN[asked])
    elif asked in CHOSEN:
        await person.presses("next", choice=CHOSEN[asked])
    elif person.page.has_button("Skip") and asked != "photos":
        await person.presses("Skip")
    else:
        await person.presses("next", files=[(FILE_NAME, photo())])


def kept_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes()


def assert_no_trace(folder: Path) -> set[str]:
    """No canary in any name or byte; the names of what was looked at."""
    seen = set()
    for name, content in kept_files(folder):
        seen.add(name)
        for form in FORMS:
            assert form not in content, name
            assert form not in name.encode(), name
    return seen


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files would be."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


async def test_no_word_is_in_the_database_its_journal_or_a_temporary_file_at_any_step(
    tmp_path: Path, temporary: Path
) -> None:
    home = tmp_path / "home"
    async with breakable(home) as (house, _, base):
        person = Visiting(base)
        answered = []
        async for asked in tells(person):
            answered.append(asked)
            assert_no_trace(home)
            assert list(temporary.iterdir()) == []
        assert set(WRITTEN) <= set(answered)
        await person.presses("Send")
        assert "It is safely kept" in person.page.text
        seen = assert_no_trace(home)
        assert {"gehoor.db", "gehoor.db-wal", "gehoor.db-shm"} <= seen
        made = await asyncio.to_thread(
            backup, house.database, home, tmp_path / "backup", today=house.clock.today
        )
        assert isinstance(made, BackupMade)
        assert len(assert_no_trace(tmp_path / "backup")) >= 2
        await person.session.close()
    assert list(temporary.iterdir()) == []


FAULTS = (
    RuntimeError(f"could not keep {STORY} of {NAME}"),
    ValueError(STORY, {"name": NAME}),
    StorageUnavailable(f"INSERT INTO dialogues VALUES ('{STORY}')"),
    KeyError(PHONE),
    UnicodeDecodeError("utf-8", STORY.encode(), 0, 1, NAME),
    ExceptionGroup(NAME, [OSError(28, STORY), TimeoutError(PHONE)]),
    MemoryError(STORY),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
async def test_a_fault_that_quotes_what_was_said_shows_and_logs_none_of_it(
    tmp_path: Path,
    fault: Exception,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    async with breakable(tmp_path / "home") as (_, breaking, base):
        person = Visiting(base)
        async for asked in tells(person):
            if asked == "story":
                break
        breaking.breaks = fault
        with structlog.testing.capture_logs() as logged:
            page = await person.presses("next", text=STORY)
        breaking.breaks = None
        assert page.status in {408, 500, 503}
        # What can be sent again is given back to whoever just sent it, and to nobody else.
        own = f'name="text" value="{STORY}"' if page.status == 503 else ""
        assert own in page.html
        assert "CANARY" not in page.html.replace(own, "")
        assert "Traceback" not in page.html
        told = str(logged) + "".join(capfd.readouterr()) + caplog.text
        assert "CANARY" not in told
        # Nothing is lost but the one answer: the question is still there.
        again = await person.goes("/report")
        assert again.status == 200
        await person.session.close()
    assert "CANARY" not in str(describe(fault))


async def test_a_disk_that_breaks_while_a_photo_comes_in_leaves_and_tells_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    async with breakable(tmp_path / "home") as (house, breaking, base):
        person = Visiting(base)
        async for _ in tells(person):
            form = next(each for each in person.page.forms if each.action == "/report")
            if form.enctype == "multipart/form-data":
                break
        breaking.breaks = OSError(28, f"no space for {FILE_NAME}")
        with structlog.testing.capture_logs() as logged:
            page = await person.presses("next", files=[(FILE_NAME, photo())])
        assert page.status == 503
        assert "CANARY" not in page.html + str(logged) + "".join(capfd.readouterr())
        assert list(house.blobs.ids()) == []
        await person.session.close()


async def test_whether_it_is_well_is_one_word_whatever_is_wrong(tmp_path: Path) -> None:
    class Ill:
        async def read(self, work: object) -> int:
            raise StorageUnavailable(f"the disk has {STORY}")

    assert await readiness(Ill())() is False
    async with small_house(tmp_path / "home") as house:
        services = WebServices(
            reception=house.reception, form_secret=b"s" * 32, is_ready=readiness(Ill())
        )
        server = WebServer(make_app(services))
        port = await server.start("127.0.0.1", 0)
        visitor = Visiting(f"http://127.0.0.1:{port}")
        page = await visitor.goes("/healthz")
        assert page.status == 503
        assert len(page.html) < 20
        await visitor.session.close()
        await server.stop()


def test_the_process_that_takes_files_apart_dumps_writes_and_grows_no_more_than_it_may() -> None:
    program = (
        "import resource, sys\n"
        "from intake.apart import confine\n"
        "confine(cpu_seconds=30)\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE))\n"
        "try:\n"
        "    bytes(4_000_000_000)\n"
        "except MemoryError:\n"
        "    print('no memory')\n"
        "try:\n"
        "    resource.setrlimit(resource.RLIMIT_CPU, (31, 32))\n"
        "except (ValueError, OSError):\n"
        "    print('no more time')\n"
        "sys.stdout.flush()\n"
        "import tempfile\n"
        "with tempfile.TemporaryFile() as file:\n"
        "    file.write(b'CANARY')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, timeout=300
    )
    told = done.stdout.decode().splitlines()
    assert told[:2] == ["(0, 0)", "no memory"]
    assert done.returncode != 0
    assert resource.getrlimit(resource.RLIMIT_CPU)[0] == resource.RLIM_INFINITY
