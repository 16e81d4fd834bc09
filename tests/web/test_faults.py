"""When a page cannot be shown."""

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import pytest
import structlog

from tests.web.conftest import Served
from web.faults import FAULT_WORDS

DISPOSITION = 'Content-Disposition: form-data; name="a"'


async def test_a_missing_page_is_said_kindly_in_the_persons_language(served: Served) -> None:
    page = await served.visitor("ar").goes("/nowhere")
    assert page.status == 404
    assert 'dir="rtl"' in page.html


async def test_a_wrong_method_says_which_would_be_right(served: Served) -> None:
    page = await served.visitor().sends("DELETE", "/report")
    assert page.status == 405
    assert "POST" in page.headers["Allow"]


async def test_a_fault_of_ours_shows_and_logs_nothing_that_anybody_wrote(
    served: Served, capfd: pytest.CaptureFixture[str]
) -> None:
    visitor = served.visitor()
    await visitor.goes("/")
    served.house.is_broken = True
    with structlog.testing.capture_logs() as logged:
        page = await visitor.presses("Tell what goes wrong")
        secret = await visitor.goes("/r/SECRET-TOKEN")
    assert page.status == secret.status == 500
    assert "The mistake is ours" in page.text
    everything = page.html + str(logged) + "".join(capfd.readouterr())
    for hidden in ("CANARY", "SECRET-TOKEN", "127.0.0.1", "Traceback"):
        assert hidden not in everything
    assert [entry["route"] for entry in logged] == ["/report", "/r/{token}"]
    assert all(entry["fault"] == "RuntimeError" for entry in logged)


async def test_a_form_that_is_too_large_is_said_kindly(
    serve: Callable[..., Awaitable[Served]],
) -> None:
    served = await serve(most_form_bytes=10_000)
    visitor = served.visitor()
    await visitor.goes("/receipt")
    assert (await visitor.presses("Open", receipt="1" * 20_000)).status == 413


async def test_an_upload_that_is_too_large_is_refused_before_it_is_read(
    serve: Callable[..., Awaitable[Served]],
) -> None:
    served = await serve(most_upload_bytes=10_000)
    visitor = served.visitor()
    await visitor.goes("/")
    await visitor.presses("Tell what goes wrong")
    form, _ = visitor.page.form_with("Next")
    boundary = "b" * 20
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="x"\r\n\r\n{"y" * 20_000}\r\n'
        f"--{boundary}--\r\n"
    )
    page = await visitor.sends(
        "POST",
        form.action,
        data=body,
        headers={"Content-Type": f"multipart/form-data; boundary={boundary}"},
    )
    assert page.status == 413


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("application/json", "{}"),
        ("text/plain", "do=stop"),
        ("multipart/form-data", "no boundary"),
        ("multipart/form-data; boundary=x", "not parts at all"),
        ("multipart/form-data; boundary=x", "--x\r\n\r\nno name\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", f"--x\r\n{DISPOSITION}\r\n\r\n\xff\r\n--x--"),
        ("multipart/form-data; boundary=x", f"--x\r\n{DISPOSITION}\r\n\r\nand no end"),
        ("application/x-www-form-urlencoded", "%FF%FE=%80"),
    ],
)  # fmt: skip
async def test_an_unreadable_form_is_refused_and_never_a_crash(
    served: Served, media_type: str, body: str
) -> None:
    visitor = served.visitor()
    await visitor.goes("/")
    page = await visitor.sends(
        "POST", "/report", data=body.encode("latin-1"), headers={"Content-Type": media_type}
    )
    assert page.status in {400, 403}


async def test_what_is_not_http_leaves_no_address_in_the_log(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(served.base).port)
    writer.write(b"CANARY \x00\xff nonsense\r\n\r\n")
    await writer.drain()
    answer = await reader.read()
    writer.close()
    assert b" 400 " in answer
    assert "127.0.0.1" not in caplog.text
    assert "CANARY" not in caplog.text


@pytest.mark.parametrize("status", sorted(FAULT_WORDS))
def test_every_fault_has_words(status: int) -> None:
    words = FAULT_WORDS[status]
    assert words.title
    assert words.text
