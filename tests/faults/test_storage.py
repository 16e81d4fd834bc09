"""A full disk, a database that is locked: nothing is pretended, nothing is lost but the moment."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from intake.words import CANNOT_KEEP_NOW
from locales.catalogue import catalogue
from tests.bot.conftest import polling
from tests.bot.test_end_to_end import begin
from tests.faults.breaking import BREAKING, Breaking, full_disk
from tests.faults.telling import STORY, asked_of, comes_to
from tests.house import ASHA, House, small_house
from tests.telegram_server import TelegramServer
from tests.web.inside_house import PASSPHRASE, Inside
from tests.web.visiting import Visiting


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with small_house(tmp_path / "home") as house:
        yield house


@pytest.mark.parametrize("breaking", BREAKING)
@pytest.mark.parametrize("language", ["hi", "ar"])
async def test_on_the_pages_it_is_said_in_ones_language_and_ones_words_are_sent_again(
    inside: Inside, breaking: Breaking, language: str
) -> None:
    person = Visiting(inside.base, language=language)
    inside.visitors.append(person)
    await comes_to(person, "story")
    words = catalogue(language)
    with breaking(inside.house):
        page = await person.presses("next", text=STORY)
        assert page.status == 503
        assert page.headers["Retry-After"]
        assert words.text(CANNOT_KEEP_NOW) in page.text
        again = await person.presses(words.text("Send"))
        assert again.status == 503
        # What can be read is read: the question is where it was.
        looked = await inside.visitor().goes("/")
        assert looked.status == 200
    await person.presses(words.text("Send"), page=again)
    assert asked_of(person) not in {"story", ""}
    await person.presses("back")
    while asked_of(person) != "story":
        await person.presses("back")
    assert STORY in person.page.html


@pytest.mark.parametrize("breaking", BREAKING)
async def test_in_a_chat_it_is_said_in_ones_language_and_the_question_stays(
    house: House, breaking: Breaking
) -> None:
    async with TelegramServer() as server, polling(server, house.reception):
        person = server.person(language="hi")
        await begin(person, "RJ3")
        asked = await person.sees()
        with breaking(house):
            person.taps(person.prompt, person.prompt.buttons[0].data)
            told = catalogue("hi").text(CANNOT_KEEP_NOW)
            await server.until(lambda: any(told in each.text for each in person.messages.values()))
        await server.until(lambda: not server.waiting)
        await person.says("/menu")
        await person.sees()
        person.taps(
            person.prompt, next(b.data for b in person.prompt.buttons if "resume" in b.data)
        )
        assert asked.splitlines()[-1] in await person.sees()


@pytest.mark.parametrize("breaking", BREAKING)
async def test_at_the_desk_a_letter_is_not_lost(inside: Inside, breaking: Breaking) -> None:
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    with breaking(inside.house):
        page = await asha.presses("Seal and send", letter=STORY)
        assert page.status == 503
    page = await asha.presses("Send", page=page)
    assert page.html.count(STORY) == 1


async def test_a_pass_phrase_is_in_no_page_that_says_so(inside: Inside) -> None:
    asha = inside.visitor()
    await asha.goes("/sign-in")
    inside.next_code()
    typed = {"name": ASHA.name, "passphrase": PASSPHRASE, "code": inside.code(ASHA.id)}
    with full_disk(inside.house):
        page = await asha.presses("Sign in", **typed)
    assert page.status == 503
    assert PASSPHRASE not in page.html


async def test_a_photo_that_does_not_fit_leaves_nothing_and_is_said(inside: Inside) -> None:
    person = Visiting(inside.base, language="vi")
    inside.visitors.append(person)
    await comes_to(person, "photos")
    noise = Image.effect_noise((400, 400), 90)
    photo = inside.house.home / "noise.png"
    noise.save(photo)
    with full_disk(inside.house):
        page = await person.presses("next", files=[("a.png", photo.read_bytes())])
        assert page.status == 503
        assert catalogue("vi").text(CANNOT_KEEP_NOW) in page.text
    assert list(inside.house.blobs.ids()) == []
    await person.goes("/report")
    assert asked_of(person) == "photos"
