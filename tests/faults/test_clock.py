"""A clock that is set forward or back by mistake, and set right again: nothing is lost for good."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import structlog

from accounts.login import IDLE
from accounts.patience import MOST_FOR_EVERYBODY, Failures, failed, failed_by_anybody, pause
from register.log import verify
from sealing.stretching import TEST_COST
from service.chore_list import CHORES
from service.chores import ChoreKeeper
from service.installation import set_up
from service.settings import read_settings
from service.steadiness import HOLD, Steadiness
from service.wiring import House, open_house
from tests.faults.telling import STORY, asked_of, comes_to
from tests.house import ASHA, BEN, START
from tests.service.conftest import home  # noqa: F401 - a fixture
from tests.service.talking import Reporter
from tests.web.inside_house import OLGA, PASSPHRASE, Inside

YEAR = timedelta(days=365)
DRAFTS = "select count(*) from dialogues"


class Clocks:
    """The calendar that somebody sets, and the steady one that goes with it otherwise."""

    def __init__(self) -> None:
        self.now = START
        self.seconds = 0.0

    def __call__(self) -> datetime:
        return self.now

    def steady(self) -> float:
        return self.seconds

    def passes(self, time: timedelta) -> None:
        self.now += time
        self.seconds += time.total_seconds()

    def is_set(self, by: timedelta) -> None:
        self.now += by


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def furnished(home: Path) -> Path:  # noqa: F811 - the fixture
    set_up(read_settings(), START.date(), lambda _text: None)
    return home


@pytest.fixture
async def house(furnished: Path, clocks: Clocks) -> AsyncIterator[House]:
    opened = open_house(read_settings(), clock=clocks, receipt_cost=TEST_COST)
    yield opened
    await opened.close()


def drafts(house: House) -> int:
    with house.database.snapshot() as snapshot:
        return int(snapshot.exec_driver_sql(DRAFTS).scalar_one())


def keeper(house: House, clocks: Clocks) -> ChoreKeeper:
    return ChoreKeeper(house, CHORES, steady=clocks.steady)


@pytest.mark.parametrize("is_new", [False, True], ids=["while it runs", "before it starts"])
@pytest.mark.parametrize("by", [YEAR, -YEAR], ids=["forward", "back"])
async def test_no_draft_is_wiped_and_nothing_released_while_a_clock_is_wrong(
    house: House, clocks: Clocks, by: timedelta, is_new: bool
) -> None:
    await Reporter(house, "somebody").tell(send=False)
    chores = keeper(house, clocks)
    assert "wipe drafts" in await chores.look()
    clocks.is_set(by)
    if is_new:
        chores = keeper(house, clocks)
    with structlog.testing.capture_logs() as logged:
        for _ in range(23):
            assert await chores.look() == ()
            clocks.passes(timedelta(minutes=59))
    assert [entry["event"] for entry in logged] == ["clock_jumped"]
    assert drafts(house) == 1
    # Somebody sets it right: that is a jump as well, and a day later all goes on.
    clocks.is_set(-by)
    assert await chores.look() == ()
    clocks.passes(HOLD)
    assert "wipe drafts" in await chores.look()
    assert drafts(house) == 1


async def test_a_clock_that_was_right_after_all_is_believed_after_a_day(
    house: House, clocks: Clocks
) -> None:
    await Reporter(house, "somebody").tell(send=False)
    chores = keeper(house, clocks)
    await chores.look()
    clocks.is_set(timedelta(days=30))
    assert await chores.look() == ()
    clocks.passes(HOLD)
    assert "wipe drafts" in await chores.look()
    assert drafts(house) == 0


async def test_chores_done_in_a_time_to_come_do_not_stop_them_until_then(
    house: House, clocks: Clocks
) -> None:
    clocks.is_set(YEAR)
    first = keeper(house, clocks)
    assert await first.look() != ()
    clocks.is_set(-YEAR)
    second = keeper(house, clocks)
    assert await second.look() == ()
    clocks.passes(HOLD)
    assert "wipe drafts" in await second.look()
    clocks.passes(timedelta(hours=1))
    assert "wipe drafts" in await second.look()


def test_small_corrections_and_slow_looks_are_no_jump() -> None:
    clocks = Clocks()
    steadiness = Steadiness(calendar=clocks, steady=clocks.steady)
    assert not steadiness.begin(START - timedelta(days=2))
    for passed, by in ((3, 0), (1, 30), (600, -20), (5_000, 0), (0, 0), (1, -50)):
        clocks.passes(timedelta(minutes=passed))
        clocks.is_set(timedelta(minutes=by))
        assert not steadiness.look()
    assert steadiness.is_steady
    clocks.is_set(timedelta(minutes=61))
    assert steadiness.look()
    assert not steadiness.is_steady


@pytest.mark.parametrize("by", [YEAR, -YEAR], ids=["forward", "back"])
async def test_a_report_goes_on_and_is_kept_whatever_the_clock_does(
    inside: Inside, by: timedelta
) -> None:
    person = inside.visitor()
    await comes_to(person, "story")
    inside.house.clock.now += by
    page = await person.presses("next", text=STORY)
    assert page.status == 200
    assert asked_of(person) not in {"story", ""}
    inside.house.clock.now -= by
    await person.presses("back")
    while asked_of(person) != "story":
        await person.presses("back")
    assert STORY in person.page.html


async def test_a_case_from_a_time_to_come_is_shown_on_every_page_and_its_log_stays_whole(
    inside: Inside,
) -> None:
    inside.house.clock.now += YEAR
    filed = await inside.filed()
    asha = await inside.signs_in(ASHA.id)
    await asha.goes(filed.address)
    assert (await asha.presses("Seal and send", letter="Good day")).status == 200
    inside.house.clock.now -= YEAR
    ben = await inside.signs_in(BEN.id)
    for path in ("/desk", filed.address):
        assert (await ben.goes(path)).status == 200, path
    assert (await ben.presses("Seal and send", letter="Good day again")).status == 200
    olga = await inside.signs_in(OLGA.id)
    for path in ("/company", "/company/register", "/company/heat-map", "/company/findings"):
        assert (await olga.goes(path)).status == 200, path
    reporter = inside.visitor()
    await reporter.goes("/receipt")
    page = await reporter.presses("Open", receipt=filed.receipt.receipt.grouped)
    assert page.status == 200
    assert "Good day again" in page.text
    case = await inside.case(filed.case.ref)
    entries = await inside.house.database.read(lambda tx: tx.log.of_case(case.ref))
    assert verify(entries, case.ref, case.log) == ()


async def test_no_login_outlives_a_clock_that_went_back(inside: Inside) -> None:
    asha = await inside.signs_in(ASHA.id)
    assert (await asha.goes("/desk")).title.startswith("Cases")
    inside.house.clock.now -= YEAR
    assert "Sign in" in (await asha.goes("/desk")).title
    asha = await inside.signs_in(ASHA.id, asha)
    inside.house.clock.now += IDLE
    assert "Sign in" in (await asha.goes("/desk")).title


async def test_wrong_tries_under_a_wrong_clock_shut_nobody_out_for_a_year(inside: Inside) -> None:
    inside.house.clock.now += YEAR
    visitor = inside.visitor()
    for _ in range(8):
        await visitor.goes("/sign-in")
        page = await visitor.presses("Sign in", name=ASHA.name, passphrase="wrong", code="000000")
    assert page.status == 429
    inside.house.clock.now -= YEAR
    await visitor.goes("/sign-in")
    inside.next_code()
    page = await visitor.presses(
        "Sign in", name=ASHA.name, passphrase=PASSPHRASE, code=inside.code(ASHA.id)
    )
    assert page.title.startswith("Cases")


@pytest.mark.parametrize("count", [failed, failed_by_anybody])
def test_a_clock_that_is_off_by_minutes_frees_nobody_from_a_pause(
    count: Callable[[Failures | None, datetime], Failures],
) -> None:
    failures: Failures | None = None
    for _ in range(MOST_FOR_EVERYBODY + 20):
        failures = count(failures, START)
    a_little_back = START - timedelta(minutes=3)
    assert pause(failures, failures, a_little_back) > timedelta()
    assert pause(failures, failures, START - YEAR) == timedelta()
