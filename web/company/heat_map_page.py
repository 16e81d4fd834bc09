"""The heat map: severity against likelihood, and themes by place; every colour is said in words."""

from dataclasses import dataclass

from aiohttp import web

from locales.catalogue import Catalogue
from monitoring.heat_map import HeatMap, MatrixSquare, Row, ThemeCell
from monitoring.risk.matrix import PRIORITY_WORDS
from monitoring.risk.scales import GRADES, SCALES, Scale
from monitoring.risk.severity import SEVERITY_WORDS
from monitoring.risk.unheard import HEARING_WORDS, Hearing
from monitoring.signals import SignalKind
from register.particulars import Theme
from web.company.house import view_for
from web.company.places import PlaceNames, address_of_finding
from web.company.words import HEAT
from web.inside.frame import inside, words_of
from web.inside.words import THEME_WORDS
from web.sign_in.doorkeeper import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """One cell of either table, in words and with a colour that repeats them."""

    words: str
    notes: tuple[str, ...]
    heat: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRow:
    """One place with its themes, and what silence there means; None where nothing can be shown."""

    name: str
    squares: tuple[Square | None, ...]
    hearing: str
    is_unheard: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietPlaces:
    """Places with nothing to show, by what that silence means."""

    hearing: str
    is_unheard: bool
    names: tuple[str, ...]


async def show(request: web.Request, person: Person) -> web.StreamResponse:
    """Both tables."""
    view, words = await view_for(request, person), words_of(person)
    names = PlaceNames(view.sites, person.language, words)
    rows = view.heat_map.rows
    themes = themes_in_order(rows)
    return inside(
        request,
        person,
        "company/heat_map.html",
        matrix=matrix_rows(view.heat_map, words),
        likelihoods=tuple(words.text(step.word) for step in SCALES[Scale.LIKELIHOOD]),
        has_places=bool(rows),
        rows=tuple(_row(row, themes, names, words) for row in rows if row.cells),
        themes=tuple(words.text(THEME_WORDS[theme]) for theme in themes),
        quiet=quiet_places(rows, names, words),
        quiet_count=sum(not row.cells for row in rows),
    )


def themes_in_order(rows: tuple[Row, ...]) -> tuple[Theme, ...]:
    """Themes with something to show first."""
    found = {cell.theme for row in rows for cell in row.cells}
    return tuple(sorted(Theme, key=lambda theme: theme not in found))


def quiet_places(
    rows: tuple[Row, ...], names: PlaceNames, words: Catalogue
) -> tuple[QuietPlaces, ...]:
    """The places with nothing to show; those where silence is a warning come first (G19)."""
    quiet: dict[Hearing, list[str]] = {hearing: [] for hearing in _HEARINGS}
    for row in rows:
        if not row.cells:
            quiet[hearing_of(row)].append(names.of(row.key))
    return tuple(
        QuietPlaces(
            hearing=words.text(HEARING_WORDS[hearing]),
            is_unheard=hearing is Hearing.UNHEARD,
            names=tuple(sorted(found)),
        )
        for hearing, found in quiet.items()
        if found
    )


def matrix_rows(heat_map: HeatMap, words: Catalogue) -> tuple[tuple[str, tuple[Square, ...]], ...]:
    """Rows of severity, the highest first, each with its squares by likelihood."""
    squares = {(each.severity, each.likelihood): each for each in heat_map.matrix}
    return tuple(
        (
            words.text(SEVERITY_WORDS[severity]),
            tuple(_square(squares[severity, likelihood], words) for likelihood in GRADES),
        )
        for severity in reversed(GRADES)
    )


def _square(square: MatrixSquare, words: Catalogue) -> Square:
    count = len(square.cell_ids)
    place = f"severity={square.severity}&likelihood={square.likelihood}"
    return Square(
        words=words.text(PRIORITY_WORDS[square.priority]),
        notes=(words.plural("${n} risk", "${n} risks", count),) if count else (),
        heat=HEAT[square.priority],
        address=f"/company/findings?{place}" if count else "",
    )


def _row(row: Row, themes: tuple[Theme, ...], names: PlaceNames, words: Catalogue) -> MapRow:
    cells = {cell.theme: _cell(cell, words) for cell in row.cells}
    return MapRow(
        name=names.of(row.key),
        squares=tuple(cells.get(theme) for theme in themes),
        hearing=words.text(HEARING_WORDS[hearing_of(row)]),
        is_unheard=bool(row.unheard),
    )


def _cell(cell: ThemeCell, words: Catalogue) -> Square:
    likelihood = words.text(SCALES[Scale.LIKELIHOOD][cell.likelihood - 1].word)
    people = next((each.voices for each in cell.figures if each.kind is SignalKind.CASE), None)
    return Square(
        words=words.text(SEVERITY_WORDS[cell.severity]),
        notes=(likelihood, words.plural("${n} person", "${n} people", people))
        if people
        else (likelihood,),
        heat=HEAT[cell.priority],
        address=address_of_finding(cell.id),
    )


_HEARINGS = (Hearing.UNHEARD, Hearing.UNKNOWN, Hearing.QUIET, Hearing.HEARD)
"""What weighs most first."""


def hearing_of(row: Row) -> Hearing:
    """For one site its own; for sites together whether any is unheard."""
    known = set(row.hearings.values())
    return next((each for each in _HEARINGS if each in known), Hearing.UNKNOWN)
