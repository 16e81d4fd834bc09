"""Checkpoints over the ends of all logs, and tombstones of those that were erased."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from register import log
from register.checkpoints import (
    Checkpoint,
    LogEnd,
    Tombstone,
    buried,
    checkpoint,
    first_form,
    is_old_enough,
)
from register.clocks import REST_DAYS
from register.log import LogTip
from tests.register.test_log import START, entries

CLOSED, LAST, ERASED = date(2027, 3, 1), date(2028, 3, 1), date(2034, 3, 1)
STONE = Tombstone(
    name="a" * 26,
    tip=LogTip(length=9, digest="d" * 64),
    last_on=LAST,
    closed_on=CLOSED,
    erased_on=ERASED,
)


def end(name: str, tip: LogTip, **more: object) -> LogEnd:
    made = LogEnd(name=name, tip=tip, last_on=START, closed_on=None)
    return replace(made, **more)  # type: ignore[arg-type]  # a test says which field


def test_a_checkpoint_shows_a_log_that_was_wholly_rewritten() -> None:
    made, forged = entries(3), entries(2)
    day = START + timedelta(days=1)
    kept = checkpoint([end("one", log.tip_on(made, "case1", day))], day)
    assert checkpoint([end("one", log.tip_on(forged, "case1", day))], day) == kept
    other = entries(2, "case2")
    assert checkpoint([end("one", other[-1].tip)], day) != kept


def test_a_checkpoint_does_not_depend_on_order_and_binds_the_one_before() -> None:
    ends = [end("a", log.start("a")), end("b", log.start("b"))]
    first = checkpoint(ends, START)
    assert first == checkpoint(reversed(ends), START)
    assert checkpoint(ends, START, first).digest != first.digest
    assert first.cases == 2


@pytest.mark.parametrize("field", ["name", "tip", "last_on", "closed_on", "erased_on"])
def test_a_checkpoint_covers_everything_that_an_end_says(field: str) -> None:
    known = STONE.end_on(ERASED)
    assert known is not None
    other = {"name": "b" * 26, "tip": LogTip(length=8, digest="d" * 64)}.get(field, START)
    changed = replace(known, **{field: other})  # type: ignore[arg-type]  # the field decides
    assert checkpoint([known], ERASED) != checkpoint([changed], ERASED)


def test_checkpoints_of_the_first_form_come_out_as_they_were() -> None:
    tips = [("b", log.start("b")), ("a", log.start("a"))]
    kept = Checkpoint(
        day=START,
        cases=2,
        digest="026dc229fe7130da2ffca7697863306f01a9195284d9acc16ee0851aa0349cf1",
        previous="",
        format=1,
    )
    assert first_form(tips, START, "") == kept
    assert first_form(tips, START, "") == first_form(tips[::-1], START, "")
    assert first_form(tips, START, "x") != first_form(tips, START, "")


def test_an_erased_log_ends_where_it_ended_and_from_its_day_on_says_that_it_is_erased() -> None:
    alive = end(STONE.name, STONE.tip, last_on=LAST, closed_on=CLOSED)
    assert buried(alive, ERASED) == STONE
    assert STONE.end_on(LAST) == STONE.end_on(ERASED - timedelta(days=1)) == alive
    assert STONE.end_on(ERASED) == replace(alive, erased_on=ERASED)
    assert STONE.end_on(LAST - timedelta(days=1)) is None


def test_the_log_of_an_open_case_is_not_buried() -> None:
    with pytest.raises(ValueError, match="open"):
        buried(end("a", log.start("a")), ERASED)


@pytest.mark.parametrize(
    ("more", "is_old"),
    [
        ({}, True),
        ({"closed_on": date(2029, 3, 1)}, True),
        ({"closed_on": date(2029, 3, 2)}, False),
        ({"last_on": ERASED - timedelta(days=REST_DAYS)}, True),
        ({"last_on": ERASED - timedelta(days=REST_DAYS - 1)}, False),
    ],
)
def test_a_tombstone_tells_whether_its_record_was_old_enough(
    more: dict[str, date], is_old: bool
) -> None:
    assert is_old_enough(replace(STONE, **more)) is is_old  # type: ignore[arg-type]  # these are days
