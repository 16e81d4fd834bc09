"""The two codes that take an unfinished report elsewhere: one in a link, one to be typed.

Minted by `intake.reception`, used by `intake.moving`. Either works once and for half an hour, and
what is stored is its pseudonym (an HMAC under the installation's secret), never the code.

    the link's    192 random bits, 32 characters: fits a Telegram deep link and a fragment
    the typed     14 random digits and a check digit, in groups of three

Digits, because every keyboard has them and every script its own. Fifteen, because a receipt has 17
and the two must not be taken for each other. 14 digits are 46 bits, and that is enough only because
a try needs one of the turns that everybody shares (`intake.guess_limit`): at five tries a second,
for the half hour that a code lives, 9,000 tries meet 10^14 codes.
"""

import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from sealing.check_digit import check_digit, has_right_check_digit
from sealing.identifiers import new_token

LINK_PREFIX: Final = "m_"
"""Before the link's code in a chat's deep link; a site's code has no such sign in it."""
CODE_LIVES: Final = timedelta(minutes=30)
DIGITS: Final = 15
_GROUP = 3
_LINK = re.compile(r"[A-Za-z0-9_-]{32}")
_LONGEST = 60
"""Of what is typed: fifteen digits, with room for spaces and the marks that phones add."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovingCodes:
    """Both ways to name one move. Shown once."""

    link: str = field(repr=False)
    typed: str = field(repr=False)

    @property
    def grouped(self) -> str:
        """The typed code as people see it: 123 456 789 012 345."""
        at = range(0, DIGITS, _GROUP)
        return " ".join(self.typed[start : start + _GROUP] for start in at)


def new_codes() -> MovingCodes:
    """Codes that nobody has."""
    digits = "".join(secrets.choice("0123456789") for _ in range(DIGITS - 1))
    return MovingCodes(link=new_token(), typed=digits + check_digit(digits))


def link_code(text: str) -> str | None:
    """The code of a link; None for what cannot be one."""
    return text if _LINK.fullmatch(text) else None


def typed_code(text: str) -> str | None:
    """The code that somebody typed, in the digits of any script; None for what cannot be one."""
    if len(text) > _LONGEST:
        return None
    digits = ""
    for sign in text:
        value = unicodedata.decimal(sign, None)
        if value is not None:
            digits += str(value)
        elif not (sign.isspace() or sign in "._" or unicodedata.category(sign) in {"Pd", "Cf"}):
            return None
    return digits if len(digits) == DIGITS and has_right_check_digit(digits) else None
