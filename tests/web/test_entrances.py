"""The ways in and out."""

import pytest

from flows.moves import Stop
from intake.arrivals import JoinRound
from tests.web.conftest import Served


async def test_the_first_page_offers_every_language_in_its_own_name(served: Served) -> None:
    page = await served.visitor().goes("/")
    for name in (
        "English",
        "Nederlands",
        "Português (Brasil)",
        "简体中文",
        "हिन्दी",
        "Türkçe",
        "Tiếng Việt",
        "العربية",
    ):
        assert page.has_button(name)


@pytest.mark.parametrize(
    ("language", "tag", "direction"),
    [("en", "en", "ltr"), ("pt-PT", "pt-BR", "ltr"), ("ar-EG", "ar", "rtl"), ("xx", "en", "ltr")],
)
async def test_the_page_comes_in_the_browsers_language(
    served: Served, language: str, tag: str, direction: str
) -> None:
    page = await served.visitor(language).goes("/")
    assert f'<html lang="{tag}" dir="{direction}">' in page.html
    assert page.headers["Content-Language"] == tag


async def test_a_chosen_language_holds_on_every_page(served: Served) -> None:
    visitor = served.visitor("en")
    await visitor.goes("/about")
    page = await visitor.presses("العربية")
    assert (page.address, 'dir="rtl"' in page.html) == ("/about", True)
    assert 'dir="rtl"' in (await visitor.goes("/safety")).html


@pytest.mark.parametrize(
    "here",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/leave",
        "javascript:alert(1)",
        "/about\r\nX: y",
    ],
)
async def test_no_form_leads_to_another_site(served: Served, here: str) -> None:
    visitor = served.visitor()
    await visitor.goes("/about")
    assert (await visitor.presses("Nederlands", here=here)).address == "/"


async def test_a_poster_link_takes_its_site_along(served: Served) -> None:
    visitor = served.visitor()
    await visitor.goes("/s/JPR01")
    page = await visitor.presses("Tell what goes wrong")
    assert "Which colour?" in page.text
    assert served.house.site_codes == ["JPR01"]


async def test_an_unknown_poster_link_is_said_and_the_report_begins_all_the_same(
    served: Served,
) -> None:
    visitor = served.visitor()
    await visitor.goes("/s/NOPE")
    page = await visitor.presses("Tell what goes wrong")
    assert "We do not know the place in this link." in page.text
    assert "Which colour?" in page.text


async def test_looking_at_a_poster_link_keeps_nothing(served: Served) -> None:
    await served.visitor().goes("/s/JPR01")
    assert served.house.wishes == []


async def test_an_invitation_says_what_the_round_is_for_before_anything_is_asked(
    served: Served,
) -> None:
    visitor = served.visitor()
    page = await visitor.goes("/r/abc-DEF_1")
    assert served.house.wishes == [JoinRound(token="abc-DEF_1")]
    for words in (
        "To find what harms most",
        "By vote",
        "1 December 2026",
        "A meeting",
        "1 March 2027",
    ):
        assert words in page.text
    assert "Which colour?" in (await visitor.presses("Begin")).text


async def test_leaving_a_round_is_one_button_away(served: Served) -> None:
    visitor = served.visitor()
    await visitor.goes("/r/abc")
    page = await visitor.presses("Leave and delete my answers")
    assert "You no longer take part." in page.text


async def test_every_public_page_has_a_quick_exit(served: Served) -> None:
    visitor = served.visitor()
    for path in (
        "/",
        "/about",
        "/safety",
        "/receipt",
        "/receipt/kept",
        "/report",
        "/nowhere",
        "/r/x",
    ):
        assert 'href="/leave"' in (await visitor.goes(path)).html


async def test_quick_exit_wipes_the_draft_forgets_the_browser_and_is_elsewhere(
    served: Served,
) -> None:
    visitor = served.visitor()
    await visitor.goes("/")
    await visitor.presses("Tell what goes wrong")
    page = await visitor.goes("/leave")
    assert page.headers["Location"] == "https://www.wikipedia.org/"
    assert served.house.wishes[-1] == Stop()
    assert "visit" not in visitor.cookies
    assert "Which colour?" not in (await visitor.goes("/report")).text


@pytest.mark.parametrize(
    "header", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Purpose": "prefetch;prerender"}]
)
async def test_quick_exit_wipes_nothing_when_nobody_pressed_it(
    served: Served, header: dict[str, str]
) -> None:
    visitor = served.visitor()
    await visitor.goes("/")
    await visitor.presses("Tell what goes wrong")
    await visitor.goes("/leave", **header)
    assert "Which colour?" in (await visitor.goes("/report")).text


async def test_quick_exit_of_a_newcomer_asks_nothing_of_the_house(served: Served) -> None:
    await served.visitor().goes("/leave")
    assert served.house.wishes == []
