"""How people get in: the addresses that stand on posters and in invitations.

The bot's name is Telegram's to tell, so it is asked for where a link to it is wanted.
"""

import asyncio
from dataclasses import dataclass

import orjson

from service.settings import Settings
from web.outbound import Poster

_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The ways in of one installation."""

    web: str
    bot: str | None
    """The bot's name; None where there is no bot, or Telegram did not tell."""

    def to_site(self, code: str) -> tuple[str, ...]:
        """The links that name a site: the page, and the bot where there is one."""
        return (f"{self.web}/s/{code}", *self._chat(code))

    def to_round(self, token: str) -> tuple[str, ...]:
        """The personal links of an invitation: whoever has one takes part as that person."""
        return (f"{self.web}/r/{token}", *self._chat(f"r_{token}"))

    def _chat(self, payload: str) -> tuple[str, ...]:
        return () if self.bot is None else (f"https://t.me/{self.bot}?start={payload}",)


def reach_of(settings: Settings) -> Reach:
    """The ways in; asks Telegram for the bot's name where there is a token."""
    token = settings.telegram_token.get_secret_value()
    bot = asyncio.run(_bot_name(settings.telegram_base_url, token)) if token else None
    return Reach(web=settings.public_url, bot=bot)


async def _bot_name(api: str, token: str) -> str | None:
    async with Poster() as poster:
        try:
            status, body = await poster.post(f"{api.rstrip('/')}{token}/getMe", {}, {}, _SECONDS)
            return str(orjson.loads(body)["result"]["username"]) if status == 200 else None
        except (ConnectionError, TimeoutError, ValueError, KeyError, TypeError):
            return None
