"""Checkpoints over the ends of all logs, and what is left of a log whose record was erased.

Theory. A log shows by itself what was changed in it, and not that it is gone with its case. So each
night one digest is made over the ends of all logs and over the digest before it. When a record's
days are over its log goes too (L4), and a tombstone takes its place: where the log ended, since
when its case was closed, and the day of erasing. Checkpoints go on covering it, as they covered the
log before. So an erased log is counted; a log that is gone without a tombstone is missed; and a
tombstone that somebody made for a log that was not due does not fit the checkpoint from before,
which knew since when that case was closed.

Worked example. A case is closed on 1 March 2027, and its last entry is of 1 March 2028. Erased on
1 March 2034, its tombstone says so. A checkpoint of 2030 still comes out the same with it. One of
2027 does not: where the log ended then is known to nobody any more (`Ends.unknown`).

A log is named by a pseudonym that storage makes, so that checkpoints and tombstones name no case.
The days from a case's last entry to its erasing are never fewer than `register.clocks.REST_DAYS`,
so a checkpoint that is younger than that can always be compared.

Format 2: SHA-256 over the JSON array [2, day, previous, ends], the ends sorted, each as [name,
length, digest, last day, closing day or null, day of erasing or null]. Format 1, of checkpoints
before there were tombstones: [1, day, previous, ends], each end as [case, length, digest]; it can
be verified for as long as no log of it was erased.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import orjson

from register.clocks import RECORD_YEARS, REST_DAYS
from register.log import LogTip
from register.spans import MONTHS_PER_YEAR, Span

FORMAT = 2
_FIRST_FORMAT = 1
_LEAST_KEPT = Span(months=RECORD_YEARS[0] * MONTHS_PER_YEAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEnd:
    """Where a log ended on a day."""

    name: str
    """A pseudonym of the case."""
    tip: LogTip
    last_on: date
    """The day of its last entry."""
    closed_on: date | None
    """Since when its case was closed; None while it is open."""
    erased_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What is left of a log whose record was erased."""

    name: str
    tip: LogTip
    last_on: date
    closed_on: date
    erased_on: date

    def end_on(self, day: date) -> LogEnd | None:
        """Where the log ended on that day; None where its last entry is younger than that."""
        if day < self.last_on:
            return None
        return LogEnd(
            name=self.name,
            tip=self.tip,
            last_on=self.last_on,
            closed_on=self.closed_on,
            erased_on=self.erased_on if self.erased_on <= day else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """Where all logs ended on a day."""

    ends: tuple[LogEnd, ...]
    unknown: int = 0
    """Erased logs that may have begun by then and went on after it."""


def buried(end: LogEnd, erased_on: date) -> Tombstone:
    """The tombstone of a log. Raises ValueError for a case that is open."""
    if end.closed_on is None:
        raise ValueError("a case that is open is not erased")
    return Tombstone(
        name=end.name,
        tip=end.tip,
        last_on=end.last_on,
        closed_on=end.closed_on,
        erased_on=erased_on,
    )


class StoneFaultKind(StrEnum):
    """What is wrong with a tombstone."""

    FORGED = "forged"
    """Somebody made it, or changed it, who does not have the key ring."""
    TOO_YOUNG = "too_young"
    """The record was not old enough to be erased on that day."""
    LOG_IS_THERE = "log_is_there"
    """It stands for a log that is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoneFault:
    """One fault, of the tombstone with this name."""

    kind: StoneFaultKind
    name: str


def is_old_enough(stone: Tombstone) -> bool:
    """Whether the rules let that record be erased on that day (L4)."""
    rested = stone.last_on + timedelta(days=REST_DAYS)
    return max(_LEAST_KEPT.after(stone.closed_on), rested) <= stone.erased_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """One digest over the ends of all logs at the end of a day, and over the checkpoint before.

    It says how many logs there were, those that were erased among them, and nothing of their
    order.
    """

    day: date
    cases: int
    digest: str
    previous: str
    format: int = FORMAT


def checkpoint(ends: Iterable[LogEnd], day: date, previous: Checkpoint | None = None) -> Checkpoint:
    """The checkpoint of a day over the ends as they were at its end, in whatever order."""
    return _made(
        FORMAT,
        [
            [
                end.name,
                end.tip.length,
                end.tip.digest,
                end.last_on.isoformat(),
                _iso(end.closed_on),
                _iso(end.erased_on),
            ]
            for end in sorted(ends, key=lambda each: each.name)
        ],
        day,
        previous.digest if previous else "",
    )


def first_form(tips: Iterable[tuple[str, LogTip]], day: date, previous: str) -> Checkpoint:
    """A checkpoint of format 1, over (case, tip): to verify one that was made before tombstones."""
    ends = sorted((case_ref, tip.length, tip.digest) for case_ref, tip in tips)
    return _made(_FIRST_FORMAT, [list(end) for end in ends], day, previous)


def _made(form: int, ends: list[list[object]], day: date, previous: str) -> Checkpoint:
    said = orjson.dumps([form, day.isoformat(), previous, ends])
    return Checkpoint(
        day=day,
        cases=len(ends),
        digest=hashlib.sha256(said).hexdigest(),
        previous=previous,
        format=form,
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
