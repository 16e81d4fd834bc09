"""Forms, uploads and updates that begin and never end: given up, said in one's language, kept."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from locales.catalogue import catalogue
from tests.faults.telling import STORY, asked_of, comes_to
from tests.house import ASHA
from tests.security.whole_house import HOOK, HOOK_SECRET
from tests.web.inside_house import Inside
from tests.web.visiting import Visiting

LIMITS = (
    "web.public.forms.FORM_SECONDS",
    "web.public.forms.UPLOAD_SECONDS",
    "web.inside.fields.SECONDS_TO_READ",
    "web.app.SECONDS_TO_READ",
)
FORM = "application/x-www-form-urlencoded"
FILES = "multipart/form-data; boundary=b"


@contextmanager
def short_limits() -> Iterator[None]:
    """Minutes in earnest, and for whoever sends all of theirs here too."""
    with pytest.MonkeyPatch.context() as limits:
        for limit in LIMITS:
            limits.setattr(limit, 0.1)
        yield


async def begins(person: Visiting, path: str, kind: str, begun: bytes, **headers: str) -> str:
    """Sends the beginning of a body, and gives all that is answered."""
    cookies = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
    told = {"Host": "x", "Cookie": cookies, "Content-Type": kind, "Content-Length": "900000"}
    told |= {"Accept-Language": person.session.headers["Accept-Language"], **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(person._base).port)
    try:
        writer.write(f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + begun)
        with short_limits():
            async with asyncio.timeout(60):
                first = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(
            int(line.split(":")[1])
            for line in first.lower().split("\r\n")
            if line.startswith("content-length")
        )
        return first + (await reader.readexactly(length)).decode()
    finally:
        writer.transport.abort()


@pytest.mark.parametrize("language", ["hi", "zh_Hans", "ar"])
async def test_a_form_that_never_ends_is_told_so_and_what_was_answered_stays(
    inside: Inside, language: str
) -> None:
    person = Visiting(inside.base, language=language.replace("_", "-"))
    inside.visitors.append(person)
    await comes_to(person, "story")
    for kind, begun in (
        (FORM, b"text=" + STORY.encode()),
        (FILES, b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n' + STORY.encode()),
    ):
        told = await begins(person, "/report", kind, begun)
        assert told.startswith("HTTP/1.1 408 ")
        assert catalogue(language).text("That took too long") in told
        assert STORY not in told
    await person.goes("/report")
    assert asked_of(person) == "story"


async def test_at_the_desk_too(inside: Inside) -> None:
    asha = await inside.signs_in(ASHA.id)
    assert (await begins(asha, "/desk/ties", FORM, b"tie=site")).startswith("HTTP/1.1 408 ")
    visitor = inside.visitor()
    await visitor.goes("/sign-in")
    assert (await begins(visitor, "/sign-in", FORM, b"name=A")).startswith("HTTP/1.1 408 ")


async def test_an_update_that_never_ends_is_to_come_again(inside: Inside) -> None:
    secret = {"X-Telegram-Bot-Api-Secret-Token": HOOK_SECRET}
    told = await begins(inside.visitor(), HOOK, "application/json", b'{"update_id":', **secret)
    assert told.startswith("HTTP/1.1 408 ")
