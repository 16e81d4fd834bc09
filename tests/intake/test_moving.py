"""An unfinished report goes on elsewhere, through a real database: in one place at any moment."""

import asyncio
import io
import re
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from inspect import signature
from pathlib import Path

import pytest
from PIL import Image

from flows.events import Asked, Reviewed
from flows.moves import Attach, Choose, Repeat, Stop, Submit, SwitchLanguage, Write
from flows.values import StoredFile
from intake import words
from intake.arrivals import (
    Arrive,
    Channel,
    KeepHere,
    MoveElsewhere,
    OpenCase,
    Report,
    ShowMenu,
    TakeMoved,
    TakeOver,
    WriteBack,
)
from intake.dialogue import Place, load_dialogue
from intake.guess_limit import GuessLimit
from intake.moving_codes import CODE_LIVES, new_codes
from intake.screens import MenuItem, MenuShown, MoveOffered, ReceiptGiven, Reply, Told
from register.account import read_account
from sealing.key_ring_file import load_key_ring
from sealing.opening import open_part
from storage.database import Database
from storage.tables import DIALOGUES
from tests.house import ASHA, House, small_house
from tests.intake.test_reception import asked, submit, talk

CHAT, BROWSER = "700100200", "b" * 32
WEB = Channel.WEB
PHOTO = io.BytesIO()
Image.new("RGB", (40, 30), "red").save(PHOTO, "PNG")
STORY = "The dust is so thick that we cough blood."


@pytest.fixture
async def house(tmp_path: Path, database_url: str) -> AsyncIterator[House]:
    async with small_house(tmp_path, database_url=database_url) as house:
        yield house


def said(reply: Reply) -> list[str]:
    texts = [s.text.msgid for s in reply.screens if isinstance(s, Told)]
    return texts + [s.text.msgid for s in reply.screens if isinstance(s, MenuShown)]


def items(reply: Reply) -> tuple[MenuItem, ...]:
    (menu,) = (screen for screen in reply.screens if isinstance(screen, MenuShown))
    return menu.items


async def offered(
    house: House, who: str = CHAT, channel: Channel = Channel.TELEGRAM
) -> MoveOffered:
    reply = await house.take(who, MoveElsewhere(), channel=channel)
    (screen,) = (each for each in reply.screens if isinstance(each, MoveOffered))
    return screen


async def drafts(house: House) -> list[str]:
    """The pseudonyms of all dialogues that hold an unfinished conversation."""
    rows = await house.database.read(lambda tx: list(tx.dialogues.every()))
    opened = {
        row: load_dialogue(house.key_ring.open_row("dialogues", "state", row, sealed))
        for row, sealed in rows
    }
    return [row for row, dialogue in opened.items() if dialogue.session is not None]


async def codes_kept(house: House) -> int:
    rows = await house.database.read(lambda tx: list(tx.dialogues.every()))
    opened = [
        load_dialogue(house.key_ring.open_row("dialogues", "state", row, sealed))
        for row, sealed in rows
    ]
    return sum(dialogue.place is Place.MOVING for dialogue in opened)


@pytest.mark.parametrize("way", ["link", "typed"])
async def test_a_report_goes_on_in_the_web_form_where_it_was(house: House, way: str) -> None:
    await house.take(CHAT, Arrive(site_code="RJ3"))
    before = asked(await talk(house, CHAT, until="tried_local")).prompt
    codes = await offered(house)
    code = codes.link_code if way == "link" else codes.typed_code
    reply = await house.take(BROWSER, TakeOver(code=code), channel=WEB)
    after = asked(reply).prompt
    assert (after.path, after.answered) == (before.path, before.answered)
    assert words.MOVED_HERE in said(reply)
    assert len(await drafts(house)) == 1
    assert await codes_kept(house) == 0


async def test_what_was_answered_on_both_sides_is_sent_as_one_report(house: House) -> None:
    await house.take(CHAT, Arrive(site_code="RJ3"))
    await talk(house, CHAT, until="tried_local")
    codes = await offered(house)
    await house.take(BROWSER, TakeOver(code=codes.link_code), channel=WEB)
    codes = await offered(house, BROWSER, WEB)  # and back into a chat
    reply = await house.take(CHAT, TakeOver(code=codes.link_code))
    reply = await talk(house, CHAT, begins=reply)
    review = next(screen for screen in reply.screens if isinstance(screen, Reviewed))
    reply = await house.take(CHAT, Submit(turn=review.turn))
    assert any(isinstance(screen, ReceiptGiven) for screen in reply.screens)
    (ref,) = await house.database.read(lambda tx: tx.cases.refs())
    envelope = await house.database.read(lambda tx: tx.cases.envelope(ref))
    account = read_account(open_part(envelope, "account", house.identities[ASHA.id]))
    assert STORY in account.words
    case = await house.database.read(lambda tx: tx.cases.get(ref))
    assert case.site_id is not None


async def test_the_language_goes_along(house: House) -> None:
    await house.take(CHAT, Report())
    await house.take(CHAT, SwitchLanguage(language="hi"))
    codes = await offered(house)
    reply = await house.take(BROWSER, TakeOver(code=codes.link_code), channel=WEB)
    assert reply.language == "hi"


async def test_held_files_go_along_and_are_dropped_only_where_they_are(house: House) -> None:
    reply = await talk(house, CHAT, until="photos")
    prompt = asked(reply).prompt

    async def chunks() -> AsyncIterator[bytes]:
        yield PHOTO.getvalue()

    kept = await house.reception.keep_file(
        channel=Channel.TELEGRAM, correspondent=CHAT, name="a.png", chunks=chunks()
    )
    assert isinstance(kept, StoredFile)
    await house.take(CHAT, Attach(files=(kept,), turn=prompt.turn))
    codes = await offered(house)
    await house.take(BROWSER, TakeOver(code=codes.link_code), channel=WEB)
    await house.take(CHAT, Stop())
    assert b"".join(house.blobs.read(kept.blob))
    await house.take(BROWSER, Stop(), channel=WEB)
    with pytest.raises(KeyError):
        next(iter(house.blobs.read(kept.blob)))


async def test_what_only_a_chat_is_told_follows_the_place(house: House) -> None:
    """`channel` is preset by the channel: the web warns of no company behind a chat app."""
    there = asked(await talk(house, CHAT, until="reporter")).prompt
    assert any("chat app" in note.msgid for note in there.notes)
    codes = await offered(house)
    here = asked(await house.take(BROWSER, TakeOver(code=codes.link_code), channel=WEB)).prompt
    assert here.path == "reporter"
    assert not any("chat app" in note.msgid for note in here.notes)


async def test_the_old_side_says_kindly_that_it_went_on_elsewhere_and_can_begin_anew(
    house: House,
) -> None:
    await talk(house, CHAT, until="tried_local")
    await house.take(CHAT, SwitchLanguage(language="vi"))
    codes = await offered(house)
    await house.take(BROWSER, TakeOver(code=codes.link_code), channel=WEB)
    for wish in (Write(text="an answer"), Choose(names=("no",), turn=9), Repeat(), ShowMenu()):
        reply = await house.take(CHAT, wish)
        assert said(reply) == [words.MENU_MOVED_ON]
        assert reply.language == "vi"
        assert items(reply)[0] is MenuItem.REPORT
    reply = await house.take(CHAT, Report())
    assert asked(reply).prompt.answered == 0
    assert len(await drafts(house)) == 2
    assert said(await house.take(CHAT, ShowMenu())) == [words.MENU_WITH_DRAFT]


async def test_used_wrong_half_and_lapsed_codes_all_get_the_same_answer(house: House) -> None:
    await talk(house, CHAT, until="tried_local")
    used = await offered(house)
    await house.take(BROWSER, TakeOver(code=used.link_code), channel=WEB)
    lapsing = await offered(house, BROWSER, WEB)
    house.clock.now += CODE_LIVES
    wrong = new_codes()
    answers = {
        name: (await house.take(f"{n}" * 32, TakeOver(code=code), channel=WEB)).screens
        for n, (name, code) in enumerate(
            {
                "used link": used.link_code,
                "used digits": used.typed_code,
                "lapsed link": lapsing.link_code,
                "lapsed digits": lapsing.typed_code,
                "wrong link": wrong.link,
                "wrong digits": wrong.grouped,
                "half a link": used.link_code[:16],
                "half the digits": used.typed_code[:8],
                "nothing": "",
                "strange": "\x00'; drop table dialogues; --" * 40,
            }.items()
        )
    }
    assert len(set(map(repr, answers.values()))) == 1
    first = next(iter(answers.values()))
    assert isinstance(first[0], Told)
    assert first[0].text.msgid == words.CODE_DOES_NOT_WORK
    assert len(await drafts(house)) == 1


async def test_newer_codes_call_the_earlier_ones_off(house: House) -> None:
    await talk(house, CHAT, until="tried_local")
    earlier = await offered(house)
    await offered(house)
    assert await codes_kept(house) == 2
    reply = await house.take(BROWSER, TakeOver(code=earlier.link_code), channel=WEB)
    assert words.CODE_DOES_NOT_WORK in said(reply)


@pytest.mark.parametrize("ends", ["stopped", "sent"])
async def test_codes_go_with_the_draft(house: House, ends: str) -> None:
    reply = await talk(house, CHAT)
    codes = await offered(house)
    if ends == "stopped":
        await house.take(CHAT, Stop())
    else:
        review = next(screen for screen in reply.screens if isinstance(screen, Reviewed))
        await house.take(CHAT, Submit(turn=review.turn))
    assert await codes_kept(house) == 0
    reply = await house.take(BROWSER, TakeOver(code=codes.link_code), channel=WEB)
    assert words.CODE_DOES_NOT_WORK in said(reply)


async def test_codes_are_wiped_after_their_half_hour(house: House) -> None:
    await talk(house, CHAT, until="tried_local")
    await offered(house)
    house.clock.now += CODE_LIVES - timedelta(seconds=1)
    assert await house.reception.wipe_lapsed() == 0
    house.clock.now += timedelta(seconds=1)
    assert await house.reception.wipe_lapsed() == 2
    assert await codes_kept(house) == 0
    assert len(await drafts(house)) == 1


async def test_where_something_else_is_unfinished_the_person_chooses(house: House) -> None:
    await talk(house, CHAT, until="tried_local")
    await talk(house, BROWSER, until="reporter")  # in another chat
    codes = await offered(house)
    reply = await house.take(BROWSER, TakeOver(code=codes.link_code))
    assert said(reply) == [words.TWO_DRAFTS]
    assert items(reply) == (MenuItem.TAKE_MOVED, MenuItem.KEEP_HERE)
    # Whatever else is done, nothing is lost and it is asked again.
    assert said(await house.take(BROWSER, Write(text="hm"))) == [words.TWO_DRAFTS]
    assert len(await drafts(house)) == 2
    reply = await house.take(BROWSER, KeepHere())
    assert asked(reply).prompt.path == "reporter"
    assert words.KEPT_HERE in said(reply)
    assert len(await drafts(house)) == 2
    reply = await house.take(BROWSER, TakeOver(code=codes.link_code))  # still good
    assert said(reply) == [words.TWO_DRAFTS]
    reply = await house.take(BROWSER, TakeMoved())
    assert asked(reply).prompt.path == "tried_local"
    assert len(await drafts(house)) == 1


async def test_who_chooses_too_late_keeps_what_is_here(house: House) -> None:
    await talk(house, CHAT, until="tried_local")
    await talk(house, BROWSER, until="reporter")
    codes = await offered(house)
    await house.take(BROWSER, TakeOver(code=codes.link_code))
    house.clock.now += CODE_LIVES
    reply = await house.take(BROWSER, TakeMoved())
    assert words.CODE_DOES_NOT_WORK in said(reply)
    assert asked(await house.take(BROWSER, Report())).prompt.path == "reporter"
    assert len(await drafts(house)) == 2


@pytest.mark.parametrize("wish", [TakeMoved(), KeepHere()])
async def test_choosing_where_nothing_was_offered_changes_nothing(
    house: House, wish: TakeMoved | KeepHere
) -> None:
    await house.take(CHAT, wish)
    assert await drafts(house) == []
    await talk(house, CHAT, until="reporter")
    await house.take(CHAT, wish)
    assert asked(await house.take(CHAT, Report())).prompt.path == "reporter"


async def test_a_receipt_that_was_not_seen_yet_is_not_lost_to_a_code(house: House) -> None:
    reply = await talk(house, CHAT)
    review = next(screen for screen in reply.screens if isinstance(screen, Reviewed))
    await house.take(CHAT, Submit(turn=review.turn))
    await talk(house, "another", until="reporter")
    codes = await offered(house, "another")
    reply = await house.take(CHAT, TakeOver(code=codes.link_code))
    assert words.FIRST_THE_RECEIPT in said(reply)
    assert any(isinstance(screen, ReceiptGiven) for screen in reply.screens)
    assert len(await drafts(house)) == 1


async def test_a_code_used_where_it_was_given_goes_on_there(house: House) -> None:
    await talk(house, CHAT, until="reporter")
    codes = await offered(house)
    reply = await house.take(CHAT, Write(text=codes.typed_code))
    assert words.CODE_IS_FOR_ELSEWHERE in said(reply)
    assert asked(reply).prompt.path == "reporter"


async def test_a_typed_code_works_in_the_middle_of_a_question_and_other_digits_are_an_answer(
    house: House,
) -> None:
    await talk(house, CHAT, until="reporter")
    codes = await offered(house)
    await talk(house, "another", until="story")
    reply = await house.take("another", Write(text=codes.typed_code))
    assert said(reply) == [words.TWO_DRAFTS]
    await house.take("another", KeepHere())
    reply = await house.take("another", Write(text=new_codes().grouped))
    assert asked(reply).prompt.path != "story"


async def test_a_letter_written_with_a_receipt_stays_where_the_receipt_was_typed(
    house: House,
) -> None:
    """A code must not let anybody speak for the reporter in a case."""
    given = await submit(house, CHAT)
    await house.take(CHAT, OpenCase(receipt=given.receipt))
    assert any(isinstance(s, Asked) for s in (await house.take(CHAT, WriteBack())).screens)
    assert MenuItem.MOVE_TO_WEB not in items(await house.take(CHAT, ShowMenu()))
    reply = await house.take(CHAT, MoveElsewhere())
    assert words.NOTHING_TO_MOVE in said(reply)
    assert await codes_kept(house) == 0


async def test_where_nothing_is_unfinished_no_code_is_given(house: House) -> None:
    assert words.NOTHING_TO_MOVE in said(await house.take(CHAT, MoveElsewhere()))
    assert await drafts(house) == []


async def test_where_there_is_no_other_channel_no_code_is_given(tmp_path: Path) -> None:
    """An old button, or a form that somebody made up, gets none either."""
    async with small_house(tmp_path, channels=frozenset({Channel.TELEGRAM})) as house:
        await talk(house, CHAT, until="reporter")
        assert MenuItem.MOVE_TO_WEB not in items(await house.take(CHAT, ShowMenu()))
        assert words.NOTHING_TO_MOVE in said(await house.take(CHAT, MoveElsewhere()))
        assert await codes_kept(house) == 0


async def test_guessing_needs_turns_and_finds_nothing(house: House) -> None:
    await talk(house, CHAT, until="reporter")
    await offered(house)
    # Ten times as quick as the limit that everybody shares.
    usual = {name: each.default for name, each in signature(GuessLimit).parameters.items()}
    assert (usual["most"], usual["per_second"]) == (10.0, 5.0)
    house.reception._guesses = GuessLimit(per_second=50.0)
    began = time.monotonic()
    guesses = [new_codes().grouped for _ in range(25)]
    replies = await asyncio.gather(
        *(
            house.take(f"{n:032}", TakeOver(code=code), channel=WEB)
            for n, code in enumerate(guesses)
        )
    )
    assert all(words.CODE_DOES_NOT_WORK in said(reply) for reply in replies)
    # Ten at once, then one after the other, as with receipts.
    assert time.monotonic() - began > 0.25
    assert len(await drafts(house)) == 1


async def test_an_answer_that_was_acknowledged_is_never_left_behind(house: House) -> None:
    """Answers and taking over at the same moment: what was taken is in the one draft."""
    for round_ in range(4):
        chat, browser = f"90010{round_}", f"{round_}" * 32
        prompt = asked(await talk(house, chat, until="reporter")).prompt
        codes = await offered(house, chat)
        answer, taken = await asyncio.gather(
            house.take(chat, Choose(names=("worker",), turn=prompt.turn)),
            house.take(browser, TakeOver(code=codes.link_code), channel=WEB),
        )
        went_on = any(isinstance(screen, Asked) for screen in answer.screens)
        there = asked(await house.take(browser, Repeat(), channel=WEB)).prompt
        assert (there.path != "reporter") == went_on
        assert asked(taken).prompt.path == there.path
        assert went_on or said(answer) == [words.MENU_MOVED_ON]


async def test_of_two_who_use_one_code_one_gets_the_draft(house: House) -> None:
    await talk(house, CHAT, until="reporter")
    codes = await offered(house)
    replies = await asyncio.gather(
        *(house.take(f"{n}" * 32, TakeOver(code=codes.link_code), channel=WEB) for n in range(5))
    )
    assert sum(any(isinstance(s, Asked) for s in reply.screens) for reply in replies) == 1
    assert len(await drafts(house)) == 1


async def test_two_who_take_over_from_each_other_lose_nothing(house: House) -> None:
    await talk(house, CHAT, until="reporter")
    await talk(house, "another", until="story")
    mine, theirs = await offered(house), await offered(house, "another")
    await house.take(CHAT, TakeOver(code=theirs.link_code))
    await house.take("another", TakeOver(code=mine.link_code))
    await asyncio.gather(house.take(CHAT, TakeMoved()), house.take("another", TakeMoved()))
    # Whoever came second found that the other's draft is no longer where it was.
    assert len(await drafts(house)) == 1


async def test_clear_columns_tie_no_chat_to_a_browser(house: House) -> None:
    await talk(house, CHAT, until="reporter")
    codes = await offered(house)
    await house.take(BROWSER, TakeOver(code=codes.link_code), channel=WEB)
    await offered(house, BROWSER, WEB)
    everything = b"".join(path.read_bytes() for path in house.home.rglob("*") if path.is_file())
    for secret in (codes.link_code, codes.typed_code, codes.typed_code.replace(" ", ""), CHAT):
        assert secret.encode() not in everything
    with house.database.snapshot() as snapshot:
        rows = list(snapshot.execute(DIALOGUES.select()))
    names = {row.id for row in rows}
    for row in rows:
        clear = [row.touched_on, row.awaits_handover]
        assert not names & {str(value) for value in clear}
        assert not any(name.encode() in row.state_sealed for name in names)


CHILD = """
import asyncio, sys
from pathlib import Path
from intake.arrivals import Channel, MoveElsewhere, Report, TakeOver
from intake.screens import MoveOffered
from sealing.key_ring_file import save_key_ring
from tests.house import small_house

async def main(home):
    async with small_house(home) as house:
        save_key_ring(house.key_ring, home / "ring")
        await house.take("one", Report())
        print("ready", flush=True)
        here, there = "one", "two"
        while True:
            reply = await house.take(here, MoveElsewhere())
            code = next(s.link_code for s in reply.screens if isinstance(s, MoveOffered))
            await house.take(there, TakeOver(code=code))
            here, there = there, here

asyncio.run(main(Path(sys.argv[1])))
"""


@pytest.mark.parametrize("milliseconds", [3, 11, 29, 47])
def test_whenever_the_house_is_killed_the_draft_is_in_one_place(
    tmp_path: Path, milliseconds: int
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(tmp_path)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout is not None
    assert child.stdout.readline().strip() == b"ready"
    time.sleep(milliseconds / 1000)
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    ring = load_key_ring(tmp_path / "ring")
    database = Database.open(f"sqlite:///{tmp_path / 'gehoor.db'}", ring)
    try:
        rows = database.read_now(lambda tx: list(tx.dialogues.every()))
    finally:
        database.close()
    opened = [load_dialogue(ring.open_row("dialogues", "state", row, held)) for row, held in rows]
    assert sum(dialogue.session is not None for dialogue in opened) == 1


def test_a_code_is_never_in_words_that_are_logged() -> None:
    """Wishes and screens that carry a code hide it."""
    codes = new_codes()
    shown = repr(
        (
            TakeOver(code=codes.link),
            MoveOffered(is_to_web=True, link_code=codes.link, typed_code=codes.grouped, minutes=30),
        )
    )
    assert not re.search(f"{codes.link}|{codes.grouped}", shown)
