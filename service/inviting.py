"""An invitation to a round, made and kept; gives the token that is in its links and nowhere else.

Called by `gehoor rounds invite`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from consultations.invitation import (
    Invitation,
    InvitationFault,
    InvitationRefused,
    Represents,
    make,
)
from consultations.round import Round
from sealing.identifiers import new_id, new_token
from service.refusals import Refused
from storage.transaction import SqlTransaction

_WORDS: Mapping[InvitationFault, str] = {
    InvitationFault.ROUND_NOT_YET_OPEN: "this round was not opened yet",
    InvitationFault.ROUND_CLOSED: "this round is closed",
    InvitationFault.ROUND_CALLED_OFF: "this round was called off",
    InvitationFault.LAPSES_BEFORE_IT_OPENS: "--until is before the link can be of use",
    InvitationFault.NO_SUCH_LANGUAGE: "the round says nothing in this language",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """A new invitation with the token of its links."""

    invitation: Invitation
    token: str = field(repr=False)


def round_named(tx: SqlTransaction, wanted: str) -> Round:
    """The round with this id, or the beginning of one. Raises `Refused`."""
    rounds = [
        round_
        for organisation in tx.sites.organisations()
        for round_ in tx.rounds.of_organisation(organisation.id)
        if wanted and round_.id.startswith(wanted)
    ]
    if len(rounds) != 1:
        found = "more than one round begins" if rounds else "no round begins"
        raise Refused(f"{found} with {wanted!r}: `gehoor rounds list` shows them")
    return rounds[0]


def invite(
    tx: SqlTransaction,
    round_: Round,
    *,
    language: str,
    label: str,
    represents: Represents,
    until: date | None,
    today: date,
) -> Invited:
    """The invitation, kept; the link works until the round closes unless told. Raises `Refused`."""
    token = new_token()
    made = make(
        round_,
        id=new_id(),
        participant=new_id(),
        token=token,
        today=today,
        lapses=until or round_.closes or today,
        language=language,
        label=label,
        represents=represents,
    )
    if isinstance(made, InvitationRefused):
        raise Refused(_WORDS.get(made.reason, made.reason))
    tx.invitations.put(made)
    return Invited(invitation=made, token=token)
