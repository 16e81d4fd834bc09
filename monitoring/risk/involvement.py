"""How an organisation is tied to a finding: it causes, contributes, or is linked (R95-R98).

A dated log for each organisation and finding, kept by `monitoring.ports.InvolvementShelf`; what
follows from each step is the table OBLIGATIONS.

Theory. Who causes harm stops it and makes it good. Who contributes stops its own share, makes
that share good, uses its leverage on the others, and prevents repetition. Who is only linked uses
its leverage. The step is not fixed (R96): a company that knows and does nothing comes to
contribute. Harm at its own sites an organisation causes (R98), whatever it says. Going down a
step takes a word from outsiders who were asked (R97); if they disagree, that is kept and shown.

Worked example. An importer buys granite through a trader. In March it is found to be linked to
child labour at the quarry. A year later nothing was tried: on 1 April the log gains the entry
"contribute, by lack of effort", and stopping its own share and remedy are due as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from locales.marking import N_


class Involvement(StrEnum):
    """From the lightest to the heaviest tie. Stored: never reuse a value."""

    LINKED = "linked"
    CONTRIBUTE = "contribute"
    CAUSE = "cause"


_DEPTH: Mapping[Involvement, int] = MappingProxyType(
    {Involvement.LINKED: 0, Involvement.CONTRIBUTE: 1, Involvement.CAUSE: 2}
)


class Obligation(StrEnum):
    """What follows. Stored with plans: never reuse a value."""

    STOP = "stop"
    REMEDY = "remedy"
    STOP_OWN_SHARE = "stop_own_share"
    REMEDY_OWN_SHARE = "remedy_own_share"
    USE_LEVERAGE = "use_leverage"
    PREVENT_REPETITION = "prevent_repetition"


OBLIGATIONS: Mapping[Involvement, tuple[Obligation, ...]] = MappingProxyType(
    {
        Involvement.CAUSE: (Obligation.STOP, Obligation.REMEDY),
        Involvement.CONTRIBUTE: (
            Obligation.STOP_OWN_SHARE,
            Obligation.REMEDY_OWN_SHARE,
            Obligation.USE_LEVERAGE,
            Obligation.PREVENT_REPETITION,
        ),
        Involvement.LINKED: (Obligation.USE_LEVERAGE,),
    }
)
"""R95."""

OBLIGATION_WORDS: Mapping[Obligation, str] = MappingProxyType(
    {
        # translators: what a company must do now about a harm.
        Obligation.STOP: N_("Stop it."),
        # translators: what a company must do now about a harm.
        Obligation.REMEDY: N_("Make it good for those who were harmed."),
        # translators: what a company must do now about a harm.
        Obligation.STOP_OWN_SHARE: N_("Stop your own share in it."),
        # translators: what a company must do now about a harm.
        Obligation.REMEDY_OWN_SHARE: N_("Make your own share good."),
        # translators: what a company must do now about a harm.
        Obligation.USE_LEVERAGE: N_("Use your influence so that others stop and make it good."),
        # translators: what a company must do now about a harm.
        Obligation.PREVENT_REPETITION: N_("See to it that it does not happen again."),
    }
)

EFFORT_DAYS = 365
"""Days without any effort after which linked becomes contribute. Own rule; R96 names no time."""


class InvolvementGround(StrEnum):
    """What an entry rests on. Stored: never reuse a value."""

    ASSESSED = "assessed"
    OWN_SITE = "own_site"
    LACK_OF_EFFORT = "lack_of_effort"
    NEW_FACTS = "new_facts"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideView:
    """What somebody outside the organisation said when it was put to them (R97)."""

    day: date
    by: str
    """Who was asked: an organisation, or a participant's pseudonym."""
    agrees: bool
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvolvementEntry:
    """One line of the log."""

    day: date
    involvement: Involvement
    ground: InvolvementGround
    reason: str = field(repr=False)
    by: str
    """The id of the person who wrote it; empty where the rules did."""
    outside: tuple[OutsideView, ...] = ()

    @property
    def is_disputed(self) -> bool:
        """Whether an outsider who was asked disagrees."""
        return any(not view.agrees for view in self.outside)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvolvementLog:
    """All entries on one organisation and finding, in the order of their days. None is removed."""

    organisation_id: str
    finding_id: str
    is_own_site: bool
    entries: tuple[InvolvementEntry, ...] = ()
    efforts: tuple[date, ...] = ()
    """Days on which the organisation did something about it that can be shown."""

    @property
    def now(self) -> Involvement | None:
        """How it is tied now; None where nobody has looked. Its own sites it causes (R98)."""
        if self.is_own_site:
            return Involvement.CAUSE
        return self.entries[-1].involvement if self.entries else None

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """What is due now; nothing before anybody looked."""
        return OBLIGATIONS[self.now] if self.now else ()


class InvolvementFault(StrEnum):
    """Why an entry is not taken. The pages have words for each."""

    NO_REASON = "no_reason"
    OWN_SITE = "own_site"
    """At its own sites an organisation causes (R98)."""
    BEFORE_THE_LAST = "before_the_last"
    NO_OUTSIDE_VIEW = "no_outside_view"
    """Going down a step is put to outsiders first (R97)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvolvementRefused:
    """The log is as it was."""

    reason: InvolvementFault


def record(log: InvolvementLog, entry: InvolvementEntry) -> InvolvementLog | InvolvementRefused:
    """The log with one more entry, or why it is refused. Disagreement is no reason to refuse."""
    fault = _fault(log, entry)
    if fault is not None:
        return InvolvementRefused(reason=fault)
    return replace(log, entries=(*log.entries, entry))


def _fault(log: InvolvementLog, entry: InvolvementEntry) -> InvolvementFault | None:
    if not entry.reason.strip():
        return InvolvementFault.NO_REASON
    if log.is_own_site and entry.involvement is not Involvement.CAUSE:
        return InvolvementFault.OWN_SITE
    if log.entries and entry.day < log.entries[-1].day:
        return InvolvementFault.BEFORE_THE_LAST
    is_lighter = log.now is not None and _DEPTH[entry.involvement] < _DEPTH[log.now]
    if is_lighter and not entry.outside:
        return InvolvementFault.NO_OUTSIDE_VIEW
    return None


def with_effort(log: InvolvementLog, day: date) -> InvolvementLog:
    """The log with one more day on which the organisation did something about it."""
    return replace(log, efforts=tuple(sorted({*log.efforts, day})))


def reviewed(log: InvolvementLog, today: date) -> InvolvementLog:
    """The log, moved from linked to contribute where a year went by without effort (R96).

    Called for every log once a day; calling it again changes nothing.
    """
    if log.now is not Involvement.LINKED:
        return log
    since = max((log.entries[-1].day, *log.efforts))
    if today <= since + timedelta(days=EFFORT_DAYS):
        return log
    entry = InvolvementEntry(
        day=today,
        involvement=Involvement.CONTRIBUTE,
        ground=InvolvementGround.LACK_OF_EFFORT,
        reason=LACK_OF_EFFORT,
        by="",
    )
    return replace(log, entries=(*log.entries, entry))


# translators: a line in the log of how a company is tied to a harm.
LACK_OF_EFFORT = N_("Nothing was done about it for a year.")
