"""Shelves of rounds, invitations, ratings and contributions."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.invitation import Invitation, InvitationStatus
from consultations.ratings import StakeholderRating
from consultations.round import Round, RoundStatus
from register.particulars import Theme
from sealing.identifiers import new_id
from sealing.seal import seal
from tests.storage.ground import TODAY, Ground, organisation, somebody

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def kept_round(ground: Ground, **more: object) -> Round:
    holder = organisation()
    made = Round(id=new_id(), organisation_id=holder.id, site_ids=("s" * 26,))
    made = replace(made, **more)  # type: ignore[arg-type]  # a test says which field
    with ground.writing() as tx:
        tx.sites.put_organisation(replace(holder, id=made.organisation_id))
        tx.rounds.put(made)
    return made


def test_rounds_come_drafts_first_then_the_latest(ground: Ground) -> None:
    draft = kept_round(ground)
    same = {"organisation_id": draft.organisation_id}
    early = kept_round(ground, **same, status=RoundStatus.OPEN, opens=YESTERDAY, closes=TOMORROW)
    late = kept_round(ground, **same, status=RoundStatus.OPEN, opens=TODAY, closes=TOMORROW)
    kept_round(ground)
    with ground.reading() as tx:
        assert tx.rounds.of_organisation(draft.organisation_id) == (draft, late, early)
        assert tx.rounds.get(late.id) == late
        assert tx.rounds.get(new_id()) is None


def test_rounds_are_found_when_they_end_and_when_feedback_is_owed(ground: Ground) -> None:
    past = kept_round(ground, status=RoundStatus.OPEN, opens=YESTERDAY, closes=YESTERDAY)
    kept_round(ground, status=RoundStatus.OPEN, opens=YESTERDAY, closes=TODAY)
    owing = kept_round(ground, status=RoundStatus.CLOSED, closes=YESTERDAY, feedback_by=YESTERDAY)
    kept_round(ground, status=RoundStatus.CLOSED, closes=YESTERDAY, feedback_by=TODAY)
    with ground.reading() as tx:
        assert tx.rounds.open_past(TODAY) == (past,)
        assert tx.rounds.feedback_overdue(TODAY) == (owing,)


def test_an_invitation_is_found_by_its_token_and_keeps_its_last_state(ground: Ground) -> None:
    held = kept_round(ground)
    made = Invitation(
        id=new_id(), round_id=held.id, participant=new_id(), token_digest="d" * 64,
        made=TODAY, lapses=TOMORROW, language="pt_BR", label="Union of stone cutters",
    )  # fmt: skip
    accepted = replace(made, status=next(s for s in InvitationStatus if s is not made.status))
    with ground.writing() as tx:
        tx.invitations.put(made)
        tx.invitations.put(accepted)
    with ground.reading() as tx:
        assert tx.invitations.by_token("d" * 64) == accepted
        assert tx.invitations.get(made.id) == accepted
        assert tx.invitations.of_round(held.id) == (accepted,)
        assert tx.invitations.by_token("e" * 64) is None


def rating(held: Round, participant: str, place: str, theme: Theme, **more: int) -> (
    StakeholderRating
):  # fmt: skip
    return StakeholderRating(
        round_id=held.id, participant=participant, site_id=place, theme=theme, day=TODAY,
        **{"gravity": 3, **more},
    )  # fmt: skip


choices = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["s" * 26, "t" * 26]),
        st.sets(st.sampled_from(list(Theme)[:3])),
        st.integers(1, 5),
    ),
    max_size=8,
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(choices=choices, leaving=st.none() | st.integers(0, 2))
def test_what_counts_is_what_each_participant_rated_last(
    ground: Ground,
    choices: list[tuple[int, str, set[Theme], int]],
    leaving: int | None,
) -> None:
    held = kept_round(ground)
    people = [new_id() for _ in range(3)]
    expected: dict[tuple[str, str], set[StakeholderRating]] = {}
    with ground.writing() as tx:
        for who, place, themes, grade in choices:
            ratings = [rating(held, people[who], place, each, gravity=grade) for each in themes]
            tx.ratings.replace(held.id, people[who], place, ratings)
            expected[people[who], place] = set(ratings)
        if leaving is not None:
            tx.ratings.remove(held.id, people[leaving])
            expected = {key: all_ for key, all_ in expected.items() if key[0] != people[leaving]}
    everything = set().union(*expected.values())
    with ground.reading() as tx:
        assert set(tx.ratings.of_round(held.id)) == everything
        at_first = {each for each in tx.ratings.of_sites(["s" * 26]) if each.round_id == held.id}
        assert at_first == {each for each in everything if each.site_id == "s" * 26}


def test_a_contribution_takes_the_place_of_the_one_before_and_can_be_taken_back(
    ground: Ground,
) -> None:
    held, who = kept_round(ground), new_id()
    first, second = (
        seal(f"{held.id}.{who}", {"words": words}, (somebody(),)) for words in (b"one", b"two")
    )
    with ground.writing() as tx:
        tx.contributions.put(held.id, who, first)
        tx.contributions.put(held.id, who, second)
    with ground.reading() as tx:
        assert tx.contributions.of_round(held.id) == (second,)
    with ground.writing() as tx:
        tx.contributions.remove(held.id, who)
    with ground.reading() as tx:
        assert tx.contributions.of_round(held.id) == ()
