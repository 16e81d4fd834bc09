"""Where people in a country can turn besides us: emergency numbers, helplines, unions, inspectors.

Entered by the operator, who has to call each number themselves before anybody relies on it: an
entry that was never checked is shown to nobody in need, and one that was checked more than a year
ago is due for another look. Shown to a reporter with their receipt, where somebody is in danger, a
child is concerned or people are traded (W10), and to a handler who refers a case.

Worked example. A report from India says that somebody is in danger now. Shown are India's emergency
numbers, then its health services, those that speak the person's language first, at most six.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from register.particulars import Danger, Particulars

CHECK_AGAIN_AFTER = timedelta(days=365)
MOST_SHOWN = 6
"""To somebody in danger; a long list is no help."""
_ANY = ""
"""Under which words stand that are the same in every language."""
_ENGLISH = "en"


class ReferralKind(StrEnum):
    """What somebody can turn to it for. Stored: never reuse a value."""

    EMERGENCY = "emergency"
    CHILD_HELPLINE = "child_helpline"
    TRAFFICKING = "trafficking"
    UNION = "union"
    LABOUR_INSPECTORATE = "labour_inspectorate"
    LEGAL_AID = "legal_aid"
    HEALTH = "health"


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """One place to turn to. Words stand by language; under "" if they are the same in each."""

    id: str
    country: str
    """ISO 3166-1 alpha-2."""
    kind: ReferralKind
    name: Mapping[str, str]
    reach: Mapping[str, str]
    """A number, an address, opening hours: how to reach it."""
    languages: frozenset[str] = field(default_factory=frozenset)
    """In which one is understood there; empty: not known."""
    checked_on: date | None = None
    """The day on which the operator saw that it works; None: never."""
    source: str = ""
    """Where it was read."""

    def is_due(self, today: date) -> bool:
        """True if it was never checked, or more than a year ago."""
        return self.checked_on is None or today - self.checked_on > CHECK_AGAIN_AFTER

    def name_in(self, language: str) -> str:
        """What it is called, in this language where it has a name in it."""
        return _in_language(self.name, language)

    def reach_in(self, language: str) -> str:
        """How to reach it, in this language where that is written."""
        return _in_language(self.reach, language)


_DANGER = (ReferralKind.EMERGENCY, ReferralKind.HEALTH)
_CHILD_OR_TRAFFICKING = (
    ReferralKind.EMERGENCY,
    ReferralKind.CHILD_HELPLINE,
    ReferralKind.TRAFFICKING,
)


def kinds_for(particulars: Particulars) -> tuple[ReferralKind, ...]:
    """Which kinds are shown with the receipt of such a report, first things first; often none."""
    kinds: tuple[ReferralKind, ...] = ()
    if particulars.danger is Danger.YES:
        kinds += _DANGER
    if particulars.is_child_or_trafficking:
        kinds += _CHILD_OR_TRAFFICKING
    return tuple(sorted(set(kinds), key=list(ReferralKind).index))


def shown_to_reporter(
    entries: Iterable[Referral], particulars: Particulars, language: str
) -> tuple[Referral, ...]:
    """Of a country's entries those that help such a reporter now; checked ones alone."""
    kinds = kinds_for(particulars)
    fitting = [each for each in entries if each.kind in kinds and each.checked_on is not None]
    return tuple(sorted(fitting, key=lambda each: _order(each, language))[:MOST_SHOWN])


def shown_to_handler(entries: Iterable[Referral], language: str) -> tuple[Referral, ...]:
    """A country's entries for a handler who refers a case told in this language, all of them.

    Which are due for a check (`Referral.is_due`) is for the handler to see.
    """
    return tuple(sorted(entries, key=lambda each: _order(each, language)))


def _order(entry: Referral, language: str) -> tuple[int, bool, str]:
    return (
        list(ReferralKind).index(entry.kind),
        language not in entry.languages,
        entry.name_in(language),
    )


def _in_language(words: Mapping[str, str], language: str) -> str:
    for wanted in (language, _ANY, _ENGLISH, *words):
        if words.get(wanted):
            return words[wanted]
    return ""
