"""The heat map: severity against likelihood, and theme by place (R92). Values for pages to draw.

`analyst` is for handlers and the operator: it is made of everything. What a company sees is made
by `monitoring.company_heat_map`, from released figures alone, in the same shape.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from monitoring.risk.findings import Finding
from monitoring.risk.matrix import RISK_MATRIX, Priority
from monitoring.risk.scales import GRADES
from monitoring.risk.severity import Weight
from monitoring.risk.unheard import Hearing, SiteFacts, hearing
from monitoring.signals import SignalKind, SubjectKind
from register.particulars import Theme


class Viewer(StrEnum):
    """For whom a map is made."""

    ANALYST = "analyst"
    COMPANY = "company"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """How many people one kind of source is, at most in one quarter.

    None means "too few to show", which may be nobody; never for an analyst.
    """

    kind: SignalKind
    voices: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeCell:
    """What is known of one theme in one row."""

    id: str
    """The finding's id, where the row is one site or chain."""
    theme: Theme
    weight: Weight
    figures: tuple[Figure, ...]
    is_disputed: bool
    """Stakeholders differ from each other or from the judgement (R94)."""
    is_judged: bool
    touches_vulnerable: bool = False
    """Women, children or migrants are among those most affected (R99). Never told to a company:
    who is affected is released by number alone."""

    @property
    def severity(self) -> int:
        """1-5."""
        return self.weight.severity

    @property
    def likelihood(self) -> int:
        """1-5."""
        return self.weight.likelihood

    @property
    def priority(self) -> Priority:
        """By the risk matrix."""
        return RISK_MATRIX[self.severity, self.likelihood]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A site, a chain, or small sites together, with its themes."""

    key: str
    """`site:ID`, `chain:ID`, or the key of a row of `register.places`."""
    site_ids: tuple[str, ...]
    cells: tuple[ThemeCell, ...]
    """In the order of `Theme`; a theme that nothing is known of is not there."""
    hearings: Mapping[str, Hearing]
    """What speech or silence means, by site id (G19)."""

    @property
    def unheard(self) -> tuple[str, ...]:
        """The sites that are not safe but unheard."""
        return tuple(site for site in self.site_ids if self.hearings.get(site) is Hearing.UNHEARD)

    @property
    def worst(self) -> tuple[int, int]:
        """The highest severity, and the highest likelihood of those; (0, 0) without cells."""
        return max(((cell.severity, cell.likelihood) for cell in self.cells), default=(0, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixSquare:
    """One square of severity against likelihood, with the cells that fall in it."""

    severity: int
    likelihood: int
    priority: Priority
    cell_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """Rows with the worst first, then the unheard; and the 25 squares, severity falling."""

    viewer: Viewer
    rows: tuple[Row, ...]
    matrix: tuple[MatrixSquare, ...]


def heat_map(viewer: Viewer, rows: Iterable[Row]) -> HeatMap:
    """The map of these rows, in their order of need."""
    ordered = tuple(sorted(rows, key=_need))
    squares: dict[tuple[int, int], list[str]] = defaultdict(list)
    for row in ordered:
        for cell in row.cells:
            squares[cell.severity, cell.likelihood].append(cell.id)
    return HeatMap(
        viewer=viewer,
        rows=ordered,
        matrix=tuple(
            MatrixSquare(
                severity=severity,
                likelihood=likelihood,
                priority=RISK_MATRIX[severity, likelihood],
                cell_ids=tuple(squares[severity, likelihood]),
            )
            for severity in reversed(GRADES)
            for likelihood in GRADES
        ),
    )


def _need(row: Row) -> tuple[int, int, bool, str]:
    severity, likelihood = row.worst
    return (-severity, -likelihood, not row.unheard, row.key)


def analyst(findings: Iterable[Finding], sites: Iterable[SiteFacts], today: date) -> HeatMap:
    """The map of all findings, with a row for every site of `sites`, heard or not.

    The worst severity of a site is taken from its findings, whatever `sites` says of it.
    """
    cells: dict[str, list[ThemeCell]] = defaultdict(list)
    facts = {f"{SubjectKind.SITE}:{each.site_id}": each for each in sites}
    site_of: dict[str, str] = {key: each.site_id for key, each in facts.items()}
    for finding in findings:
        key = f"{finding.subject.kind}:{finding.subject.id}"
        cells[key].append(_cell(finding))
        if finding.subject.kind is SubjectKind.SITE:
            site_of[key] = finding.subject.id
    return heat_map(
        Viewer.ANALYST,
        (
            _row(key, site_of.get(key), cells[key], facts.get(key), today)
            for key in {*cells, *facts}
        ),
    )


def in_theme_order(cells: Iterable[ThemeCell]) -> tuple[ThemeCell, ...]:
    """The cells in the order of `Theme`."""
    order = list(Theme)
    return tuple(sorted(cells, key=lambda cell: order.index(cell.theme)))


def _row(
    key: str, site_id: str | None, cells: list[ThemeCell], facts: SiteFacts | None, today: date
) -> Row:
    worst = max((cell.severity for cell in cells), default=0)
    known = {facts.site_id: hearing(replace(facts, worst_severity=worst), today)} if facts else {}
    return Row(
        key=key,
        site_ids=(site_id,) if site_id else (),
        cells=in_theme_order(cells),
        hearings=known,
    )


def _cell(finding: Finding) -> ThemeCell:
    voices: dict[SignalKind, int] = defaultdict(int)
    for source in finding.sources:
        voices[source.kind] = max(voices[source.kind], source.voices)
    voices[SignalKind.RATING] = max(voices[SignalKind.RATING], finding.stakeholders.participants)
    spreads = finding.stakeholders.spreads.values()
    return ThemeCell(
        id=finding.id,
        theme=finding.theme,
        weight=finding.weight,
        figures=tuple(
            Figure(kind=kind, voices=voices[kind]) for kind in SignalKind if voices[kind]
        ),
        is_disputed=bool(finding.dissent) or any(each.is_disputed for each in spreads),
        is_judged=bool(finding.judgements),
        touches_vulnerable=finding.touches_vulnerable,
    )
