"""Telegram as a channel: everything of this package tied together.

Made and run by `service`:

    channel = TelegramChannel(settings=…, poster=…, reception=…)
    await channel.start()
    await channel.run_polling()            # or: web posts updates to channel.handle_webhook
    await channel.stop()
"""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field

from telegram import Bot

from bot.answering import Answering
from bot.api import BotApi
from bot.calls import Calls, Failure
from bot.chats import Chats
from bot.faults import BotError, TokenRefusedError
from bot.files import Fetcher
from bot.lanes import Lanes
from bot.patience import Patience
from bot.polling import Polling
from bot.ports import Poster, Reception
from bot.profile import introduce
from bot.reading import ALLOWED_UPDATES
from bot.rendering import rendered
from bot.replying import Replying
from bot.request import PosterRequest
from bot.sending import Outgoing, Sender
from bot.webhook import Webhook
from intake.arrivals import Channel
from intake.moving_codes import LINK_PREFIX

_PROFILE, _AGAIN = range(2)
"""What is done aside, each in a line of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramSettings:
    """What an operator may set. Times are in seconds."""

    token: str = field(repr=False)
    api_url: str = "https://api.telegram.org"
    webhook_url: str = ""
    """Where Telegram reaches us; empty for polling."""
    webhook_secret: str = field(default="", repr=False)
    form_address: str = ""
    """Where the pages take over what was begun in a chat; empty where nobody can reach them."""
    patience: Patience = field(default_factory=Patience)
    calls_at_once: int = 100
    call_seconds: float = 20.0
    file_seconds: float = 120.0
    poll_wait_seconds: int = 50
    """How long Telegram holds a request when nothing is new."""
    together_seconds: float = 2.0
    """How long a batch is waited for before more updates are fetched beside it."""
    again_seconds: float = 300.0
    """After how long receipts are said again that did not get through."""
    album_quiet_seconds: float = 0.7
    """How long the reply to a photo waits for the next photo of the same album."""
    closing_seconds: float = 10.0
    """How long `stop` waits for what is under way."""


class TelegramChannel:
    """One bot. Nothing of a chat is kept here that another process would need."""

    def __init__(self, *, settings: TelegramSettings, poster: Poster, reception: Reception) -> None:
        _silence_library()
        self._settings = settings
        self._reception = reception
        patience = settings.patience
        request = PosterRequest(poster, timeout_seconds=settings.call_seconds)
        self._bot = Bot(
            settings.token,
            base_url=f"{settings.api_url}/bot",
            base_file_url=f"{settings.api_url}/file/bot",
            request=request,
            get_updates_request=request,
        )
        self._calls = Calls(at_once=settings.calls_at_once, patience=patience)
        chats = Chats()
        api = BotApi(poster, self._bot.base_url, timeout_seconds=settings.call_seconds)
        self._sender = Sender(
            self._bot,
            api,
            self._calls,
            chats,
            delivered=reception.delivered,
            kept_back=self._say_again_later,
            album_quiet_seconds=settings.album_quiet_seconds,
        )
        fetcher = Fetcher(
            self._bot, self._calls, poster, reception, timeout_seconds=settings.file_seconds
        )
        replying = Replying(
            reception=reception,
            sender=self._sender,
            fetcher=fetcher,
            chats=chats,
            form_address=settings.form_address,
        )
        self._answering = Answering(replying=replying, patience=patience)
        self._polling = Polling(
            bot=self._bot,
            request=request,
            answering=self._answering,
            patience=patience,
            wait_seconds=settings.poll_wait_seconds,
            together_seconds=settings.together_seconds,
        )
        self._webhook: Webhook | None = None
        if settings.webhook_url:
            self._webhook = Webhook(secret=settings.webhook_secret, answering=self._answering)
        self._aside = Lanes()
        self._is_to_say_again = False
        self._has_met = False

    @property
    def username(self) -> str:
        """The bot's name in links; known once it has started."""
        return self._bot.username

    def link(self, payload: str = "") -> str:
        """A deep link: `payload` is a site's code, `r_` and an invitation's token, or `m_` and the
        code that takes over what was begun elsewhere."""
        address = f"https://t.me/{self.username}"
        return f"{address}?start={payload}" if payload else address

    def moving_link(self, code: str) -> str:
        """The link that goes on in the chat with what was begun elsewhere; empty as long as the
        bot's name is not known."""
        return self.link(f"{LINK_PREFIX}{code}") if self._has_met else ""

    async def start(self) -> None:
        """Greet Telegram, say how updates come, and say receipts again that were never seen.

        Raises `TokenRefusedError`, or `BotError` where Telegram cannot be reached at all.
        """
        greeted = await self._calls.make(self._bot.initialize)
        if greeted is Failure.UNKNOWN_BOT:
            raise TokenRefusedError("Telegram does not know this bot's token")
        if isinstance(greeted, Failure):
            raise BotError("Telegram cannot be reached")
        self._has_met = True
        await self._choose_way_in()
        self._aside.put(_PROFILE, lambda: introduce(self._bot))
        await self.say_undelivered()

    async def run_polling(self) -> None:
        """Fetch updates until `stop`. Raises `TokenRefusedError`."""
        await self._polling.run()

    async def handle_webhook(self, secret: str | None, body: bytes) -> int:
        """The HTTP status for an update that was posted to us: see `bot.webhook`."""
        return 404 if self._webhook is None else await self._webhook.handle(secret, body)

    async def say_undelivered(self) -> None:
        """Receipts that were kept, and perhaps never reached the person."""
        for waiting in await self._reception.undelivered(Channel.TELEGRAM):
            if self._sender.has_in_line(waiting.reply.dialogue):
                continue
            self._sender.put(
                Outgoing(
                    chat=int(waiting.correspondent),
                    messages=rendered(waiting.reply),
                    dialogue=waiting.reply.dialogue,
                )
            )

    async def drain(self) -> None:
        """Return when all that came in is committed, and all that is to be said is said."""
        await self._answering.drain()
        await self._sender.drain()

    async def stop(self) -> None:
        """Finish what is under way, for a while; what is not committed then will come again."""
        self._polling.stop()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._settings.closing_seconds):
                await self.drain()
        await self._answering.close()
        await self._sender.close()
        await self._aside.close()
        await self._bot.shutdown()

    def _say_again_later(self) -> None:
        """A receipt did not get through: all that did not are said again after a while."""
        if not self._is_to_say_again:
            self._is_to_say_again = True
            self._aside.put(_AGAIN, self._say_again)

    async def _say_again(self) -> None:
        await asyncio.sleep(self._settings.again_seconds)
        self._is_to_say_again = False
        await self.say_undelivered()

    async def _choose_way_in(self) -> None:
        settings = self._settings
        if settings.webhook_url:
            made = await self._calls.make(
                lambda: self._bot.set_webhook(
                    settings.webhook_url,
                    secret_token=settings.webhook_secret,
                    allowed_updates=ALLOWED_UPDATES,
                    max_connections=100,
                )
            )
        else:
            made = await self._calls.make(self._bot.delete_webhook)
        if isinstance(made, Failure):
            raise BotError("Telegram does not take our way of getting updates")


def _silence_library() -> None:
    """python-telegram-bot logs whole calls and answers at its finer levels: not here."""
    library = logging.getLogger("telegram")
    library.handlers = [logging.NullHandler()]
    library.propagate = False
