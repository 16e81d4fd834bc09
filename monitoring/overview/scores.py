"""The score of an organisation, from the shelves to the report that an officer reads.

Called by the officer's pages. Nothing is kept: the same shelves on the same day give the same
report, and what was stated or recorded a minute ago is in it.
"""

from collections.abc import Iterable
from datetime import date

from monitoring.evaluation.answering import answers_from
from monitoring.evaluation.attestation import NOT_APPLICABLE, Attestation
from monitoring.evaluation.company import Category, CompanyProfile
from monitoring.evaluation.facts import facts_of
from monitoring.evaluation.framework import Claim, Framework
from monitoring.evaluation.mechanism_facts import NOT_SAID, MechanismSetup
from monitoring.evaluation.register_facts import RegisterFacts
from monitoring.evaluation.report import Report, report_of
from monitoring.evaluation.score import ScoringSettings
from monitoring.evaluation.scoring import score
from monitoring.evaluation.timing import GRACE
from monitoring.ports import Shelves
from monitoring.risk.involvement import Involvement, InvolvementLog
from register.sites import SMALL_COMPANY_EMPLOYEES, SMALL_COMPANY_TURNOVER_EUR, Organisation

_HARMING = frozenset({Involvement.CAUSE, Involvement.CONTRIBUTE})


def score_of(
    tx: Shelves,
    organisation_id: str,
    framework: Framework,
    today: date,
    *,
    mechanism: MechanismSetup = NOT_SAID,
    settings: ScoringSettings | None = None,
) -> Report | None:
    """The organisation's score today; None for an organisation that is not known.

    Our own records and the company's statements are told apart in it (S4). `settings` None: as
    the framework's own file proposes.
    """
    facts = facts_of(tx, organisation_id, today, mechanism=mechanism)
    return score_from(tx, organisation_id, framework, facts, today, settings=settings)


def score_from(
    tx: Shelves,
    organisation_id: str,
    framework: Framework,
    facts: RegisterFacts,
    today: date,
    *,
    settings: ScoringSettings | None = None,
) -> Report | None:
    """`score_of` for a caller who shows the facts as well: working them out is most of the work."""
    organisation = tx.sites.organisation(organisation_id)
    if organisation is None:
        return None
    company = profile_of(organisation)
    answers = answers_from(
        framework,
        company,
        facts=facts,
        attestations=standing_statements(
            tx.attestations.of_organisation(organisation_id),
            tx.involvements.of_organisation(organisation_id),
            framework,
            today,
        ),
        today=today,
    )
    return report_of(framework, score(framework, company, answers, settings=settings))


def profile_of(organisation: Organisation) -> CompanyProfile:
    """What scoring must know of it. A figure that is not known is taken as not small (S1)."""
    employees, turnover = organisation.employees, organisation.turnover_eur
    return CompanyProfile(
        category=Category(organisation.category.value),
        employees=SMALL_COMPANY_EMPLOYEES if employees is None else employees,
        turnover_eur=SMALL_COMPANY_TURNOVER_EUR + 1 if turnover is None else turnover,
    )


def standing_statements(
    statements: Iterable[Attestation],
    logs: Iterable[InvolvementLog],
    framework: Framework,
    today: date,
) -> tuple[Attestation, ...]:
    """The statements but for claims that nothing was caused, where the company's own log says so.

    Like every harm, what is in the log has its year before it ends a claim
    (`monitoring.evaluation.timing`). Facts cannot tell it: no shelf says when harm stopped, so
    such harm is not among them.
    """
    known = any(
        log.now in _HARMING and log.entries and GRACE.after(log.entries[0].day) < today
        for log in logs
    )
    claims = {
        question.id: question.may_not_apply.id
        for question in framework.questions
        if question.may_not_apply is not None
    }
    return tuple(
        each
        for each in statements
        if not known
        or each.component != NOT_APPLICABLE
        or claims.get(each.question) is not Claim.NOTHING_CAUSED
    )
