"""What all conversations share: the flows, the sites, the keys for drafts, the limits.

Built once by `service`; nothing in it changes with a conversation.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from flows.engine import ExternalList, Surroundings
from flows.library import FlowLibrary
from flows.values import Text
from intake.arrivals import Channel
from locales.catalogue import catalogue
from register.clocks import TIMETABLE, Timetable
from register.directory import SiteDirectory
from sealing.key_ring import KeyRing

GRIEVANCE = "grievance"
FOLLOW_UP = "follow_up"
WHO_MAY_KNOW = "who_may_know"
CONSENT = "consent"
LETTERS = frozenset({FOLLOW_UP, WHO_MAY_KNOW})
"""Flows whose answers are a letter to the handlers of a case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """Where conversations are held."""

    library: FlowLibrary
    sites: Callable[[], SiteDirectory]
    """The directory as it is now; the operator may add sites while this runs."""
    key_ring: KeyRing
    random: Callable[[], float]
    """Between 0 and 1, for flows that draw lots."""
    draft_days: int
    channels: frozenset[Channel] = frozenset()
    """Where an unfinished report can go on: channels that people can be sent to by a link."""
    timetable: Timetable = TIMETABLE
    """What is promised to reporters, and by when the desk owes it."""

    def pseudonym(self, channel: Channel, correspondent: str) -> str:
        """Under which a correspondent's dialogue is kept (design §5)."""
        return self.key_ring.pseudonym("dialogue", channel, correspondent)

    def invitation_pseudonym(self, invitation: str) -> str:
        """Under which the answers to an invitation are kept, whatever the channel."""
        return self.key_ring.pseudonym("invitation", invitation)

    def code_pseudonym(self, code: str) -> str:
        """Under which a code that takes a draft elsewhere is kept."""
        return self.key_ring.pseudonym("moving", code)

    def reporter_tag(self, pseudonym: str, today: date) -> str:
        """Counts a person once in a quarter (K1, K7), and cannot be joined across quarters."""
        quarter = f"{today.year}-{(today.month + 2) // 3}"
        return self.key_ring.pseudonym("reporter", quarter, pseudonym)

    def surroundings(self, now: datetime) -> Surroundings:
        """What the engine may ask about the world at this step."""
        lists: dict[str, ExternalList] = {"sites": self.sites()}
        return Surroundings(now=now, random=self.random, lists=lists, labels=_in_words)


def _in_words(text: Text, language: str) -> str:
    """A label as the person reads it, so that typing it is understood as choosing it."""
    return catalogue(language).render(text)
