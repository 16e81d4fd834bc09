"""No sequence of looks, filters and exports, over several quarters, gives a number away (K4).

The short form; `python -m tests.fuzz --surface figures` goes on for as long as is wished.
"""

from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from register.particulars import Group
from sealing.identifiers import new_id
from tests.attackers.attacking import attack
from tests.attackers.gathering import Gathered, Key
from tests.attackers.roaming import Seen, Unreadable, Walk
from tests.attackers.story import Story, story
from tests.attackers.test_attackers import LAND, WAGE, B, C, D, after, people
from tests.attackers.world import FIRST, SECOND, happens

TOLD = after(
    people(B, 20),
    people(B, 3, LAND),
    people(B, 9, LAND, quarter=1),
    people(B, 2, quarter=1),
    people(C, 12),
    people(C, 4, LAND),
    people(C, 8, quarter=1),
    people(D, 2),
    importer=(B, C, D),
    other=(C, D),
)


async def walked_and_solved(told: Story, random: Random, home: Path) -> Seen:
    walk = Walk(random)
    async with AsyncExitStack() as stack:
        outcome = await happens(told, home / new_id(), stack, walk.at)
        await attack(walk.seen.pooled(outcome))
    return walk.seen


@pytest.mark.parametrize("seed", [1, 2])
async def test_no_sequence_of_filters_gives_away_a_hidden_number(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    await walked_and_solved(story(random), random, tmp_path)


async def test_a_walk_sees_the_figures_of_both_quarters_and_no_others(tmp_path: Path) -> None:
    seen = await walked_and_solved(TOLD, Random(3), tmp_path)
    assert seen.looks > 100
    assert {quarter for _, quarter in seen.numbers} == {str(FIRST), str(SECOND)}
    assert seen.numbers["importer", str(FIRST)][f"site:{B}", "", ""] == 23


@pytest.mark.parametrize(
    "key",
    [(f"site:{B}", LAND, ""), (f"site:{D}", WAGE, ""), (f"site:{C}", LAND, Group.MIXED)],
)
async def test_one_hidden_number_that_a_filter_told_would_be_found(
    tmp_path: Path, key: Key
) -> None:
    async with AsyncExitStack() as stack:
        outcome = await happens(TOLD, tmp_path / new_id(), stack)
        hidden = {B: 3, C: 4, D: 2}[key[0].removeprefix("site:")]
        leaky = Seen()
        leaky.note("importer", str(FIRST), key, hidden)
        assert key not in outcome.gathered["importer", FIRST].numbers
        with pytest.raises(AssertionError, match=r"is at (least|most)"):
            await attack(leaky.pooled(outcome))


def test_a_number_that_is_told_in_two_ways_is_a_find() -> None:
    seen = Seen()
    seen.note("importer", str(FIRST), ("", "", ""), 7)
    seen.note("importer", str(FIRST), ("", "", ""), 7)
    with pytest.raises(AssertionError, match="in two ways"):
        seen.note("importer", str(FIRST), ("", "", ""), 8)


async def test_a_number_of_another_quarter_or_of_none_is_a_find(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        outcome = await happens(after(people(B, 6), importer=(B,)), tmp_path, stack)
        early = Seen()
        early.note("importer", "2027-Q2", ("", "", ""), 6)
        with pytest.raises(AssertionError):
            early.pooled(outcome)
        loose = Seen(loose={"importer": {3}})
        with pytest.raises(AssertionError, match="stand nowhere"):
            loose.pooled(outcome)
        other = Seen()
        other.note("importer", str(FIRST), ("", "", ""), 7)
        with pytest.raises(AssertionError, match="in two ways"):
            other.pooled(
                replace(
                    outcome,
                    gathered={("importer", FIRST): Gathered(numbers={("", "", ""): 6}, limits={})},
                )
            )


def test_a_table_of_people_in_a_new_shape_is_a_find() -> None:
    html = (
        "<table><caption><span>People who reported, by day</span></caption>"
        '<tr><th scope="col">Day</th><th scope="col">People</th></tr>'
        '<tr><th scope="row">1 August</th><td>3</td></tr></table>'
    )
    with pytest.raises(Unreadable):
        Walk(Random(1))._of_page("importer", "/company/register", html, {})
