"""How the bot introduces itself in Telegram's own screens, in every language.

Called once by `bot.channel` when it starts. Nothing here says what the bot is about (W1): anyone
who holds the phone reads it. The bot's name and picture are the operator's to choose.
"""

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import Final

import structlog
from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot import texts
from locales.catalogue import Catalogue, catalogue
from locales.languages import LANGUAGES, SOURCE

COMMANDS: Final = (
    ("menu", texts.COMMAND_MENU),
    ("language", texts.COMMAND_LANGUAGE),
    ("receipt", texts.COMMAND_RECEIPT),
    ("help", texts.COMMAND_HELP),
    ("stop", texts.COMMAND_STOP),
)

log = structlog.get_logger()


async def introduce(bot: Bot) -> None:
    """Set commands and descriptions. What fails is left as it was until the next start."""
    for call in _calls(bot):
        try:
            await call()
        except TelegramError as fault:
            log.info("bot.profile_not_set", fault=type(fault).__name__)
            return


def _calls(bot: Bot) -> Iterator[Callable[[], Awaitable[object]]]:
    for language in LANGUAGES:
        words = catalogue(language.code)
        # Without a code it is what every other language sees.
        code = None if language.code == SOURCE else language.code[:2]
        yield partial(bot.set_my_commands, _commands(words), language_code=code)
        yield partial(bot.set_my_description, words.text(texts.DESCRIPTION), code)
        yield partial(bot.set_my_short_description, words.text(texts.SHORT_DESCRIPTION), code)


def _commands(words: Catalogue) -> list[BotCommand]:
    return [BotCommand(name, words.text(msgid)) for name, msgid in COMMANDS]
