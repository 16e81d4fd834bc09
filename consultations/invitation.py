"""An invitation: how one participant takes part in a round, on terms that are theirs.

Made at the desk, opened by the channels with a token from a link, kept by
`consultations.ports.InvitationShelf`. The token itself is never kept, only its digest: whoever
reads the database can take part in nobody's place.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from consultations.round import Round, RoundStatus
from register.particulars import AnonymityLevel
from sealing.identifiers import digest_token


class Represents(StrEnum):
    """For whom a participant speaks (C58). Stored: never reuse a value."""

    THEMSELVES = "themselves"
    WORKERS = "workers"
    UNION = "union"
    NEIGHBOURS = "neighbours"
    WOMEN = "women"
    CHILDREN = "children"
    MINORITY = "minority"
    NATURE = "nature"
    ORGANISATION = "organisation"
    UNKNOWN = "unknown"


class Contribution(StrEnum):
    """What a participant means to bring; each chooses its own role (C44)."""

    SIGNAL = "signal"
    INFORM = "inform"
    PRIORITISE = "prioritise"
    PROPOSE = "propose"
    IMPLEMENT = "implement"
    MONITOR = "monitor"
    FACILITATE = "facilitate"
    ASSIST_RIGHTSHOLDERS = "assist_rightsholders"


class DeclineReason(StrEnum):
    """Why somebody who was invited does not take part (C84). Stored: never reuse a value."""

    NOT_SAFE = "not_safe"
    NO_TRUST = "no_trust"
    NO_TIME = "no_time"
    TOLD_TOO_LATE = "told_too_late"
    LANGUAGE = "language"
    COSTS = "costs"
    OTHERS_KNOW_BETTER = "others_know_better"
    """Somebody else is better placed and should be asked (C60)."""
    OTHER = "other"


class InvitationStatus(StrEnum):
    """Where an invitation stands. Stored: never reuse a value."""

    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    """Cannot or will not attend; why is worth knowing (C84)."""
    LEFT = "left"
    """Took part and left, which is always possible (C62)."""
    WITHDRAWN = "withdrawn"
    """Taken back by the organiser, for instance because the link went astray."""


class InvitationAction(StrEnum):
    """What can be done with an invitation."""

    ACCEPT = "accept"
    DECLINE = "decline"
    LEAVE = "leave"
    WITHDRAW = "withdraw"


TRANSITIONS: Mapping[tuple[InvitationStatus, InvitationAction], InvitationStatus] = (
    MappingProxyType(
        {
            (InvitationStatus.SENT, InvitationAction.ACCEPT): InvitationStatus.ACCEPTED,
            (InvitationStatus.SENT, InvitationAction.DECLINE): InvitationStatus.DECLINED,
            (InvitationStatus.SENT, InvitationAction.WITHDRAW): InvitationStatus.WITHDRAWN,
            # Whoever declined may think again, as long as the round is open.
            (InvitationStatus.DECLINED, InvitationAction.ACCEPT): InvitationStatus.ACCEPTED,
            (InvitationStatus.ACCEPTED, InvitationAction.LEAVE): InvitationStatus.LEFT,
            (InvitationStatus.ACCEPTED, InvitationAction.WITHDRAW): InvitationStatus.WITHDRAWN,
        }
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One participant's place in one round."""

    id: str
    round_id: str
    participant: str
    """A random pseudonym for this round alone; ratings carry it instead of a name."""
    token_digest: str = field(repr=False)
    made: date
    lapses: date
    """The last day on which the link works."""
    language: str
    label: str = field(default="", repr=False)
    """Who was invited, as the organiser calls them. Storage seals it under the key ring."""
    represents: Represents = Represents.UNKNOWN
    contributions: frozenset[Contribution] = frozenset()
    anonymity: AnonymityLevel = AnonymityLevel.ANONYMOUS
    """The participant's choice, not the organiser's (C61)."""
    may_publish_name: bool = False
    """Consent to be named as a participant; never consent to what came of it (C57)."""
    forwarded_from: str | None = None
    """The invitation whose holder knew a better-placed partner (C60)."""
    declined_because: DeclineReason | None = None
    """None where nobody declined, or no reason was given, which nobody owes."""
    status: InvitationStatus = InvitationStatus.SENT


class InvitationFault(StrEnum):
    """Why an invitation opens nothing. Channels have words for each."""

    UNKNOWN = "unknown"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    LEFT = "left"
    ROUND_NOT_YET_OPEN = "round_not_yet_open"
    ROUND_CLOSED = "round_closed"
    ROUND_CALLED_OFF = "round_called_off"
    LAPSES_BEFORE_IT_OPENS = "lapses_before_it_opens"
    NO_SUCH_LANGUAGE = "no_such_language"
    NOT_FROM_HERE = "not_from_here"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRefused:
    """It opens nothing, and why. Carries neither the token nor a name."""

    reason: InvitationFault


def make(
    round_: Round,
    *,
    id: str,  # noqa: A002 - every value of the house calls its identifier `id`
    participant: str,
    token: str,
    today: date,
    lapses: date,
    language: str,
    label: str = "",
    represents: Represents = Represents.UNKNOWN,
    forwarded_from: str | None = None,
) -> Invitation | InvitationRefused:
    """An invitation to an open round; `token` goes into the link and is then forgotten.

    `id` and `participant` are two values of `sealing.identifiers.new_id`, `token` one of
    `new_token`. Refuses rounds that are not open, days that make the link useless, and languages
    in which the round says nothing.
    """
    if round_.status is not RoundStatus.OPEN or round_.opens is None:
        return InvitationRefused(reason=_round_fault(round_))
    if lapses < max(round_.opens, today):
        return InvitationRefused(reason=InvitationFault.LAPSES_BEFORE_IT_OPENS)
    if language not in round_.languages:
        return InvitationRefused(reason=InvitationFault.NO_SUCH_LANGUAGE)
    return Invitation(
        id=id,
        round_id=round_.id,
        participant=participant,
        token_digest=digest_token(token),
        made=today,
        lapses=lapses,
        language=language,
        label=label,
        represents=represents,
        forwarded_from=forwarded_from,
    )


def check(
    token: str, invitation: Invitation | None, round_: Round | None, today: date
) -> Invitation | InvitationRefused:
    """The invitation, if its token opens the round's flow today.

    `invitation` is what the shelf has under `digest_token(token)`. A participant who answered
    may come back and change the answers for as long as the round takes any. Everything unknown,
    mismatched or missing is refused alike.
    """
    if invitation is None or not hmac.compare_digest(digest_token(token), invitation.token_digest):
        return InvitationRefused(reason=InvitationFault.UNKNOWN)
    return check_again(invitation, round_, today)


def check_again(
    invitation: Invitation | None, round_: Round | None, today: date
) -> Invitation | InvitationRefused:
    """The same for somebody whose token was checked before, on an earlier day perhaps."""
    if invitation is None or round_ is None or invitation.round_id != round_.id:
        return InvitationRefused(reason=InvitationFault.UNKNOWN)
    if invitation.status in _SHUT:
        return InvitationRefused(reason=_SHUT[invitation.status])
    if not round_.is_answerable(today):
        is_early = round_.opens is not None and today < round_.opens
        is_open = round_.status is RoundStatus.OPEN
        fault = InvitationFault.ROUND_NOT_YET_OPEN if is_early and is_open else None
        return InvitationRefused(reason=fault or _round_fault(round_))
    if today > invitation.lapses:
        return InvitationRefused(reason=InvitationFault.LAPSED)
    return invitation


def act(
    invitation: Invitation, action: InvitationAction, because: DeclineReason | None = None
) -> Invitation | InvitationRefused:
    """The invitation after `action`, refused where the table has no way.

    `because` is kept with a refusal to take part, and forgotten when they think again (C84).

    Leaving (C62) is possible at any time after accepting, also when the round is over; the
    caller then takes the participant's ratings off the shelf, unless they wish to leave them.
    """
    status = TRANSITIONS.get((invitation.status, action))
    if status is None:
        return InvitationRefused(reason=InvitationFault.NOT_FROM_HERE)
    is_declined = status is InvitationStatus.DECLINED
    return replace(invitation, status=status, declined_because=because if is_declined else None)


_SHUT: Mapping[InvitationStatus, InvitationFault] = MappingProxyType(
    {
        InvitationStatus.WITHDRAWN: InvitationFault.WITHDRAWN,
        InvitationStatus.LEFT: InvitationFault.LEFT,
    }
)


def _round_fault(round_: Round) -> InvitationFault:
    match round_.status:
        case RoundStatus.DRAFT:
            return InvitationFault.ROUND_NOT_YET_OPEN
        case RoundStatus.CALLED_OFF:
            return InvitationFault.ROUND_CALLED_OFF
        case _:
            return InvitationFault.ROUND_CLOSED
