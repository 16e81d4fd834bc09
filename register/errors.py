"""The root of what can go wrong in the register that nobody may expect.

Refusals are values (`MoveRefused`, `ParticularsRefused` …); these are broken promises.
"""


class RegisterError(Exception):
    """A promise of the register was broken. Never carries a reporter's words."""


class UnreadableAccountError(RegisterError):
    """An opened account is not in a format that this version reads."""
