"""How an organisation is tied to a finding: it causes, contributes, or is linked (R95-R98).

A dated log for each organisation and finding, kept by `monitoring.ports.InvolvementShelf`; what
follows from each step is the table OBLIGATIONS. `monitoring.risk.involving` says what may be added.

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
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from locales.marking import N_
from register.classification import RootCause


class Involvement(StrEnum):
    """From the lightest to the heaviest tie. Stored: never reuse a value."""

    LINKED = "linked"
    CONTRIBUTE = "contribute"
    CAUSE = "cause"


DEPTH: Mapping[Involvement, int] = MappingProxyType(
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


class InvolvementGround(StrEnum):
    """What an entry rests on. Stored: never reuse a value."""

    ASSESSED = "assessed"
    OWN_SITE = "own_site"
    LACK_OF_EFFORT = "lack_of_effort"
    NEW_FACTS = "new_facts"


class Leverage(StrEnum):
    """What gives a company influence on those who harm. Stored: never reuse a value."""

    LARGE_BUYER = "large_buyer"
    LASTING_TRADE = "lasting_trade"
    CONTRACT = "contract"
    OTHER_BUYERS = "other_buyers"
    SECTOR = "sector"


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
    involvement: Involvement | None
    """None: somebody looked, and it is not known yet."""
    ground: InvolvementGround
    reason: str = field(repr=False)
    by: str
    """The id of the person who wrote it; empty where the rules did."""
    outside: tuple[OutsideView, ...] = ()
    root_causes: frozenset[RootCause] = frozenset()
    """What lies behind it, the practices of buyers among them (R88)."""
    leverage: frozenset[Leverage] = frozenset()
    leverage_words: str = field(default="", repr=False)
    """How the influence is or will be used."""

    @property
    def is_disputed(self) -> bool:
        """Whether an outsider who was asked disagrees."""
        return any(not view.agrees for view in self.outside)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """Something that the organisation did about it, as it says itself."""

    day: date
    words: str = field(repr=False)
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvolvementLog:
    """All entries on one organisation and finding, in the order of their days. None is removed."""

    organisation_id: str
    finding_id: str
    is_own_site: bool
    entries: tuple[InvolvementEntry, ...] = ()
    efforts: tuple[date, ...] = ()
    """Days on which the organisation did something about it that can be shown."""
    acts: tuple[Effort, ...] = ()
    """What was done on those days, where somebody wrote it down."""

    @property
    def version(self) -> int:
        """Grows with every line, so that nobody writes over what they have not seen."""
        return len(self.entries) + len(self.acts)

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


# translators: a line in the log of how a company is tied to a harm.
LACK_OF_EFFORT = N_("Nothing was done about it for a year.")
