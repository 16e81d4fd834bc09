"""What a case's page shows of its being held back from erasure; `case_page` adds it."""

from dataclasses import dataclass
from datetime import date

from locales.catalogue import Catalogue
from locales.marking import N_
from register.case import Case
from register.hold import Hold, HoldProposal, HoldReason
from register.hold_ending import ends_soon
from register.holding import LONGEST_HOLD
from web.desk.hold_words import HOLD_REASON_WORDS, KEPT_WORDS
from web.desk.house import AtDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldProposed:
    """A hold, or the end of one, that waits for a second pair of eyes."""

    words: str
    by: str
    on: date
    is_mine: bool
    reason: str
    until: str
    """As the form sends them, to say the same; no day for the end of a hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldShown:
    """All of it."""

    words: str
    """Until when and why; empty where nothing holds it."""
    proposed: HoldProposed | None
    ending: str
    """That it ends soon; empty where it does not."""
    reasons: tuple[tuple[str, str], ...]
    latest: date


def hold_shown(case: Case, desk: AtDesk, today: date, words: Catalogue) -> HoldShown:
    """The hold of a case in the words of who looks at it."""
    hold, proposal = case.hold, case.hold_proposal
    is_held = hold is not None and hold.holds(today)
    return HoldShown(
        words=_kept(hold.reason, hold.until, words) if hold is not None and is_held else "",
        proposed=None if proposal is None else _proposed(proposal, desk, words),
        ending=_ending(hold, today, words),
        reasons=tuple((each.value, words.text(text)) for each, text in HOLD_REASON_WORDS.items()),
        latest=LONGEST_HOLD.after(today),
    )


def _kept(reason: HoldReason, until: date, words: Catalogue) -> str:
    return words.text(KEPT_WORDS[reason], day=until)


def _ending(hold: Hold | None, today: date, words: Catalogue) -> str:
    if hold is None or not ends_soon(hold, today):
        return ""
    return words.text(
        N_("The hold ends on ${day}. Still needed? Hold it back anew, until a later day."),
        day=hold.until,
    )


def _proposed(proposal: HoldProposal, desk: AtDesk, words: Catalogue) -> HoldProposed:
    until = proposal.until
    ending = words.text(N_("It is no longer held back: the usual days count again."))
    return HoldProposed(
        words=ending if until is None else _kept(proposal.reason, until, words),
        by=desk.name_of(proposal.by),
        on=proposal.on,
        is_mine=proposal.by == desk.actor.id,
        reason=proposal.reason,
        until="" if until is None else until.isoformat(),
    )
