"""Taking part in a consultation round by a personal invitation (C55, C61, C62, C82).

Called by `intake.round_talk`. The answers to an invitation are kept under the invitation, not
under the chat or browser, so that a participant can begin in one and go on in the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from consultations.influence import INFLUENCE_WORDS, NOT_APPROVAL, QUESTIONS_ARE_A_START
from consultations.invitation import (
    Invitation,
    InvitationAction,
    InvitationFault,
    InvitationRefused,
    act,
    check,
    check_again,
)
from consultations.round import Round
from flows.values import Text
from intake import words
from intake.ports import Transaction
from intake.screens import NextStepShown, RoundShown
from sealing.identifiers import digest_token

_FAULT_WORDS: Mapping[InvitationFault, str] = {
    InvitationFault.LAPSED: words.INVITATION_LAPSED,
    InvitationFault.WITHDRAWN: words.INVITATION_WITHDRAWN,
    InvitationFault.LEFT: words.LEFT_ROUND_EARLIER,
    InvitationFault.ROUND_NOT_YET_OPEN: words.ROUND_NOT_YET_OPEN,
    InvitationFault.ROUND_CLOSED: words.ROUND_CLOSED,
    InvitationFault.ROUND_CALLED_OFF: words.ROUND_CALLED_OFF,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """An invitation that holds today, and its round."""

    invitation: Invitation
    round: Round


def join(tx: Transaction, token: str, today: date) -> Joined | str:
    """The round that a token opens today, or the words that say why it opens none."""
    invitation = tx.invitations.by_token(digest_token(token))
    round_ = None if invitation is None else tx.rounds.get(invitation.round_id)
    return _joined(check(token, invitation, round_, today), round_)


def rejoin(tx: Transaction, invitation_id: str, today: date) -> Joined | str:
    """The same for a dialogue that joined before: the link need not be opened again."""
    invitation = tx.invitations.get(invitation_id)
    round_ = None if invitation is None else tx.rounds.get(invitation.round_id)
    return _joined(check_again(invitation, round_, today), round_)


def accept(tx: Transaction, joined: Joined) -> None:
    """Note that the participant began."""
    moved = act(joined.invitation, InvitationAction.ACCEPT)
    if isinstance(moved, Invitation):
        tx.invitations.put(moved)


def leave(tx: Transaction, joined: Joined) -> None:
    """The participant takes part no longer; what they rated goes with them (C62)."""
    accept(tx, joined)
    invitation = tx.invitations.get(joined.invitation.id) or joined.invitation
    moved = act(invitation, InvitationAction.LEAVE)
    if isinstance(moved, Invitation):
        tx.invitations.put(moved)
    tx.ratings.remove(joined.round.id, joined.invitation.participant)
    tx.contributions.remove(joined.round.id, joined.invitation.participant)


def round_shown(tx: Transaction, joined: Joined, language: str, *, has_begun: bool) -> RoundShown:
    """What is to be read before anything is asked."""
    round_ = joined.round
    organisation = tx.sites.organisation(round_.organisation_id)
    sites = (tx.sites.site(site_id) for site_id in round_.site_ids)
    if round_.closes is None or round_.feedback_by is None or round_.influence is None:
        raise AssertionError("a round that is open says when it closes and when word is given")
    return RoundShown(
        organisation="" if organisation is None else organisation.name,
        organiser=round_.organiser,
        sites=tuple(site.name_in(language) for site in sites if site is not None),
        purpose=round_.purpose.read(language)[1],
        influence=Text(msgid=INFLUENCE_WORDS[round_.influence]),
        outcome_use=round_.outcome_use.read(language)[1],
        decisions=round_.decisions.read(language)[1],
        expected=round_.expected.read(language)[1],
        next_steps=tuple(
            NextStepShown(words=step.words.read(language)[1], owner=step.owner, by=step.by)
            for step in round_.next_steps
        ),
        statements=(Text(msgid=QUESTIONS_ARE_A_START), Text(msgid=NOT_APPROVAL)),
        closes_on=round_.closes,
        feedback_by=round_.feedback_by,
        has_begun=has_begun,
    )


def _joined(checked: Invitation | InvitationRefused, round_: Round | None) -> Joined | str:
    if isinstance(checked, InvitationRefused):
        return _FAULT_WORDS.get(checked.reason, words.INVITATION_UNKNOWN)
    if round_ is None:
        raise AssertionError("an invitation is only good with its round")
    return Joined(invitation=checked, round=round_)
