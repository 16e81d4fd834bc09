"""Says what is to be said: in order within a chat, at once across chats.

`bot.answering` puts replies in once they are committed. A reply to a press takes the place of the
message that was pressed, where that is the newest: fewer messages stay behind on the phone, and
no old buttons. Otherwise it is sent anew and the old buttons are taken away.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from telegram import Bot

from bot.api import BotApi
from bot.calls import Calls, Failure
from bot.chats import Chat, Chats
from bot.lanes import Lanes
from bot.rendering import Message

MOST_WAITING: Final = 20
"""A reply with so many behind it is passed over, unless it gives a receipt: what it asks has been
answered since."""

_NOT_SAID: Final = frozenset((Failure.BLOCKED, Failure.UNREACHABLE, Failure.REFUSED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What one reply comes to in one chat."""

    chat: int = field(repr=False)
    messages: tuple[Message, ...]
    pressed: int | None = None
    """The message whose button this answers."""
    dialogue: str = ""
    """Whose receipt is in it, where there is one."""
    album: str = ""
    """Of several with the same one after each other, only the last is said."""
    wipes: bool = False
    """Delete first what can be deleted of the chat (W2)."""
    leaves: bool = False
    """Leave the chat afterwards: it is a group."""

    @property
    def has_receipt(self) -> bool:
        return any(message.has_receipt for message in self.messages)

    @property
    def must_be_done(self) -> bool:
        """Whether it counts however much was said since."""
        return self.has_receipt or self.wipes or self.leaves


class Sender:
    """Everything that the bot says goes through here."""

    def __init__(
        self,
        bot: Bot,
        api: BotApi,
        calls: Calls,
        chats: Chats,
        *,
        delivered: Callable[[str], Awaitable[None]],
        kept_back: Callable[[], None],
        album_quiet_seconds: float,
    ) -> None:
        self._bot = bot
        self._api = api
        self._calls = calls
        self._chats = chats
        self._delivered = delivered
        self._kept_back = kept_back
        self._in_line: Counter[str] = Counter()
        self._album_quiet_seconds = album_quiet_seconds
        self._lanes = Lanes()
        self._presses = Lanes()
        self._held: dict[int, tuple[Outgoing, asyncio.TimerHandle]] = {}

    def put(self, outgoing: Outgoing) -> None:
        """Say it after everything that was put in for the chat before."""
        if outgoing.has_receipt:
            self._in_line[outgoing.dialogue] += 1
        self._release(outgoing.chat, unless_album=outgoing.album)
        if outgoing.album:
            timer = asyncio.get_running_loop().call_later(
                self._album_quiet_seconds, self._release, outgoing.chat
            )
            self._held[outgoing.chat] = (outgoing, timer)
        else:
            self._queue(outgoing)

    def answer(self, chat: int, press: str) -> None:
        """Stop the pressed button from spinning; nothing waits for it."""
        self._presses.put(chat, lambda: self._quietly(lambda: self._api.answer_press(press)))

    def has_in_line(self, dialogue: str) -> bool:
        """Whether a receipt of this dialogue is still to be said."""
        return dialogue in self._in_line

    async def drain(self) -> None:
        """Return when everything is said, or given up."""
        for chat in tuple(self._held):
            self._release(chat)
        await self._lanes.drain()
        await self._presses.drain()

    async def close(self) -> None:
        """Say nothing more."""
        for _, timer in self._held.values():
            timer.cancel()
        self._held.clear()
        await self._lanes.close()
        await self._presses.close()

    def _release(self, chat: int, unless_album: str = "") -> None:
        """Say what was held back for an album, unless more of the same album came."""
        outgoing, timer = self._held.pop(chat, (None, None))
        if outgoing is None or timer is None:
            return
        timer.cancel()
        if outgoing.album != unless_album:
            self._queue(outgoing)

    def _queue(self, outgoing: Outgoing) -> None:
        say = self._say_receipt if outgoing.has_receipt else self._say
        self._lanes.put(
            outgoing.chat,
            lambda: say(outgoing),
            most=MOST_WAITING,
            may_be_dropped=not outgoing.must_be_done,
        )

    async def _say_receipt(self, outgoing: Outgoing) -> None:
        try:
            await self._say(outgoing)
        finally:
            self._in_line[outgoing.dialogue] -= 1
            self._in_line += Counter()  # without those at nothing

    async def _say(self, outgoing: Outgoing) -> None:
        chat = self._chats[outgoing.chat]
        is_overtaken = self._lanes.waiting(outgoing.chat) >= MOST_WAITING
        if chat.is_blocked or (is_overtaken and not outgoing.must_be_done):
            return
        if outgoing.wipes:
            await self._wipe(outgoing.chat, chat)
        pressed = None if outgoing.wipes else outgoing.pressed
        for message in outgoing.messages:
            failure = await self._show(outgoing.chat, chat, message, pressed)
            if failure in _NOT_SAID:
                chat.is_blocked = failure is Failure.BLOCKED
                if outgoing.has_receipt and not chat.is_blocked:
                    self._kept_back()
                return
            pressed = None
        if outgoing.has_receipt:
            await self._delivered(outgoing.dialogue)
        if outgoing.leaves:
            await self._quietly(lambda: self._bot.leave_chat(outgoing.chat))

    async def _show(
        self, chat_id: int, chat: Chat, message: Message, pressed: int | None
    ) -> Failure | None:
        """In the place of the pressed message where it is the newest, anew otherwise."""
        if pressed is not None and (message.is_same_text or chat.is_newest(pressed)):
            failure = await self._replace(chat_id, message, pressed)
            if failure is not Failure.NOT_FOUND or not message.text:
                chat.prompt = pressed if message.keyboard else None
                return failure
        stale = [old for old in {chat.prompt, pressed} if old is not None]
        said = await self._calls.make(
            lambda: self._api.send(chat_id, message.text, message.keyboard), is_reply=True
        )
        if isinstance(said, Failure):
            return said
        chat.note(said)
        if message.keyboard is not None:
            chat.prompt = said
            await self._disarm(chat_id, stale)
        return None

    async def _replace(self, chat_id: int, message: Message, old: int) -> Failure | None:
        if message.is_same_text:
            said = await self._calls.make(
                lambda: self._api.edit_keyboard(chat_id, old, message.keyboard), is_reply=True
            )
        else:
            said = await self._calls.make(
                lambda: self._api.edit_text(chat_id, old, message.text, message.keyboard),
                is_reply=True,
            )
        return None if said is Failure.NOT_MODIFIED else said

    async def _disarm(self, chat_id: int, messages: Iterable[int]) -> None:
        """Take the buttons of older messages away. They would be refused; this is kinder."""
        for message in messages:
            await self._quietly(partial(self._api.edit_keyboard, chat_id, message, None))

    async def _wipe(self, chat_id: int, chat: Chat) -> None:
        if messages := chat.forget():
            await self._quietly(lambda: self._bot.delete_messages(chat_id, messages))

    async def _quietly(self, call: Callable[[], Awaitable[object]]) -> None:
        """A call whose failing changes nothing that matters."""
        await self._calls.make(call)
