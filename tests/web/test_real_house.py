"""The pages over a real installation: real database, real keys, the flows that are shipped."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from register.account import read_account
from register.particulars import Theme
from register.referrals import Referral, ReferralKind
from sealing.identifiers import new_id
from sealing.opening import open_part
from tests.house import ASHA, QUARRY, House, small_house
from tests.web.visiting import SeenPage, Visiting
from web.app import make_app
from web.services import WebServices
from web.serving import WebServer

STORY = "The dust is so thick that we cough."
CHOICES = {
    "phone": "own",
    "safe_now": "yes",
    "reporter": "worker",
    "danger": "no",
    "urgent_kind": "neither",
    "theme_chosen": "health_safety",
    "since": "month",
    "people": "many",
    "group": "men",
    "tried_local": "no",
    "retaliation": "afraid",
    "anonymity": "anonymous",
}
DIGITS = re.compile(r'<p class="digits"[^>]*>(.*?)</p>', re.DOTALL)


@dataclass
class Real:
    """The installation and where its pages are."""

    house: House
    base: str


@pytest.fixture
async def real(tmp_path: Path) -> AsyncIterator[Real]:
    async with small_house(tmp_path) as house:
        app = make_app(WebServices(reception=house.reception, form_secret=b"s" * 32))
        server = WebServer(app)
        port = await server.start("127.0.0.1", 0)
        yield Real(house, f"http://127.0.0.1:{port}")
        await server.stop()


@pytest.fixture
async def visitor(real: Real) -> AsyncIterator[Visiting]:
    visitor = Visiting(real.base)
    yield visitor
    await visitor.session.close()


def asked(page: SeenPage) -> str:
    """The path of the question on the page; empty when it asks none."""
    found = [dict(form.fields).get("asked", "") for form in page.forms]
    return next(filter(None, found), "")


def photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    return out.getvalue()


async def walk(visitor: Visiting, *, until: str = "") -> SeenPage:
    """Answer what is asked, in whatever language, until the review or the named question."""
    for _ in range(60):
        page = visitor.page
        path = asked(page)
        assert page.status == 200, page.text
        if not path or path == until:
            return page
        if path in CHOICES:
            await visitor.presses("next", choice=CHOICES[path])
        elif path in {"story", "message"}:
            await visitor.presses("next", text=STORY)
        elif path == "photos":
            await visitor.presses("next", files=[("me.jpg", photo())])
        elif path == "site":
            await visitor.presses("search", text="rajnagar")
            await visitor.presses("next", choice=QUARRY.id)
        elif path == "understood":
            await visitor.presses("next")
        else:
            await visitor.presses("skip")
    raise AssertionError("the conversation does not end")


async def report(visitor: Visiting) -> str:
    """A whole report; the receipt's digits."""
    await visitor.goes("/")
    await visitor.presses("report")
    await walk(visitor)
    page = await visitor.presses("submit")
    found = DIGITS.search(page.html)
    assert found, page.text
    digits = re.sub(r"\D", "", re.sub("<[^>]*>", "", found[1]))
    assert len(digits) == 17
    return digits


@pytest.mark.parametrize("language", ["en", "hi", "ar", "zh-CN"])
async def test_a_report_becomes_a_case_that_only_its_handlers_read(
    real: Real, language: str
) -> None:
    visitor = Visiting(real.base, language=language)
    digits = await report(visitor)
    (ref,) = await real.house.database.read(lambda tx: tx.cases.refs())
    case = await real.house.database.read(lambda tx: tx.cases.get(ref))
    assert case is not None
    assert (case.site_id, case.theme) == (QUARRY.id, Theme.HEALTH_SAFETY)
    envelope = await real.house.database.read(lambda tx: tx.cases.envelope(ref))
    account = read_account(open_part(envelope, "account", real.house.identities[ASHA.id]))
    assert STORY in account.words
    token = visitor.cookies["visit"]
    everything = b"".join(
        path.read_bytes() for path in real.house.home.rglob("*") if path.is_file()
    )
    for secret in (token, digits, STORY, "me.jpg"):
        assert secret.encode() not in everything
    await visitor.session.close()


async def test_in_danger_the_receipts_page_says_where_help_is_there(
    real: Real, visitor: Visiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = Referral(
        id=new_id(),
        country=QUARRY.country,
        kind=ReferralKind.EMERGENCY,
        name={"en": "Sample emergency number"},
        reach={"": "#112"},
        checked_on=real.house.clock.today,
    )
    await real.house.database.transaction(lambda tx: tx.referrals.replace(number.country, [number]))
    monkeypatch.setitem(CHOICES, "danger", "yes")
    await report(visitor)
    assert "Where to find help now" in visitor.page.text
    assert "Sample emergency number" in visitor.page.text
    assert "#112" in visitor.page.text


async def test_the_receipt_stays_on_the_page_until_it_is_written_down(
    real: Real, visitor: Visiting
) -> None:
    digits = await report(visitor)
    assert digits[:4] in (await visitor.goes("/report")).text
    page = await visitor.presses("I have written it down")
    assert page.address == "/receipt/kept"
    assert "Question" not in (await visitor.goes("/report")).title


async def test_the_receipt_opens_the_case_and_the_reporter_writes_back(
    real: Real, visitor: Visiting
) -> None:
    digits = await report(visitor)
    await visitor.presses("I have written it down")
    await visitor.goes("/receipt")
    page = await visitor.presses("Open", receipt=f" {digits[:5]}-{digits[5:]} ")
    assert page.status == 200, page.text
    assert "Your report" in page.text
    await visitor.presses("write_back")
    await walk(visitor)
    page = await visitor.presses("submit")
    assert "Your message is sent" in page.text
    await visitor.goes("/receipt")
    page = await visitor.presses("Open", receipt=digits)
    assert "From you" in page.text
    assert STORY in page.text


@pytest.mark.parametrize("typed", ["1", "abc", "1" * 17, "1" * 200, "\x00", "١٢٣"])
async def test_a_receipt_that_is_none_is_said_kindly(
    real: Real, visitor: Visiting, typed: str
) -> None:
    await visitor.goes("/receipt")
    page = await visitor.presses("Open", receipt=typed)
    assert page.status == 422
    assert 'id="receipt-error"' in page.html


async def test_an_unknown_invitation_is_said_kindly(real: Real, visitor: Visiting) -> None:
    page = await visitor.goes("/r/nobody-sent-this")
    assert page.status == 404
    assert "This invitation is not known" in page.text
    assert "<h1>" in page.html


async def test_a_poster_link_answers_where_it_is(real: Real, visitor: Visiting) -> None:
    await visitor.goes(f"/s/{QUARRY.code}")
    await visitor.presses("report")
    page = await walk(visitor)
    assert QUARRY.name in page.text


async def test_a_language_switched_in_the_middle_loses_nothing(
    real: Real, visitor: Visiting
) -> None:
    await visitor.goes("/")
    await visitor.presses("report")
    await walk(visitor, until="story")
    page = await visitor.presses("language.ar", text="half a sen")
    assert 'lang="ar"' in page.html
    assert "half a sen" in page.html
    await walk(visitor)
    page = await visitor.presses("submit")
    assert 'class="digits"' in page.html


async def test_a_double_press_on_send_makes_one_case(real: Real, visitor: Visiting) -> None:
    await visitor.goes("/")
    await visitor.presses("report")
    review = await walk(visitor)
    first = await visitor.presses("submit", page=review)
    second = await visitor.presses("submit", page=review)
    assert DIGITS.search(first.html)
    assert DIGITS.search(second.html)
    assert len(await real.house.database.read(lambda tx: tuple(tx.cases.refs()))) == 1


async def test_quick_exit_leaves_no_draft(real: Real, visitor: Visiting) -> None:
    await visitor.goes("/")
    await visitor.presses("report")
    await walk(visitor, until="tried_local")
    token = visitor.cookies["visit"]
    await visitor.goes("/leave")
    visitor.session.cookie_jar.update_cookies({"visit": token})
    page = await visitor.goes("/report")
    assert asked(page) == ""


async def test_files_that_cannot_be_taken_are_said_and_nothing_of_them_stays(
    real: Real, visitor: Visiting
) -> None:
    await visitor.goes("/")
    await visitor.presses("report")
    await walk(visitor, until="photos")
    page = await visitor.presses("next", files=[("evil.html", b"<script>alert(1)</script>")])
    assert page.status == 422
    assert asked(page) == "photos"
    page = await visitor.presses("next", files=[("empty.jpg", b"")])
    assert page.status == 422
    assert list(real.house.blobs.ids()) == []


async def test_files_removed_again_are_gone_from_the_store(real: Real, visitor: Visiting) -> None:
    await visitor.goes("/")
    await visitor.presses("report")
    await walk(visitor, until="photos")
    page = await visitor.presses("add", files=[("a.jpg", photo()), ("b.jpg", photo())])
    first, second = re.findall(r'value="(remove\.[a-z2-7]{26})"', page.html)
    assert len(list(real.house.blobs.ids())) == 4
    page = await visitor.presses(first)
    assert asked(page) == "photos"
    assert len(list(real.house.blobs.ids())) == 2
    await visitor.presses(second)
    assert list(real.house.blobs.ids()) == []
