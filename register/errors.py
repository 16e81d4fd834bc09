"""The root of what can go wrong in the register that nobody may expect.

Refusals are values (`MoveRefused`, `ParticularsRefused` …); these are broken promises.
"""


class RegisterError(Exception):
    """A promise of the register was broken. Never carries a reporter's words."""


class UnreadableAccountError(RegisterError):
    """An opened account is not in a format that this version reads."""


class StaleCaseError(RegisterError):
    """A case was changed by somebody else in the meantime; the work is to be done again."""


class ReleasedBeforeError(RegisterError):
    """The quarter has been released, and a release is final (K4)."""
