"""Silence as a signal: a place where people would have reason to speak and nobody does (G19).

Shown on the heat map beside the findings. `unheard` means: we do not know. It never means: safe.

Theory. No case can mean that all is well, or that nobody knows the channel, or that nobody dares.
What tells them apart is whether people know it: the share of workers who say so when asked
(awareness, G19, G20), and whether the channel is ever opened there. A place is at high risk when
its country is, or when a finding there is grave (severity 4 or 5). The rules are read from the
top; the first that holds, counts.

Worked example. A quarry in a risk country: no case for a year, the form was never opened,
awareness was never asked: UNHEARD. The same quarry, where seven in ten workers say that they know
the channel and the form was opened twelve times: QUIET. An office at home without a case and
without figures: UNKNOWN.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from locales.marking import N_

AWARE_PERCENT = 50
"""From which share of workers a channel counts as known. Own rule."""

AWARENESS_DAYS = 731
"""For how many days an answer on awareness holds: two years, the rhythm of site visits."""

GRAVE = 4
"""From which severity of a finding a place is at high risk."""


class Hearing(StrEnum):
    """What silence or speech at a site means. Stored: never reuse a value."""

    HEARD = "heard"
    QUIET = "quiet"
    UNHEARD = "unheard"
    UNKNOWN = "unknown"


HEARING_WORDS: Mapping[Hearing, str] = MappingProxyType(
    {
        # translators: said of a work place on the heat map.
        Hearing.HEARD: N_("People here speak up."),
        # translators: said of a work place on the heat map.
        Hearing.QUIET: N_("People here know the channel and report nothing now."),
        # translators: said of a work place on the heat map.
        Hearing.UNHEARD: N_(
            "Unheard: much can go wrong here, and we cannot show that people can tell us."
        ),
        # translators: said of a work place on the heat map.
        Hearing.UNKNOWN: N_("We do not know whether people here can reach us."),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What is known of a site's access to being heard, over the last year."""

    site_id: str
    is_risk_country: bool
    worst_severity: int = 0
    """Of the findings there; 0 where there is none."""
    voices: int = 0
    """Different people who reported or rated."""
    readers: int = 0
    """How often the site's own link or page was opened."""
    awareness_percent: int | None = None
    """Of workers asked, how many know the channel; None where nobody asked."""
    awareness_day: date | None = None

    @property
    def is_high_risk(self) -> bool:
        """Whether much can go wrong there."""
        return self.is_risk_country or self.worst_severity >= GRAVE

    def is_aware(self, today: date) -> bool:
        """Whether enough workers said, not too long ago, that they know the channel."""
        if self.awareness_percent is None or self.awareness_day is None:
            return False
        is_fresh = (today - self.awareness_day).days <= AWARENESS_DAYS
        return is_fresh and self.awareness_percent >= AWARE_PERCENT


Rule: TypeAlias = tuple[Hearing, Callable[[SiteFacts, date], bool]]

RULES: tuple[Rule, ...] = (
    (Hearing.HEARD, lambda site, _: site.voices > 0),
    (Hearing.QUIET, lambda site, today: site.is_aware(today) and site.readers > 0),
    (Hearing.UNHEARD, lambda site, _: site.is_high_risk),
    (Hearing.UNKNOWN, lambda *_: True),
)
"""Read from the top. Aware workers whose page nobody ever opened are not proof of quiet."""


def hearing(site: SiteFacts, today: date) -> Hearing:
    """What speech or silence at the site means."""
    return next(each for each, holds in RULES if holds(site, today))
