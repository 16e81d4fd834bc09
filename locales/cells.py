"""Words in the cell of a table that somebody opens in a spreadsheet.

Theory. A cell that begins with = + - or @ is run by the spreadsheet: it can fetch a page, or send
what stands beside it (OWASP, "CSV injection"). So do their wide forms in some, and what stands
behind a tab or a line end. An apostrophe before it makes it words and nothing else.

Used by the exports of `web.company` and by `service.tables`.
"""

import re

from locales.sentences import unfenced

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_RUN = re.compile("[\t\r\n]|[\\s\u200b-\u200f\u2060]*[=+\\-@\uff1d\uff0b\uff0d\uff20]")


def inert(words: str) -> str:
    """The words as no spreadsheet runs them, without signs that nobody sees."""
    seen = _UNSEEN.sub("", unfenced(words))
    return f"'{seen}" if _RUN.match(seen) else seen
