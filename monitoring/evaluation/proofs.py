"""Which parts of an answer our own records can show, and what they then say (S4).

`evidence_from` is called by `answering`. `PROVABLE` is the whole table: a question and a part, the
fact that shows it, and for how many years. What is not in it, a company states itself.

Every fact is monotone in complaints (S5): a complaint more, still within its time, changes
nothing; one dealt with can only add. Lateness refutes, whatever the company states.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from monitoring.evaluation.evidence import ComponentEvidence
from monitoring.evaluation.fact_readings import READINGS
from monitoring.evaluation.framework import PERCENT
from monitoring.evaluation.reading import Fact, Reading
from monitoring.evaluation.register_facts import RegisterFacts
from register.spans import MONTHS_PER_YEAR, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A row of `PROVABLE`."""

    fact: Fact
    for_years: int | None = 2
    """What is older shows nothing any more; None: it does not age. About two years (M112)."""


PROVABLE: Mapping[tuple[str, str], Proof] = {
    ("1.1.8", "2"): Proof(fact=Fact.POLICY_CONSULTED),
    ("2.1.1a", PERCENT): Proof(fact=Fact.FIRST_LINKS_KNOWN, for_years=None),
    ("2.1.1b", PERCENT): Proof(fact=Fact.FACTORIES_KNOWN, for_years=None),
    ("2.1.1c", PERCENT): Proof(fact=Fact.QUARRIES_KNOWN, for_years=None),
    ("2.1.2a", "2"): Proof(fact=Fact.COUNTRY_RISKS_CONSULTED_TOGETHER),
    ("2.1.2a", "3"): Proof(fact=Fact.COMPLAINTS_MAPPED),
    ("2.1.2a", "4"): Proof(fact=Fact.COUNTRY_RISKS_CONSULTED_ALONE),
    ("2.1.3", "1"): Proof(fact=Fact.RISKS_REVIEWED),
    ("2.1.3", "3"): Proof(fact=Fact.COMPLAINTS_REASSESSED),
    ("2.1.3", "on_time"): Proof(fact=Fact.RISKS_REVIEWED),
    ("2.2.4a", PERCENT): Proof(fact=Fact.FACTORY_RISKS_MAPPED, for_years=None),
    ("2.2.4b", PERCENT): Proof(fact=Fact.QUARRY_RISKS_MAPPED, for_years=None),
    ("2.2.5", "1"): Proof(fact=Fact.COMPLAINTS_MAPPED),
    ("2.2.5", "2"): Proof(fact=Fact.SITES_VISITED),
    ("2.2.5", "3"): Proof(fact=Fact.REPORTS_READ),
    ("2.2.5", "4"): Proof(fact=Fact.SITES_AUDITED),
    ("2.2.5", "5"): Proof(fact=Fact.SITE_RISKS_CONSULTED),
    ("2.3.7", PERCENT): Proof(fact=Fact.INVOLVEMENT_DESCRIBED, for_years=None),
    ("2.4.8", "1"): Proof(fact=Fact.FINDINGS_RANKED),
    ("2.4.8", "2"): Proof(fact=Fact.CHOSEN_WITH_REASON),
    ("2.4.8", "3"): Proof(fact=Fact.NOT_CHOSEN_WITH_REASON),
    ("2.4.9", "2"): Proof(fact=Fact.PRIORITIES_CONSULTED_TOGETHER),
    ("2.4.9", "3"): Proof(fact=Fact.PRIORITIES_CONSULTED_ALONE),
    ("3.3.7", "1"): Proof(fact=Fact.PLAN_CONSULTED),
    ("3.3.7", "2"): Proof(fact=Fact.JOINT_PROCESS),
    ("3.3.7", "3"): Proof(fact=Fact.JOINT_IMPACT),
    ("4.1.1", "2"): Proof(fact=Fact.BOTH_KINDS_OF_INDICATOR),
    ("4.1.1", "3"): Proof(fact=Fact.INDICATORS_SET_TOGETHER),
    ("4.2.3", "1"): Proof(fact=Fact.EVALUATION_CONSULTED),
    ("4.2.3", "2"): Proof(fact=Fact.EVALUATION_WITH_OUTSIDERS),
    ("4.2.3", "3"): Proof(fact=Fact.EVALUATION_INPUT_USED),
    ("4.2.3", "4"): Proof(fact=Fact.EVALUATION_REGULAR),
    ("4.2.4", "3"): Proof(fact=Fact.LINKED_EVALUATION_CONSULTED),
    ("6.1.1", "5"): Proof(fact=Fact.INVOLVEMENT_SHOWN_TO_OUTSIDERS, for_years=None),
    ("6.1.1", "6"): Proof(fact=Fact.HARMED_CONSULTED, for_years=None),
    ("6.2.3", "legitimate"): Proof(fact=Fact.LEGITIMATE),
    ("6.2.3", "accessible"): Proof(fact=Fact.ACCESSIBLE, for_years=None),
    ("6.2.3", "predictable"): Proof(fact=Fact.PREDICTABLE),
    ("6.2.3", "equitable"): Proof(fact=Fact.EQUITABLE),
    ("6.2.3", "transparent"): Proof(fact=Fact.TRANSPARENT, for_years=1),
    ("6.2.3", "rights_compatible"): Proof(fact=Fact.RIGHTS_COMPATIBLE),
    ("6.2.3", "learning"): Proof(fact=Fact.LEARNING),
    ("6.2.3", "dialogue"): Proof(fact=Fact.DIALOGUE),
    ("6.2.4", "3"): Proof(fact=Fact.TOLD_DIRECTLY),
    ("6.2.5", "1"): Proof(fact=Fact.SUPPLIERS_ENCOURAGED),
    ("6.2.5", "2"): Proof(fact=Fact.SUPPLIERS_CHECKED_ON_VISIT),
    ("6.2.5", "3"): Proof(fact=Fact.SUPPLIERS_VERIFIED),
}
"""Question and part, and the fact that shows it. Ids are the TruStone framework's."""


def evidence_from(facts: RegisterFacts, today: date) -> tuple[ComponentEvidence, ...]:
    """Everything that the facts show or refute today, in the order of `PROVABLE`."""
    found: list[ComponentEvidence] = []
    for (question, component), proof in PROVABLE.items():
        for reading in _within(READINGS[proof.fact](facts, today), proof.for_years, today):
            found.append(
                ComponentEvidence(
                    question=question,
                    component=component,
                    evidence=reading.evidence,
                    bearing=reading.bearing,
                    percent=reading.percent,
                )
            )
    return tuple(found)


def _within(readings: Iterator[Reading], years: int | None, today: date) -> Iterator[Reading]:
    for reading in readings:
        if years is None or is_within(reading.evidence.day, years, today):
            yield reading


def is_within(day: date, years: int, today: date) -> bool:
    """Whether a day is not to come and at most so many years back; its anniversary counts."""
    return day <= today <= Span(months=years * MONTHS_PER_YEAR).after(day)
