"""What the register, the rounds and the monitoring know about a company, in figures and days.

Filled by whoever holds the shelves, read by `proofs`. A score shows its evidence to the company,
so these facts hold only what the company may know: complaint figures of closed quarters that
have passed the release rules (K1, K4), ids of findings and rounds, never of cases or people.
That is also why complaints come as counts: a million of them cost no more than one.

The law of S5 is in the shape of the facts: a complaint that just came in is neither `done` nor
`overdue`, neither `in_time` nor `missed`, so nothing here changes because it came in. It counts
once it is dealt with, or once its time is over and nobody did.

Shares of the chain count sites on the company's own chain map. A complaint about a site that is
not on the map does not enlarge the map's total; adding the site to the map does.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of so many. With a whole of 0 there is nothing to measure."""

    part: int = 0
    whole: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.part <= self.whole:
            raise ValueError("a part lies between nothing and the whole")

    @property
    def percent(self) -> Fraction | None:
        """In per cent; None if there is nothing to measure."""
        return Fraction(self.part * 100, self.whole) if self.whole else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """A duty towards each of many things: how often it was done, how often it is overdue.

    What is neither done nor overdue still has time and is not counted.
    """

    done: int = 0
    overdue: int = 0
    last_done: date | None = None
    """The last day of the quarter in which it was last done."""
    references: tuple[str, ...] = ()
    """Some findings or actions that show it, newest first."""

    def __post_init__(self) -> None:
        if self.done < 0 or self.overdue < 0:
            raise ValueError("counts are not negative")
        if self.done and self.last_done is None:
            raise ValueError("what was done was done on a day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Time limits that have passed: kept, or missed. Running ones are not counted."""

    in_time: int = 0
    missed: int = 0
    until: date | None = None
    """The last day that is counted."""

    def __post_init__(self) -> None:
        if self.in_time < 0 or self.missed < 0:
            raise ValueError("counts are not negative")
        if (self.in_time or self.missed) and self.until is None:
            raise ValueError("limits that have passed passed by some day")

    @property
    def share(self) -> Fraction | None:
        """Of the limits that have passed, how many were kept; None if none has."""
        passed = self.in_time + self.missed
        return Fraction(self.in_time, passed) if passed else None


class Topic(StrEnum):
    """What a round asked about, as far as the framework rewards it."""

    POLICY = "policy"
    COUNTRY_RISKS = "country_risks"
    SITE_RISKS = "site_risks"
    PRIORITIES = "priorities"
    PLAN = "plan"
    EVALUATION = "evaluation"
    """Whether measures work, for harm caused or contributed to."""
    EVALUATION_LINKED = "evaluation_linked"
    INVOLVEMENT = "involvement"
    MECHANISM = "mechanism"
    """The way to complain itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationFact:
    """A round that is over. It proves something only once participants were told the outcome."""

    reference: str
    topics: frozenset[Topic]
    stakeholders: int
    """Distinct participants."""
    from_outside: bool = False
    """NGOs, unions or other outsiders took part."""
    in_producing_countries: bool = False
    together_with_others: bool = False
    """Held together with other companies."""
    told_outcome: date | None = None
    """When participants were told what was done with it, or why nothing (C79)."""
    says_how_used: bool = False
    """The answer to participants says how their input was used."""


class CheckKind(StrEnum):
    """How a site was looked at."""

    VISIT = "visit"
    REPORT = "report"
    """By a third party."""
    AUDIT = "audit"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCheck:
    """A site that somebody looked at, with what was found mapped to findings."""

    reference: str
    kind: CheckKind
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmFact:
    """A harm the company is involved in, with the days of what was done about it (A104)."""

    reference: str
    """The finding."""
    known: date
    is_only_linked: bool = False
    """Linked, neither caused nor contributed to (R95)."""
    stopped: date | None = None
    remedied: date | None = None
    leverage_used: date | None = None
    shown_to_outsiders: date | None = None
    """When outsiders looked at how the company is involved (R97), as the company says."""
    outsider: str = ""
    """Who that was."""
    harmed_consulted: date | None = None
    """When those harmed were asked about the remedy (A106)."""


class MeasuredBy(StrEnum):
    """What an action's indicator measures."""

    PROCESS = "process"
    """What is put in, e.g. hours."""
    IMPACT = "impact"
    """What changes for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointAction:
    """An action of the plan that is carried out together with stakeholders."""

    reference: str
    measured_by: MeasuredBy
    last_report: date


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFact:
    """An indicator with a reading (M109)."""

    reference: str
    is_quantitative: bool
    set_with_stakeholders: bool
    last_reading: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MechanismFacts:
    """The grievance mechanism itself, as the installation is set up and used (G12)."""

    independent_handlers: bool = False
    """Handlers hold the keys, and conflicts of interest are kept out."""
    trust_measured: date | None = None
    entries: int = 0
    """Kinds of entry: chat, form, helper, ..."""
    languages: Share = field(default_factory=Share)
    """Sites whose workers' languages are offered, of all sites."""
    open_to_outsiders: bool = False
    limits_published: date | None = None
    acknowledged: Kept = field(default_factory=Kept)
    answered: Kept = field(default_factory=Kept)
    both_sides_heard: Handled = field(default_factory=Handled)
    appeal_possible: bool = False
    figures_published: date | None = None
    keeps_court_rights: bool = False
    remedy_judged: Handled = field(default_factory=Handled)
    """Those harmed were asked whether the remedy satisfied them (G14)."""
    last_review: date | None = None
    """What came in was looked at as a whole, and it is written what changes (G23)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AwarenessAct:
    """People at a site were told of the mechanism directly (G10, G22)."""

    reference: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierMechanism:
    """How far a supplier's own mechanism was encouraged and checked (G21)."""

    reference: str
    encouraged: date | None = None
    checked_on_visit: date | None = None
    verified_independently: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFacts:
    """All of it, for one company on one day. Everything left out counts as not known."""

    first_links: Share = field(default_factory=Share)
    factories: Share = field(default_factory=Share)
    quarries: Share = field(default_factory=Share)
    factories_with_risks: Share = field(default_factory=Share)
    quarries_with_risks: Share = field(default_factory=Share)
    chains_with_involvement: Share = field(default_factory=Share)
    complaints_mapped: Handled = field(default_factory=Handled)
    """Complaints that became part of a finding."""
    complaints_reassessed: Handled = field(default_factory=Handled)
    """Complaints after which the risk was weighed again."""
    risk_reviews: tuple[date, ...] = ()
    site_checks: tuple[SiteCheck, ...] = ()
    consultations: tuple[ConsultationFact, ...] = ()
    findings_ranked: Handled = field(default_factory=Handled)
    chosen_with_reason: Handled = field(default_factory=Handled)
    not_chosen_with_reason: Handled = field(default_factory=Handled)
    harms: tuple[HarmFact, ...] = ()
    exits: tuple[date, ...] = ()
    """Days on which the company left a supplier."""
    joint_actions: tuple[JointAction, ...] = ()
    indicators: tuple[IndicatorFact, ...] = ()
    mechanism: MechanismFacts = field(default_factory=MechanismFacts)
    awareness: tuple[AwarenessAct, ...] = ()
    supplier_mechanisms: tuple[SupplierMechanism, ...] = ()
    sites_audited: Share = field(default_factory=Share)
    people_satisfied: Share = field(default_factory=Share)
    """Of those harmed who were asked, who find it adequately addressed."""
    actions_on_time: Share = field(default_factory=Share)
    codes_signed: Share = field(default_factory=Share)
    sites_certified: Share = field(default_factory=Share)
    workers_who_know: Share = field(default_factory=Share)


NOTHING_KNOWN = RegisterFacts()
"""A company of which the register knows nothing yet."""
