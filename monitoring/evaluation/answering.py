"""From evidence to answers: which parts hold, by what, and what no longer counts.

`answers_from` stands between the register's facts and the company's statements on one side and
`scoring` on the other. Three rules (S4, S5):

1. A part holds if something shows it that is not too old, and nothing refutes it.
2. Where the register knows a share, its figure counts; a stated share fills only what is not known.
3. A claim that a question does not apply stands until the register knows better.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from monitoring.evaluation.answers import Answer, Applies, HarmProgress
from monitoring.evaluation.attestation import NOT_APPLICABLE, Attestation
from monitoring.evaluation.company import CompanyProfile, SizeClass
from monitoring.evaluation.criteria import TimedComponents
from monitoring.evaluation.evidence import Bearing, ComponentEvidence
from monitoring.evaluation.framework import PERCENT, Framework, QuestionDefinition
from monitoring.evaluation.proofs import evidence_from, is_within
from monitoring.evaluation.register_facts import RegisterFacts
from monitoring.evaluation.timing import counting_harms, standing_of_claim


def answers_from(
    framework: Framework,
    company: CompanyProfile,
    *,
    facts: RegisterFacts,
    attestations: Sequence[Attestation],
    today: date,
) -> Mapping[str, Answer]:
    """The answers that stand today, by question; every question of the company has one."""
    size = framework.size_of(company)
    found: dict[str, list[ComponentEvidence]] = defaultdict(list)
    for each in (*evidence_from(facts, today), *(one.as_evidence() for one in attestations)):
        found[each.question].append(each)
    return {
        question.id: _answer(question, framework, company, size, found[question.id], facts, today)
        for question in framework.questions_for(company.category)
    }


def _answer(
    question: QuestionDefinition,
    framework: Framework,
    company: CompanyProfile,
    size: SizeClass,
    evidence: Sequence[ComponentEvidence],
    facts: RegisterFacts,
    today: date,
) -> Answer:
    fresh = tuple(each for each in evidence if _is_fresh(each, question, size, today))
    claims = [each for each in fresh if each.component == NOT_APPLICABLE]
    criterion = question.criteria[company.category, size]
    harms: tuple[HarmProgress, ...] = ()
    if isinstance(criterion, TimedComponents):
        years = framework.policies.harms_count_for_years
        harms = counting_harms(facts.harms, criterion, years, today)
    return Answer(
        components=_holding(fresh),
        percent=_percent(fresh),
        harms=harms,
        applies=_applies(question, bool(claims), facts, today),
        evidence=fresh,
    )


def _is_fresh(
    each: ComponentEvidence, question: QuestionDefinition, size: SizeClass, today: date
) -> bool:
    """Within the years that the framework gives the part; nothing from days to come."""
    component = question.component(each.component)
    if component is None or component.window_years is None:
        return each.evidence.day <= today
    return is_within(each.evidence.day, component.window_years[size], today)


def _holding(evidence: Iterable[ComponentEvidence]) -> frozenset[str]:
    shown: set[str] = set()
    refuted: set[str] = set()
    for each in evidence:
        (shown if each.bearing is Bearing.SHOWS else refuted).add(each.component)
    return frozenset(shown - refuted - {PERCENT, NOT_APPLICABLE})


def _percent(evidence: Sequence[ComponentEvidence]) -> Fraction | None:
    """What the register counts; else the latest stated share, the lower of two of one day."""
    shares = [each for each in evidence if each.component == PERCENT and each.percent is not None]
    proven = [each for each in shares if each.evidence.is_proven]
    ranked = sorted(proven or shares, key=lambda each: (each.evidence.day, -(each.percent or 0)))
    return ranked[-1].percent if ranked else None


def _applies(
    question: QuestionDefinition, is_claimed: bool, facts: RegisterFacts, today: date
) -> Applies:
    if not is_claimed or question.may_not_apply is None:
        return Applies.YES
    return standing_of_claim(question.may_not_apply.id, facts, today)
