"""What the installation shows of its own way to complain (G12, questions 6.2).

Read by `facts`. Some of it stands in the installation's settings, which `service` hands over; the
rest in the staff, the sites and the figures of kept time limits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from monitoring.evaluation.register_facts import Kept, MechanismFacts, Share
from monitoring.limits import QuarterLimits
from monitoring.ports import Shelves
from register.clocks import ClockKind
from register.people import Handler, Staff, TeamKind
from register.quarters import Quarter
from register.sites import Site
from register.spans import MONTHS_PER_YEAR, Span

COUNTED_FOR = Span(months=2 * MONTHS_PER_YEAR)
"""For how long a kept or missed limit counts, as other evidence that names no age (M112)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MechanismSetup:
    """What only the installation's settings know. Everything left out counts as not known."""

    languages: frozenset[str] = frozenset()
    """Codes of the languages in which people can complain."""
    entries: int = 0
    """Kinds of entry that are switched on: chat, form, helper on behalf … (G18)."""
    is_open_to_outsiders: bool = False
    """Anybody may complain, with or without a tie to the company (G2, G16)."""
    limits_published: date | None = None
    """Since when the time limits stand where everybody can read them (G7)."""
    figures_published: date | None = None
    """When figures were last made public (M113)."""
    keeps_court_rights: bool = False
    """It is said to everybody that complaining takes away no right (G8)."""


NOT_SAID = MechanismSetup()


def mechanism_of(
    tx: Shelves,
    organisation_id: str,
    sites: Sequence[Site],
    today: date,
    *,
    setup: MechanismSetup = NOT_SAID,
) -> MechanismFacts:
    """The mechanism as it is set up and used for this organisation's sites."""
    staff = tx.people.staff()
    limits = [each for each in tx.figures.limits(organisation_id) if _counts(each.quarter, today)]
    return MechanismFacts(
        independent_handlers=any(_works(each) for each in staff.handlers),
        entries=setup.entries,
        languages=_languages(sites, setup.languages),
        open_to_outsiders=setup.is_open_to_outsiders,
        limits_published=setup.limits_published,
        acknowledged=_kept(limits, ClockKind.ACKNOWLEDGE),
        answered=_kept(limits, ClockKind.FEEDBACK),
        appeal_possible=_has_appeal(staff),
        figures_published=setup.figures_published,
        keeps_court_rights=setup.keeps_court_rights,
    )


def _works(handler: Handler) -> bool:
    return handler.is_active and handler.has_key


def _has_appeal(staff: Staff) -> bool:
    """Whether somebody who handles nothing else decides on appeals (G15)."""
    teams = (team.id for team in staff.teams if team.kind is TeamKind.APPEAL)
    return any(_works(each) for team_id in teams for each in staff.members(team_id))


def _languages(sites: Iterable[Site], offered: frozenset[str]) -> Share:
    """Sites whose people can complain in their own language, as far as it is on record.

    On record are the languages in which people there have a name for the site. Where there are
    none, nothing is known, and the site is not among those that are served.
    """
    names = [frozenset(site.local_names) for site in sites]
    return Share(part=sum(bool(own) and own <= offered for own in names), whole=len(names))


def _counts(quarter: Quarter, today: date) -> bool:
    return today <= COUNTED_FOR.after(quarter.last_day)


def _kept(limits: Iterable[QuarterLimits], kind: ClockKind) -> Kept:
    """All limits of one kind that may be told; what is too few to show counts as none."""
    told = [(each.quarter, each.of(kind)) for each in limits]
    shown = [quarter for quarter, each in told if each.in_time or each.missed]
    return Kept(
        in_time=sum(each.in_time or 0 for _, each in told),
        missed=sum(each.missed or 0 for _, each in told),
        until=max(shown).last_day if shown else None,
    )
