"""Unique words in every free field, then looked for in every byte that is kept or logged.

A canary that is found names the place: whoever steals the disk or reads the logs would find it too.
"""

import io
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.bot.conftest import polling
from tests.house import House, small_house
from tests.telegram_server import Person, TelegramServer

CHAT = 7341992258
NAME = "Kanarienvogel"
WORDS = {
    "story": "wombatstory",
    "retaliation": "wombatthreat",
    "remedy": "wombatremedy",
    "contact_name": "wombatname",
    "contact_reach": "wombatphone",
    "letter": "wombatletter",
    "answer": "wombatanswer",
    "refused": "wombatrefused",
    "metadata": "wombatmetadata",
    "file_name": "wombatfilename",
}


def canaries() -> Iterator[tuple[str, bytes]]:
    """Every form in which a canary could lie about."""
    for what, word in {**WORDS, "chat": str(CHAT), "name": NAME}.items():
        yield what, word.encode("utf-8")
        yield what, word.encode("utf-16-le")
        yield what, word.upper().encode("utf-8")
    yield "chat", CHAT.to_bytes(8, "little")
    yield "chat", CHAT.to_bytes(8, "big")


def assert_unseen(home: Path, logged: str) -> None:
    """No canary in any file's name or bytes, nor in what was logged and printed."""
    looked_at = 0
    for path in home.rglob("*"):
        if path.is_file():
            looked_at += 1
            content = path.read_bytes()
            for what, canary in canaries():
                assert canary not in content, f"{what} in {path.name}"
                assert canary not in path.name.encode(), f"{what} in a file's name"
    assert looked_at >= 2
    for what, canary in canaries():
        assert canary not in logged.encode(), f"{what} in the log"


def photo() -> bytes:
    image = Image.new("RGB", (40, 30), "grey")
    note = PngInfo()
    note.add_text("Comment", WORDS["metadata"])
    out = io.BytesIO()
    image.save(out, "PNG", pnginfo=note)
    assert WORDS["metadata"].encode() in out.getvalue()
    return out.getvalue()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with small_house(tmp_path / "home") as house:
        yield house


async def tell(person: Person) -> None:
    """A whole report with a canary in each place where words can be typed, up to the review."""
    await person.says("/start RJ3")
    await person.presses("English")
    await person.presses("Tell what goes wrong")
    await person.says(WORDS["refused"])
    for label in (
        "Only I use it",
        "Yes",
        "I work there or worked there",
        "No",
        "No",
        "Something else",
        "Skip",
        "Skip",
        "Skip",
    ):
        await person.presses(label)
    await person.says(WORDS["story"])
    await person.presses("Skip")
    await person.sends_document(f"{WORDS['file_name']}.png", photo())
    await person.presses("Done")
    await person.presses("Skip")
    await person.presses("Yes")
    await person.says(WORDS["retaliation"])
    await person.presses("Something else")
    await person.presses("Done")
    await person.says(WORDS["remedy"])
    await person.presses("Only the people who handle my report know who I am")
    await person.says(WORDS["contact_name"])
    await person.says(WORDS["contact_reach"])
    await person.presses("OK")
    assert "Please read this once more" in await person.sees()


async def test_no_canary_is_kept_or_logged(
    house: House,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    logged = ""
    async with TelegramServer() as server, polling(server, house.reception):
        person = server.person(id=CHAT, name=NAME)
        await tell(person)
        logged += "".join(capfd.readouterr())
        assert_unseen(tmp_path / "home", logged + _ours(caplog))
        await person.presses("Send")
        assert "It is safely kept" in await person.sees()
        server.fail("sendMessage", times=2, status=500)
        await person.says("/menu")
        await person.sees()
    logged += "".join(capfd.readouterr())
    assert_unseen(tmp_path / "home", logged + _ours(caplog))


async def test_no_canary_stays_after_stopping(house: House, tmp_path: Path) -> None:
    async with TelegramServer() as server, polling(server, house.reception):
        person = server.person(id=CHAT, name=NAME)
        await tell(person)
        await person.says("stop")
        await person.sees()
    blobs = [path for path in (tmp_path / "home" / "blobs").rglob("*") if path.is_file()]
    assert blobs == []
    assert_unseen(tmp_path / "home", "")


def _ours(caplog: pytest.LogCaptureFixture) -> str:
    """What was logged, but for the test's own Bot API server and client on loopback."""
    return "\n".join(
        record.getMessage() + str(record.__dict__)
        for record in caplog.records
        if not record.name.startswith(("aiohttp.access", "asyncio"))
    )
