"""Whatever was heard and not released: the company's pages, facts and score stay the same."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitoring.evaluation.facts import facts_of
from monitoring.evaluation.mechanism_facts import MechanismSetup
from monitoring.overview.company import company_view
from monitoring.overview.scores import score_of
from monitoring.risk.severity import Weight
from register.particulars import Danger, Group, People, Theme
from register.quarters import Quarter
from register.sites import Site
from register.transitions import Action, MoveReason
from storage.transaction import SqlTransaction
from tests.monitoring.overview.village import FACTORY, IMPORTER, LONE, QUARRY, SITES, SMALL, Village
from tests.shipped import FRAMEWORK

SETUP = MechanismSetup(
    languages=frozenset({"hi", "en"}),
    entries=2,
    is_open_to_outsiders=True,
    limits_published=date(2026, 1, 1),
)
FEBRUARY, APRIL, JULY = date(2026, 2, 10), date(2026, 4, 1), date(2026, 7, 1)
TODAY = date(2026, 8, 10)
CLOSED, RUNNING = Quarter.of(date(2026, 5, 1)), Quarter.of(TODAY)
FEW = 4
"""One fewer than a number needs."""
PATH = (
    (Action.ACKNOWLEDGE, None),
    (Action.ASSESS, None),
    (Action.INVESTIGATE, None),
    (Action.FIND_FOUNDED, MoveReason.FACTS_ESTABLISHED),
    (Action.CONFIRM_STOPPED, None),
    (Action.AGREE_REMEDY, None),
    (Action.START_REMEDY, None),
    (Action.CLOSE, MoveReason.REMEDY_SATISFIES),
)
GRAVE = Weight(gravity=5, scope=4, irremediability=5, likelihood=5)
SLIGHT = Weight(gravity=3, scope=3, irremediability=2, likelihood=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """One report that no release shows, and how far it went."""

    person: str
    site: Site | None
    theme: Theme
    group: Group
    danger: Danger
    people: People
    day: date
    moves: int
    is_judged: bool


def reports(people: st.SearchStrategy[str], quarter: Quarter) -> st.SearchStrategy[Hidden]:
    days = st.integers(0, 38).map(lambda number: quarter.first_day + timedelta(days=number))
    return st.builds(
        Hidden,
        person=people,
        site=st.sampled_from((*SITES, None)),
        theme=st.sampled_from(Theme),
        group=st.sampled_from(Group),
        danger=st.sampled_from(Danger),
        people=st.sampled_from(People),
        day=days,
        moves=st.integers(0, len(PATH)),
        is_judged=st.booleans(),
    )


HIDDEN = st.tuples(
    st.lists(reports(st.sampled_from([f"few {n}" for n in range(FEW)]), CLOSED), max_size=8),
    st.lists(reports(st.text("abcdefgh", min_size=1, max_size=2), RUNNING), max_size=14),
    st.dictionaries(st.sampled_from([site.id for site in SITES]), st.integers(1, FEW)),
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Village:
    """Twelve people told of low wages at the quarry, and the release says so."""
    village = Village(tmp_path_factory.mktemp("base"))
    for number in range(12):
        ref = village.file(f"person {number}", QUARRY, FEBRUARY, theme="living_wage")
        village.move(ref, Action.ACKNOWLEDGE, FEBRUARY)
        village.move(ref, Action.GIVE_FEEDBACK, date(2026, 3, 10))
    village.pass_to(APRIL)
    village.judge(f"{QUARRY.id}.living_wage", date(2026, 4, 20), SLIGHT, is_for_company=True)
    village.close()
    return village


@pytest.fixture(scope="module")
def without(base: Village, tmp_path_factory: pytest.TempPathFactory) -> tuple[object, ...]:
    """What the company sees where nothing else was heard."""
    return shown_after(base, tmp_path_factory.mktemp("without"), lambda _: None)


def shown_after(base: Village, home: Path, happen: Callable[[Village], None]) -> tuple[object, ...]:
    village = Village(home, like=base)
    try:
        happen(village)
        village.pass_to(JULY)
        village.pass_to(TODAY)
        return village.do(shown)
    finally:
        village.close()


def shown(tx: SqlTransaction) -> tuple[object, ...]:
    return (
        company_view(tx, IMPORTER.id, TODAY),
        facts_of(tx, IMPORTER.id, TODAY, mechanism=SETUP),
        score_of(tx, IMPORTER.id, FRAMEWORK, TODAY, mechanism=SETUP),
    )


def tell(village: Village, report: Hidden) -> None:
    ref = village.file(
        report.person,
        report.site,
        report.day,
        theme=report.theme.value,
        group=report.group.value,
        danger=report.danger.value,
        people=report.people.value,
    )
    for action, reason in PATH[: report.moves]:
        village.move(ref, action, report.day, reason)
    if report.is_judged and report.site is not None:
        judged_on = max(report.day, date(2026, 4, 20))
        if not village.do(lambda tx: later_judged(tx, report, judged_on)):
            village.judge(f"{report.site.id}.{report.theme}", judged_on, GRAVE)


def later_judged(tx: SqlTransaction, report: Hidden, day: date) -> bool:
    assert report.site is not None
    finding = tx.findings.get(f"{report.site.id}.{report.theme}")
    assert finding is not None
    is_shown = (report.site, report.theme) == (QUARRY, Theme.LIVING_WAGE)
    return is_shown or any(each.day > day for each in finding.judgements)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(HIDDEN)
def test_nothing_that_was_not_released_is_told(
    base: Village,
    without: tuple[object, ...],
    tmp_path: Path,
    hidden: tuple[list[Hidden], list[Hidden], dict[str, int]],
) -> None:
    closed, running, readers = hidden

    def happen(village: Village) -> None:
        for report in sorted((*closed, *running), key=lambda each: each.day):
            tell(village, report)
        for site_id, number in readers.items():
            for _ in range(number):
                village.do(lambda tx, site_id=site_id: tx.hearings.count_reader(site_id, CLOSED))

    assert shown_after(base, tmp_path, happen) == without


def everybody_but_enough() -> Iterator[tuple[str, Site, Theme]]:
    for site in (FACTORY, LONE, *SMALL):
        for number in range(FEW):
            yield (f"few {number}", site, Theme.FORCED_LABOUR)


def test_a_first_quarter_of_a_few_looks_like_one_of_nobody(tmp_path: Path) -> None:
    views = []
    for is_told in (False, True):
        village = Village(tmp_path)
        for person, site, theme in everybody_but_enough() if is_told else ():
            village.file(person, site, FEBRUARY, theme=theme.value)
        village.pass_to(APRIL)
        views.append(village.do(lambda tx: company_view(tx, IMPORTER.id, APRIL)))
        village.close()
    assert views[0] == views[1]
