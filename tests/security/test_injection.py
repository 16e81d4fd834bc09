"""Words that mean something to a template, a header, a log, a path, a browser or another server."""

import ast
import asyncio
import itertools
import re
from urllib.parse import urlencode, urlsplit

import pytest
import structlog

from flows.submission import AccountEntry
from flows.values import Text
from locales.catalogue import catalogue
from storage.blobs import BlobFolder, UnknownBlob
from tests.house import ASHA, BEN
from tests.security.whole_house import HOOK, HOOK_SECRET, public_token
from tests.test_dependencies import OF_THE_PRODUCT, ROOT
from tests.web.inside_house import Inside
from web.public.answering import safe_address

SPLITTING = "x\r\nSet-Cookie: planted=1\r\n\r\n<script>CANARY</script>"
TEMPLATES = (
    "{{ 700001 * 191 }}",
    "{% for x in range(9) %}x{% endfor %}",
    "${700001 * 191}",
    "#{700001 * 191}",
    "{{ settings.operator.__class__.__mro__ }}",
    "%(name)s %s %d",
    "{0.__class__}",
    "${jndi:ldap://127.0.0.1/x}",
    "${site} ${n} ${reason}",
)
PAGES = (
    "<script>CANARY</script>",
    "\"><img src=x onerror='CANARY'>",
    "</textarea><script>CANARY</script>",
    "</title><svg onload=CANARY>",
    "javascript:CANARY",
    "<!--", "]]>", "&lt;script&gt;",
)  # fmt: skip
BIDI = "safe \u202egnp.exe\u202c \u2066left\u2069\u2069\u2069 \u200f\u061c end"
ELSEWHERE = (
    "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example",
    "///evil.example", "/report@evil.example", "/report//evil.example", "/s/../../evil",
    "/s/x\r\nLocation: //evil.example", "javascript:alert(1)", "data:text/html,x",
    " /report", "/report ", "/report\n", "/desk", "/leave",
    "/s/%0d%0aSet-Cookie:x", "/r/" + "a" * 129, "http:/report", "/report?next=//evil.example",
)  # fmt: skip


async def test_no_form_leads_to_another_site(inside: Inside) -> None:
    visitor = inside.visitor()
    await visitor.goes("/")
    token = public_token(inside, visitor.cookies["visit"], "/language")
    for address in ELSEWHERE:
        assert safe_address(address) == "/", address
        async with visitor.session.post(
            f"{inside.base}/language",
            data={"form_token": token, "language": "nl", "here": address},
            allow_redirects=False,
        ) as answer:
            assert answer.headers["Location"] == "/", address


async def test_unlocking_leads_to_the_desk_whatever_the_address_says(inside: Inside) -> None:
    asha = await inside.signs_in(ASHA.id)
    for case in ("//evil.example", "../../company", "a" * 27, "A" * 26, "a" * 26 + "\n"):
        async with asha.session.get(
            f"{inside.base}/desk/unlock", params={"case": case}, allow_redirects=False
        ) as answer:
            assert answer.headers["Location"] == "/desk"


async def test_the_host_that_a_request_names_is_in_no_answer(inside: Inside) -> None:
    names = {
        "Host": "evil.example",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "gopher",
        "Forwarded": "host=evil.example",
        "X-Original-URL": "/desk",
    }
    visitor = inside.visitor()
    for path in ("/", "/desk", "/nowhere", "/leave", "/sign-in", "/static/gehoor.css"):
        async with visitor.session.get(
            inside.base + path, headers=names, allow_redirects=False
        ) as answer:
            told = str(answer.headers) + await answer.text()
        assert "evil.example" not in told, path
        assert "gopher" not in told, path


async def test_line_ends_in_a_field_begin_no_header_and_no_line_of_the_log(inside: Inside) -> None:
    visitor = inside.visitor()
    await visitor.goes("/")
    names = ("do", "language", "here", "text", "choice", "receipt", "site", "turn", SPLITTING)
    with structlog.testing.capture_logs() as logged:
        for path, name in itertools.product(("/report", "/language", "/receipt", "/move"), names):
            token = public_token(inside, visitor.cookies["visit"], path)
            async with visitor.session.post(
                inside.base + path,
                data=urlencode({"form_token": token, "do": "report", name: SPLITTING}),
                headers={"Content-Type": "application/x-www-form-urlencoded"},
                allow_redirects=False,
            ) as answer:
                assert "planted" not in str(answer.headers), name
                assert "<script>CANARY" not in await answer.text(), name
                assert answer.status < 500, name
    assert "CANARY" not in str(logged)


async def test_a_charset_that_nobody_knows_is_refused(inside: Inside) -> None:
    asha = await inside.signs_in(ASHA.id)
    await asha.goes("/report")
    for path in ("/report", "/receipt", "/move", "/desk/ties", "/sign-in", "/sign-out"):
        for charset in ("nonsense", "utf-16", "idna", "undefined", "rot13", "punycode"):
            kind = {"Content-Type": f"application/x-www-form-urlencoded; charset={charset}"}
            page = await asha.sends("POST", path, data=b"a=%FF&form_token=x", headers=kind)
            assert page.status in {400, 403}, (path, charset)


async def test_headers_of_a_request_are_in_no_answer_and_no_log(inside: Inside) -> None:
    names = ("User-Agent", "Referer", "X-Forwarded-For", "Accept-Language", "Origin", "From")
    telling = dict.fromkeys(names, "CANARY")
    visitor = inside.visitor()
    with structlog.testing.capture_logs() as logged:
        for path in ("/", "/report", "/desk", "/nowhere", "/r/CANARY", "/s/CANARY"):
            page = await visitor.sends("GET", path, headers=telling)
            if path == "/nowhere":
                assert "CANARY" not in page.html
    assert "CANARY" not in str(logged)


async def test_raw_line_ends_in_a_request_are_refused_by_the_server(inside: Inside) -> None:
    for head in (
        b"GET / HTTP/1.1\r\nHost: x\r\nCookie: visit=a\rb\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST /report HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 40_000 + b"\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    ):
        reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(inside.base).port)
        try:
            writer.write(head)
            await writer.drain()
            status = (await asyncio.wait_for(reader.readline(), 60)).split(b" ")[1]
        except ConnectionError:
            continue
        finally:
            writer.close()
        assert status == b"400", head[:60]


UPWARDS = (
    "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py",
    "/static/%2fetc%2fpasswd", "/static/....//app.py", "/static/gehoor.css%00.html",
    "/static/.", "/static/..", "/desk/cases/../../etc/passwd", "/desk/cases/%2e%2e%2f%2e%2e",
    "/%2e%2e/%2e%2e/etc/passwd", "/s/..%2f..%2fetc", "/r/..%2f..%2fetc", "//etc/passwd",
    "/telegram/../desk",
)  # fmt: skip


async def test_no_address_leaves_its_folder(inside: Inside) -> None:
    for path in UPWARDS:
        reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(inside.base).port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = await asyncio.wait_for(reader.read(), 60)
        writer.close()
        assert int(answer.split(b" ")[1]) in {303, 400, 404, 405}, path
        assert b"root:" not in answer
        assert b"import " not in answer


@pytest.mark.parametrize(
    "blob",
    ["../../../etc/passwd", "..", "", "a" * 25, "a" * 27, "A" * 26, "a" * 26 + "\n", "a/" * 13],
)
def test_no_blob_id_leaves_the_folder(tmp_path: object, blob: str) -> None:
    folder = BlobFolder(tmp_path)  # type: ignore[arg-type]  # a folder
    with pytest.raises(UnknownBlob):
        next(folder.read(blob))
    with pytest.raises(UnknownBlob):
        folder.write(blob, (b"x",))
    with pytest.raises(UnknownBlob):
        folder.drop(blob)


async def test_words_that_mean_something_elsewhere_stay_words_on_every_page(
    inside: Inside,
) -> None:
    asha, ben, reporter = (
        await inside.signs_in(ASHA.id),
        await inside.signs_in(BEN.id),
        inside.visitor(),
    )
    for words in (*TEMPLATES, *PAGES, BIDI):
        contact = AccountEntry(path="contact_name", label=Text(msgid="Your name"), value=words)
        filed = await inside.filed(contact, told=words)
        assert_only_words((await asha.goes(filed.address)).html, words)
        page = await asha.presses("Seal and send", letter=words)
        assert page.status == 200
        assert_only_words(page.html, words)
        page = await asha.goes(filed.address)
        page = await asha.presses("Keep as a draft", summary=words)
        assert_only_words(page.html, words)
        await reporter.goes("/receipt")
        page = await reporter.presses("Open", receipt=filed.receipt.receipt.grouped)
        assert_only_words(page.html, words)
        assert_only_words((await ben.goes(filed.address)).html, words)
    for words in (*TEMPLATES, *PAGES, BIDI):
        # Whom somebody has a tie to decides which cases they get, so this comes last.
        page = await inside.posts(asha, "/desk/ties", tie="person", subject=words)
        assert_only_words(page.html, words)


def assert_only_words(html: str, words: str) -> None:
    """Nothing of them was run, made into a tag, or left open for what follows."""
    assert "133700191" not in html
    assert "&lt;class" not in html
    assert "<class" not in html
    for tag in ("<script>CANARY", "<img src=x", "<svg onload", "onerror='"):
        assert tag not in html
    assert html.count("</html>") == 1
    assert html.count("</main>") == 1


@pytest.mark.parametrize("words", [*TEMPLATES, *PAGES])
def test_a_value_in_a_sentence_is_never_read_as_part_of_the_sentence(words: str) -> None:
    sentence = catalogue("en").text("That is ${what}, and ${other}.", what=words, other="more")
    plain = re.sub("[\u2066-\u2069]", "", sentence)
    assert plain == f"That is {words}, and more."


def test_signs_that_turn_writing_around_do_not_leave_the_value_that_they_came_in() -> None:
    sentence = catalogue("en").text("That is ${what}, and more.", what=BIDI)
    depth, lowest = 0, 0
    for sign in sentence:
        depth += (sign in "\u2066\u2067\u2068") - (sign == "\u2069")
        lowest = min(lowest, depth)
    assert (depth, lowest) == (0, 0)
    assert sentence.endswith("\u2069, and more.")


async def test_searching_a_site_by_such_words_breaks_nothing(inside: Inside) -> None:
    visitor = inside.visitor()
    await visitor.goes("/s/x")
    await visitor.presses("Tell what goes wrong")
    token = public_token(inside, visitor.cookies["visit"], "/report")
    for words in (*TEMPLATES, *PAGES, "%", "_", "' OR 1=1 --", "\\", "\x00", "*"):
        sent = {"form_token": token, "do": "search", "text": words, "turn": "1"}
        page = await visitor.sends("POST", "/report", data=sent)
        assert page.status in {200, 409, 422}, words


async def test_an_update_reaches_no_address_but_the_configured_one(inside: Inside) -> None:
    """Whatever a forged update says, it is refused; and a real one cannot name an address."""
    update = b'{"update_id": 1, "message": {"message_id": 1, "chat": {"id": 1, "type": "private"},'
    update += b'"document": {"file_id": "http://169.254.169.254/", "file_name": "x"}}}'
    visitor = inside.visitor()
    forged = await visitor.sends("POST", HOOK, data=update)
    assert forged.status == 403
    for secret in ("", HOOK_SECRET + "x", HOOK_SECRET[:-1], HOOK_SECRET.upper(), "\u00e9"):
        header = {"X-Telegram-Bot-Api-Secret-Token": secret}
        assert (await visitor.sends("POST", HOOK, data=update, headers=header)).status == 403


OPENS_CONNECTIONS = frozenset(
    {
        "intake/clamd.py",
        "service/delivering/mailing.py",
        "web/guarded.py",
        "web/outbound.py",
        "web/wire.py",
    }
)
"""To the one Bot API, scanner and mail server that the operator set, and, guarded, to webhooks."""
OPENING = frozenset(
    {"ClientSession", "create_connection", "open_connection", "urlopen", "HTTPSConnection", "SMTP"}
)


def test_nothing_but_the_ways_that_the_operator_set_opens_a_connection() -> None:
    """So no address that anybody types is ever fetched."""
    found = set()
    for path in OF_THE_PRODUCT:
        for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
            name = getattr(node, "attr", getattr(node, "id", ""))
            if isinstance(node, ast.Attribute | ast.Name) and name in OPENING:
                found.add(str(path))
    assert found == OPENS_CONNECTIONS
