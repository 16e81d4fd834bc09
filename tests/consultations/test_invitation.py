"""Invitations: who may take part, and how they leave."""

from dataclasses import replace
from datetime import date

import pytest

from consultations.invitation import (
    DeclineReason,
    Invitation,
    InvitationAction,
    InvitationFault,
    InvitationRefused,
    InvitationStatus,
    act,
    check,
    make,
)
from consultations.round import Round
from consultations.steps import call_off, close
from consultations.wording import Wording
from register.particulars import AnonymityLevel
from sealing.identifiers import new_id, new_token

TOKEN = "a token from the link"
IN_TIME = date(2026, 6, 1)


def invite(round_: Round, **changes) -> Invitation | InvitationRefused:
    values = {
        "id": new_id(),
        "participant": new_id(),
        "token": TOKEN,
        "today": date(2026, 5, 4),
        "lapses": date(2026, 6, 10),
        "language": "hi",
        "label": "Stone workers' union of Kota",
    } | changes
    return make(round_, **values)


@pytest.fixture
def opened(an_open_round) -> Round:
    return an_open_round()


@pytest.fixture
def invitation(opened) -> Invitation:
    made = invite(opened)
    assert isinstance(made, Invitation)
    return made


def reason(result: Invitation | InvitationRefused) -> InvitationFault:
    assert isinstance(result, InvitationRefused)
    return result.reason


def test_an_invitation_opens_its_round(invitation, opened) -> None:
    assert check(TOKEN, invitation, opened, IN_TIME) is invitation


def test_a_participant_may_come_back_and_change_answers_while_the_round_is_open(
    invitation, opened
) -> None:
    accepted = act(invitation, InvitationAction.ACCEPT)
    assert check(TOKEN, accepted, opened, IN_TIME) is accepted
    assert check(TOKEN, accepted, opened, date(2026, 6, 10)) is accepted


def test_a_lapsed_invitation_opens_no_flow(invitation, opened) -> None:
    assert reason(check(TOKEN, invitation, opened, date(2026, 6, 11))) is InvitationFault.LAPSED


def test_an_unknown_token_opens_nothing(invitation, opened) -> None:
    assert reason(check(new_token(), invitation, opened, IN_TIME)) is InvitationFault.UNKNOWN
    assert reason(check(TOKEN, None, opened, IN_TIME)) is InvitationFault.UNKNOWN
    assert reason(check(TOKEN, invitation, None, IN_TIME)) is InvitationFault.UNKNOWN
    elsewhere = replace(opened, id="another")
    assert reason(check(TOKEN, invitation, elsewhere, IN_TIME)) is InvitationFault.UNKNOWN


def test_a_withdrawn_invitation_opens_nothing(invitation, opened) -> None:
    withdrawn = act(invitation, InvitationAction.WITHDRAW)
    assert reason(check(TOKEN, withdrawn, opened, IN_TIME)) is InvitationFault.WITHDRAWN


def test_an_announced_round_waits_for_its_opening_day(invitation, opened) -> None:
    early = check(TOKEN, invitation, opened, date(2026, 5, 17))
    assert reason(early) is InvitationFault.ROUND_NOT_YET_OPEN


def test_a_closed_round_takes_no_more_answers(invitation, opened) -> None:
    lasting = replace(invitation, lapses=date(2027, 1, 1))
    closed = close(opened, date(2026, 6, 16))
    for round_ in (opened, closed):
        refused = check(TOKEN, lasting, round_, date(2026, 6, 16))
        assert reason(refused) is InvitationFault.ROUND_CLOSED


def test_a_round_that_was_called_off_says_so(invitation, opened) -> None:
    stopped = call_off(opened, Wording({"en": "Flood.", "hi": "बाढ़।"}))
    refused = check(TOKEN, invitation, stopped, IN_TIME)
    assert reason(refused) is InvitationFault.ROUND_CALLED_OFF


def test_a_participant_leaves_at_any_time_and_the_link_is_shut(invitation, opened) -> None:
    accepted = act(invitation, InvitationAction.ACCEPT)
    left = act(accepted, InvitationAction.LEAVE)
    assert left.status is InvitationStatus.LEFT
    assert reason(check(TOKEN, left, opened, IN_TIME)) is InvitationFault.LEFT


def test_whoever_declined_may_think_again(invitation, opened) -> None:
    declined = act(invitation, InvitationAction.DECLINE, DeclineReason.TOLD_TOO_LATE)
    assert declined.declined_because is DeclineReason.TOLD_TOO_LATE
    assert act(declined, InvitationAction.ACCEPT).declined_because is None
    assert check(TOKEN, declined, opened, IN_TIME) is declined
    assert act(declined, InvitationAction.ACCEPT).status is InvitationStatus.ACCEPTED


@pytest.mark.parametrize("action", InvitationAction)
def test_nothing_more_happens_to_a_withdrawn_invitation(invitation, action) -> None:
    withdrawn = act(invitation, InvitationAction.WITHDRAW)
    assert reason(act(withdrawn, action)) is InvitationFault.NOT_FROM_HERE


def test_nobody_is_invited_to_a_draft(a_draft) -> None:
    assert reason(invite(a_draft())) is InvitationFault.ROUND_NOT_YET_OPEN


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"lapses": date(2026, 5, 17)}, InvitationFault.LAPSES_BEFORE_IT_OPENS),
        ({"today": date(2026, 6, 11)}, InvitationFault.LAPSES_BEFORE_IT_OPENS),
        ({"language": "vi"}, InvitationFault.NO_SUCH_LANGUAGE),
    ],
)
def test_an_invitation_that_could_not_be_used_is_not_made(opened, changes, fault) -> None:
    assert reason(invite(opened, **changes)) is fault


def test_the_token_is_not_kept_and_the_name_is_not_shown(invitation) -> None:
    assert TOKEN not in repr(invitation)
    assert invitation.token_digest not in repr(invitation)
    assert "union" not in repr(invitation)


def test_a_participant_is_anonymous_unless_they_choose_otherwise(invitation) -> None:
    assert invitation.anonymity is AnonymityLevel.ANONYMOUS
    assert not invitation.may_publish_name
