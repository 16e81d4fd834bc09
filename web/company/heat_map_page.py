"""The heat map: severity against likelihood, and themes by place; every colour is said in words."""

from dataclasses import dataclass

from aiohttp import web

from flows.values import Text
from locales.catalogue import Catalogue
from locales.marking import N_
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
    note: str
    heat: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRow:
    """One place with its themes, and what silence there means."""

    name: str
    squares: tuple[Square, ...]
    hearing: str
    is_unheard: bool


async def show(request: web.Request, person: Person) -> web.StreamResponse:
    """Both tables."""
    view, words = await view_for(request, person), words_of(person)
    names = PlaceNames(view.sites, person.language, words)
    return inside(
        request,
        person,
        "company/heat_map.html",
        matrix=matrix_rows(view.heat_map, words),
        likelihoods=tuple(words.text(step.word) for step in SCALES[Scale.LIKELIHOOD]),
        rows=tuple(_row(row, names, words) for row in view.heat_map.rows),
        themes=tuple(words.text(THEME_WORDS[theme]) for theme in Theme),
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
        note=words.plural("${n} risk", "${n} risks", count) if count else "",
        heat=HEAT[square.priority],
        address=f"/company/findings?{place}" if count else "",
    )


def _row(row: Row, names: PlaceNames, words: Catalogue) -> MapRow:
    cells = {cell.theme: cell for cell in row.cells}
    return MapRow(
        name=names.of(row.key),
        squares=tuple(_cell(cells.get(theme), words) for theme in Theme),
        hearing=_hearing(row, words),
        is_unheard=bool(row.unheard),
    )


def _cell(cell: ThemeCell | None, words: Catalogue) -> Square:
    if cell is None:
        return Square(words=words.text(N_("nothing to show")), note="", heat=0, address="")
    likelihood = Text(msgid=SCALES[Scale.LIKELIHOOD][cell.likelihood - 1].word)
    severity = Text(msgid=SEVERITY_WORDS[cell.severity])
    people = next((each.voices for each in cell.figures if each.kind is SignalKind.CASE), None)
    return Square(
        words=words.text(
            N_("${severity}, ${likelihood}"), severity=severity, likelihood=likelihood
        ),
        note=words.plural("${n} person", "${n} people", people) if people else "",
        heat=HEAT[cell.priority],
        address=address_of_finding(cell.id),
    )


def _hearing(row: Row, words: Catalogue) -> str:
    """For one site its own; for sites together whether any is unheard."""
    known = set(row.hearings.values())
    if not known:
        return words.text(HEARING_WORDS[Hearing.UNKNOWN])
    order = (Hearing.UNHEARD, Hearing.UNKNOWN, Hearing.QUIET, Hearing.HEARD)
    return words.text(HEARING_WORDS[next(each for each in order if each in known)])
