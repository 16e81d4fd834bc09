"""What can go wrong with a channel for good."""


class BotError(Exception):
    """The root of this package's broken promises."""


class TokenRefusedError(BotError):
    """Telegram does not know the token: nothing works until the operator gives another."""
