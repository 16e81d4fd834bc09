"""Days, times, numbers, countries and lists as each language writes them (CLDR, by Babel).

Called by `locales.catalogue`. Digits are Latin in every language: they are taught everywhere, a
receipt is printed with them, and what a person types in other digits is understood all the same.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_time, get_datetime_format
from babel.lists import format_list
from babel.numbers import format_decimal

from flows.values import Place

_GROUPED_FROM = 10_000
"""Below it a number is written in one piece: a year that someone typed is not "2,024"."""


@lru_cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)


def country(code: str, locale: str) -> str:
    """A country by its ISO 3166-1 code, as the language calls it; the code where it has no name."""
    return str(_locale(locale).territories.get(code, code))


def language(code: str, locale: str) -> str:
    """A language by our code (`pt_BR`), as the language of `locale` calls it."""
    return str(_locale(code).get_display_name(_locale(locale)))


@lru_cache(maxsize=4096)
def day(when: date, locale: str) -> str:
    """A day in full, with the month in words, so that no reader takes the day for the month."""
    return format_date(when, "long", locale=_locale(locale))


def time_of_day(when: time, locale: str) -> str:
    """Hours and minutes; no zone, because people answer in their own."""
    return format_time(when, "short", locale=_locale(locale))


def moment(when: datetime, locale: str) -> str:
    """A day and a time, joined as the language joins them."""
    pattern = str(get_datetime_format("long", locale=_locale(locale))).replace("'", "")
    written_time = time_of_day(when.timetz(), locale)
    return pattern.replace("{0}", written_time).replace("{1}", day(when.date(), locale))


@lru_cache(maxsize=4096)
def whole_number(number: int, locale: str) -> str:
    """A whole number with the language's separators, grouped from 10,000 on."""
    return format_decimal(
        number, locale=_locale(locale), group_separator=abs(number) >= _GROUPED_FROM
    )


def decimal_number(number: Decimal, locale: str) -> str:
    """A number with every decimal that it was given."""
    return format_decimal(
        number,
        locale=_locale(locale),
        decimal_quantization=False,
        group_separator=abs(number) >= _GROUPED_FROM,
    )


def joined(items: Sequence[str], locale: str) -> str:
    """ "a, b and c" in the language's own way; empty for nothing."""
    return format_list(list(items), locale=_locale(locale))


def place(where: Place) -> str:
    """Latitude and longitude in degrees to about a metre, readable by any map."""
    return f"{where.latitude:.5f}, {where.longitude:.5f}"
