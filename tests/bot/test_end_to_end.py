"""From Telegram to the database and back, with the real reception, flows, keys and languages."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.buttons import Act
from bot.channel import TelegramChannel
from tests.bot.conftest import polling
from tests.house import QUARRY, House, small_house
from tests.telegram_server import Button, Person, TelegramServer

CHOSEN = frozenset(
    ("own", "yes", "worker", "no", "neither", "health_safety", "month", "many", "men", "afraid",
     "anonymous", "ok")
)  # fmt: skip
STORY = "The dust is so thick that we cough blood."
MOST_STEPS = 60


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with small_house(tmp_path) as house:
        yield house


@pytest.fixture
async def channel(server: TelegramServer, house: House) -> AsyncIterator[TelegramChannel]:
    async with polling(server, house.reception) as channel:
        yield channel


def photo() -> bytes:
    content = BytesIO()
    Image.new("RGB", (64, 48), "red").save(content, "JPEG")
    return content.getvalue()


def has(person: Person, act: Act) -> bool:
    """Whether the present prompt has a button that does this."""
    return any(b.data.startswith(act) for b in person.prompt.buttons)


def button(person: Person, act: Act) -> Button:
    """The button that does this; of several choices one of ours, if it is there."""
    found = [b for b in person.prompt.buttons if b.data.startswith(act)]
    ours = [b for b in found if b.data.partition(".")[2] in CHOSEN]
    return (ours or found)[0]


async def answer(person: Person) -> None:
    """Whatever is asked: a choice of ours, the story once, and skipping the rest."""
    if has(person, Act.CHOOSE):
        person.taps(person.prompt, button(person, Act.CHOOSE).data)
    elif STORY not in person.own.values():
        await person.says(STORY)
    else:
        person.taps(person.prompt, button(person, Act.SKIP).data)


async def begin(person: Person, payload: str = "") -> None:
    await person.says(f"/start {payload}".strip())
    await person.sees()
    switch = next(b for b in person.prompt.buttons if b.data == f"g0.{person.language}")
    person.taps(person.prompt, switch.data)
    await person.sees()
    person.taps(person.prompt, "m0.report")
    await person.sees()


async def go_on(person: Person, until: Act) -> str:
    """Answer until there is such a button; gives all that was seen."""
    seen = []
    for _ in range(MOST_STEPS):
        seen.append(await person.sees())
        if has(person, until):
            return "\n".join(seen)
        await answer(person)
    raise AssertionError("the conversation does not end")


@pytest.mark.parametrize("language", ["en", "nl", "pt_BR", "zh_Hans", "hi", "tr", "vi", "ar"])
async def test_a_report_goes_from_start_to_receipt_in_every_language(
    language: str, server: TelegramServer, house: House, channel: TelegramChannel
) -> None:
    person = server.person(language=language)
    await begin(person, QUARRY.code)
    await go_on(person, Act.SUBMIT)
    person.taps(person.prompt, button(person, Act.SUBMIT).data)
    receipt = _digits(await person.sees())
    assert len(receipt) == 17
    assert STORY not in person.newest.text
    await person.says(f"/receipt {receipt}")
    assert "202" in await person.sees()
    assert len(await house.database.read(lambda tx: tx.cases.refs())) == 1


async def test_a_receipt_that_a_crash_kept_back_is_said_by_the_next_process(
    server: TelegramServer, house: House
) -> None:
    person = server.person()
    async with polling(server, house.reception):
        await begin(person, QUARRY.code)
        await go_on(person, Act.SUBMIT)
        server.fail("editMessageText", times=4, cuts=True)
        person.taps(person.prompt, button(person, Act.SUBMIT).data)
        await server.until(lambda: not server.waiting)
        await server.quiet()
    assert not any(_has_receipt(shown.text) for shown in person.messages.values())
    async with polling(server, house.reception) as channel:
        await channel.drain()
        assert _has_receipt(person.screen)
        said = len(server.called("sendMessage"))
    async with polling(server, house.reception) as channel:
        await channel.drain()
    assert len(server.called("sendMessage")) == said


async def test_a_photo_is_sealed_on_its_way_and_counted(
    server: TelegramServer, house: House, channel: TelegramChannel
) -> None:
    person = server.person()
    await begin(person, QUARRY.code)
    while "photo" not in await person.sees():
        await answer(person)
    await person.sends_album([photo(), photo()])
    await server.until(lambda: "2 photos" in person.newest.text)
    files = [file.read_bytes() for file in house.home.rglob("*") if file.is_file()]
    assert not any(b"JFIF" in content for content in files)


async def test_stopping_leaves_nothing_in_the_chat_and_nothing_in_the_drafts(
    server: TelegramServer, house: House, channel: TelegramChannel
) -> None:
    person = server.person()
    await begin(person, QUARRY.code)
    while STORY not in person.own.values():
        await answer(person)
        await person.sees()
    await person.says("stop")
    assert "Stopped" in await person.sees()
    assert STORY not in person.screen
    await person.says("/menu")
    assert "You began something" not in await person.sees()


def _has_receipt(text: str) -> bool:
    return any(sum(c.isdigit() for c in line) == 17 for line in text.split("\n"))


def _digits(text: str) -> str:
    line = next(line for line in text.split("\n") if sum(c.isdigit() for c in line) == 17)
    return "".join(c for c in line if c.isdigit())
