from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading import Blocked, Came, Edited, InGroup, SentFile, Unreadable, read
from bot.words import StopWords
from flows.moves import Choose, Locate, Stop, Write
from intake.arrivals import Arrive

WORDS = StopWords()
WHO = {
    "id": 7,
    "is_bot": False,
    "first_name": "CANARY",
    "username": "CANARY",
    "language_code": "hi",
}
CHAT = {"id": 7, "type": "private", "first_name": "CANARY"}
MEMBER = {"user": {"id": 42, "is_bot": True, "first_name": "Bot"}, "status": "member"}
KICKED = {**MEMBER, "status": "kicked", "until_date": 0}


def came(**update: Any) -> Came | None:
    return read({"update_id": 3, **update}, WORDS)


def said(*, chat: dict[str, Any] = CHAT, **content: Any) -> Came | None:
    return came(message={"message_id": 5, "date": 1, "from": WHO, "chat": chat, **content})


def deed(**content: Any) -> object:
    read_ = said(**content)
    assert read_ is not None
    return read_.deed


def test_words_are_written_to_whoever_asked() -> None:
    read_ = said(text="They did not pay us")
    assert read_ == Came(
        update=3, chat=7, language="hi", message=5, deed=Write(text="They did not pay us")
    )


def test_nobodys_name_is_read() -> None:
    read_ = said(text="hello")
    assert read_ is not None
    assert "CANARY" not in f"{read_!r} {[getattr(read_, name) for name in read_.__slots__]}"


def test_what_is_read_shows_neither_chat_nor_words() -> None:
    assert "deed" not in repr(said(text="hello"))
    assert "chat" not in repr(said(text="hello"))


def test_a_command_is_not_an_answer() -> None:
    assert deed(text="/start JPR01") == Arrive(site_code="JPR01")


def test_an_unknown_command_is_an_answer_like_any_words() -> None:
    assert deed(text="/3 of us") == Write(text="/3 of us")


def test_the_largest_size_of_a_photo_is_taken() -> None:
    sizes = [
        {"file_id": name, "file_unique_id": name, "width": 1, "height": 1, "file_size": size}
        for name, size in (("s", 10), ("m", 100), ("l", 1000))
    ]
    assert deed(photo=sizes, media_group_id="9", caption="look") == SentFile(
        file_id="l", name="", size=1000, album="9", has_words=True
    )


@pytest.mark.parametrize(
    ("kind", "extra"),
    [
        ("voice", {"duration": 1}),
        ("audio", {"duration": 1}),
        ("video", {"duration": 1, "width": 1, "height": 1}),
        ("video_note", {"duration": 1, "length": 1}),
        ("document", {"file_name": "list.pdf"}),
    ],
)
def test_every_kind_of_file_is_one(kind: str, extra: dict[str, Any]) -> None:
    content = {kind: {"file_id": "f", "file_unique_id": "f", **extra}}
    name = "list.pdf" if kind == "document" else ""
    assert deed(**content) == SentFile(file_id="f", name=name, size=0, album="", has_words=False)


def test_a_place_is_a_place() -> None:
    assert deed(location={"latitude": 26.9, "longitude": 75.8}) == Locate(
        latitude=26.9, longitude=75.8
    )


@pytest.mark.parametrize(
    "content",
    [
        {"contact": {"phone_number": "1", "first_name": "CANARY"}},
        {"sticker": {"file_id": "f"}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"something_new": {"a": 1}},
    ],
)
def test_what_no_question_can_take_is_unreadable(content: dict[str, Any]) -> None:
    assert deed(**content) == Unreadable()


def test_what_telegram_writes_itself_is_left() -> None:
    assert said(pinned_message={"message_id": 1}) is None


def test_a_press_belongs_to_its_message() -> None:
    message = {"message_id": 9, "date": 1, "chat": CHAT, "text": "CANARY"}
    query = {"id": "11", "from": WHO, "chat_instance": "1", "data": "c2.red", "message": message}
    assert came(callback_query=query) == Came(
        update=3, chat=7, language="hi", message=9, press="11", deed=Choose(names=("red",), turn=2)
    )


def test_a_press_of_no_button_of_ours_is_a_press_all_the_same() -> None:
    message = {"message_id": 9, "date": 1, "chat": CHAT}
    query = {"id": "11", "from": WHO, "chat_instance": "1", "data": "??", "message": message}
    read_ = came(callback_query=query)
    assert read_ is not None
    assert read_.deed is None


def test_an_edit_is_told_from_a_new_message() -> None:
    message = {"message_id": 5, "date": 1, "edit_date": 2, "from": WHO, "chat": CHAT}
    assert _edit({**message, "text": "new"}) == Edited(text="new")
    assert _edit({**message, "caption": "new"}) == Edited(text=None)
    assert _edit({**message, "text": "Stop!"}) == Stop()


def _edit(message: dict[str, Any]) -> object:
    read_ = came(edited_message=message)
    assert read_ is not None
    return read_.deed


def test_a_place_that_moves_is_no_correction() -> None:
    place = {"latitude": 1.0, "longitude": 1.0, "live_period": 60}
    message = {"message_id": 5, "date": 1, "from": WHO, "chat": CHAT, "location": place}
    assert came(edited_message=message) is None


@pytest.mark.parametrize("kind", ["group", "supergroup"])
def test_a_group_is_only_heard_when_it_calls(kind: str) -> None:
    group = {"id": -100, "type": kind, "title": "CANARY"}
    assert said(chat=group, text="They beat us") is None
    assert deed(chat=group, text="/start") == InGroup()


def test_a_channel_is_never_heard() -> None:
    channel = {"id": -100, "type": "channel", "title": "x"}
    assert said(chat=channel, text="/start") is None
    assert came(channel_post={"message_id": 1, "date": 1, "chat": channel, "text": "x"}) is None


def test_being_blocked_and_being_put_into_a_group_are_noticed() -> None:
    def change(chat: dict[str, Any], new: dict[str, Any]) -> Came | None:
        return came(
            my_chat_member={
                "chat": chat,
                "from": WHO,
                "date": 1,
                "old_chat_member": MEMBER,
                "new_chat_member": new,
            }
        )

    group = {"id": -100, "type": "group", "title": "x"}
    blocked, added = change(CHAT, KICKED), change(group, MEMBER)
    assert blocked is not None
    assert blocked.deed == Blocked()
    assert added is not None
    assert added.deed == InGroup()
    assert change(CHAT, MEMBER) is None
    assert change(group, KICKED) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(
        st.sampled_from(("message", "callback_query", "chat", "from", "id", "date", "type",
                         "message_id", "edited_message", "my_chat_member", "photo", "text")),
        inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(("message", "edited_message", "callback_query",
                                        "my_chat_member", "other")), JSON, max_size=3))  # fmt: skip
def test_a_malformed_update_fails_in_no_other_way_than_said(content: dict[str, Any]) -> None:
    try:
        came(**content)
    except (AttributeError, KeyError, TypeError, ValueError):
        return
