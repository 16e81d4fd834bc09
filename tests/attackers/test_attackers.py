"""Whoever pools everything that can be had of any company gets behind no hidden number.

The short form; `python -m tests.fuzz --surface figures` goes on for as long as is wished.
"""

import asyncio
import re
from contextlib import AsyncExitStack
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.particulars import Group, Theme
from sealing.identifiers import new_id
from tests.attackers.attacking import atoms_of, attack
from tests.attackers.gathering import in_the_score, on_the_map
from tests.attackers.solving import Sum, range_of
from tests.attackers.story import SITES, Story, Told, story
from tests.attackers.world import COMPANIES, FIRST, SECOND, Outcome, happens

B, C, D, E = (f"large{letter}".ljust(26, "a") for letter in "bcde")
SMALL = tuple(sorted(site for site in SITES if site.startswith("small")))
WAGE, LAND = Theme.LIVING_WAGE, Theme.LAND_RIGHTS
PAGES = (
    "/company",
    "/company/register",
    "/company/heat-map",
    "/company/findings",
    "/company/score",
    "/company/score/print",
    "/company/reports/annual",
)

_TOKEN = re.compile(r'name="form_token" value="\w+"')


def people(site: str, number: int, theme: Theme = WAGE, **more: Any) -> tuple[Told, ...]:
    """So many people, each with one report of the first quarter."""
    first = Told(quarter=0, site=site, theme=theme, group=Group.MIXED, person="")
    return tuple(
        replace(first, person=f"{site} {theme} {each} {sorted(more.items())}", **more)
        for each in range(number)
    )


def after(
    *told: tuple[Told, ...],
    importer: tuple[str, ...],
    other: tuple[str, ...] = (),
    late: tuple[str, ...] = (),
    joins: tuple[str, str] | None = None,
) -> Story:
    """These people told, and these companies have these sites."""
    return Story(
        chains={"importer": importer, "other": other, "late": late},
        joins=joins,
        told=tuple(each for few in told for each in few),
    )


async def attacked(told: Story, home: Path) -> Outcome:
    """The story happened, and everything was tried."""
    async with AsyncExitStack() as stack:
        outcome = await happens(told, home / new_id(), stack)
        await attack(outcome)
    return outcome


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.randoms(use_true_random=False))
def test_no_hidden_number_can_be_worked_out_from_all_that_is_told(
    tmp_path: Path, random: Random
) -> None:
    asyncio.run(attacked(story(random), tmp_path))


async def test_two_companies_that_differ_by_one_site_do_not_give_it_away(tmp_path: Path) -> None:
    told = after(
        people(B, 12), people(C, 20), people(D, 2), importer=(B, C), other=(B, C, D), late=(D,)
    )
    found = await attacked(told, tmp_path)
    assert found.gathered["importer", FIRST].numbers["", "", ""] == 32
    assert found.gathered["other", FIRST].numbers["", "", ""] == 32


async def test_rows_of_small_sites_do_not_give_away_the_one_that_is_only_in_one_of_them(
    tmp_path: Path,
) -> None:
    four = SMALL[:4]
    told = after(
        *(people(site, 4) for site in four[:3]),
        people(four[3], 3),
        importer=four[:3],
        other=four,
    )
    found = await attacked(told, tmp_path)
    row = next(key for key, _, _ in found.gathered["importer", FIRST].numbers if key)
    assert found.gathered["other", FIRST].numbers[row, WAGE, ""] == 12


async def test_a_company_that_comes_later_is_told_what_the_others_were_told(
    tmp_path: Path,
) -> None:
    told = after(
        people(B, 8),
        people(B, 2, later=LAND),
        people(B, 11, LAND),
        people(C, 9),
        importer=(B, C),
        other=(C,),
        late=(B,),
    )
    found = await attacked(told, tmp_path)
    assert found.gathered["late", FIRST].numbers[f"site:{B}", WAGE, ""] == 10


async def test_a_site_that_joins_a_chain_counts_for_it_as_for_the_others(tmp_path: Path) -> None:
    told = after(people(B, 9), people(C, 9), importer=(B,), other=(B, C), joins=("importer", C))
    found = await attacked(told, tmp_path)
    for name in ("importer", "other"):
        assert found.gathered[name, FIRST].numbers[f"site:{C}", WAGE, ""] == 9


async def test_time_limits_do_not_tell_how_many_are_hidden(tmp_path: Path) -> None:
    told = after(people(B, 20), people(B, 9, LAND), people(C, 2), importer=(B, C), other=(C,))
    found = await attacked(told, tmp_path)
    assert found.gathered["importer", FIRST].limits["acknowledge", "kept"] == 29
    assert found.gathered["importer", SECOND].limits["feedback", "missed"] == 29


async def test_what_differs_in_hidden_numbers_alone_looks_the_same_everywhere(
    tmp_path: Path,
) -> None:
    """The heat map with its levels, the risks in their order, the score with its evidence."""
    seen = []
    for wages, land in ((2, 3), (3, 2)):
        told = after(
            people(B, wages),
            people(B, land, LAND),
            people(C, land),
            people(C, wages, LAND),
            people(D, 30),
            people(D, 30, LAND),
            people(E, 40),
            people(E, 40, LAND),
            importer=(B, C, D, E),
        )
        async with AsyncExitStack() as stack:
            outcome = await happens(told, tmp_path / new_id(), stack)
            officer, program = outcome.reach["importer"]
            pages = {path: (await officer.goes(path)).html for path in PAGES}
            assert await on_the_map(officer)
            assert await on_the_map(officer) <= {30, 40}
            seen.append(
                {
                    "gathered": outcome.gathered,
                    "score": await in_the_score(program),
                    **{path: _TOKEN.sub("", html) for path, html in pages.items()},
                }
            )
    for what, first in seen[0].items():
        assert first == seen[1][what], what


async def test_fake_reports_of_a_company_open_no_other_number(tmp_path: Path) -> None:
    """It learns how many others told of the same at the same place: that is not prevented."""
    fakes = people(B, 5)
    told = after(fakes, people(B, 2, group=Group.WOMEN), people(B, 3, LAND), people(C, 9),
                 importer=(B, C), other=(C,))  # fmt: skip
    found = await attacked(told, tmp_path)
    numbers = found.gathered["importer", FIRST].numbers
    assert (f"site:{B}", LAND, "") not in numbers
    assert set(COMPANIES) == {name for name, _ in found.gathered}


def test_the_solver_finds_what_subtracting_gives_away() -> None:
    whole, shown = atoms_of((B, C)), atoms_of((B,))
    sums = [Sum(atoms=whole, number=22), Sum(atoms=shown, number=20)]
    assert range_of(whole - shown, sums, dict.fromkeys(whole, 0)) == (2, 2)


def test_the_solver_knows_what_insiders_know() -> None:
    a, b = (B, WAGE, "mixed"), (C, WAGE, "mixed")
    sums = [Sum(atoms=frozenset({a, b}), number=7)]
    assert range_of({a}, sums, {a: 0, b: 1}) == (0, 6)
    assert range_of({a}, sums, {a: 0, b: 0}) == (0, 7)


def test_the_solver_leaves_open_what_nothing_is_known_of() -> None:
    a = (B, WAGE, "mixed")
    assert range_of({a}, [], {a: 0}) == (Fraction(0), None)


@pytest.mark.parametrize("seed", [0, 1])
def test_a_story_is_the_same_for_the_same_seed(seed: int) -> None:
    assert story(Random(seed)) == story(Random(seed))
