"""Facts come from what is kept and may be told; what the shelves cannot show is left open."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from consultations.feedback import Feedback, Outcome
from consultations.influence import Influence
from consultations.invitation import Invitation, InvitationStatus, Represents
from consultations.round import Round, RoundStatus
from consultations.topic import Topic as RoundTopic
from consultations.wording import Wording
from monitoring.evaluation.facts import facts_of
from monitoring.evaluation.mechanism_facts import MechanismSetup
from monitoring.evaluation.register_facts import (
    AwarenessAct,
    CheckKind,
    Kept,
    RegisterFacts,
    Share,
    SiteCheck,
    Topic,
)
from monitoring.risk.involvement import (
    LACK_OF_EFFORT,
    Involvement,
    InvolvementEntry,
    InvolvementGround,
    InvolvementLog,
)
from monitoring.risk.severity import LEAST, Weight
from monitoring.signals import Signal, SignalKind, at_site
from register.particulars import Theme
from register.transitions import Action
from tests.monitoring.overview.village import (
    FACTORY,
    IMPORTER,
    LONE,
    QUARRY,
    SITES,
    SMALL,
    Village,
)

FEBRUARY, APRIL = date(2026, 2, 10), date(2026, 4, 1)
FINDING = f"{QUARRY.id}.living_wage"


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    made = Village(tmp_path)
    yield made
    made.close()


@pytest.fixture
def heard(village: Village) -> Village:
    """Twelve people told of low wages at the quarry, and the quarter was released."""
    for number in range(12):
        ref = village.file(f"person {number}", QUARRY, FEBRUARY, theme="living_wage")
        village.move(ref, Action.ACKNOWLEDGE, FEBRUARY)
    village.pass_to(APRIL)
    return village


def facts(
    village: Village, today: date = APRIL, mechanism: MechanismSetup | None = None
) -> RegisterFacts:
    setup = mechanism or MechanismSetup()
    return village.do(lambda tx: facts_of(tx, IMPORTER.id, today, mechanism=setup))


def put_log(village: Village, *entries: InvolvementEntry, efforts: tuple[date, ...] = ()) -> None:
    log = InvolvementLog(
        organisation_id=IMPORTER.id,
        finding_id=FINDING,
        is_own_site=False,
        entries=entries,
        efforts=efforts,
    )
    village.do(lambda tx: tx.involvements.put(log))


def entry(
    involvement: Involvement,
    day: date = APRIL,
    ground: InvolvementGround = InvolvementGround.ASSESSED,
) -> InvolvementEntry:
    return InvolvementEntry(
        day=day, involvement=involvement, ground=ground, reason=LACK_OF_EFFORT, by="oda"
    )


def put_signal(village: Village, kind: SignalKind, day: date) -> None:
    signal = Signal(
        kind=kind,
        reference="seen on paper",
        voice="somebody",
        subject=at_site(LONE.id),
        theme=Theme.HEALTH_SAFETY,
        day=day,
        weight=LEAST,
    )
    village.do(lambda tx: tx.signals.put(signal))


def put_round(village: Village, round_: Round, *represents: Represents) -> None:
    village.do(lambda tx: tx.rounds.put(round_))
    for number, each in enumerate(represents):
        invitation = Invitation(
            id=f"i{number}",
            round_id=round_.id,
            participant=f"p{number}",
            token_digest=f"d{number}",
            made=FEBRUARY,
            lapses=APRIL,
            language="en",
            represents=each,
            status=InvitationStatus.ACCEPTED,
        )
        village.do(lambda tx, invitation=invitation: tx.invitations.put(invitation))


ROUND = Round(
    id="round",
    organisation_id=IMPORTER.id,
    site_ids=(QUARRY.id,),
    topics=frozenset({RoundTopic.SITE_RISKS}),
    influence=Influence.INVOLVE,
    status=RoundStatus.ANSWERED,
    feedback=Feedback(
        day=APRIL, outcome=Outcome.DONE, words=Wording({"en": "Done."}), says_how_used=True
    ),
)


def test_the_chain_map_leaves_open_what_is_unknown(village: Village) -> None:
    found = facts(village)
    assert found.first_links == Share(part=1, whole=1)
    assert found.factories == Share(part=1, whole=2)
    assert found.quarries == Share(part=1, whole=1 + len(SMALL))


def test_a_released_risk_is_mapped_and_one_that_is_hidden_is_not(heard: Village) -> None:
    heard.file("one", FACTORY, APRIL, theme="forced_labour", danger="yes")
    found = facts(heard)
    assert found.quarries_with_risks == Share(part=1, whole=1 + len(SMALL))
    assert found.factories_with_risks == Share(part=0, whole=2)


def test_the_order_of_released_risks_gives_reasons(heard: Village) -> None:
    found = facts(heard)
    assert (found.findings_ranked.done, found.findings_ranked.references) == (1, (FINDING,))
    assert found.chosen_with_reason.done + found.not_chosen_with_reason.done == 1


def test_what_was_put_off_until_a_day_that_went_by_is_overdue(heard: Village) -> None:
    def put_off(tx: object) -> None:
        day, (ranked,) = tx.assessments.priorities(IMPORTER.id)
        later = replace(ranked, is_chosen=False, look_again=date(2026, 6, 1))
        tx.assessments.put_priorities(IMPORTER.id, day, (later,))

    heard.do(put_off)
    assert facts(heard, date(2026, 6, 1)).not_chosen_with_reason.overdue == 0
    assert facts(heard, date(2026, 6, 2)).not_chosen_with_reason.overdue == 1


def test_kept_limits_are_those_that_may_be_told(heard: Village) -> None:
    mechanism = facts(heard).mechanism
    assert mechanism.acknowledged == Kept(in_time=12, until=date(2026, 3, 31))
    assert mechanism.answered == Kept()


def test_involvement_counts_where_the_company_may_know_of_the_risk(heard: Village) -> None:
    assert facts(heard).chains_with_involvement == Share(part=0, whole=len(SITES))
    put_log(heard, entry(Involvement.LINKED), efforts=(APRIL,))
    found = facts(heard)
    assert found.chains_with_involvement == Share(part=1, whole=len(SITES))
    (harm,) = found.harms
    assert (harm.reference, harm.is_only_linked, harm.known) == (FINDING, True, APRIL)
    assert harm.leverage_used == APRIL


def test_involvement_in_a_hidden_risk_is_no_fact(village: Village) -> None:
    village.file("one", QUARRY, FEBRUARY, theme="living_wage")
    put_log(village, entry(Involvement.LINKED))
    found = facts(village)
    assert (found.harms, found.chains_with_involvement.part) == ((), 0)


def test_harm_of_which_nobody_can_say_when_it_stopped_is_left_open(heard: Village) -> None:
    put_log(heard, entry(Involvement.CAUSE))
    assert facts(heard).harms == ()


def test_harm_about_which_nothing_was_done_for_a_year_is_known(heard: Village) -> None:
    neglected = entry(Involvement.CONTRIBUTE, ground=InvolvementGround.LACK_OF_EFFORT)
    first = entry(Involvement.LINKED, date(2025, 3, 1))
    put_log(heard, first, neglected)
    (harm,) = facts(heard).harms
    assert (harm.known, harm.is_only_linked, harm.stopped) == (first.day, False, None)
    put_log(heard, first, neglected, efforts=(date(2026, 4, 2),))
    assert facts(heard).harms == ()


def test_an_audit_and_a_shared_judgement_are_for_the_company(village: Village) -> None:
    put_signal(village, SignalKind.AUDIT, FEBRUARY)
    village.file("one", FACTORY, FEBRUARY, theme="living_wage")
    village.pass_to(APRIL)
    weight = Weight(gravity=3, scope=2, irremediability=2, likelihood=3)
    village.judge(f"{FACTORY.id}.living_wage", APRIL, weight, is_for_company=True)
    found = facts(village)
    reference = f"{LONE.id}.health_safety"
    check = SiteCheck(reference=reference, kind=CheckKind.AUDIT, day=date(2026, 1, 1))
    assert found.site_checks == (check,)
    assert found.factories_with_risks == Share(part=2, whole=2)
    assert found.risk_reviews == (APRIL,)


def test_workers_who_were_asked_are_counted_where_enough_were(village: Village) -> None:
    for site, day, asked, aware in (
        (QUARRY, date(2025, 5, 1), 40, 10),
        (QUARRY, FEBRUARY, 40, 28),
        (FACTORY, date(2023, 1, 1), 50, 50),
        (LONE, FEBRUARY, 4, 4),
    ):
        village.do(lambda tx, row=(site.id, day, asked, aware): tx.hearings.put_awareness(*row))
    found = facts(village)
    assert found.workers_who_know == Share(part=28, whole=40)
    assert found.awareness[0] == AwarenessAct(reference=QUARRY.id, day=FEBRUARY)
    assert all(act.reference != LONE.id for act in found.awareness)


def test_a_round_that_was_answered_is_a_consultation(village: Village) -> None:
    put_round(village, ROUND, Represents.UNION, Represents.WORKERS)
    (fact,) = facts(village).consultations
    assert (fact.topics, fact.stakeholders) == (frozenset({Topic.SITE_RISKS}), 2)
    assert (fact.from_outside, fact.in_producing_countries) == (True, True)
    assert (fact.told_outcome, fact.says_how_used) == (APRIL, True)


@pytest.mark.parametrize(
    "round_",
    [
        replace(ROUND, status=RoundStatus.OPEN),
        replace(ROUND, status=RoundStatus.CALLED_OFF),
        replace(ROUND, called_off_because=Wording({"en": "Floods."})),
        replace(ROUND, influence=Influence.INFORM),
        replace(ROUND, organisation_id=IMPORTER.id, influence=None),
    ],
)
def test_a_round_that_asked_nobody_anything_is_none(village: Village, round_: Round) -> None:
    put_round(village, round_, Represents.UNION, Represents.WORKERS)
    assert facts(village).consultations == ()


def test_a_round_in_which_nobody_took_part_is_none(village: Village) -> None:
    put_round(village, ROUND)
    assert facts(village).consultations == ()


def test_the_mechanism_is_what_staff_sites_and_settings_show(village: Village) -> None:
    setup = MechanismSetup(languages=frozenset({"hi"}), entries=2, is_open_to_outsiders=True)
    found = facts(village, mechanism=setup).mechanism
    assert (found.independent_handlers, found.appeal_possible) == (True, True)
    assert found.languages == Share(part=len(SITES), whole=len(SITES))
    assert facts(village).mechanism.languages == Share(part=0, whole=len(SITES))
