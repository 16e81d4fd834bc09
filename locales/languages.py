"""The languages that Gehoor speaks, and which of them serves a reader best.

Called by the channels (a Telegram `language_code`, an `Accept-Language` tag), by `intake` and by
the catalogues. English is the source language: its words are the msgids themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

SOURCE = "en"
"""The language that msgids are written in."""


class Direction(StrEnum):
    """Which way lines run; the values are those of HTML's `dir`."""

    LEFT_TO_RIGHT = "ltr"
    RIGHT_TO_LEFT = "rtl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language: how it is called by its readers, counted in, and stood in for."""

    code: str
    own_name: str
    direction: Direction = Direction.LEFT_TO_RIGHT
    locale: str
    """Whose dates, numbers and lists it writes (CLDR)."""
    plural_count: int
    plural_rule: str
    """Which of the plural forms a number takes, as gettext's `Plural-Forms` writes it."""
    fallbacks: tuple[str, ...] = (SOURCE,)
    """Where a missing translation is looked for, best first; English stands last."""


_ARABIC_PLURALS = "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"

# English dates are written day first ("1 December 2026", CLDR's en_001): the month-first habit of
# one country would make a promised day ambiguous elsewhere. Arabic's six forms stand in CLDR's
# order: zero, one, two, few (3-10), many (11-99), other (100, 101, 102 ...).
LANGUAGES: tuple[Language, ...] = (
    Language(
        code="en",
        own_name="English",
        locale="en_001",
        plural_count=2,
        plural_rule="(n != 1)",
        fallbacks=(),
    ),
    Language(code="nl", own_name="Nederlands", locale="nl", plural_count=2, plural_rule="(n != 1)"),
    Language(
        code="pt_BR",
        own_name="Português (Brasil)",
        locale="pt_BR",
        plural_count=2,
        plural_rule="(n > 1)",
    ),
    Language(
        code="zh_Hans", own_name="简体中文", locale="zh_Hans", plural_count=1, plural_rule="0"
    ),
    Language(code="hi", own_name="हिन्दी", locale="hi", plural_count=2, plural_rule="(n > 1)"),
    Language(code="tr", own_name="Türkçe", locale="tr", plural_count=1, plural_rule="0"),
    Language(code="vi", own_name="Tiếng Việt", locale="vi", plural_count=1, plural_rule="0"),
    Language(
        code="ar",
        own_name="العربية",
        direction=Direction.RIGHT_TO_LEFT,
        locale="ar",
        plural_count=6,
        plural_rule=_ARABIC_PLURALS,
    ),
)

_BY_CODE = {language.code: language for language in LANGUAGES}

# Tags that carry another first part and are read by the same people: the members of the
# macrolanguages Chinese and Arabic (ISO 639-3), and Dutch's neighbours that are schooled in it.
_SERVED_BY = {
    "pt": "pt_BR",
    "zh": "zh_Hans",
    "cmn": "zh_Hans",
    "yue": "zh_Hans",
    "wuu": "zh_Hans",
    "nan": "zh_Hans",
    "arb": "ar",
    "arz": "ar",
    "ary": "ar",
    "arq": "ar",
    "apc": "ar",
    "acm": "ar",
    "aeb": "ar",
    "apd": "ar",
    "fy": "nl",
    "li": "nl",
}


def language_named(code: str) -> Language:
    """The language of a code of ours; for any other tag the one that serves it best.

    Never refuses: a session that was kept in a language which has since been dropped goes on.
    """
    return _BY_CODE.get(code) or _BY_CODE[best_language((code,))]


def best_language(wanted: Sequence[str]) -> str:
    """The code of the first wanted tag that we have, and English where we have none.

    Takes tags as they come, in the reader's order: `pt`, `pt-PT`, `zh-CN`, `zh_TW`, Telegram's
    `language_code`. Empty and malformed tags are passed over.
    """
    for tag in wanted:
        if code := _code_for(tag):
            return code
    return SOURCE


def _code_for(tag: str) -> str | None:
    """Only the language part decides: region and script pick no other catalogue of ours.

    So readers of traditional Chinese get the simplified one, which more of them can read than
    English.
    """
    first = tag.strip().replace("_", "-").split("-", 1)[0].lower()
    return first if first in _BY_CODE else _SERVED_BY.get(first)
