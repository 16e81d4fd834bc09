"""What came with a case: a cleaned copy first, the original behind a warning, nothing that runs."""

from pathlib import Path

from flows.submission import AccountEntry
from flows.values import Scan, StoredFile, Text
from intake.clamd import Clamd
from tests.clamd_server import EICAR, clamd_server
from tests.house import ASHA
from tests.intake.documents.packages import MAKER, everything_in, open_letter, packed
from tests.intake.recordings.samples import ogg
from tests.web.inside_house import OLGA, Filed, Inside, inside_house
from tests.web.visiting import Visiting


def attached(*files: StoredFile) -> AccountEntry:
    return AccountEntry(path="photos", label=Text(msgid="Any photos?"), value=files)


async def fetched(visitor: Visiting, path: str) -> tuple[int, dict[str, str], bytes]:
    base = visitor._base
    async with visitor.session.get(base + path, allow_redirects=False) as answer:
        return answer.status, dict(answer.headers), await answer.read()


async def photo_case(inside: Inside) -> tuple[Filed, StoredFile, Visiting]:
    photo = await inside.photo()
    filed = await inside.filed(attached(photo))
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    return filed, photo, asha


async def test_the_cleaned_copy_opens_first_and_tells_nothing_of_its_maker(inside: Inside) -> None:
    filed, photo, asha = await photo_case(inside)
    status, headers, content = await fetched(asha, f"{filed.address}/files/{photo.blob}")
    assert status == 200
    assert headers["Content-Type"] == "image/jpeg"
    assert content.startswith(b"\xff\xd8")
    assert b"CANARY-MAKER" not in content
    assert int(headers["Content-Length"]) == len(content)


async def test_whatever_was_sent_runs_nothing_and_has_no_name_of_its_own(inside: Inside) -> None:
    filed, photo, asha = await photo_case(inside)
    _, headers, _ = await fetched(asha, f"{filed.address}/files/{photo.blob}")
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert "door" not in headers["Content-Disposition"]


async def test_the_original_stands_behind_a_warning_and_opening_it_is_logged(
    inside: Inside,
) -> None:
    filed, photo, asha = await photo_case(inside)
    page = await asha.goes(f"{filed.address}/files/{photo.blob}/original")
    assert "It may hold a place, a time, a name or a device" in page.text
    assert ("opened", "original_file") not in await inside.log(filed.case.ref)
    form = page.form_with("Save it on this device")[0]
    async with asha.session.post(inside.base + form.action, data=form.fields) as answer:
        content = await answer.read()
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["Content-Type"] == "application/octet-stream"
    assert b"CANARY-MAKER" in content
    assert ("opened", "original_file") in await inside.log(filed.case.ref)


async def test_a_voice_message_is_played_on_the_page(inside: Inside) -> None:
    voice = await inside.upload("voice.ogg", b"OggS" + bytes(100_000))
    filed = await inside.filed(attached(voice))
    asha = await inside.signs_in(ASHA.id)
    page = await asha.goes(filed.address)
    assert f'src="{filed.address}/files/{voice.blob}"' in page.html
    assert "media-src 'self'" in page.headers["Content-Security-Policy"]
    _, headers, content = await fetched(asha, f"{filed.address}/files/{voice.blob}")
    assert headers["Content-Type"] == "audio/ogg"
    assert content == b"OggS" + bytes(100_000)


async def test_a_player_can_ask_for_a_part(inside: Inside) -> None:
    content = b"OggS" + bytes(range(256)) * 1000
    voice = await inside.upload("voice.ogg", content)
    filed = await inside.filed(attached(voice))
    asha = await inside.signs_in(ASHA.id)
    path = inside.base + f"{filed.address}/files/{voice.blob}"
    for asked, part in (
        ("bytes=0-1", content[:2]),
        ("bytes=70000-200000", content[70000:200001]),
        ("bytes=-10", content[-10:]),
        ("bytes=250000-", content[250000:]),
    ):
        async with asha.session.get(path, headers={"Range": asked}) as answer:
            assert answer.status == 206
            assert await answer.read() == part
            assert answer.headers["Content-Range"].endswith(f"/{len(content)}")
    for asked in ("bytes=9999999-", "lines=1-2", "bytes=5-1", "bytes=0-0,2-3"):
        async with asha.session.get(path, headers={"Range": asked}) as answer:
            assert await answer.read() == content, asked


async def test_a_file_without_a_cleaned_copy_leads_to_the_warning(inside: Inside) -> None:
    text = await inside.upload("list.txt", b"names of people")
    filed = await inside.filed(attached(text))
    asha = await inside.signs_in(ASHA.id)
    page = await asha.goes(f"{filed.address}/files/{text.blob}")
    assert page.address.endswith("/original")
    assert "Plain text has nothing beside its words" in page.text


async def test_a_file_of_another_case_is_not_found(inside: Inside) -> None:
    _, photo, asha = await photo_case(inside)
    other = await inside.filed()
    status, _, content = await fetched(asha, f"{other.address}/files/{photo.blob}")
    assert status == 404
    assert b"\xff\xd8" not in content


async def test_a_file_that_was_altered_or_cut_off_is_not_shown_at_all(inside: Inside) -> None:
    filed, photo, asha = await photo_case(inside)
    assert photo.cleaned is not None
    (path,) = inside.house.home.glob(f"blobs/*/{photo.cleaned.blob}")
    whole = path.read_bytes()
    for broken in (whole[:-1], whole[:-40] + bytes([whole[-40] ^ 1]) + whole[-39:], b""):
        path.write_bytes(broken)
        status, _, _ = await fetched(asha, f"{filed.address}/files/{photo.blob}")
        assert status == 404


async def test_each_file_says_what_it_is_how_large_and_that_nobody_scanned_it(
    inside: Inside,
) -> None:
    letter = await inside.upload("wages.odt", packed(open_letter()))
    filed = await inside.filed(attached(letter))
    asha = await inside.signs_in(ASHA.id)
    page = await asha.goes(filed.address)
    assert f"\u2068OpenDocument text\u2069, {letter.size // 1000} kB" in page.text
    assert "Without authors, times, links, formulas and programs." in page.text
    assert "not scanned: there is no scanner here" in page.text
    _, headers, content = await fetched(asha, f"{filed.address}/files/{letter.blob}")
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["Content-Disposition"].endswith('.odt"')
    assert MAKER.encode() not in everything_in(content)


async def test_the_copy_of_a_voice_is_played_and_the_page_says_what_stays_in_it(
    inside: Inside,
) -> None:
    voice = await inside.upload("voice.ogg", ogg())
    filed = await inside.filed(attached(voice))
    asha = await inside.signs_in(ASHA.id)
    page = await asha.goes(filed.address)
    assert "The voice can still be recognised." in page.text
    _, _, content = await fetched(asha, f"{filed.address}/files/{voice.blob}")
    assert content.startswith(b"OggS")
    assert MAKER.encode() not in content


async def test_a_harmful_voice_is_marked_not_played_and_saved_only_past_a_warning(
    tmp_path: Path,
) -> None:
    async with clamd_server() as daemon:
        scanner = Clamd(("127.0.0.1", daemon.port))
        async with inside_house(tmp_path, scanner=scanner) as inside:
            voice = await inside.upload("voice.ogg", ogg() + EICAR)
            photo = await inside.photo()
            filed = await inside.filed(attached(voice, photo))
            asha = await inside.signs_in(ASHA.id)
            page = await asha.goes(filed.address)
            assert "harmful: do not open" in page.text
            assert "scanned, nothing harmful found" in page.text
            assert "<audio" not in page.html
            page = await asha.goes(f"{filed.address}/files/{voice.blob}")
            assert page.address.endswith("/original")
            assert "A scanner found something harmful in this file." in page.text
            form = page.form_with("Save it all the same")[0]
            async with asha.session.post(inside.base + form.action, data=form.fields) as answer:
                assert answer.headers["Content-Disposition"].startswith("attachment;")
                assert answer.headers["Content-Type"] == "application/octet-stream"


async def test_a_file_is_scanned_once_more_before_it_is_opened_as_it_was_sent(
    tmp_path: Path,
) -> None:
    async with clamd_server() as daemon:
        scanner = Clamd(("127.0.0.1", daemon.port))
        async with inside_house(tmp_path, scanner=scanner) as inside:
            daemon.says = b"stream: OK\0"
            text = await inside.upload("list.txt", b"a new kind of harm " + EICAR)
            assert text.scan is Scan.CLEAN
            filed = await inside.filed(attached(text))
            asha = await inside.signs_in(ASHA.id)
            daemon.says = None
            page = await asha.goes(f"{filed.address}/files/{text.blob}/original")
            assert "harmful: do not open" in page.text
            daemon.says = b"ERROR\0"
            page = await asha.goes(f"{filed.address}/files/{text.blob}/original")
            assert "scanned, nothing harmful found" in page.text


async def test_no_officer_hears_a_voice_by_any_address(inside: Inside) -> None:
    voice = await inside.upload("voice.ogg", ogg())
    filed = await inside.filed(attached(voice))
    officer = await inside.signs_in(OLGA.id)
    for path in ("", f"/files/{voice.blob}", f"/files/{voice.blob}/original"):
        status, _, content = await fetched(officer, filed.address + path)
        assert status in {303, 403, 404}
        assert b"OggS" not in content
