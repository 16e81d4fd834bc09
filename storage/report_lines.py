"""What a release counts of each case, as short lines of one length: one by one, and in pages.

Theory. A release counts every case of a quarter, and opening a million sealed values one by one
takes a minute. So the round of each night gathers the lines of a day into pages, and seals each
page as one value. Which cases share a page follows from their references, which are random. A case
that changes afterwards has a line of its own again, which counts before the one in the page.

Stored format, version 2 of what `case_organisations` holds: a byte 2, then a line of 48 bytes: a
digest of the reporter's tag (8), the site's id in ASCII, filled up with noughts (26), numbers of
theme and group (1 each), and the days of filing, acknowledgement and feedback as ordinals, big
endian, nought for none (4 each). A page is a byte 2 and lines of 56 bytes: a digest of the
reference (8) before each. A number is never given to another theme or group.

Version 1 was JSON without days; who finds it asks the case itself.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from struct import Struct
from types import MappingProxyType

from register.particulars import Theme
from register.release import Report
from storage.errors import StorageError
from storage.tally_lines import GROUP_NUMBERS

THEME_NUMBERS: Mapping[Theme, int] = MappingProxyType(
    {
        Theme.DISCRIMINATION_GENDER: 1,
        Theme.CHILD_LABOUR: 2,
        Theme.FORCED_LABOUR: 3,
        Theme.LIVING_WAGE: 4,
        Theme.FREEDOM_OF_ASSOCIATION: 5,
        Theme.HEALTH_SAFETY: 6,
        Theme.LAND_RIGHTS: 7,
        Theme.LIVING_ENVIRONMENT: 8,
        Theme.OTHER: 9,
    }
)
_THEMES = {number: theme for theme, number in THEME_NUMBERS.items()}
_GROUPS = {number: group for group, number in GROUP_NUMBERS.items()}
_VERSION = b"\x02"
_DIGEST = 8
_LINE = Struct(">8s26sBBIII")
_PAGE_LINE = Struct(">8s8s26sBBIII")


class UnreadableReportError(StorageError):
    """The line of a report does not have a form that this version knows."""


def is_line(stored: bytes) -> bool:
    """Whether it is of this version, and not of one that knew no days."""
    return stored[:1] == _VERSION


def line_of(report: Report) -> bytes:
    """The stored form of a report, still in clear: the caller seals it."""
    return _VERSION + _LINE.pack(
        _digest(str(report.reporter_tag)),
        report.site_id.encode(),
        THEME_NUMBERS[report.theme],
        GROUP_NUMBERS[report.group],
        report.filed_on.toordinal(),
        _ordinal(report.acknowledged_on),
        _ordinal(report.feedback_on),
    )


def report_in(stored: bytes) -> Report:
    """What `line_of` gave; raises `UnreadableReportError` for anything else."""
    if not is_line(stored) or len(stored) != 1 + _LINE.size:
        raise UnreadableReportError("the line of a report is not of a known form")
    ((_, report),) = reports_in(_VERSION + bytes(_DIGEST) + stored[1:])
    return report


def page_of(lines: Iterable[tuple[str, bytes]]) -> bytes:
    """A page of case references with their lines, still in clear."""
    return _VERSION + b"".join(digest_of(ref) + line[1:] for ref, line in lines)


def reports_in(page: bytes) -> Iterator[tuple[bytes, Report]]:
    """Each report with the digest of its case's reference."""
    if page[:1] != _VERSION or len(page) % _PAGE_LINE.size != 1:
        raise UnreadableReportError("a page of reports is not of a known form")
    for ref, tag, site, theme, group, filed, acknowledged, feedback in _PAGE_LINE.iter_unpack(
        memoryview(page)[1:]
    ):
        yield (
            ref,
            Report(
                tag,
                _SITES[site],
                _THEMES[theme],
                _GROUPS[group],
                _DAYS[filed],
                _DAYS_OR_NONE[acknowledged],
                _DAYS_OR_NONE[feedback],
            ),
        )


def digest_of(ref: str) -> bytes:
    """Enough to tell apart the cases of a quarter; it is sealed, so it hides nothing."""
    return _digest(ref)


class _Sites(dict[bytes, str]):
    """Read once each: a million lines name some hundred sites."""

    def __missing__(self, site: bytes) -> str:
        name = self[site] = site.rstrip(b"\0").decode()
        return name


class _Days(dict[int, date]):
    def __missing__(self, ordinal: int) -> date:
        day = self[ordinal] = date.fromordinal(ordinal)
        return day


class _DaysOrNone(dict[int, date | None]):
    def __missing__(self, ordinal: int) -> date | None:
        day = self[ordinal] = _DAYS[ordinal] if ordinal else None
        return day


_SITES, _DAYS, _DAYS_OR_NONE = _Sites(), _Days(), _DaysOrNone()


def _ordinal(day: date | None) -> int:
    return 0 if day is None else day.toordinal()


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=_DIGEST).digest()
