"""The heat map as a picture: squares of severity by likelihood, with the numbers of their risks.

Drawn by the template `company/report/heat_picture.html`. Each square says in words what its colour
says, and the list of risks beside it says all of it again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from locales.catalogue import Catalogue
from monitoring.heat_map import HeatMap
from monitoring.overview.company import CompanyFinding
from monitoring.risk.matrix import PRIORITY_WORDS
from monitoring.risk.scales import GRADES, SCALES, Scale
from monitoring.risk.severity import SEVERITY_WORDS
from web.company.words import HEAT

LEFT, TOP, WIDE, HIGH = 90, 8, 104, 52
"""Where the squares begin, and how large one is, in units of the picture."""
_MOST_NUMBERS = 5
"""More risks than these in one square end in an ellipsis; the list has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSquare:
    """One square, where it stands and what stands in it."""

    x: int
    y: int
    heat: int
    words: str
    numbers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatPicture:
    """The picture, laid out."""

    squares: tuple[PictureSquare, ...]
    rows: tuple[tuple[str, int], ...]
    """Severity in words, the highest first, and how far down."""
    columns: tuple[tuple[str, int], ...]
    """Likelihood in words, and how far along."""

    @property
    def width(self) -> int:
        """Of the whole picture."""
        return LEFT + len(self.columns) * WIDE

    @property
    def height(self) -> int:
        """Of the whole picture, its column names included."""
        return TOP + len(self.rows) * HIGH + 24


def heat_picture(
    heat_map: HeatMap, findings: Sequence[CompanyFinding], words: Catalogue
) -> HeatPicture:
    """The picture; risks are numbered as they stand in the list."""
    numbered: Mapping[str, int] = {each.id: n for n, each in enumerate(findings, start=1)}
    squares = {(each.severity, each.likelihood): each for each in heat_map.matrix}
    rows = tuple((grade, TOP + n * HIGH) for n, grade in enumerate(reversed(GRADES)))
    columns = tuple((grade, LEFT + n * WIDE) for n, grade in enumerate(GRADES))
    return HeatPicture(
        squares=tuple(
            PictureSquare(
                x=x,
                y=y,
                heat=HEAT[square.priority],
                words=words.text(PRIORITY_WORDS[square.priority]),
                numbers=_numbers(
                    sorted(numbered[each] for each in square.cell_ids if each in numbered), words
                ),
            )
            for severity, y in rows
            for likelihood, x in columns
            for square in (squares[severity, likelihood],)
        ),
        rows=tuple((words.text(SEVERITY_WORDS[severity]), y) for severity, y in rows),
        columns=tuple(
            (words.text(SCALES[Scale.LIKELIHOOD][likelihood - 1].word), x)
            for likelihood, x in columns
        ),
    )


def _numbers(numbers: Sequence[int], words: Catalogue) -> str:
    shown = ", ".join(words.number(each) for each in numbers[:_MOST_NUMBERS])
    return f"{shown} …" if len(numbers) > _MOST_NUMBERS else shown
