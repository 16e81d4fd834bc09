"""What a round asks about: the steps of due diligence on which stakeholders are consulted (C44)."""

from enum import StrEnum


class Topic(StrEnum):
    """Stored with rounds: never reuse a value. Evaluation reads the same values as evidence."""

    POLICY = "policy"
    COUNTRY_RISKS = "country_risks"
    SITE_RISKS = "site_risks"
    PRIORITIES = "priorities"
    PLAN = "plan"
    EVALUATION = "evaluation"
    """Whether measures work, where harm was caused or contributed to."""
    EVALUATION_LINKED = "evaluation_linked"
    """Whether measures work, where the organisation is only linked."""
    INVOLVEMENT = "involvement"
    MECHANISM = "mechanism"
    """The way to complain itself."""
