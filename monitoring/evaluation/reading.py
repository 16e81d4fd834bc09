"""What a fact says: evidence for a part of an answer, or against it.

`fact_readings` and `effectiveness` give these, `proofs` puts them with their questions.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from flows.values import Text
from monitoring.evaluation.evidence import Bearing, Evidence, Source
from monitoring.evaluation.register_facts import RegisterFacts


class Fact(StrEnum):
    """Something our records can show."""

    POLICY_CONSULTED = "policy_consulted"
    FIRST_LINKS_KNOWN = "first_links_known"
    FACTORIES_KNOWN = "factories_known"
    QUARRIES_KNOWN = "quarries_known"
    COUNTRY_RISKS_CONSULTED_TOGETHER = "country_risks_consulted_together"
    COUNTRY_RISKS_CONSULTED_ALONE = "country_risks_consulted_alone"
    COMPLAINTS_MAPPED = "complaints_mapped"
    COMPLAINTS_REASSESSED = "complaints_reassessed"
    RISKS_REVIEWED = "risks_reviewed"
    FACTORY_RISKS_MAPPED = "factory_risks_mapped"
    QUARRY_RISKS_MAPPED = "quarry_risks_mapped"
    SITES_VISITED = "sites_visited"
    REPORTS_READ = "reports_read"
    SITES_AUDITED = "sites_audited"
    SITE_RISKS_CONSULTED = "site_risks_consulted"
    INVOLVEMENT_DESCRIBED = "involvement_described"
    FINDINGS_RANKED = "findings_ranked"
    CHOSEN_WITH_REASON = "chosen_with_reason"
    NOT_CHOSEN_WITH_REASON = "not_chosen_with_reason"
    PRIORITIES_CONSULTED_TOGETHER = "priorities_consulted_together"
    PRIORITIES_CONSULTED_ALONE = "priorities_consulted_alone"
    PLAN_CONSULTED = "plan_consulted"
    JOINT_PROCESS = "joint_process"
    JOINT_IMPACT = "joint_impact"
    BOTH_KINDS_OF_INDICATOR = "both_kinds_of_indicator"
    INDICATORS_SET_TOGETHER = "indicators_set_together"
    EVALUATION_CONSULTED = "evaluation_consulted"
    EVALUATION_WITH_OUTSIDERS = "evaluation_with_outsiders"
    EVALUATION_INPUT_USED = "evaluation_input_used"
    EVALUATION_REGULAR = "evaluation_regular"
    LINKED_EVALUATION_CONSULTED = "linked_evaluation_consulted"
    INVOLVEMENT_SHOWN_TO_OUTSIDERS = "involvement_shown_to_outsiders"
    HARMED_CONSULTED = "harmed_consulted"
    LEGITIMATE = "legitimate"
    ACCESSIBLE = "accessible"
    PREDICTABLE = "predictable"
    EQUITABLE = "equitable"
    TRANSPARENT = "transparent"
    RIGHTS_COMPATIBLE = "rights_compatible"
    LEARNING = "learning"
    DIALOGUE = "dialogue"
    TOLD_DIRECTLY = "told_directly"
    SUPPLIERS_ENCOURAGED = "suppliers_encouraged"
    SUPPLIERS_CHECKED_ON_VISIT = "suppliers_checked_on_visit"
    SUPPLIERS_VERIFIED = "suppliers_verified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One piece of evidence that a fact gives."""

    evidence: Evidence
    bearing: Bearing = Bearing.SHOWS
    percent: Fraction | None = None


Read: TypeAlias = Callable[[RegisterFacts, date], Iterator[Reading]]


def shows(source: Source, reference: str, summary: Text, day: date) -> Reading:
    """Something that speaks for a part of an answer."""
    return Reading(evidence=Evidence(source=source, reference=reference, summary=summary, day=day))


def refutes(reference: str, summary: Text, today: date) -> Reading:
    """Something that is overdue, missed or unresolved."""
    evidence = Evidence(source=Source.REGISTER, reference=reference, summary=summary, day=today)
    return Reading(evidence=evidence, bearing=Bearing.REFUTES)
