"""Shelves of findings, involvement, maps and orders, attestations, figures, hearings."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from monitoring.evaluation.attestation import Attestation
from monitoring.heat_map import Viewer, heat_map
from monitoring.limits import LimitFigure, QuarterLimits
from monitoring.risk.findings import Finding, Judgement
from monitoring.risk.involvement import (
    Involvement,
    InvolvementEntry,
    InvolvementGround,
    InvolvementLog,
)
from monitoring.risk.priorities import prioritise
from monitoring.risk.severity import Weight
from monitoring.round_figures import RoundFigures
from monitoring.signals import at_site
from register.clocks import ClockKind
from register.particulars import Theme
from register.quarters import Quarter
from sealing.identifiers import new_id
from tests.storage.ground import TODAY, Ground, organisation, site
from tests.storage.test_signals import a_signal

LIGHT = Weight(gravity=1, scope=1, irremediability=1, likelihood=1)
HEAVY = Weight(gravity=5, scope=4, irremediability=3, likelihood=2)
QUARTER = Quarter.of(TODAY)


def judgement(reason: str) -> Judgement:
    return Judgement(day=TODAY, by="h" * 26, weight=LIGHT, reason=reason, basis=HEAVY)


def finding(place: str | None = None, **more: object) -> Finding:
    made = Finding(subject=at_site(place or new_id()), theme=Theme.LAND_RIGHTS, estimate=HEAVY)
    return replace(made, **more)  # type: ignore[arg-type]  # a test says which field


def test_findings_come_back_by_subject_in_the_order_of_their_keys(ground: Ground) -> None:
    one, two = finding(judgements=(judgement("seen"),)), finding()
    with ground.writing() as tx:
        for each in (one, two, finding()):
            tx.findings.put(each)
    with ground.reading() as tx:
        both = tx.findings.of_subjects([one.subject, two.subject])
        assert both == tuple(sorted((one, two), key=lambda each: each.key))
        assert tx.findings.get(one.id) == one
        assert tx.findings.get("nowhere.other") is None
        assert tx.findings.of_subjects([]) == ()


def test_a_judgement_that_was_kept_stays_when_somebody_who_did_not_see_it_writes(
    ground: Ground,
) -> None:
    before = finding()
    with ground.writing() as tx:
        tx.findings.put(replace(before, judgements=(judgement("one"),)))
        tx.findings.put(replace(before, judgements=(judgement("two"),), estimate=LIGHT))
    with ground.reading() as tx:
        kept = tx.findings.get(before.id)
    assert kept is not None
    assert [each.reason for each in kept.judgements] == ["one", "two"]
    assert kept.estimate == LIGHT


def test_involvement_grows_and_loses_nothing(ground: Ground) -> None:
    ours = organisation()

    def entry(reason: str) -> InvolvementEntry:
        return InvolvementEntry(
            day=TODAY, involvement=Involvement.LINKED, ground=InvolvementGround.ASSESSED,
            reason=reason, by="h" * 26,
        )  # fmt: skip

    log = InvolvementLog(organisation_id=ours.id, finding_id="f" * 26, is_own_site=False)
    with ground.writing() as tx:
        tx.sites.put_organisation(ours)
        tx.involvements.put(replace(log, entries=(entry("one"),), efforts=(TODAY,)))
        tx.involvements.put(replace(log, entries=(entry("two"),)))
    expected = replace(log, entries=(entry("one"), entry("two")), efforts=(TODAY,))
    with ground.reading() as tx:
        assert tx.involvements.get(ours.id, "f" * 26) == expected
        assert tx.involvements.of_organisation(ours.id) == (expected,)
        assert tx.involvements.get(ours.id, "g" * 26) is None


def test_the_last_map_stands_for_each_viewer(ground: Ground) -> None:
    empty = {viewer: heat_map(viewer, ()) for viewer in Viewer}
    with ground.writing() as tx:
        for day in (TODAY, TODAY + timedelta(days=1)):
            for viewer in Viewer:
                tx.assessments.put_heat_map("o" * 26, day, empty[viewer])
    with ground.reading() as tx:
        for viewer in Viewer:
            kept = tx.assessments.heat_map("o" * 26, viewer)
            assert kept == (TODAY + timedelta(days=1), empty[viewer])
        assert tx.assessments.heat_map("p" * 26, Viewer.COMPANY) is None


def test_orders_of_earlier_days_stay(ground: Ground) -> None:
    ranked = prioritise([finding(), finding()], room=1, today=TODAY)
    with ground.writing() as tx:
        tx.assessments.put_priorities("o" * 26, TODAY - timedelta(days=1), ())
        tx.assessments.put_priorities("o" * 26, TODAY, ranked)
    with ground.reading() as tx:
        assert tx.assessments.priorities("o" * 26) == (TODAY, ranked)
        assert tx.assessments.priority_days("o" * 26) == (TODAY, TODAY - timedelta(days=1))
        assert tx.assessments.priorities("p" * 26) is None


def test_a_statement_stands_until_it_is_withdrawn(ground: Ground) -> None:
    ours = organisation()
    stated = Attestation(
        question="2.1", component="policy", percent=Fraction(1, 3), document="Policy, page 3",
        stated_by="Olga Sample", day=TODAY,
    )  # fmt: skip
    other = replace(stated, component="scope", percent=None)
    with ground.writing() as tx:
        tx.sites.put_organisation(ours)
        for each in (replace(stated, percent=Fraction(1, 2)), stated, other):
            tx.attestations.put(ours.id, each)
    with ground.reading() as tx:
        assert tx.attestations.of_organisation(ours.id) == (stated, other)
    with ground.writing() as tx:
        tx.attestations.withdraw(ours.id, "2.1", "policy")
        tx.attestations.withdraw(ours.id, "9.9", "nothing")
    with ground.reading() as tx:
        assert tx.attestations.of_organisation(ours.id) == (other,)


def test_figures_that_were_shown_stay_as_they_were_shown(ground: Ground) -> None:
    ours = organisation()
    shown = QuarterLimits(
        organisation_id=ours.id,
        quarter=QUARTER,
        figures=(LimitFigure(kind=next(iter(ClockKind)), in_time=7, missed=None),),
    )
    earlier = replace(shown, quarter=Quarter(year=2025, number=2))
    rated = RoundFigures(round_id="r" * 26, figures=())
    with ground.writing() as tx:
        tx.sites.put_organisation(ours)
        tx.figures.put_limits(shown)
        tx.figures.put_limits(earlier)
        tx.figures.put_limits(replace(shown, figures=()))
        tx.figures.put_ratings(ours.id, rated)
    with ground.reading() as tx:
        assert tx.figures.limits(ours.id) == (earlier, shown)
        assert tx.figures.ratings(ours.id) == (rated,)
        assert tx.figures.limits(new_id()) == ()


def test_how_a_site_is_heard_is_counted_over_four_quarters(ground: Ground) -> None:
    quarry = site()
    old = date(2024, 1, 1)
    with ground.writing() as tx:
        tx.sites.put_site(quarry)
        for day in (TODAY, TODAY, old):
            tx.hearings.count_reader(quarry.id, Quarter.of(day))
        tx.hearings.put_awareness(quarry.id, old, 10, 1)
        tx.hearings.put_awareness(quarry.id, TODAY, 40, 29)
        tx.hearings.put_awareness(quarry.id, TODAY, 40, 30)
        tx.signals.put(a_signal(quarry.id))
        tx.signals.put(a_signal(quarry.id, day=old))
        tx.findings.put(finding(quarry.id))
    with ground.reading() as tx:
        (facts,) = tx.hearings.facts([quarry.id], TODAY)
        assert facts.is_risk_country
        assert facts.worst_severity == finding().severity
        assert (facts.voices, facts.readers) == (1, 2)
        assert (facts.awareness_percent, facts.awareness_day) == (75, TODAY)
        assert [each.day for each in tx.hearings.awareness([quarry.id])] == [TODAY, old]
        (nothing,) = tx.hearings.facts([new_id()], TODAY)
        assert (nothing.voices, nothing.awareness_percent) == (0, None)
