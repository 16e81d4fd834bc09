"""The look back that both sides make together after the feedback (C80).

Given from the desk through `consultations.steps.evaluate`.
"""

from dataclasses import dataclass
from datetime import date

from consultations.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBack:
    """Whether the goal was met, and what each side gained, in each side's own words."""

    day: date
    is_goal_met: bool
    participants_say: Wording
    company_says: Wording
