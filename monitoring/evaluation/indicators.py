"""The indicators that the framework and the guidelines name (M108, G19), as shares.

Shown beside a score; they give no points of their own. A share of nothing is not nought: it is
not known, and is shown so.
"""

from collections.abc import Mapping
from enum import StrEnum

from locales.marking import N_
from monitoring.evaluation.register_facts import RegisterFacts, Share


class Indicator(StrEnum):
    """What is measured. Stored with reports; a value is never reused."""

    FACTORIES_MAPPED = "factories_mapped"
    QUARRIES_MAPPED = "quarries_mapped"
    SITES_AUDITED = "sites_audited"
    PEOPLE_SATISFIED = "people_satisfied"
    ACTIONS_ON_TIME = "actions_on_time"
    CODES_SIGNED = "codes_signed"
    SITES_CERTIFIED = "sites_certified"
    WORKERS_WHO_KNOW = "workers_who_know"


TITLES: Mapping[Indicator, str] = {
    Indicator.FACTORIES_MAPPED: N_("Factories with their risks mapped"),
    Indicator.QUARRIES_MAPPED: N_("Quarries with their risks mapped"),
    Indicator.SITES_AUDITED: N_("Sites that were audited"),
    Indicator.PEOPLE_SATISFIED: N_("People harmed who find that it was put right"),
    Indicator.ACTIONS_ON_TIME: N_("Actions that were done on time"),
    Indicator.CODES_SIGNED: N_("Suppliers that signed the code of conduct"),
    Indicator.SITES_CERTIFIED: N_("Sites with a certificate"),
    Indicator.WORKERS_WHO_KNOW: N_("Workers who know how to complain"),
}


def indicator_shares(facts: RegisterFacts) -> Mapping[Indicator, Share]:
    """Every indicator with its share; a whole of 0 means that it is not known."""
    return {
        Indicator.FACTORIES_MAPPED: facts.factories_with_risks,
        Indicator.QUARRIES_MAPPED: facts.quarries_with_risks,
        Indicator.SITES_AUDITED: facts.sites_audited,
        Indicator.PEOPLE_SATISFIED: facts.people_satisfied,
        Indicator.ACTIONS_ON_TIME: facts.actions_on_time,
        Indicator.CODES_SIGNED: facts.codes_signed,
        Indicator.SITES_CERTIFIED: facts.sites_certified,
        Indicator.WORKERS_WHO_KNOW: facts.workers_who_know,
    }
