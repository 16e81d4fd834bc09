"""What the bot remembers of chats and updates, and what it forgets."""

from bot.chats import MOST_MESSAGES, Chats
from bot.recent import Recent


def test_the_chats_last_seen_are_known() -> None:
    chats = Chats(most=2)
    chats[1].language = "hi"
    chats[2].language = "ar"
    assert chats[1].language == "hi"
    assert chats[3].language == ""
    assert chats[1].language == "hi"
    assert chats[2].language == ""


def test_a_chat_knows_its_newest_message_and_no_more_than_can_be_deleted_at_once() -> None:
    chat = Chats()[1]
    for number in range(300):
        chat.note(number)
        chat.note(number)
    assert chat.is_newest(299)
    assert not chat.is_newest(298)
    forgotten = chat.forget()
    assert len(forgotten) == MOST_MESSAGES
    assert forgotten[-1] == 299
    assert chat.forget() == ()


def test_the_numbers_first_seen_are_forgotten_first() -> None:
    recent = Recent(most=2)
    for number in (1, 2, 2, 3):
        recent.add(number)
    assert 1 not in recent
    assert 2 in recent
    assert 3 in recent
