"""Releases: K1 to K7, and no reader gets behind a hidden number."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from register.particulars import Group, Particulars, Theme
from register.places import PlaceKind, places_of
from register.quarters import Quarter
from register.release import (
    SENSITIVE_GROUPS,
    SENSITIVE_THEMES,
    Release,
    ReleaseRefusal,
    ReleaseRefused,
    Report,
    Thresholds,
    release,
    report_of,
)
from register.sites import Site
from tests.register.attacker import Key, numbers_of, range_of
from tests.register.making import case

QUARTER = Quarter(year=2026, number=3)
TODAY = date(2026, 10, 1)
DAY = date(2026, 7, 9)
SALT = b"a salt for the tests"


def site(name: str, workers: int | None = 80, region: str = "R", country: str = "IN") -> Site:
    return Site(id=name, code=name, name=name, country=country, region=region, workers=workers)


SITES = (
    site("big1"),
    site("big2"),
    site("small1", 10),
    site("small2", 49),
    site("small3", None),
    site("lone", 5, country="VN"),
)


def reports(
    count: int,
    theme: Theme = Theme.LIVING_WAGE,
    group: Group = Group.MIXED,
    at: str = "big1",
    who: str = "",
) -> list[Report]:
    return [
        Report(
            reporter_tag=f"{who or (at + theme)}{n}",
            site_id=at,
            theme=theme,
            group=group,
            filed_on=DAY,
        )
        for n in range(count)
    ]


def released(told: list[Report], thresholds: Thresholds | None = None) -> Release:
    found = release("o1", QUARTER, told, SITES, today=TODAY, salt=SALT, thresholds=thresholds)
    assert isinstance(found, Release)
    return found


BIG1 = "site:big1"


@pytest.mark.parametrize(
    ("theme", "count", "shown"),
    [
        (Theme.LIVING_WAGE, 4, None),
        (Theme.LIVING_WAGE, 5, 5),
        *((theme, 9, None) for theme in sorted(SENSITIVE_THEMES)),
    ],
)
def test_a_number_needs_five_people_and_a_sensitive_one_ten(
    theme: Theme, count: int, shown: int | None
) -> None:
    assert released(reports(count, theme)).number(BIG1, theme) == shown


def test_a_sensitive_number_is_shown_from_ten_among_others() -> None:
    told = reports(10, Theme.HEALTH_SAFETY) + reports(12)
    assert released(told).number(BIG1, Theme.HEALTH_SAFETY) == 10


def test_a_group_is_told_apart_from_ten() -> None:
    told = reports(10, group=Group.WOMEN, who="w") + reports(30, group=Group.MIXED, who="m")
    assert released(told).number(BIG1, Theme.LIVING_WAGE, Group.WOMEN) == 10
    fewer = released(told[1:])
    assert fewer.number(BIG1, Theme.LIVING_WAGE, Group.WOMEN) is None


def test_few_of_a_group_hide_no_number_of_all() -> None:
    told = reports(3, group=Group.WOMEN, who="w") + reports(3, group=Group.UNSAID, who="u")
    assert released(told).number(BIG1, Theme.LIVING_WAGE) == 6
    assert released(told).number(BIG1, Theme.LIVING_WAGE, Group.WOMEN) is None


def test_thresholds_are_raised_and_never_lowered() -> None:
    assert released(reports(7), Thresholds(people=8)).number(BIG1) is None
    for lower in ({"people": 4}, {"people_sensitive": 9}, {"people": 12}):
        with pytest.raises(ValueError, match="people"):
            Thresholds(**lower)


def test_people_are_counted_and_not_messages() -> None:
    same = [
        Report(
            reporter_tag="x",
            site_id="big1",
            theme=Theme.LIVING_WAGE,
            group=Group.MIXED,
            filed_on=DAY,
        )
    ]
    assert released(same * 20).number(BIG1) is None
    assert released(reports(6) * 3).number(BIG1) == 6


def test_one_person_with_many_themes_makes_no_total() -> None:
    told = [
        Report(reporter_tag=f"x{n}", site_id="big1", theme=theme, group=Group.MIXED, filed_on=DAY)
        for theme in Theme
        for n in range(4)
    ]
    assert released(told).cells == ()


def test_a_person_who_names_two_groups_is_counted_once_as_mixed() -> None:
    told = reports(12, group=Group.WOMEN, who="a") + reports(12, group=Group.MEN, who="a")
    assert released(told).number(BIG1, Theme.LIVING_WAGE, Group.MIXED) == 12


def test_small_sites_count_in_their_region_and_are_no_row() -> None:
    told = reports(3, at="small1") + reports(3, at="small2") + reports(3, at="small3")
    found = released(told)
    row = found.place_of("small2")
    assert row is not None
    assert (row.kind, row.key) == (PlaceKind.REGION, "region:IN/R")
    assert found.number(row.key) == 9
    assert all("small" not in place.key for place in found.places)


def test_a_lone_small_site_is_never_shown_however_many_report() -> None:
    found = released(reports(30, at="lone") + reports(30) + reports(30, at="big2"))
    row = found.place_of("lone")
    assert row is not None
    assert row.is_telling
    assert not [cell for cell in found.cells if cell.place == row.key]
    assert found.number() == 90


def test_rows_depend_on_the_sites_and_not_on_who_reported() -> None:
    assert released([]).places == released(reports(30)).places == places_of(SITES)


def test_too_few_small_sites_roll_up_further() -> None:
    lonely = [site("a", 5, "R1"), site("b", 5, "R2"), site("c", 5, "R3"), site("d", 5, "R", "VN")]
    assert [place.key for place in places_of(lonely)] == ["country:IN", "elsewhere:"]


@given(
    st.lists(
        st.builds(
            site,
            st.sampled_from([f"s{number}" for number in range(12)]),
            st.sampled_from([None, 10, 60]),
            st.sampled_from(["A", "B", ""]),
            st.sampled_from(["IN", "VN"]),
        ),
        unique_by=lambda each: each.id,
    )
)
def test_each_site_is_in_one_row_and_small_ones_never_alone(sites: list[Site]) -> None:
    places = places_of(sites)
    counted = Counter(site_id for place in places for site_id in place.site_ids)
    assert counted == Counter(each.id for each in sites)
    for place in places:
        if place.kind is PlaceKind.SITE:
            assert [each.workers for each in sites if each.id == place.name] == [60]
        elif place.kind is not PlaceKind.ELSEWHERE:
            assert not place.is_telling


BOTH, ONE = frozenset({"o1", "o2"}), frozenset({"o1"})


def test_sites_that_the_same_organisations_have_make_rows_of_their_own() -> None:
    small = [site(name, 10) for name in ("a", "b", "c", "d", "e", "f", "g")]
    holders = {each.id: BOTH if each.id in "abc" else ONE for each in small}
    mine = places_of([*small, site("large")], {**holders, "large": BOTH})
    theirs = places_of(small[:3], holders)
    assert [each.site_ids for each in mine] == [
        ("d", "e", "f", "g"),
        ("a", "b", "c"),
        ("large",),
    ]
    assert theirs == (mine[1],)
    assert mine[0].key == "region:IN/R"
    assert mine[1].key == f"region~{mine[1].shared}:IN/R"
    assert mine[2].key == "site:large"


def shared(
    told: list[Report], sites: tuple[Site, ...], *earlier: Release, whose: str = "o2"
) -> Release:
    """The release of an organisation whose sites all belong to two of them."""
    holders = dict.fromkeys((each.id for each in sites), BOTH)
    found = release(
        whose, QUARTER, told, sites, today=TODAY, salt=SALT, holders=holders, earlier=earlier
    )
    assert isinstance(found, Release)
    return found


def test_what_one_organisation_was_told_the_other_is_told_whatever_happened_since() -> None:
    first = shared(reports(9) + reports(8, at="big2"), SITES[:2], whose="o1")
    later = shared(reports(7) + reports(8, at="big2"), SITES[:2], first)
    assert later.cells == first.cells
    assert later.parts == first.parts


def test_of_sites_that_were_parted_otherwise_only_the_same_rows_are_told_and_no_total() -> None:
    first = shared(reports(9) + reports(8, at="big2"), SITES[:2], whose="o1")
    later = shared(reports(7) + reports(9, at="small1"), (SITES[0], *SITES[2:5]), first)
    assert {each.place for each in later.cells} == {BIG1}
    assert later.number(BIG1) == 9


def test_a_quarter_of_an_earlier_version_is_told_by_its_rows() -> None:
    first = replace(released(reports(9)), parts=())
    later = shared(reports(7), SITES[:1], first)
    assert (later.number(BIG1), later.number()) == (9, None)


def test_totals_add_up_the_parts_that_are_shown() -> None:
    told = reports(9) + reports(4, at="big2")
    holders = {"big1": ONE, "big2": BOTH}
    found = release("o1", QUARTER, told, SITES[:2], today=TODAY, salt=SALT, holders=holders)
    assert isinstance(found, Release)
    assert found.number() == 9
    more = release(
        "o1", QUARTER, [*told, *reports(6, at="big2", who="x")], SITES[:2], today=TODAY,
        salt=SALT, holders=holders,
    )  # fmt: skip
    assert isinstance(more, Release)
    assert more.number() == 19


def test_sites_are_told_whose_people_are_within_a_shown_number() -> None:
    found = released(reports(9) + reports(2, at="big2"))
    assert found.told_sites == ({each.id for each in SITES} if found.number() else {"big1"})
    holders = {"big1": ONE, "big2": BOTH}
    apart = release(
        "o1",
        QUARTER,
        reports(9) + reports(2, at="big2"),
        SITES[:2],
        today=TODAY,
        salt=SALT,
        holders=holders,
    )
    assert isinstance(apart, Release)
    assert apart.told_sites == {"big1"}
    assert replace(released(reports(9)), parts=()).told_sites == {each.id for each in SITES}
    assert released(reports(3)).told_sites == frozenset()


def test_only_whole_quarters_that_are_over_are_released() -> None:
    for today in (QUARTER.first_day, QUARTER.last_day):
        refused = release("o1", QUARTER, [], SITES, today=today, salt=SALT)
        assert refused == ReleaseRefused(reason=ReleaseRefusal.QUARTER_NOT_OVER)


def test_a_number_whose_people_all_share_a_group_is_hidden() -> None:
    told = reports(20, group=Group.WOMEN) + reports(20, Theme.LAND_RIGHTS)
    found = released(told)
    assert found.number(BIG1, Theme.LIVING_WAGE) is None
    assert found.number(BIG1, Theme.LIVING_WAGE, Group.WOMEN) is None


def test_a_place_where_all_reported_one_sensitive_theme_is_hidden() -> None:
    told = reports(20, Theme.FREEDOM_OF_ASSOCIATION) + reports(20, at="big2")
    assert released(told).number(BIG1) is None


def test_a_place_where_all_reported_another_theme_is_shown() -> None:
    assert released(reports(20)).number(BIG1, Theme.LIVING_WAGE) == 20


def test_there_is_nothing_in_a_release_but_counts() -> None:
    found = released(reports(20))
    assert {type(value) for cell in found.cells for value in (cell.number,)} == {int}
    assert "big1living_wage0" not in repr(found)


def test_a_salt_that_can_be_guessed_is_not_taken() -> None:
    with pytest.raises(ValueError, match="salt"):
        release("o1", QUARTER, [], SITES, today=TODAY, salt=b"short")


REPORTS = st.lists(
    st.builds(
        Report,
        reporter_tag=st.sampled_from([f"x{number}" for number in range(25)]),
        site_id=st.sampled_from(["big1", "big2", "small1", "lone"]),
        theme=st.sampled_from([Theme.LIVING_WAGE, Theme.HEALTH_SAFETY]),
        group=st.sampled_from([Group.MIXED, Group.WOMEN]),
    ),
    max_size=90,
)


def counts_of(told: list[Report], found: Release) -> tuple[dict[Key, int], dict[Key, set[str]]]:
    """The true table, made apart from the code under test, and the people behind each number."""
    groups: dict[tuple[str, str, str], set[Group]] = {}
    for each in told:
        place = found.place_of(each.site_id)
        assert place is not None
        groups.setdefault((place.key, each.theme, each.reporter_tag), set()).add(each.group)
    counts: Counter[Key] = Counter()
    people: dict[Key, set[str]] = {}
    for (place, theme, tag), said in groups.items():
        group = str(min(said)) if len(said) == 1 else "mixed"
        counts[place, theme, group] += 1
        for p in (place, ""):
            for t, g in ((theme, group), (theme, ""), ("", "")):
                people.setdefault((p, t, g), set()).add(tag)
    return dict(counts), people


@settings(max_examples=25, deadline=None)
@given(REPORTS, st.randoms(use_true_random=False))
def test_no_reader_gets_behind_a_hidden_number(told: list[Report], dice: object) -> None:
    found = released(told)
    counts, people = counts_of(told, found)
    numbers = numbers_of(counts) if counts else {}
    shown = {(c.place or "", c.theme or "", c.group or ""): c.number for c in found.cells}
    assert shown.items() <= numbers.items()
    for key, number in numbers.items():
        threshold = 10 if key[1] in SENSITIVE_THEMES else 5
        if len(people[key]) >= (10 if key[2] == "women" else threshold):
            continue
        assert key not in shown
        least, most = range_of(key, numbers, set(shown))
        assert least <= max(0, number - threshold)
        assert most is None or most >= max(threshold, number + 1)
    dice.shuffle(told)  # type: ignore[attr-defined]  # a Random of hypothesis
    assert released(told) == found


def test_a_case_counts_as_another_person_where_nobody_is_known() -> None:
    told = report_of(case())
    assert told is not None
    assert told.reporter_tag == "case1"
    tagged = report_of(case(reporter_tag="x"))
    assert tagged is not None
    assert tagged.reporter_tag == "x"
    assert report_of(replace(case(), particulars=Particulars())) is None


def test_groups_that_tell_nothing_are_not_sensitive() -> None:
    assert {Group.MIXED, Group.UNSAID} == set(Group) - SENSITIVE_GROUPS


def test_quarters_follow_each_other() -> None:
    last = Quarter.of(date(2026, 12, 31))
    assert str(last) == "2026-Q4"
    assert last.next == Quarter(year=2027, number=1)
    assert (last.first_day, last.last_day) == (date(2026, 10, 1), date(2026, 12, 31))
    assert Quarter(year=2026, number=4) < Quarter(year=2027, number=1)
    with pytest.raises(ValueError, match="quarter"):
        Quarter(year=2026, number=5)
