"""How each fact is read: what of it speaks for a part of an answer, and what against.

Used by `proofs` alone. A reading that shows nothing gives nothing; silence is not a proof, and
only what is overdue, missed or unresolved refutes.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from flows.values import Text
from locales.marking import N_
from monitoring.evaluation import effectiveness
from monitoring.evaluation.evidence import Evidence, Source
from monitoring.evaluation.reading import Fact, Read, Reading, refutes, shows
from monitoring.evaluation.register_facts import (
    CheckKind,
    Handled,
    HarmFact,
    MeasuredBy,
    RegisterFacts,
    Share,
    SupplierMechanism,
    Topic,
)
from monitoring.evaluation.round_readings import (
    abroad_alone,
    abroad_together,
    alone,
    by_anybody,
    consulted,
    regular,
    with_outsiders,
    with_use_told,
)
from register.spans import Span

HARM_REVIEW = Span(months=12)
"""How long after a harm is known outsiders and those harmed must have been heard (A104)."""


def _share(which: str, of: Callable[[RegisterFacts], Share], msgid: str) -> Read:
    """A share of the chain map; on the day it is read."""

    def read(facts: RegisterFacts, today: date) -> Iterator[Reading]:
        share = of(facts)
        if share.percent is None:
            return
        summary = Text(msgid=msgid, values={"part": share.part, "whole": share.whole})
        evidence = Evidence(source=Source.REGISTER, reference=which, summary=summary, day=today)
        yield Reading(evidence=evidence, percent=share.percent)

    return read


def _handled(which: str, of: Callable[[RegisterFacts], Handled], done: str, overdue: str) -> Read:
    """Shown by what was done, refuted by anything overdue. Counts are not told (K1)."""

    def read(facts: RegisterFacts, today: date) -> Iterator[Reading]:
        handled = of(facts)
        if handled.overdue:
            yield refutes(which, Text(msgid=overdue), today)
        if handled.done and handled.last_done is not None:
            day = min(handled.last_done, today)
            for reference in handled.references or (which,):
                yield shows(Source.REGISTER, reference, Text(msgid=done), day)

    return read


def _checked(kind: CheckKind, msgid: str) -> Read:
    def read(facts: RegisterFacts, _today: date) -> Iterator[Reading]:
        for each in facts.site_checks:
            if each.kind is kind:
                yield shows(Source.REGISTER, each.reference, Text(msgid=msgid), each.day)

    return read


def _reviewed(facts: RegisterFacts, _today: date) -> Iterator[Reading]:
    summary = Text(msgid=N_("The risks were looked at again."))
    for day in facts.risk_reviews:
        yield shows(Source.REGISTER, "risk_review", summary, day)


def _joint(measured_by: MeasuredBy, msgid: str) -> Read:
    def read(facts: RegisterFacts, _today: date) -> Iterator[Reading]:
        for each in facts.joint_actions:
            if each.measured_by is measured_by:
                yield shows(Source.REGISTER, each.reference, Text(msgid=msgid), each.last_report)

    return read


def _both_kinds(facts: RegisterFacts, today: date) -> Iterator[Reading]:
    """The kind that was read least lately says how fresh the pair is."""
    newest: dict[bool, date] = {}
    for each in facts.indicators:
        if each.last_reading <= today:
            known = newest.get(each.is_quantitative, each.last_reading)
            newest[each.is_quantitative] = max(known, each.last_reading)
    if len(newest) == len((True, False)):
        summary = Text(msgid=N_("Progress is measured with figures and with words."))
        yield shows(Source.INDICATOR, "indicators", summary, min(newest.values()))


def _set_together(facts: RegisterFacts, _today: date) -> Iterator[Reading]:
    summary = Text(msgid=N_("This indicator was chosen together with stakeholders."))
    for each in facts.indicators:
        if each.set_with_stakeholders:
            yield shows(Source.INDICATOR, each.reference, summary, each.last_reading)


def _harms(
    of: Callable[[HarmFact], date | None],
    done: str,
    overdue: str,
    *,
    stated_of: Callable[[HarmFact], str] | None = None,
) -> Read:
    """Per harm that the company caused or contributed to; a new one has a year.

    `stated_of`: the company wrote it down itself, and of whom; that is no proof (S4).
    """

    def read(facts: RegisterFacts, today: date) -> Iterator[Reading]:
        for harm in facts.harms:
            if harm.is_only_linked:
                continue
            day = of(harm)
            if day is not None and day <= today:
                source = Source.REGISTER if stated_of is None else Source.ATTESTATION
                reference = harm.reference if stated_of is None else stated_of(harm)
                yield shows(source, reference, Text(msgid=done), day)
            elif HARM_REVIEW.after(harm.known) < today:
                yield refutes(harm.reference, Text(msgid=overdue), today)

    return read


def _told_directly(facts: RegisterFacts, _today: date) -> Iterator[Reading]:
    summary = Text(msgid=N_("People at a site were told of the way to complain."))
    for each in facts.awareness:
        yield shows(Source.REGISTER, each.reference, summary, each.day)


def _supplier(of: Callable[[SupplierMechanism], date | None], msgid: str) -> Read:
    def read(facts: RegisterFacts, _today: date) -> Iterator[Reading]:
        for each in facts.supplier_mechanisms:
            day = of(each)
            if day is not None:
                yield shows(Source.REGISTER, each.reference, Text(msgid=msgid), day)

    return read


READINGS: Mapping[Fact, Read] = {
    Fact.POLICY_CONSULTED: consulted(
        Topic.POLICY, with_outsiders, N_("Stakeholders from outside were asked about the policy.")
    ),
    Fact.FIRST_LINKS_KNOWN: _share(
        "first_links", lambda facts: facts.first_links, N_("${part} of ${whole} first links known.")
    ),
    Fact.FACTORIES_KNOWN: _share(
        "factories", lambda facts: facts.factories, N_("${part} of ${whole} factories known.")
    ),
    Fact.QUARRIES_KNOWN: _share(
        "quarries", lambda facts: facts.quarries, N_("${part} of ${whole} quarries known.")
    ),
    Fact.COUNTRY_RISKS_CONSULTED_TOGETHER: consulted(
        Topic.COUNTRY_RISKS,
        abroad_together,
        N_("Stakeholders in producing countries were asked, together with other companies."),
    ),
    Fact.COUNTRY_RISKS_CONSULTED_ALONE: consulted(
        Topic.COUNTRY_RISKS,
        abroad_alone,
        N_("The company asked stakeholders in producing countries itself."),
    ),
    Fact.COMPLAINTS_MAPPED: _handled(
        "complaints",
        lambda facts: facts.complaints_mapped,
        N_("Complaints became part of this risk."),
        N_("Complaints have waited too long to be looked at as a risk."),
    ),
    Fact.COMPLAINTS_REASSESSED: _handled(
        "complaints",
        lambda facts: facts.complaints_reassessed,
        N_("The risk was weighed again after complaints."),
        N_("After complaints the risk was not weighed again in time."),
    ),
    Fact.RISKS_REVIEWED: _reviewed,
    Fact.FACTORY_RISKS_MAPPED: _share(
        "factories",
        lambda facts: facts.factories_with_risks,
        N_("Risks mapped at ${part} of ${whole} factories."),
    ),
    Fact.QUARRY_RISKS_MAPPED: _share(
        "quarries",
        lambda facts: facts.quarries_with_risks,
        N_("Risks mapped at ${part} of ${whole} quarries."),
    ),
    Fact.SITES_VISITED: _checked(CheckKind.VISIT, N_("The company visited the site.")),
    Fact.REPORTS_READ: _checked(CheckKind.REPORT, N_("A report by others about the site.")),
    Fact.SITES_AUDITED: _checked(CheckKind.AUDIT, N_("The site was audited.")),
    Fact.SITE_RISKS_CONSULTED: consulted(
        Topic.SITE_RISKS, by_anybody, N_("Stakeholders of the site were asked about its risks.")
    ),
    Fact.INVOLVEMENT_DESCRIBED: _share(
        "chains",
        lambda facts: facts.chains_with_involvement,
        N_("For ${part} of ${whole} chains it is described how the company is involved."),
    ),
    Fact.FINDINGS_RANKED: _handled(
        "findings",
        lambda facts: facts.findings_ranked,
        N_("This risk has its place in the order."),
        N_("Risks have waited too long for a place in the order."),
    ),
    Fact.CHOSEN_WITH_REASON: _handled(
        "findings",
        lambda facts: facts.chosen_with_reason,
        N_("It is said why this risk was chosen."),
        N_("It is not said why risks were chosen."),
    ),
    Fact.NOT_CHOSEN_WITH_REASON: _handled(
        "findings",
        lambda facts: facts.not_chosen_with_reason,
        N_("It is said why this risk was not chosen."),
        N_("It is not said why risks were not chosen."),
    ),
    Fact.PRIORITIES_CONSULTED_TOGETHER: consulted(
        Topic.PRIORITIES,
        abroad_together,
        N_("Stakeholders had a say in the order, together with other companies."),
    ),
    Fact.PRIORITIES_CONSULTED_ALONE: consulted(
        Topic.PRIORITIES, abroad_alone, N_("The company asked stakeholders about the order itself.")
    ),
    Fact.PLAN_CONSULTED: consulted(
        Topic.PLAN, by_anybody, N_("Stakeholders were asked when the plan was made.")
    ),
    Fact.JOINT_PROCESS: _joint(
        MeasuredBy.PROCESS, N_("Done together with stakeholders, measured by what is put in.")
    ),
    Fact.JOINT_IMPACT: _joint(
        MeasuredBy.IMPACT, N_("Done together with stakeholders, measured by what changes.")
    ),
    Fact.BOTH_KINDS_OF_INDICATOR: _both_kinds,
    Fact.INDICATORS_SET_TOGETHER: _set_together,
    Fact.EVALUATION_CONSULTED: consulted(
        Topic.EVALUATION, alone, N_("The company asked stakeholders whether measures work.")
    ),
    Fact.EVALUATION_WITH_OUTSIDERS: consulted(
        Topic.EVALUATION,
        with_outsiders,
        N_("NGOs, unions or others looked at whether measures work."),
    ),
    Fact.EVALUATION_INPUT_USED: consulted(
        Topic.EVALUATION, with_use_told, N_("It is said what was done with what stakeholders said.")
    ),
    Fact.EVALUATION_REGULAR: regular,
    Fact.LINKED_EVALUATION_CONSULTED: consulted(
        Topic.EVALUATION_LINKED, by_anybody, N_("Stakeholders looked at progress with suppliers.")
    ),
    Fact.INVOLVEMENT_SHOWN_TO_OUTSIDERS: _harms(
        lambda harm: harm.shown_to_outsiders,
        N_("Outsiders looked at how the company is involved."),
        N_("No outsider was asked in time how the company is involved."),
        stated_of=lambda harm: harm.outsider,
    ),
    Fact.HARMED_CONSULTED: _harms(
        lambda harm: harm.harmed_consulted,
        N_("Those harmed were asked what the remedy should be."),
        N_("Those harmed were not asked in time what the remedy should be."),
    ),
    Fact.TOLD_DIRECTLY: _told_directly,
    Fact.SUPPLIERS_ENCOURAGED: _supplier(
        lambda each: each.encouraged, N_("The supplier was encouraged to have a way to complain.")
    ),
    Fact.SUPPLIERS_CHECKED_ON_VISIT: _supplier(
        lambda each: each.checked_on_visit,
        N_("On a visit it was checked whether workers use and trust it."),
    ),
    Fact.SUPPLIERS_VERIFIED: _supplier(
        lambda each: each.verified_independently,
        N_("Independent people checked whether workers use and trust it."),
    ),
    **effectiveness.READINGS,
}
"""How each fact is read; every `Fact` has its row."""
