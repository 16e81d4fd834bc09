"""Somebody who chats with the bot in tests: see `tests.telegram_server`."""

import re
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.telegram_server import TelegramServer

BOT = {"id": 4242, "is_bot": True, "first_name": "Questions", "username": "loopback_bot",
       "can_join_groups": True, "can_read_all_group_messages": False,
       "supports_inline_queries": False}  # fmt: skip


@dataclass(slots=True)
class Button:
    label: str
    data: str


@dataclass(slots=True)
class Shown:
    """A message of the bot as the person sees it."""

    id: int
    text: str
    rows: list[list[Button]] = field(default_factory=list)
    is_edited: bool = False

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.rows for button in row]

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.buttons]


class Person:
    """Somebody with Telegram on the phone. What is done waits for what was done before."""

    def __init__(self, server: "TelegramServer", id: int, language: str, name: str) -> None:  # noqa: A002 - as Telegram calls it
        self.server = server
        self.id = id
        self.language = language
        self.name = name
        self.kind = "private"
        self.has_blocked = False
        self.messages: dict[int, Shown] = {}
        """What the bot has said and is still to be seen, the oldest first."""
        self.own: dict[int, str] = {}
        """What the person has said and is still to be seen."""
        self._news: list[int] = []
        self._seen = self._looked = 0
        self._is_waiting = False

    # --- doing ---

    async def says(self, text: str) -> None:
        """Types words, or a command."""
        await self._ready()
        self.sends(text=text)

    async def presses(self, label: str, *, on: Shown | None = None) -> None:
        """Presses a button by its label, by the words after its icon, or by a choice's full text
        where the buttons are numbers; on the newest message that has it, or on `on`."""
        await self._ready()
        shown, button = self._button(label, on)
        self.taps(shown, button.data)

    async def sends_photo(self, content: bytes, *, caption: str = "", album: str = "") -> None:
        """A photo, in the three sizes that Telegram makes of it."""
        await self._ready()
        sizes = [
            {**self._upload(content if is_largest else b"small"), "width": width, "height": width}
            for width, is_largest in ((90, False), (320, False), (1280, True))
        ]
        self.sends(photo=sizes, **_unless_empty(caption=caption, media_group_id=album))

    async def sends_album(self, contents: Sequence[bytes]) -> None:
        """Several photos at once: one update each."""
        await self._ready()
        album = str(self.server.number("album"))
        for content in contents:
            self._is_waiting = False
            await self.sends_photo(content, album=album)

    async def sends_voice(self, content: bytes) -> None:
        """A voice message."""
        await self._ready()
        self.sends(voice={**self._upload(content), "duration": 3, "mime_type": "audio/ogg"})

    async def sends_document(self, name: str, content: bytes, *, claims: int = 0) -> None:
        """A file; `claims` is the size that Telegram tells of it."""
        await self._ready()
        upload = self._upload(content)
        if claims:
            upload["file_size"] = claims
        self.sends(document={**upload, "file_name": name})

    async def sends_place(self, latitude: float, longitude: float) -> None:
        """The place where the person is."""
        await self._ready()
        self.sends(location={"latitude": latitude, "longitude": longitude})

    async def sends_sticker(self) -> None:
        """Something that no question can take."""
        await self._ready()
        sticker = {**self._upload(b"sticker"), "width": 512, "height": 512, "is_animated": False,
                   "is_video": False, "type": "regular"}  # fmt: skip
        self.sends(sticker=sticker)

    async def edits(self, text: str, *, message: int = 0) -> None:
        """Changes the last message of the person's own, or an older one."""
        await self._ready()
        number = message or max(self.own)
        self.own[number] = text
        self._did(edited_message={**self._message(number), "edit_date": int(time.time()),
                                  "text": text})  # fmt: skip

    async def blocks(self) -> None:
        """Wants nothing more of the bot."""
        await self._ready()
        self.has_blocked = True
        self._membership("member", "kicked")
        self._is_waiting = False

    async def unblocks(self) -> None:
        """Lets the bot speak again."""
        self.has_blocked = False
        self._membership("kicked", "member")
        self._is_waiting = False

    def sends(self, **content: Any) -> int:
        """A message with anything in it, at once; gives the number of the update."""
        number = self.server.number("message")
        self.own[number] = str(content.get("text", ""))
        return self._did(message={**self._message(number), **content})

    def taps(self, shown: Shown, data: str) -> int:
        """A button with this data, at once, whether the message has it or not."""
        press = {"id": str(self.server.number("press")), "chat_instance": str(self.id)}
        message = self.as_json(shown)
        return self._did(
            callback_query={**press, "from": self._me(), "data": data, "message": message}
        )

    # --- seeing ---

    async def sees(self) -> str:
        """All that the bot said or changed since what was done last, once it has finished."""
        await self._ready()
        self._looked = len(self._news)
        return "\n".join(self.messages[n].text for n in self._fresh() if n in self.messages)

    async def sees_nothing_new(self) -> None:
        """Asserts that the bot said nothing since the last look, now that all is taken."""
        self._is_waiting = False
        await self.server.until(lambda: not self.server.waiting)
        await self.server.quiet()
        assert len(self._news) == self._looked, "the bot said something"

    @property
    def newest(self) -> Shown:
        """The lowest message of the bot in the chat."""
        return self.messages[max(self.messages)]

    @property
    def prompt(self) -> Shown:
        """The lowest message that has buttons."""
        return self.messages[max(n for n, shown in self.messages.items() if shown.rows)]

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons that await a press."""
        return self.prompt.labels

    @property
    def screen(self) -> str:
        """Everything that the phone shows of the chat, of both sides."""
        both = self.own | {n: shown.text for n, shown in self.messages.items()}
        return "\n".join(both[number] for number in sorted(both))

    # --- for the server ---

    def noticed(self, number: int) -> None:
        """The bot said or changed a message."""
        self._news.append(number)

    def as_json(self, shown: Shown) -> dict[str, Any]:
        """A message of the bot as the Bot API writes it."""
        message: dict[str, Any] = {"message_id": shown.id, "from": BOT, "chat": self._chat(),
                                   "date": int(time.time()), "text": shown.text}  # fmt: skip
        if shown.rows:
            keyboard = [[{"text": b.label, "callback_data": b.data} for b in r] for r in shown.rows]
            message["reply_markup"] = {"inline_keyboard": keyboard}
        return message

    async def _ready(self) -> None:
        """The bot has answered what was done last."""
        if not self._is_waiting:
            return
        await self.server.until(lambda: bool(self._fresh()))
        await self.server.quiet()
        self._is_waiting = False

    def _fresh(self) -> list[int]:
        return list(dict.fromkeys(self._news[self._seen :]))

    def _did(self, **content: Any) -> int:
        self._seen = len(self._news)
        self._is_waiting = True
        return self.server.update(**content)

    def _button(self, label: str, on: Shown | None) -> tuple[Shown, Button]:
        places = [on] if on else [self.messages[n] for n in sorted(self.messages, reverse=True)]
        for shown in places:
            numbered = re.search(rf"^\W*(\d+)\. (?:\S+ )?{re.escape(label)}$", shown.text, re.M)
            for button in shown.buttons:
                words = _words(button.label)
                is_label = label in (button.label, words) or button.label.endswith(f" {label}")
                if is_label or (numbered and words == numbered[1]):
                    return shown, button
        raise AssertionError(f"no button {label!r} among {[s.labels for s in places]}")

    def _membership(self, old: str, new: str) -> None:
        def member(status: str) -> dict[str, Any]:
            until = {"until_date": 0} if status == "kicked" else {}
            return {"user": BOT, "status": status, **until}

        self._did(my_chat_member={"chat": self._chat(), "from": self._me(),
                                  "date": int(time.time()), "old_chat_member": member(old),
                                  "new_chat_member": member(new)})  # fmt: skip

    def _upload(self, content: bytes) -> dict[str, Any]:
        name = f"file{self.server.number('file')}"
        self.server.files[name] = content
        return {"file_id": name, "file_unique_id": name, "file_size": len(content)}

    def _message(self, number: int) -> dict[str, Any]:
        return {"message_id": number, "from": self._me(), "chat": self._chat(),
                "date": int(time.time())}  # fmt: skip

    def _me(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": self.name, "last_name": self.name,
                "username": self.name, "language_code": self.language}  # fmt: skip

    def _chat(self) -> dict[str, Any]:
        return {"id": self.id, "type": self.kind, "first_name": self.name, "username": self.name}


def _words(label: str) -> str:
    """A label without the icon or mark before it and the arrow after it, in any script."""
    start, end = 0, len(label)
    while start < end and not _reads(label[start], '“"('):
        start += 1
    while end > start and not _reads(label[end - 1], '.!?)”"%।。！？؟'):
        end -= 1
    return label[start:end]


def _reads(sign: str, also: str) -> bool:
    """Whether the sign is part of words: a letter, a mark on one, a number, or one of these."""
    return unicodedata.category(sign)[0] in "LN" or sign in also or _is_mark(sign)


def _is_mark(sign: str) -> bool:
    # Variation selectors and keycaps are marks too, but belong to icons.
    return unicodedata.category(sign) in {"Mn", "Mc"} and not "\ufe00" <= sign <= "\ufe0f"


def _unless_empty(**values: str) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}
