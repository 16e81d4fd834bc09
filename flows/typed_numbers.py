"""Reads numbers as people type them, in any script's digits. Called by `answering`.

    "1 250" → 1250     "١٢٫٥" → 12.5     "12,5" in Dutch → 12.5     "1,000" in English → 1000

Where a mark could separate thousands or decimals, the session's language decides; a whole number
that would then be read as a fraction is refused rather than guessed.
"""

import re
import unicodedata
from decimal import Decimal

_LONGEST = 40
_WHOLE_DIGITS = 15
_DECIMAL_COMMA = frozenset(
    {"nl", "pt", "tr", "vi", "de", "fr", "es", "it", "id", "pl", "ru", "uk", "ro", "el", "sv"}
)
_INVISIBLE = re.compile("[\u200e\u200f\u061c\u2066-\u2069]")
_ALIKE = str.maketrans(dict(zip("−–\u00a0\u202f\u2009’٬", "--   ''", strict=True)))
_GROUPED = re.compile(r"[0-9]{1,3}([ ',.])(?:[0-9]{2,3}\1)*[0-9]{3}", re.ASCII)
"""Thousands parted by one mark; pairs as well, as in the Indian 1,00,000."""
_THREE_LAST = re.compile(r"[0-9]{3}", re.ASCII)


def latin_digits(text: str) -> str:
    """The text with every script's digits as 0–9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text)


def read_decimal(text: str, language: str) -> Decimal | None:
    """The number that was typed; None for what is none or has over fifteen digits in front."""
    plain = _plain(text)
    unsigned = plain.lstrip("+-")
    if len(plain) - len(unsigned) > 1:
        return None
    before, mark, after = unsigned.partition(_decimal_mark(unsigned, language))
    whole = _ungrouped(before)
    if whole is None or len(whole.lstrip("0")) > _WHOLE_DIGITS:
        return None
    if (mark and not _is_digits(after)) or not (whole or after):
        return None
    number = Decimal(f"{whole or 0}.{after or 0}" if mark else whole)
    return -number if plain.startswith("-") else number


def read_whole(text: str, language: str) -> int | None:
    """The whole number that was typed; None where it has a fraction, or may have one."""
    number = read_decimal(text, language)
    if number is None or number != number.to_integral_value():
        return None
    unsigned = _plain(text).lstrip("+-")
    _, _, after = unsigned.partition(_decimal_mark(unsigned, language))
    return None if _THREE_LAST.fullmatch(after) else int(number)


def _plain(text: str) -> str:
    if len(text) > _LONGEST:
        return ""
    return _INVISIBLE.sub("", latin_digits(text)).translate(_ALIKE).strip()


def _decimal_mark(unsigned: str, language: str) -> str:
    """The mark before the fraction. "12,5" in English can only be a fraction as well."""
    if "٫" in unsigned:
        return "٫"
    has_comma = re.split("[_-]", language)[0].lower() in _DECIMAL_COMMA
    ours, other = (",", ".") if has_comma else (".", ",")
    is_clear = ours in unsigned or other not in unsigned or _GROUPED.fullmatch(unsigned)
    return ours if is_clear else other


def _ungrouped(whole: str) -> str | None:
    if not whole or _is_digits(whole):
        return whole
    grouped = _GROUPED.fullmatch(whole)
    return whole.replace(grouped[1], "") if grouped else None


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
