"""A helper follows along: a union or an NGO that the reporter trusts, with its own receipt (W9).

A helper's receipt shows where the case stands, what was decided, and the letters since it was made;
they are sealed to it as well. It opens nothing that was told before, writes nothing and decides
nothing. Whoever holds the reporter's receipt makes it and takes it back.

Called by `intake.helpers`; the desk seals letters to the helpers that `storage` names.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from register.case import Actor, Case, record
from register.log import LogAction, LogEntry
from register.people import Role
from sealing.envelope import SealedEnvelope
from sealing.recipients import Recipient

MOST_HELPERS = 3
"""A receipt of each of them is one more that can be lost."""
_REPORTER = Actor(role=Role.REPORTER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """One helper's receipt, as far as it is kept: nobody can find the receipt by it."""

    case_ref: str
    lookup: str = field(repr=False)
    recipient: Recipient = field(repr=False)
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """What is stored, in one transaction."""

    case: Case
    entry: LogEntry


def let_in(case: Case, helpers: Sequence[Helper], today: date) -> Helped | None:
    """The case with one more helper in its log; None where there are as many as may be."""
    if len(helpers) >= MOST_HELPERS or case.account_erased_on is not None:
        return None
    after, entry = record(case, LogAction.HELPER_LET_IN, _REPORTER, today)
    return Helped(case=after, entry=entry)


def take_back(case: Case, helpers: Sequence[Helper], today: date) -> Helped | None:
    """The case without helpers; None where there are none."""
    if not helpers:
        return None
    after, entry = record(case, LogAction.HELPERS_TAKEN_BACK, _REPORTER, today)
    return Helped(case=after, entry=entry)


def with_helpers(
    readers: Sequence[Recipient], envelope: SealedEnvelope, helpers: Sequence[Helper]
) -> tuple[Recipient, ...]:
    """To whom a letter is sealed anew: to these, and to the helpers who could read it before."""
    had = {each for part in envelope.parts for each in part.recipient_ids}
    return (*readers, *(h.recipient for h in helpers if h.recipient.id in had))
