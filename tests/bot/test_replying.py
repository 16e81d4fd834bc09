"""What the bot does with each thing that people do, seen from their phone."""

import asyncio

import pytest

from bot.channel import TelegramChannel
from flows.moves import Attach, Back, Choose, Repeat, Stop, Write
from intake.arrivals import Arrive, JoinRound
from intake.words import HARMFUL_FILE
from tests.bot.house import House
from tests.clamd_server import EICAR
from tests.telegram_server import MOST_FILE_BYTES, Person, TelegramServer


@pytest.fixture
def maria(server: TelegramServer, channel: TelegramChannel) -> Person:
    return server.person(name="Maria")


async def at(person: Person, question: str) -> None:
    """Begin, and skip as far as this question."""
    await person.says("/start")
    await person.presses("Tell what goes wrong")
    await person.presses("Red")
    while question not in await person.sees():
        await person.presses("Skip")


def _plain(text: str) -> str:
    """Without the isolates around what people gave."""
    return text.replace("\u2068", "").replace("\u2069", "")


async def test_a_deep_link_brings_its_site_or_invitation(maria: Person, house: House) -> None:
    await maria.says("/start JPR01")
    await maria.says("/start r_token")
    await maria.sees()
    assert house.wishes == [Arrive(site_code="JPR01"), JoinRound(token="token")]


async def test_a_press_is_answered_in_place_so_that_nothing_stays_behind(
    maria: Person, server: TelegramServer
) -> None:
    await maria.says("/start")
    await maria.presses("Tell what goes wrong")
    await maria.presses("Red")
    assert "Which colours?" in await maria.sees()
    assert len(maria.messages) == 1
    assert "Which colour?" not in maria.screen


async def test_after_words_the_question_comes_below_and_old_buttons_go(maria: Person) -> None:
    await at(maria, "What happened?")
    asked = maria.newest
    await maria.says("They did not pay")
    assert "How many people?" in await maria.sees()
    assert maria.newest.id > asked.id
    assert asked.rows == []


async def test_a_press_on_an_old_question_is_refused_and_the_present_one_asked(
    maria: Person,
) -> None:
    await at(maria, "What happened?")
    maria.taps(maria.newest, "c1.red")
    seen = await maria.sees()
    assert "That button belongs to an earlier question" in seen
    assert "What happened?" in seen


async def test_a_button_of_no_version_shows_where_the_person_is(maria: Person) -> None:
    await at(maria, "What happened?")
    maria.taps(maria.newest, "??")
    await maria.server.until(lambda: len(maria.server.called("answerCallbackQuery")) == 4)
    assert "What happened?" in maria.newest.text


async def test_every_press_is_answered_once(maria: Person, server: TelegramServer) -> None:
    await at(maria, "What happened?")
    presses = [call.fields["callback_query_id"] for call in server.called("answerCallbackQuery")]
    assert presses == ["1", "2", "3"]


async def test_one_word_stops_and_the_chat_is_wiped(maria: Person, house: House) -> None:
    await at(maria, "What happened?")
    await maria.says("They did not pay")
    await maria.says("Stop")
    seen = await maria.sees()
    assert "Stopped. What you had not sent is gone." in seen
    assert "Delete chat" in seen
    assert "They did not pay" not in maria.screen
    assert "How many people?" not in maria.screen
    assert house.stays[str(maria.id)].session is None


async def test_the_stop_button_asks_once_more(maria: Person, house: House) -> None:
    await at(maria, "What happened?")
    await maria.presses("Stop")
    await maria.sees()
    assert maria.buttons == ["🗑 Stop and delete", "▶️ Go on"]
    assert Stop() not in house.wishes
    await maria.presses("Go on")
    assert "What happened?" in await maria.sees()
    await maria.presses("Stop")
    await maria.presses("Stop and delete")
    assert "Stopped" in await maria.sees()


async def test_an_edit_of_the_last_answer_corrects_it(maria: Person, house: House) -> None:
    await at(maria, "What happened?")
    await maria.says("They paid us twice")
    assert "How many people?" in await maria.sees()
    await maria.edits("They paid us too little")
    assert "How many people?" in await maria.sees()
    assert house.wishes[-2:] == [Back(), Write(text="They paid us too little", turn=5)]
    await maria.edits("They did not pay")
    await maria.sees()
    assert house.wishes[-1] == Write(text="They did not pay", turn=7)


async def test_an_edit_of_a_refused_answer_answers_again(maria: Person, house: House) -> None:
    await at(maria, "How many people?")
    await maria.says("0")
    assert "At least one" in await maria.sees()
    await maria.edits("10")
    assert "Which of these?" in await maria.sees()


async def test_an_edit_of_an_older_message_changes_nothing(maria: Person, house: House) -> None:
    await at(maria, "What happened?")
    await maria.says("They did not pay")
    first = max(maria.own)
    await maria.says("12")
    await maria.sees()
    before = len(house.wishes)
    await maria.edits("something else", message=first)
    assert "does not change what you answered" in await maria.sees()
    assert len(house.wishes) == before


async def test_an_edit_to_stop_stops(maria: Person, house: House) -> None:
    await at(maria, "What happened?")
    await maria.says("They did not pay")
    await maria.edits("stop")
    assert "Stopped" in await maria.sees()


async def test_a_photo_is_streamed_into_the_reception(maria: Person, house: House) -> None:
    await at(maria, "Any photos?")
    await maria.sends_photo(b"x" * 300_000)
    assert "Received so far: 1 photo" in _plain(await maria.sees())
    assert house.files == [b"x" * 300_000]
    assert isinstance(house.wishes[-1], Attach)


async def test_an_album_keeps_every_photo_and_asks_once(
    maria: Person, house: House, server: TelegramServer
) -> None:
    await at(maria, "Any photos?")
    sent_before = len(server.called("sendMessage"))
    await maria.sends_album([b"one", b"two", b"three"])
    seen = await maria.sees()
    await server.until(lambda: len(house.files) == 3)
    await server.quiet()
    assert sorted(house.files) == [b"one", b"three", b"two"]
    assert "3 photos" in maria.newest.text
    assert len(server.called("sendMessage")) == sent_before + 1, seen


async def test_words_beside_a_photo_are_not_lost_in_silence(maria: Person) -> None:
    await at(maria, "Any photos?")
    await maria.sends_photo(b"photo", caption="this is the wall")
    assert "The words that came with it are not kept" in await maria.sees()


async def test_a_file_that_is_refused_is_told_in_the_receptions_words(maria: Person) -> None:
    await at(maria, "Any photos?")
    await maria.sends_photo(b"")
    assert "This file is empty" in await maria.sees()


async def test_who_sends_a_harmful_file_is_told_and_it_is_kept(maria: Person, house: House) -> None:
    await at(maria, "Any photos?")
    await maria.sends_photo(b"photo" + EICAR)
    assert HARMFUL_FILE in await maria.sees()
    assert "1 photo" in await maria.sees()


async def test_a_file_that_is_too_large_is_not_even_fetched(
    maria: Person, server: TelegramServer
) -> None:
    await at(maria, "Any photos?")
    await maria.sends_document("a.mp4", b"x", claims=MOST_FILE_BYTES + 1)
    assert "The most is 20 MB" in await maria.sees()
    assert server.called("getFile") == []


async def test_a_file_is_fetched_again_after_a_fault(
    maria: Person, server: TelegramServer, house: House
) -> None:
    await at(maria, "Any photos?")
    server.fail("file", cuts=True)
    server.fail("file", status=404)
    await maria.sends_photo(b"x" * 100_000)
    assert "1 photo" in await maria.sees()
    assert house.files == [b"x" * 100_000]


async def test_a_file_that_cannot_be_fetched_is_asked_for_again(
    maria: Person, server: TelegramServer
) -> None:
    await at(maria, "Any photos?")
    server.fail("file", times=3, status=404)
    await maria.sends_photo(b"photo")
    assert "We could not get this file" in await maria.sees()


async def test_a_sticker_is_declined_kindly_and_the_question_stays(maria: Person) -> None:
    await at(maria, "What happened?")
    await maria.sends_sticker()
    assert "I understand words, voice messages" in await maria.sees()
    await maria.says("They did not pay")
    assert "How many people?" in await maria.sees()


async def test_a_group_is_told_to_write_alone_and_left(
    maria: Person, server: TelegramServer, house: House
) -> None:
    group = server.person(id=-100_500)
    group.kind = "supergroup"
    group.sends(text="They beat us")
    group.sends(text="/start")
    assert "write to me alone" in await group.sees()
    await server.until(lambda: server.left == [group.id])
    assert house.wishes == []


async def test_blocking_ends_the_conversation_and_nothing_more_is_sent(
    maria: Person, server: TelegramServer, house: House
) -> None:
    await at(maria, "What happened?")
    await maria.blocks()
    await server.until(lambda: Stop() in house.wishes)
    await server.quiet()
    calls = len(server.called("sendMessage"))
    assert house.stays[str(maria.id)].session is None
    await maria.unblocks()
    await maria.says("/start")
    assert "What would you like to do?" in await maria.sees()
    assert len(server.called("sendMessage")) == calls + 1


async def test_somebody_who_blocked_unseen_is_not_written_to_again(
    maria: Person, server: TelegramServer, house: House
) -> None:
    await at(maria, "What happened?")
    maria.has_blocked = True
    sent, taken = len(server.called("sendMessage")), len(house.wishes)
    gate = house.gates[str(maria.id)] = asyncio.Event()
    for words in ("a", "3", "b", "c", "d"):
        maria.sends(text=words)
    gate.set()
    await server.until(lambda: len(house.wishes) == taken + 5)
    await server.quiet()
    assert len(server.called("sendMessage")) < sent + 5


async def test_what_one_person_does_is_taken_in_order_and_people_do_not_wait_for_each_other(
    maria: Person, server: TelegramServer, house: House
) -> None:
    await at(maria, "What happened?")
    gate = house.gates[str(maria.id)] = asyncio.Event()
    for words in ("They did not pay", "12"):
        maria.sends(text=words)
    bao = server.person(language="vi")
    await bao.says("/start")
    await server.until(lambda: bool(bao.messages))
    gate.set()
    assert "Which of these?" in await maria.sees()
    typed = [wish.text for wish in house.wishes if isinstance(wish, Write)]
    assert typed == ["They did not pay", "12"]


async def test_a_choice_with_a_long_name_is_found_by_its_place(maria: Person, house: House) -> None:
    await at(maria, "Which of these?")
    await maria.presses("1")
    assert "Which day?" in await maria.sees()
    assert house.wishes[-2] == Repeat()
    [choice] = [w for w in house.wishes if isinstance(w, Choose) and "longer_than" in w.names[0]]
    assert choice.turn == 5


async def test_an_update_that_cannot_be_kept_is_tried_again(maria: Person, house: House) -> None:
    house.faults = 2
    await maria.says("/start")
    assert "What would you like to do?" in await maria.sees()


async def test_what_could_not_be_kept_is_said_honestly(maria: Person, house: House) -> None:
    house.faults = 4
    await maria.says("/start")
    assert "We could not keep your last answer" in await maria.sees()
    await maria.says("/start")
    assert "What would you like to do?" in await maria.sees()


async def test_the_reply_is_in_the_persons_language(server: TelegramServer, maria: Person) -> None:
    linh = server.person(language="nl")
    await linh.sends_sticker()
    in_dutch = await linh.sees()
    await maria.sends_sticker()
    assert in_dutch != ""
    assert await maria.sees() != ""
