"""The log of how a company is tied to a risk, in words. Used by the risk's page and its own."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from locales.catalogue import Catalogue
from locales.marking import N_
from monitoring.risk.involvement import (
    LACK_OF_EFFORT,
    OBLIGATION_WORDS,
    InvolvementEntry,
    InvolvementLog,
)
from web.company.words import (
    GROUND_OF_INVOLVEMENT,
    INVOLVEMENT_WORDS,
    LEVERAGE_WORDS,
    NOT_KNOWN_YET,
)
from web.inside.words import ROOT_CAUSE_WORDS

Code = TypeVar("Code", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One judgement of the log."""

    day: str
    by: str
    """Who wrote it; empty where that is not asked for, or nobody did."""
    what: str
    ground: str
    reason: str
    causes: tuple[str, ...]
    leverage: tuple[str, ...]
    leverage_words: str
    outside: tuple[tuple[str, str, str], ...]
    """Who was asked outside, whether they agree, and their words (R97)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvolvementShown:
    """How the company is tied to a risk now, what follows, and how it came to that."""

    now: str
    """Empty where nobody has looked."""
    obligations: tuple[str, ...]
    entries: tuple[EntryLine, ...]
    """The last one first."""
    acts: tuple[tuple[str, str, str], ...]
    """What was done about it: the day, who wrote it, and their words; the last one first."""


def involvement_shown(
    log: InvolvementLog | None, names: Mapping[str, str], words: Catalogue
) -> InvolvementShown:
    """The log in words; `names` are those of its writers, by id."""
    if log is None:
        return InvolvementShown(now="", obligations=(), entries=(), acts=())
    return InvolvementShown(
        now=_now(log, words),
        obligations=tuple(words.text(OBLIGATION_WORDS[each]) for each in log.obligations),
        entries=tuple(_entry(each, names, words) for each in reversed(log.entries)),
        acts=tuple(
            (words.day(each.day), names.get(each.by, ""), each.words)
            for each in sorted(log.acts, key=lambda act: act.day, reverse=True)
        ),
    )


def _now(log: InvolvementLog, words: Catalogue) -> str:
    if log.now is not None:
        return words.text(INVOLVEMENT_WORDS[log.now])
    return words.text(NOT_KNOWN_YET) if log.entries else ""


def _entry(entry: InvolvementEntry, names: Mapping[str, str], words: Catalogue) -> EntryLine:
    what = NOT_KNOWN_YET if entry.involvement is None else INVOLVEMENT_WORDS[entry.involvement]
    return EntryLine(
        day=words.day(entry.day),
        by=names.get(entry.by, ""),
        what=words.text(what),
        ground=words.text(GROUND_OF_INVOLVEMENT[entry.ground]),
        reason=words.text(LACK_OF_EFFORT) if not entry.by else entry.reason,
        causes=_named(entry.root_causes, ROOT_CAUSE_WORDS, words),
        leverage=_named(entry.leverage, LEVERAGE_WORDS, words),
        leverage_words=entry.leverage_words,
        outside=tuple(
            (view.by, words.text(N_("agrees") if view.agrees else N_("disagrees")), view.words)
            for view in entry.outside
        ),
    )


def _named(codes: Set[Code], labels: Mapping[Code, str], words: Catalogue) -> tuple[str, ...]:
    return tuple(words.text(label) for code, label in labels.items() if code in codes)
