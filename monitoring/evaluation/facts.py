"""The facts of a company, filled from the shelves: what our own records can show, and no more.

Called by `monitoring.overview.scores`; `proofs` reads what it gives. Whatever is left out counts
as not known, and the company may state it.

A score is shown to the company. So facts about risks are read from what the company may see (its
heat map, released numbers, judgements that are for it), never from what is known besides; nothing
here changes because somebody complained in a quarter that is not released (K1, K4, S5).

What the shelves cannot show yet: when harm stopped and was made good, exits, joint actions,
indicators other than awareness, whether both sides were heard, and suppliers' own mechanisms.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from monitoring.awareness import Awareness
from monitoring.evaluation.chain_facts import chain_of, involvement_share
from monitoring.evaluation.complaint_facts import complaints_mapped, complaints_reassessed
from monitoring.evaluation.consultation_facts import consultations_of
from monitoring.evaluation.mechanism_facts import NOT_SAID, MechanismSetup, mechanism_of
from monitoring.evaluation.register_facts import (
    AwarenessAct,
    CheckKind,
    Handled,
    HarmFact,
    RegisterFacts,
    Share,
    SiteCheck,
)
from monitoring.heat_map import HeatMap
from monitoring.overview.maps import company_map, findings_at, telling_releases
from monitoring.ports import Shelves
from monitoring.risk.findings import Finding
from monitoring.risk.involvement import Involvement, InvolvementGround, InvolvementLog
from monitoring.risk.priorities import Ranked
from monitoring.risk.unheard import AWARENESS_DAYS
from monitoring.signals import SignalKind
from register.quarters import Quarter
from register.release import LEAST_PEOPLE, Release
from register.sites import Site

_CHECKS = {SignalKind.AUDIT: CheckKind.AUDIT, SignalKind.DOCUMENT: CheckKind.REPORT}


def facts_of(
    tx: Shelves, organisation_id: str, today: date, *, mechanism: MechanismSetup = NOT_SAID
) -> RegisterFacts:
    """All that the shelves can show of the organisation today.

    `mechanism` is what the installation itself says of the way to complain: its languages, kinds
    of entry and published limits.
    """
    sites = tx.sites.sites_of(organisation_id)
    links = tx.sites.links_of(organisation_id)
    releases = telling_releases(tx, organisation_id)
    findings = findings_at(tx, _site_ids(sites, releases))
    seen = _Seen(
        heat_map=company_map(tx, organisation_id, today),
        findings=tuple(each for each in findings if _is_for_company(each)),
    )
    logs = [
        each
        for each in tx.involvements.of_organisation(organisation_id)
        if each.finding_id in seen.sites_of
    ]
    asked = tx.hearings.awareness([site.id for site in sites])
    chain = chain_of(links, sites)
    ranked = _order(tx, organisation_id)
    return RegisterFacts(
        first_links=chain.first_links.known,
        factories=chain.factories.known,
        quarries=chain.quarries.known,
        factories_with_risks=chain.factories.among(seen.site_ids),
        quarries_with_risks=chain.quarries.among(seen.site_ids),
        chains_with_involvement=involvement_share(links, _described(logs, seen.sites_of)),
        complaints_mapped=complaints_mapped(releases, findings, today),
        complaints_reassessed=complaints_reassessed(releases, findings, today),
        risk_reviews=tuple(_reviews(seen.findings)),
        site_checks=tuple(_checks(seen.findings)),
        consultations=tuple(consultations_of(tx, organisation_id, sites)),
        findings_ranked=_in_order(ranked, today),
        chosen_with_reason=_in_order([each for each in ranked if each.is_chosen], today),
        not_chosen_with_reason=_in_order([each for each in ranked if not each.is_chosen], today),
        harms=tuple(_harms(logs)),
        mechanism=mechanism_of(tx, organisation_id, sites, today, setup=mechanism),
        awareness=tuple(_acts(asked)),
        workers_who_know=_who_know(asked, today),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What of the risks the company may see."""

    heat_map: HeatMap
    findings: tuple[Finding, ...]
    """Those of which something is for the company, besides what is on the map."""

    @property
    def finding_ids(self) -> frozenset[str]:
        """Of findings at one site that the company may know of."""
        on_map = (
            f"{row.site_ids[0]}.{cell.theme}"
            for row in self.heat_map.rows
            for cell in row.cells
            if len(row.site_ids) == 1
        )
        return frozenset({*on_map, *(each.id for each in self.findings)})

    @property
    def sites_of(self) -> Mapping[str, tuple[str, ...]]:
        """The sites of each finding that the company may know of, small ones together as well."""
        together = {cell.id: row.site_ids for row in self.heat_map.rows for cell in row.cells}
        return {**together, **{each: (_site_of(each),) for each in self.finding_ids}}

    @property
    def site_ids(self) -> frozenset[str]:
        """The sites at which the company may know of a finding."""
        return frozenset(_site_of(finding_id) for finding_id in self.finding_ids)


def _site_ids(sites: Iterable[Site], releases: Iterable[Release]) -> tuple[str, ...]:
    """Sites of now, and those that were in a release and have since left the chain."""
    earlier = (each for release in releases for place in release.places for each in place.site_ids)
    return tuple(dict.fromkeys((*(site.id for site in sites), *earlier)))


def _site_of(finding_id: str) -> str:
    return finding_id.rpartition(".")[0]


def _is_for_company(finding: Finding) -> bool:
    """Whether something in it is for the company, whatever is released of its reports."""
    return any(each.is_for_company for each in finding.judgements) or any(
        source.kind in _CHECKS or source.kind is SignalKind.INDICATOR for source in finding.sources
    )


def _described(
    logs: Iterable[InvolvementLog], sites_of: Mapping[str, tuple[str, ...]]
) -> dict[str, InvolvementLog]:
    """By site: where somebody said how the organisation is involved."""
    told = (log for log in logs if log.now is not None)
    return {site_id: log for log in told for site_id in sites_of[log.finding_id]}


def _reviews(findings: Iterable[Finding]) -> Iterator[date]:
    """The days on which people weighed risks again, and told the company."""
    days = {each.day for finding in findings for each in finding.judgements if each.is_for_company}
    yield from sorted(days)


def _checks(findings: Iterable[Finding]) -> Iterator[SiteCheck]:
    """Audits and reports by others. Their quarter is known; its first day is the safe reading."""
    for finding in findings:
        for source in finding.sources:
            if source.kind in _CHECKS:
                yield SiteCheck(
                    reference=finding.id,
                    kind=_CHECKS[source.kind],
                    day=source.quarter.first_day,
                )


def _order(tx: Shelves, organisation_id: str) -> tuple[Ranked, ...]:
    kept = tx.assessments.priorities(organisation_id)
    return kept[1] if kept else ()


def _in_order(ranked: Sequence[Ranked], today: date) -> Handled:
    """The order says of each why it was chosen or not, and stands as of today (R93).

    Overdue is what was put off until a day that went by: postponing is not dropping.
    """
    overdue = [each for each in ranked if each.look_again and each.look_again < today]
    done = [each for each in ranked if each not in overdue]
    return Handled(
        done=len(done),
        overdue=len(overdue),
        last_done=Quarter.of(today).last_day if done else None,
        references=tuple(each.finding_id for each in done),
    )


def _harms(logs: Iterable[InvolvementLog]) -> Iterator[HarmFact]:
    """Harms of which the log itself tells how far they are (R95, R96).

    Where the organisation is linked, using its influence is all that is asked. Where it came to
    contribute because nothing was done for a year, and nothing was done since, that is all there
    is to know. Of other harm no shelf says yet when it stopped; the company states that.
    """
    for log in logs:
        if log.entries and (log.now is Involvement.LINKED or _is_neglected(log)):
            views = [view for entry in log.entries for view in entry.outside]
            first = min(views, key=lambda view: view.day, default=None)
            yield HarmFact(
                reference=log.finding_id,
                known=log.entries[0].day,
                is_only_linked=log.now is Involvement.LINKED,
                leverage_used=min(log.efforts, default=None),
                shown_to_outsiders=None if first is None else first.day,
                outsider="" if first is None else first.by,
            )


def _is_neglected(log: InvolvementLog) -> bool:
    last = log.entries[-1]
    is_by_rule = last.ground is InvolvementGround.LACK_OF_EFFORT
    return is_by_rule and not any(day > last.day for day in log.efforts)


def _acts(asked: Iterable[Awareness]) -> Iterator[AwarenessAct]:
    """On these days people at a site were spoken to about the way to complain, and some knew it."""
    for each in asked:
        if each.asked >= LEAST_PEOPLE and each.aware:
            yield AwarenessAct(reference=each.site_id, day=each.day)


def _who_know(asked: Iterable[Awareness], today: date) -> Share:
    """Of the workers asked last at each site, not too long ago, those who know it (G19)."""
    last: dict[str, Awareness] = {}
    for each in asked:
        if each.day <= today and (today - each.day).days <= AWARENESS_DAYS:
            last.setdefault(each.site_id, each)
    counted = [each for each in last.values() if each.asked >= LEAST_PEOPLE]
    return Share(
        part=sum(each.aware for each in counted), whole=sum(each.asked for each in counted)
    )
