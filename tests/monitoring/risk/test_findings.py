"""Findings: nothing that was said is lost, and no complaint ever makes a place look better."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.ratings import StakeholderRating
from monitoring.risk.findings import (
    Finding,
    Judgement,
    JudgementFault,
    JudgementRefused,
    gather,
    judge,
)
from monitoring.risk.first_estimate import first_estimate
from monitoring.risk.matrix import URGENCY, Priority
from monitoring.risk.scales import Scale
from monitoring.risk.severity import LEAST, Weight
from monitoring.signals import Signal, SignalKind, Subject, SubjectKind, at_site
from monitoring.standing import Standing
from monitoring.tallies import tally
from register.particulars import Danger, Group, Particulars, People, Since, Theme

TODAY = date(2026, 5, 4)
MILD = Weight(gravity=1, scope=1, irremediability=1, likelihood=1)


def a_case(reference: str = "1", **changes) -> Signal:
    told = Particulars(theme=Theme.HEALTH_SAFETY, people=People.MANY, danger=Danger.UNSURE)
    values = {
        "kind": SignalKind.CASE,
        "reference": reference,
        "voice": reference,
        "subject": at_site("s"),
        "theme": told.theme,
        "day": date(2026, 4, 20),
        "weight": first_estimate(told, Standing.HEARD),
    } | changes
    return Signal(**values)


def a_finding(*signals: Signal, previous=(), ratings=()) -> Finding:
    (finding,) = gather(tally(signals), ratings, previous, TODAY)
    return finding


def judged(finding: Finding, **grades: int) -> Finding:
    weight = Weight(**(dict.fromkeys(Scale, 2) | grades))
    result = judge(finding, weight=weight, by="h1", reason="Seen on a visit.", today=TODAY)
    assert isinstance(result, Finding)
    return result


def test_reports_make_a_finding_with_a_first_estimate() -> None:
    finding = a_finding(a_case())
    assert finding.severity == 4
    assert finding.priority is Priority.SOON
    assert finding.needs_judgement
    assert finding.id == "s.health_safety"


def test_a_chain_has_findings_as_a_site_has() -> None:
    chain = Subject(kind=SubjectKind.CHAIN, id="granite")
    report = a_case(kind=SignalKind.DOCUMENT, subject=chain)
    assert a_finding(report).subject == chain


def test_a_judgement_overrides_the_estimate_and_both_remain() -> None:
    finding = judged(a_finding(a_case()), gravity=3)
    assert finding.weight.gravity == 3
    assert finding.estimate.gravity == 4
    assert not finding.needs_judgement
    again = a_finding(a_case(), previous=[finding])
    assert again.judgements == finding.judgements
    assert again.weight == finding.weight


def test_earlier_judgements_are_kept_with_who_and_why() -> None:
    twice = judged(judged(a_finding(a_case()), gravity=3), gravity=2)
    assert [each.weight.gravity for each in twice.judgements] == [3, 2]
    assert {each.by for each in twice.judgements} == {"h1"}


def test_what_comes_after_a_judgement_lifts_the_finding_until_it_is_judged_again() -> None:
    before = judged(a_finding(a_case()), gravity=3)
    told = Particulars(theme=Theme.HEALTH_SAFETY, danger=Danger.YES, since=Since.LONGER)
    worse = a_case("2", weight=first_estimate(told, Standing.HEARD))
    after = a_finding(a_case(), worse, previous=[before])
    assert after.weight.gravity == 5
    assert after.priority is Priority.FIRST
    assert after.needs_judgement
    assert after.weight.scope == 2, "what did not grow stays as it was judged"


@pytest.mark.parametrize(
    ("reason", "today", "fault"),
    [
        ("  ", TODAY, JudgementFault.NO_REASON),
        ("Seen.", date(2026, 5, 3), JudgementFault.BEFORE_THE_LAST),
    ],
)
def test_a_judgement_without_a_reason_or_out_of_order_is_refused(reason, today, fault) -> None:
    finding = judged(a_finding(a_case()))
    refused = judge(finding, weight=MILD, by="h1", reason=reason, today=today)
    assert refused == JudgementRefused(reason=fault)


def test_the_words_of_a_judgement_are_not_shown_in_a_log() -> None:
    assert "visit" not in repr(judged(a_finding(a_case())))


def test_stakeholders_dissent_stands_beside_the_judgement() -> None:
    rating = StakeholderRating(
        round_id="r",
        participant="p",
        site_id="s",
        theme=Theme.HEALTH_SAFETY,
        day=TODAY,
        gravity=5,
        scope=3,
        irremediability=5,
        likelihood=5,
    )
    finding = judged(a_finding(a_case(), ratings=[rating]))
    assert finding.severity == 2
    assert finding.dissent == (rating,)
    assert finding.estimate.severity == 5


def test_a_rating_alone_makes_a_finding() -> None:
    rating = StakeholderRating(
        round_id="r", participant="p", site_id="t", theme=Theme.OTHER, day=TODAY, gravity=3
    )
    (finding,) = gather((), [rating], (), TODAY)
    assert finding.subject == at_site("t")
    assert finding.estimate.gravity == 3


def test_a_participant_who_leaves_takes_the_rating_along() -> None:
    signal = a_case(kind=SignalKind.RATING)
    before = a_finding(a_case(), signal)
    after = a_finding(a_case(), previous=[before])
    assert {source.kind for source in after.sources} == {SignalKind.CASE}


def test_an_earlier_finding_is_never_dropped() -> None:
    before = a_finding(a_case())
    (after,) = gather((), (), [before], TODAY)
    assert after == before


def test_a_case_that_is_decided_is_one_source_and_not_two() -> None:
    before = a_finding(a_case())
    after = a_finding(a_case(standing=Standing.CONFIRMED), previous=[before])
    assert [source.standing for source in after.sources] == [Standing.CONFIRMED]


def test_who_is_vulnerable_is_seen() -> None:
    assert a_finding(a_case(group=Group.WOMEN)).touches_vulnerable
    assert not a_finding(a_case(group=Group.MEN)).touches_vulnerable


def test_two_findings_or_tallies_with_one_key_are_a_broken_promise() -> None:
    finding = a_finding(a_case())
    with pytest.raises(ValueError, match="two findings"):
        gather((), (), [finding, finding], TODAY)
    with pytest.raises(ValueError, match="two tallies"):
        gather(finding.sources * 2, (), (), TODAY)


grades = st.integers(1, 5)
weights = st.builds(Weight, gravity=grades, scope=grades, irremediability=grades, likelihood=grades)
signals = st.builds(
    a_case,
    reference=st.sampled_from("abcdefgh"),
    subject=st.sampled_from("st").map(at_site),
    theme=st.sampled_from([Theme.HEALTH_SAFETY, Theme.CHILD_LABOUR]),
    day=st.dates(date(2020, 1, 1), TODAY),
    standing=st.sampled_from(Standing),
    weight=weights,
)
complaints = st.builds(
    a_case, reference=st.just("new"), subject=st.just(at_site("s")), weight=weights
)
judgements = st.builds(
    Judgement,
    day=st.just(TODAY),
    by=st.just("h1"),
    weight=weights,
    reason=st.just("Seen."),
    basis=weights,
)
previous_findings = st.lists(
    st.builds(
        Finding,
        subject=st.sampled_from("st").map(at_site),
        theme=st.sampled_from([Theme.HEALTH_SAFETY, Theme.OTHER]),
        estimate=st.just(LEAST),
        judgements=st.lists(judgements, max_size=2).map(tuple),
    ),
    max_size=3,
    unique_by=lambda finding: finding.key,
)


@settings(max_examples=150)
@given(st.lists(signals, max_size=6), complaints, previous_findings)
def test_one_more_complaint_never_lowers_a_finding_and_never_deletes_a_source(
    heard, complaint, previous
) -> None:
    before = gather(tally(heard), (), previous, TODAY)
    after = {each.key: each for each in gather(tally([*heard, complaint]), (), previous, TODAY)}
    for finding in before:
        now = after[finding.key]
        assert now.severity >= finding.severity
        assert now.likelihood >= finding.likelihood
        assert URGENCY[now.priority] >= URGENCY[finding.priority]
        counted = {source.key: source.signals for source in now.sources}
        assert all(counted[source.key] >= source.signals for source in finding.sources)


@settings(max_examples=60)
@given(st.lists(signals, max_size=6), previous_findings, st.randoms())
def test_the_order_in_which_things_are_heard_is_nothing(heard, previous, random) -> None:
    tallies = list(tally(heard))
    expected = gather(tallies, (), previous, TODAY)
    random.shuffle(tallies)
    random.shuffle(previous)
    assert gather(tallies, (), previous, TODAY) == expected


@given(st.lists(signals, max_size=6))
def test_gathering_twice_gives_what_gathering_once_gives(heard) -> None:
    once = gather(tally(heard), (), (), TODAY)
    assert gather(tally(heard), (), once, TODAY) == once
