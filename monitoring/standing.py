"""What is known of a signal's truth and end, and how the status of a case tells it.

Used by `monitoring.signals` and the first estimate.

Theory. A case counts from the moment it is told. Being found true makes it certain; only being
put right, as those harmed say, makes it history. Papers that are closed while the harm goes on
change nothing, and an appeal or a reopening of a founded case leaves it confirmed.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from register.case import FOUNDED, Case, CaseStatus


class Standing(StrEnum):
    """How far a signal can be relied on. Stored: never reuse a value."""

    HEARD = "heard"
    """Told, and not decided. It counts: waiting for proof is no reason to look away."""
    CONFIRMED = "confirmed"
    """Found to be so, wholly or in part, and not yet put right."""
    HISTORY = "history"
    """Put right. It stays on record: what happened once can happen again."""
    DISMISSED = "dismissed"
    """Found not to be so, or no matter for this register. Counted, and weighs nothing."""


STANDING: Mapping[CaseStatus, Standing | None] = MappingProxyType(
    {
        CaseStatus.RECEIVED: None,
        CaseStatus.ACKNOWLEDGED: None,
        CaseStatus.ASSESSING: None,
        CaseStatus.INVESTIGATING: None,
        CaseStatus.APPEALED: None,
        CaseStatus.NOT_ADMISSIBLE: Standing.DISMISSED,
        CaseStatus.UNFOUNDED: Standing.DISMISSED,
        # Somebody else looks into it now; nobody has said that it is not so.
        CaseStatus.REFERRED: Standing.HEARD,
        CaseStatus.FOUNDED: Standing.CONFIRMED,
        CaseStatus.PARTLY_FOUNDED: Standing.CONFIRMED,
        CaseStatus.REMEDY_AGREED: Standing.CONFIRMED,
        CaseStatus.REMEDYING: Standing.CONFIRMED,
        CaseStatus.CLOSED: None,
    }
)
"""By status. None: the last decision tells it, see `standing_of`."""


def standing_of(case: Case) -> Standing:
    """How the case stands as a signal."""
    told = STANDING[case.status]
    if told is not None:
        return told
    if case.decision in FOUNDED:
        is_put_right = not case.is_open and case.stopped_on is not None
        return Standing.HISTORY if is_put_right else Standing.CONFIRMED
    if case.is_open or case.decision is None:
        return Standing.HEARD
    return STANDING[case.decision] or Standing.HEARD
