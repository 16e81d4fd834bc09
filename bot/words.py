"""Commands, and the words that do the same when they are all that a message says.

Asked by `bot.reading`. One word stops (W2), in every language at once: nobody in danger should
have to remember which language the chat was in.
"""

import unicodedata
from collections.abc import Mapping
from typing import Final

from bot import texts
from flows.moves import Stop
from intake.arrivals import (
    Arrive,
    AskForReceipt,
    JoinRound,
    OpenCase,
    Request,
    ShowAbout,
    ShowLanguages,
    ShowMenu,
)
from locales.catalogue import catalogue
from locales.languages import LANGUAGES

Wanted = Request | Stop

INVITATION_PREFIX: Final = "r_"
"""A deep link's payload that begins so is an invitation; any other is a site's code."""

_COMMANDS: Mapping[str, Wanted] = {
    "menu": ShowMenu(),
    "language": ShowLanguages(),
    "help": ShowAbout(),
    "stop": Stop(),
    "receipt": AskForReceipt(),
}

_WORDS: Mapping[str, Wanted] = {
    texts.WORD_STOP: Stop(),
    texts.WORD_MENU: ShowMenu(),
    texts.WORD_LANGUAGE: ShowLanguages(),
    texts.WORD_RECEIPT: AskForReceipt(),
    texts.WORD_HELP: ShowAbout(),
}


def command(text: str) -> Wanted | None:
    """What `/start …`, `/receipt …` and the others ask for; None for anything else."""
    name, _, rest = text.removeprefix("/").partition(" ")
    name, rest = name.partition("@")[0].lower(), rest.strip()
    if name == "start":
        return _start(rest)
    if name == "receipt" and rest:
        return OpenCase(receipt=rest)
    return _COMMANDS.get(name)


def _start(payload: str) -> Request:
    if payload.startswith(INVITATION_PREFIX):
        return JoinRound(token=payload.removeprefix(INVITATION_PREFIX))
    return Arrive(site_code=payload)


class Words:
    """The words of every language, read once from the catalogues."""

    def __init__(self) -> None:
        spoken = [catalogue(language.code) for language in LANGUAGES]
        # A word that means two things in two languages does the first of the table: stopping.
        self._meanings = {
            _bare(words.text(msgid)): wanted
            for msgid, wanted in reversed(tuple(_WORDS.items()))
            for words in spoken
        }
        self._longest = max(map(len, self._meanings))

    def meaning(self, text: str) -> Wanted | None:
        """What a message that is nothing but one such word asks for."""
        if len(text) > 2 * self._longest:
            return None
        return self._meanings.get(_bare(text))


def _bare(text: str) -> str:
    """As people type it in a hurry: any case, "STOP!", full-width letters, with a full stop."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in plain if unicodedata.category(c)[0] not in "PZC").strip()
