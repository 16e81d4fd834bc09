import pytest

from sealing.failures import Malformed, NotAddressed, Tampered
from sealing.identities import Identity, new_identity
from sealing.opening import open_part
from sealing.recipients import RecipientKind
from sealing.seal import seal
from sealing.teams import entrust, receive


@pytest.fixture(scope="module")
def team() -> Identity:
    return new_identity(RecipientKind.TEAM)


def test_each_member_opens_what_is_sealed_to_the_team(
    team: Identity, anna: Identity, ben: Identity
) -> None:
    kept = entrust(team, [anna.recipient, ben.recipient])
    envelope = seal("a case", {"account": b"words"}, [team.recipient])

    for member in (anna, ben):
        assert open_part(envelope, "account", receive(kept, team.id, member)) == b"words"


def test_one_who_is_no_member_receives_nothing(
    team: Identity, anna: Identity, ben: Identity
) -> None:
    with pytest.raises(NotAddressed):
        receive(entrust(team, [anna.recipient]), team.id, ben)


def test_a_team_cannot_be_passed_off_as_another(team: Identity, anna: Identity) -> None:
    other = new_identity(RecipientKind.TEAM)

    with pytest.raises(Tampered):
        receive(entrust(team, [anna.recipient]), other.id, anna)


def test_bytes_that_entrust_nothing_are_malformed(team: Identity, anna: Identity) -> None:
    with pytest.raises(Malformed):
        receive(b"nothing", team.id, anna)
