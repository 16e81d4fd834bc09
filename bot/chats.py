"""What this process happens to know of each chat, so that messages can be put in their place.

Kept in memory only, and only for the chats last seen: nothing goes wrong where it is not known.
Another process that serves the same bot knows other chats; nobody needs what is here.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final

MOST_CHATS: Final = 20_000
MOST_MESSAGES: Final = 100
"""Messages remembered per chat for deleting; also the most that one call deletes."""


@dataclass(slots=True)
class LastWords:
    """The last answer in words: it can still be corrected by editing the message."""

    message: int
    answered: str
    """Which question the words were for, by its path."""


@dataclass(slots=True)
class Chat:
    """One chat. Everything here may be missing or behind."""

    language: str = ""
    """The one that the last reply was in."""
    latest: int = 0
    """The newest message that was seen, of either side."""
    prompt: int | None = None
    """The message whose buttons await a press."""
    path: str = ""
    """The question that is being asked."""
    last_words: LastWords | None = None
    is_blocked: bool = False
    messages: list[int] = field(default_factory=list)

    def note(self, message: int) -> None:
        """A message of either side, newer or older than what was seen."""
        self.latest = max(self.latest, message)
        if message not in self.messages:
            self.messages.append(message)
            del self.messages[:-MOST_MESSAGES]

    def is_newest(self, message: int) -> bool:
        """Whether nothing was said after it, as far as is known."""
        return message >= self.latest

    def forget(self) -> tuple[int, ...]:
        """The messages that were noted; from now on they are not."""
        messages = tuple(self.messages)
        self.messages.clear()
        self.prompt = self.last_words = None
        self.path = ""
        return messages


class Chats:
    """The chats last seen."""

    def __init__(self, most: int = MOST_CHATS) -> None:
        self._chats: OrderedDict[int, Chat] = OrderedDict()
        self._most = most

    def __getitem__(self, chat: int) -> Chat:
        known = self._chats.get(chat)
        if known is None:
            known = self._chats[chat] = Chat()
            if len(self._chats) > self._most:
                self._chats.popitem(last=False)
        else:
            self._chats.move_to_end(chat)
        return known
