"""Everything that a company can get hold of, through its pages, its files and its program.

All ways must tell the same; what they tell is what the attackers have. The report as PDF is the
page that is read here, printed.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from openpyxl import load_workbook

from tests.web.programs import Program
from tests.web.visiting import Visiting
from web.inside.words import GROUP_WORDS, THEME_WORDS

_ISOLATES = re.compile("[\u2066-\u2069]")
_HIDDEN = ("–too few to show", "–")
Key = tuple[str, str, str]
"""A row's key (empty: all places), a theme and a group (empty: all)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """One quarter as one company has it."""

    numbers: Mapping[Key, int]
    limits: Mapping[tuple[str, str], int]
    """By the kind of limit, and `kept` or `missed`."""


async def gather(officer: Visiting, program: Program, quarter: str) -> Gathered:
    """The quarter from all of them; they tell the same, or this is a find."""
    told = (await program.asks(f"/api/v1/quarters/{quarter}")).content
    names = {each["place"]: plain(each["name"]) for each in told["places"]}
    numbers = {
        (each["place"] or "", each["theme"] or "", each["affected_group"] or ""): each["people"]
        for each in told["figures"]
    }
    named = {_in_words(key, names): number for key, number in numbers.items()}
    page = await officer.goes(f"/company/register?quarter={quarter}")
    assert _of_page(page.html) == named, "the page and the interface"
    # An address with a quarter that is not shown would give another one.
    assert f'quarter={quarter}" aria-current="page"' in page.html
    report = await officer.goes(f"/company/reports/figures?quarter={quarter}")
    assert report.status == 200
    assert _of_page(report.html).items() <= named.items(), "the report and the interface"
    lines = await _file(officer, program, f"/company/register/numbers.csv?quarter={quarter}")
    assert _of_csv(lines) == named, "the CSV and the interface"
    book = await _file(officer, program, f"/company/register/numbers.xlsx?quarter={quarter}")
    assert workbook_numbers(book) == named, "the workbook and the interface"
    deadlines = (await program.asks(f"/api/v1/deadlines?quarter={quarter}")).content["deadlines"]
    return Gathered(
        numbers=numbers,
        limits={
            (each["kind"], side): each[side]
            for each in deadlines
            for side in ("kept", "missed")
            if each[side] is not None
        },
    )


async def on_the_map(officer: Visiting) -> frozenset[int]:
    """Every number of people that stands on the heat map."""
    page = await officer.goes("/company/heat-map")
    assert page.status == 200
    return frozenset(int(each) for each in re.findall(r"(\d+) (?:person|people)", page.text))


async def in_the_score(program: Program) -> str:
    """The score with all its evidence, as the program has it."""
    return (await program.asks("/api/v1/score")).text


async def _file(officer: Visiting, program: Program, path: str) -> bytes:
    async with officer.session.get(program.base + path) as answer:
        assert answer.status == 200
        return await answer.read()


def plain(text: str) -> str:
    """Without the marks that keep directions of writing apart."""
    return _ISOLATES.sub("", text)


def _in_words(key: Key, names: Mapping[str, str]) -> tuple[str, str, str]:
    place, theme, group = key
    return (
        names[place] if place else "All places",
        next((w for t, w in THEME_WORDS.items() if t == theme), "All themes"),
        next((w for g, w in GROUP_WORDS.items() if g == group), "Everybody"),
    )


def page_tables(
    html: str,
) -> Iterator[tuple[str, list[str], list[tuple[str, list[int | None]]]]]:
    """Each table of people of a page: its caption, its columns, and its rows; None is hidden."""
    for table in re.findall("<table>.*?</table>", html, re.DOTALL):
        caption = _text(" ".join(re.findall("<caption>(.*?)</caption>", table, re.DOTALL)))
        if "People" not in caption:
            continue
        columns = [_text(each) for each in re.findall(r'<th scope="col">(.*?)</th>', table)][1:]
        rows = []
        for row in re.findall(r'<th scope="row">(.*?)</tr>', table, re.DOTALL):
            name, _, rest = row.partition("</th>")
            cells = [_text(each) for each in re.findall(r"<td[^>]*>(.*?)</td>", rest, re.DOTALL)]
            rows.append((_text(name), [None if c in _HIDDEN else int(c) for c in cells]))
        yield caption, columns, rows


def _of_page(html: str) -> dict[Key, int]:
    found = {}
    for caption, columns, rows in page_tables(html):
        for name, cells in rows:
            for column, number in zip(columns, cells, strict=True):
                key = (
                    ("All places", name, column)
                    if "who is most affected" in caption
                    else (name, column, "Everybody")
                )
                if number is not None:
                    found[key] = number
    return found


def _text(html: str) -> str:
    return plain(re.sub(r"<[^>]*>", "", html)).strip()


def csv_rows(body: bytes) -> list[tuple[str, str, str, str, str]]:
    """Quarter, place, theme, group and number of each line; no number is hidden."""
    _, *rows = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))
    return [
        (quarter, plain(place), theme, group, number)
        for quarter, place, theme, group, number in rows
    ]


def _of_csv(body: bytes) -> dict[Key, int]:
    return {(p, theme, group): int(n) for _, p, theme, group, n in csv_rows(body) if n}


def workbook_numbers(body: bytes) -> dict[Key, int]:
    """The numbers of a workbook by place, theme and group, in words."""
    book = load_workbook(io.BytesIO(body))
    by_place, by_group = (list(each.iter_rows(values_only=True)) for each in book.worksheets[:2])
    found = {}
    for place, *numbers in by_place[1:]:
        for theme, number in zip(by_place[0][1:], numbers, strict=True):
            if number is not None:
                found[plain(str(place)), str(theme), "Everybody"] = int(number)
    for theme, *numbers in by_group[1:]:
        for group, number in zip(by_group[0][1:], numbers, strict=True):
            if number is not None:
                found["All places", str(theme), str(group)] = int(number)
    return found
