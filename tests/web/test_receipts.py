"""Looking up a case, and saying that the receipt is written down."""

from tests.web.conftest import Served
from tests.web.small_house import RECEIPT


async def test_a_receipt_shows_status_dates_and_letters(served: Served) -> None:
    visitor = served.visitor()
    await visitor.goes("/receipt")
    page = await visitor.presses("Open", receipt="1234 5678 9012 3456 7")
    assert page.status == 200
    for words in ("Received", "27 November 2026", "Are you <i>safe</i>? Tell us.", "2 files"):
        assert words in page.text
    assert RECEIPT not in page.html


async def test_an_unknown_receipt_is_said_beside_the_field_with_what_was_typed(
    served: Served,
) -> None:
    visitor = served.visitor()
    await visitor.goes("/receipt")
    page = await visitor.presses("Open", receipt="1111")
    assert page.status == 422
    assert 'aria-invalid="true"' in page.html
    assert 'value="1111"' in page.html
    assert 'id="receipt-error"' in page.html


async def test_an_empty_look_up_asks_for_the_receipt(served: Served) -> None:
    visitor = served.visitor()
    await visitor.goes("/receipt")
    page = await visitor.presses("Open", receipt="  ")
    assert page.status == 422
    assert served.house.wishes == []


async def test_too_many_tries_are_refused_kindly_and_keep_what_was_typed(served: Served) -> None:
    visitor = served.visitor()
    await visitor.goes("/receipt")
    page = await visitor.presses("Open", receipt="9")
    assert (page.status, page.headers["Retry-After"]) == (429, "60")
    assert "Nothing is lost" in page.text
    assert 'value="9"' in page.html


async def test_writing_back_is_the_same_conversation(served: Served) -> None:
    visitor = served.visitor()
    await visitor.goes("/receipt")
    await visitor.presses("Open", receipt="12345678901234567")
    assert "Which colour?" in (await visitor.presses("Write to the handler")).text


async def test_a_receipt_never_stands_in_an_address(served: Served) -> None:
    visitor = served.visitor()
    page = await visitor.goes("/receipt?receipt=" + RECEIPT)
    assert RECEIPT not in page.html
    assert 'method="post"' in page.html
