"""A report that was begun elsewhere goes on in a browser, over a real house."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from flows.moves import Choose
from intake import words
from intake.arrivals import MoveElsewhere, Report
from intake.moving_codes import new_codes
from intake.screens import MoveOffered
from tests.house import House, small_house
from tests.intake.test_reception import asked, talk
from tests.web.visiting import SeenPage, Visiting
from web.app import make_app
from web.services import WebServices
from web.serving import WebServer

CHAT = "700100200"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with small_house(tmp_path) as house:
        yield house


@pytest.fixture
async def base(house: House) -> AsyncIterator[str]:
    services = WebServices(
        reception=house.reception,
        form_secret=b"s" * 32,
        chat_link=lambda code: f"https://t.me/loopback_bot?start=m_{code}",
    )
    server = WebServer(make_app(services))
    yield f"http://127.0.0.1:{await server.start('127.0.0.1', 0)}"
    await server.stop()


@pytest.fixture
async def visitor(base: str) -> AsyncIterator[Visiting]:
    visitor = Visiting(base)
    yield visitor
    await visitor.session.close()


async def code_of(house: House, chat: str = CHAT, *, until: str = "reporter") -> MoveOffered:
    await talk(house, chat, until=until)
    reply = await house.take(chat, MoveElsewhere())
    return next(screen for screen in reply.screens if isinstance(screen, MoveOffered))


def question(page: SeenPage) -> str:
    found = [dict(form.fields).get("asked", "") for form in page.forms]
    return next(filter(None, found), "")


async def taken(visitor: Visiting, code: str) -> SeenPage:
    await visitor.goes("/move")
    return await visitor.presses("Go on here", code=code)


async def test_the_report_goes_on_and_a_reload_takes_nothing_twice(
    house: House, visitor: Visiting
) -> None:
    codes = await code_of(house)
    page = await taken(visitor, codes.link_code)
    assert (page.status, page.address) == (200, "/report")
    assert words.MOVED_HERE in page.text
    assert question(page) == "reporter"
    page = await visitor.goes("/report")
    assert question(page) == "reporter"
    assert words.MOVED_HERE not in page.text


async def test_looking_at_the_page_uses_no_code_up(house: House, visitor: Visiting) -> None:
    codes = await code_of(house)
    for _ in range(3):
        await visitor.goes("/move")
        await visitor.goes(f"/move?code={codes.link_code}")
    assert question(await taken(visitor, codes.typed_code)) == "reporter"


async def test_the_language_of_the_draft_wins_over_one_that_was_chosen_before(
    house: House, visitor: Visiting
) -> None:
    codes = await code_of(house)
    await visitor.goes("/move")
    await visitor.presses("nl")
    form = next(form for form in visitor.page.forms if form.action == "/move")
    page = await visitor.sends("POST", "/move", data=[*form.fields, ("code", codes.link_code)])
    page = await visitor.goes("/report")
    assert 'lang="en"' in page.html


@pytest.mark.parametrize(
    "spoil",
    [
        lambda codes: codes.link_code[:16],
        lambda codes: codes.typed_code[:9],
        lambda _: new_codes().link,
        lambda _: new_codes().grouped,
        lambda _: "1234-5678-9012-3456-7",
        lambda _: "<script>alert(1)</script>",
        lambda _: "x" * 5_000,
    ],
)
async def test_a_code_that_does_not_work_is_told_and_not_shown_again(
    house: House, visitor: Visiting, spoil: object
) -> None:
    codes = await code_of(house)
    typed = spoil(codes)  # type: ignore[operator]  # a function of the table above
    page = await taken(visitor, typed)
    assert page.status == 422
    assert words.CODE_DOES_NOT_WORK in page.text
    assert typed[:20] not in page.html
    assert question(await taken(visitor, codes.link_code)) == "reporter"


async def test_no_code_at_all_is_asked_for_again(visitor: Visiting) -> None:
    page = await taken(visitor, "  ")
    assert page.status == 422
    assert "Please type or paste the code" in page.text


async def test_a_lapsed_and_a_used_code_show_nothing(
    house: House, base: str, visitor: Visiting
) -> None:
    codes = await code_of(house)
    house.clock.now += timedelta(minutes=31)
    assert (await taken(visitor, codes.link_code)).status == 422
    codes = await code_of(house)
    await taken(visitor, codes.link_code)
    thief = Visiting(base)
    try:
        page = await taken(thief, codes.link_code)
        assert page.status == 422
        assert question(page) == ""
        assert question(await thief.goes("/report")) == ""
    finally:
        await thief.session.close()


async def test_a_browser_with_a_draft_of_its_own_is_asked_which_to_keep(
    house: House, visitor: Visiting
) -> None:
    await visitor.goes("/")
    mine = question(await visitor.presses("report"))
    codes = await code_of(house)
    page = await taken(visitor, codes.link_code)
    assert words.TWO_DRAFTS in page.text
    page = await visitor.goes("/report")  # a reload asks again
    assert words.TWO_DRAFTS in page.text
    page = await visitor.presses("keep_here")
    assert question(page) == mine
    page = await taken(visitor, codes.link_code)
    page = await visitor.presses("take_moved")
    assert question(page) == "reporter"


async def test_another_forms_token_takes_nothing_over(house: House, visitor: Visiting) -> None:
    codes = await code_of(house)
    await visitor.goes("/receipt")
    form = next(form for form in visitor.page.forms if form.action == "/receipt")
    page = await visitor.sends("POST", "/move", data=[*form.fields, ("code", codes.link_code)])
    assert page.status == 403
    assert asked(await house.take(CHAT, Report())).prompt.path == "reporter"


async def test_from_the_web_there_is_a_link_into_the_chat_and_a_code(
    house: House, visitor: Visiting
) -> None:
    await visitor.goes("/")
    mine = question(await visitor.presses("report"))
    page = await visitor.presses("move_to_chat")
    assert "https://t.me/loopback_bot?start=m_" in page.html
    assert "30 minutes" in page.text
    assert question(await visitor.goes("/report")) == mine


async def test_an_answer_from_an_old_page_is_told_that_it_went_on_elsewhere(
    house: House, base: str, visitor: Visiting
) -> None:
    await visitor.goes("/")
    old = await visitor.presses("report")
    reply = await house.take(CHAT, Report())
    page = await visitor.presses("move_to_chat")
    code = page.html.partition("start=m_")[2][:32]
    other = Visiting(base)
    try:
        assert question(await taken(other, code)) == question(old)
    finally:
        await other.session.close()
    page = await visitor.presses("next", page=old, choice="own")
    assert words.MENU_MOVED_ON in page.text
    assert question(await visitor.presses("report")) == question(old)
    await house.take(CHAT, Choose(names=("own",), turn=asked(reply).prompt.turn))


async def test_where_there_is_no_chat_the_first_page_does_not_speak_of_one(house: House) -> None:
    server = WebServer(make_app(WebServices(reception=house.reception, form_secret=b"s" * 32)))
    visitor = Visiting(f"http://127.0.0.1:{await server.start('127.0.0.1', 0)}")
    try:
        page = await visitor.goes("/")
        assert "/move" not in page.html
    finally:
        await visitor.session.close()
        await server.stop()
