"""Commands, and the one word that stops when it is all that a message says.

Asked by `bot.reading`. One word stops (W2), in every language at once: nobody in danger should
have to remember which language the chat was in. Other words do nothing by themselves: "help" may
be all that somebody can answer.
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
    TakeOver,
)
from intake.moving_codes import LINK_PREFIX
from locales.catalogue import catalogue
from locales.languages import LANGUAGES

Wanted = Request | Stop

INVITATION_PREFIX: Final = "r_"
"""A deep link's payload that begins so is an invitation; one with `LINK_PREFIX` takes over what was
begun elsewhere; any other is a site's code."""

_COMMANDS: Mapping[str, Wanted] = {
    "menu": ShowMenu(),
    "language": ShowLanguages(),
    "help": ShowAbout(),
    "stop": Stop(),
    "receipt": AskForReceipt(),
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
    if payload.startswith(LINK_PREFIX):
        return TakeOver(code=payload.removeprefix(LINK_PREFIX))
    return Arrive(site_code=payload)


class StopWords:
    """The word that stops, in every language, read once from the catalogues."""

    def __init__(self) -> None:
        spoken = [catalogue(language.code) for language in LANGUAGES]
        self._words = frozenset(_bare(words.text(texts.WORD_STOP)) for words in spoken)
        self._longest = max(map(len, self._words))

    def are_said(self, text: str) -> bool:
        """Whether a message is that word and nothing else."""
        return len(text) <= 2 * self._longest and _bare(text) in self._words


def _bare(text: str) -> str:
    """As people type it in a hurry: any case, "STOP!", full-width letters, with a full stop."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in plain if unicodedata.category(c)[0] not in "PZC").strip()
