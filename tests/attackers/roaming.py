"""Somebody who asks for everything in any order, with every filter that they can think of (K4).

A walk is a sequence of looks, at random moments of a story: any page, file or answer that tells
figures, with filters that it takes, filters that it does not, and values of all of them that are
right, wrong, twice there or of another company. What each answer shows is read from the answer
itself, whatever was asked for, and all of it is put together: `Seen.pooled` is what the attackers
solve. An answer in a shape that nobody here can read is a find as well.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any
from urllib.parse import quote, unquote, urlencode

from monitoring.risk.scales import SCALES
from monitoring.signals import SignalKind
from register.particulars import Group, Theme
from register.quarters import Quarter
from tests.attackers.gathering import (
    Gathered,
    Key,
    csv_rows,
    page_tables,
    plain,
    workbook_numbers,
)
from tests.attackers.story import SITES
from tests.attackers.world import COMPANIES, FIRST, SECOND, Outcome, World
from tests.web.programs import Program
from tests.web.visiting import Visiting
from web.inside.words import GROUP_WORDS, THEME_WORDS

LOOKS = 8
"""Of each company at each moment."""
_THEMES = {str(word): theme.value for theme, word in THEME_WORDS.items()} | {"All themes": ""}
_GROUPS = {str(word): group.value for group, word in GROUP_WORDS.items()} | {"Everybody": ""}
_BY_PAGES = (
    "/company",
    "/company/register",
    "/company/register/numbers.csv",
    "/company/register/numbers.xlsx",
    "/company/register/summaries.csv",
    "/company/heat-map",
    "/company/findings",
    "/company/score",
    "/company/score/evidence.csv",
    *(f"/company/reports/{kind}" for kind in ("annual", "figures", "limits", "risks", "score")),
)
_BY_PROGRAM = (
    "/api/v1/quarters",
    "/api/v1/deadlines",
    "/api/v1/score",
    "/api/v1/summaries",
    "/api/v1/heat-map",
    "/api/v1/risks",
    "/api/v1/requests",
)
_QUARTERS = ("2026-Q3", "2026-Q4", "2027-Q1", "2026-Q2", "2026-Q5", "2026", "2026-q3", "", "*",
             "2026-Q3,2026-Q4", "2026-Q3..2026-Q4", "2026-Q3 ", "Q3")  # fmt: skip
_VALUES: Mapping[str, tuple[str, ...]] = {
    "quarter": _QUARTERS,
    "from": _QUARTERS,
    "to": (*_QUARTERS, "2026-09-30"),
    "theme": (*Theme, "", "all"),
    "group": (*Group, "all"),
    "affected_group": (*Group,),
    "site": (*SITES, "", "RJ3"),
    "place": (*(f"site:{each}" for each in SITES), "region:IN/R", "elsewhere:", "null"),
    "organisation": tuple(organisation.id for organisation, _ in COMPANIES.values()),
    "severity": ("1", "2", "3", "4", "5", "6", ""),
    "likelihood": ("1", "2", "3", "4", "5", "-1"),
    "status": ("received", "closed", "founded"),
    "day": ("2026-08-01", "2026-08-02"),
    "after": ("a" * 26, "z", ""),
    "limit": ("1", "0", "-1", "100000"),
    "language": ("en", "nl", "hi", "??"),
    "format": ("csv", "json"),
    "detail": ("1", "all", "cases"),
}


_OF_SCALES = tuple(str(step.sentence) for steps in SCALES.values() for step in steps)
"""Which speak of numbers of people and count nobody."""


class Unreadable(AssertionError):
    """An answer tells figures in a shape that the attackers do not know yet."""


@dataclass(slots=True)
class Seen:
    """All that was seen, by company and quarter."""

    numbers: dict[tuple[str, str], dict[Key, int]] = field(default_factory=dict)
    limits: dict[tuple[str, str], dict[tuple[str, str], int]] = field(default_factory=dict)
    loose: dict[str, set[int]] = field(default_factory=dict)
    """Numbers of people that stand in running words, by company."""
    looks: int = 0

    def note(self, name: str, quarter: str, key: Key, number: int) -> None:
        """One number. Two for the same would be a difference to work with."""
        kept = self.numbers.setdefault((name, quarter), {})
        assert kept.setdefault(key, number) == number, f"{key} of {quarter} is told in two ways"

    def note_limit(self, name: str, quarter: str, key: tuple[str, str], number: int) -> None:
        """How many time limits were kept or missed."""
        kept = self.limits.setdefault((name, quarter), {})
        assert kept.setdefault(key, number) == number, f"{key} of {quarter} is told in two ways"

    def pooled(self, outcome: Outcome) -> Outcome:
        """The outcome, in which the companies have all of this besides what they gathered."""
        shown = {str(FIRST): FIRST, str(SECOND): SECOND}
        assert {quarter for _, quarter in (*self.numbers, *self.limits)} <= {*shown}
        gathered = dict(outcome.gathered)
        for name, quarter in {*self.numbers, *self.limits}:
            at = name, shown[quarter]
            known = gathered.get(at, Gathered(numbers={}, limits={}))
            numbers = self.numbers.get((name, quarter), {})
            limits = self.limits.get((name, quarter), {})
            for had, new in ((known.numbers, numbers), (known.limits, limits)):
                told: dict[object, int] = dict(had)
                for key, number in new.items():
                    assert told.get(key, number) == number, f"{key} of {quarter} in two ways"
            gathered[at] = Gathered(
                numbers={**known.numbers, **numbers}, limits={**known.limits, **limits}
            )
        for name, loose in self.loose.items():
            figures = {
                number
                for (whose, _), found in gathered.items()
                if whose == name
                for number in found.numbers.values()
            }
            assert loose <= figures, f"{sorted(loose - figures)} stand nowhere in the figures"
        return replace(outcome, gathered=gathered)


@dataclass(slots=True)
class Walk:
    """Looks at random."""

    random: Random
    seen: Seen = field(default_factory=Seen)

    async def at(self, world: World) -> None:
        """Every company that is there looks about, now."""
        for name in world.chains:
            if name == "late" and not await _is_there(world, name):
                continue
            officer, program = await world.reach(name)
            places = await _places(program)
            for _ in range(LOOKS):
                await self.look(name, officer, program, places)

    async def look(
        self, name: str, officer: Visiting, program: Program, places: Mapping[str, list[str]]
    ) -> None:
        """One look. `places` are the keys of rows by their names."""
        random = self.random
        self.seen.looks += 1
        asked = self._filters()
        where = f"?{urlencode(asked)}" if asked else ""
        if random.random() < 0.35:
            path = random.choice((*_BY_PROGRAM, f"/api/v1/quarters/{quote(_a_quarter(random))}"))
            told = await program.asks(path + where)
            if told.status == 200:
                self._of_program(name, told.content)
            return
        path = random.choice((*_BY_PAGES, await self._a_finding(officer)))
        async with officer.session.get(program.base + path + where) as answer:
            body = await answer.read()
        if answer.status != 200:
            assert answer.status in {400, 403, 404, 409, 429}, f"{answer.status} for {path}{where}"
        elif path.endswith("numbers.csv"):
            for quarter, place, theme, group, number in csv_rows(body):
                if number:
                    self._note(name, quarter, (place, theme, group), int(number), places)
        elif path.endswith("numbers.xlsx"):
            quarter = next((v for k, v in asked if k == "quarter"), None)
            for named, number in workbook_numbers(body).items():
                self._note(name, quarter or _newest(places), named, number, places)
        elif answer.content_type == "text/html":
            self._of_page(name, unquote(path), body.decode(), places)

    def _filters(self) -> list[tuple[str, str]]:
        random = self.random
        names = random.choices(sorted(_VALUES), k=random.choice((0, 1, 1, 2, 3, 6)))
        if random.random() < 0.6:
            names.insert(random.randint(0, len(names)), "quarter")
        return [(each, str(random.choice(_VALUES[each]))) for each in names]

    async def _a_finding(self, officer: Visiting) -> str:
        page = await officer.goes("/company/findings")
        found = re.findall(r'href="(/company/findings/[^"?]+)"', page.html)
        return self.random.choice(sorted(set(found))) if found else "/company/findings/none"

    def _of_program(self, name: str, content: Mapping[str, Any]) -> None:
        quarter = str(content.get("quarter", ""))
        for each in content.get("figures", ()):
            key = (each["place"] or "", each["theme"] or "", each["affected_group"] or "")
            self.seen.note(name, quarter, key, each["people"])
        for each in content.get("deadlines", ()):
            for side in ("kept", "missed"):
                if each[side] is not None:
                    self.seen.note_limit(name, quarter, (each["kind"], side), each[side])

        loose = self.seen.loose.setdefault(name, set())
        for row in content.get("places", ()):
            loose.update(each["people"] for each in row.get("themes", ()) if each["people"])
        for risk in content.get("risks", ()):
            key = (risk["place"], risk["theme"], "")
            for each in risk["quarters"]:
                if each["people"] is not None:
                    self.seen.note(name, each["quarter"], key, each["people"])
            reported = (each for each in risk["sources"] if each["kind"] == SignalKind.CASE)
            loose.update(each["people"] for each in reported if each["people"])

    def _of_page(self, name: str, path: str, html: str, places: Mapping[str, list[str]]) -> None:
        for caption, columns, rows in page_tables(html):
            if "People" not in caption:
                continue
            found = re.fullmatch(
                r"People who reported, by (place and theme|theme and who is most affected, all "
                r"places|quarter)(?:, (\d{4}-Q\d))?",
                caption,
            )
            if found is None or (found[1] == "quarter") is not (found[2] is None):
                raise Unreadable(caption)
            for row, cells in rows:
                for column, number in zip(columns, cells, strict=True):
                    if number is None:
                        continue
                    if found[1] == "quarter":
                        place, _, theme = path.removeprefix("/company/findings/").rpartition(".")
                        key = place if ":" in place else f"site:{place}"
                        self.seen.note(name, row, (key, theme, ""), number)
                    elif found[1] == "place and theme":
                        named = (row, column, "Everybody")
                        self._note(name, found[2], named, number, places)
                    else:
                        named = ("All places", row, column)
                        self._note(name, found[2], named, number, places)
        if path.startswith(("/company/heat-map", "/company/findings")):
            text = plain(re.sub("<[^>]*>", " ", html))
            for sentence in _OF_SCALES:
                text = text.replace(sentence, "")
            numbers = re.findall(r"(\d+) (?:person|people)\b", text)
            self.seen.loose.setdefault(name, set()).update(map(int, numbers))

    def _note(
        self,
        name: str,
        quarter: str,
        named: tuple[str, str, str],
        number: int,
        places: Mapping[str, list[str]],
    ) -> None:
        """A number whose row and column are told in words."""
        place, theme, group = named
        keys = [""] if place == "All places" else places[place]
        # Rows of several parts can be called the same; which is which the program says.
        if len(keys) == 1:
            self.seen.note(name, quarter, (keys[0], _THEMES[theme], _GROUPS[group]), number)


async def _is_there(world: World, name: str) -> bool:
    """Whether this company has come by now."""
    _, officer = COMPANIES[name]
    return officer.id in world.inside.names


async def _places(program: Program) -> Mapping[str, list[str]]:
    """The keys of rows by their names, over all quarters; under "" the newest quarter."""
    found: dict[str, list[str]] = {}
    quarters = (await program.asks("/api/v1/quarters")).content["quarters"]
    found[""] = [quarters[0]["quarter"]]
    for each in quarters:
        for place in (await program.asks(each["href"])).content["places"]:
            keys = found.setdefault(plain(place["name"]), [])
            if place["place"] not in keys:
                keys.append(place["place"])
    return found


def _newest(places: Mapping[str, list[str]]) -> str:
    return places[""][0]


def _a_quarter(random: Random) -> str:
    return random.choice((str(FIRST), str(SECOND), *_QUARTERS)) or str(Quarter(year=2026, number=1))
