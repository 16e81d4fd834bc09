"""The heat map, and the risks in their order, as the company's pages show them.

Both are made of the value that those pages are made of (`monitoring.overview.company_values`), so
nothing can be told here that may not be shown there: a number of people is one of a released
quarter, or null. Who wrote or decided something is not told; what they wrote is.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from locales.catalogue import Catalogue
from locales.sentences import unfenced
from monitoring.heat_map import Row, ThemeCell
from monitoring.overview.company import CompanyFinding, CompanyView, SharedJudgement, company_view
from monitoring.risk.involvement import (
    LACK_OF_EFFORT,
    InvolvementEntry,
    InvolvementLog,
)
from monitoring.risk.priorities import Ranked
from monitoring.risk.scales import Scale
from monitoring.risk.severity import Weight
from monitoring.signals import SignalKind
from web.api.asked import Asked, CannotAnswer
from web.company.heat_map_page import hearing_of
from web.company.places import PlaceNames

HEAT_MAP = "/api/v1/heat-map"
RISKS = "/api/v1/risks"


async def heat_map(asked: Asked) -> object:
    """Both tables of the page: severity against likelihood, and themes by place."""
    view, names = await _shown(asked)
    return {
        "matrix": [
            {
                "severity": each.severity,
                "likelihood": each.likelihood,
                "priority": each.priority,
                "risks": list(each.cell_ids),
            }
            for each in view.heat_map.matrix
        ],
        "places": [_row(each, names) for each in view.heat_map.rows],
    }


async def risks(asked: Asked) -> object:
    """Each risk with all that its page tells, in the order in which they are to be dealt with."""
    view, names = await _shown(asked)
    telling = _Telling(asked.language, names, asked.words)
    return {"risks": [telling.risk(each) for each in view.findings]}


async def _shown(asked: Asked) -> tuple[CompanyView, PlaceNames]:
    own, today = asked.organisation_id, asked.api.today
    language, words = asked.language, asked.words
    view = await asked.api.storage.read(lambda tx: company_view(tx, own, today))
    if view is None:
        raise CannotAnswer(404, "There is no such company any more.")
    return view, PlaceNames(view.sites, language, words)


def _row(row: Row, names: PlaceNames) -> Mapping[str, Any]:
    return {
        "place": row.key,
        "name": unfenced(names.of(row.key)),
        "hearing": hearing_of(row),
        "themes": [
            {
                "risk": cell.id,
                "theme": cell.theme,
                "severity": cell.severity,
                "likelihood": cell.likelihood,
                "priority": cell.priority,
                "people": _people(cell),
            }
            for cell in row.cells
        ],
    }


def _people(cell: ThemeCell) -> int | None:
    """How many reported, as the page says it; null for too few to show, or nobody."""
    found = (each.voices for each in cell.figures if each.kind is SignalKind.CASE)
    return next(found, None) or None


class _Telling:
    """Tells risks in one language."""

    def __init__(self, language: str, names: PlaceNames, words: Catalogue) -> None:
        self._language = language
        self._names = names
        self._words = words

    def risk(self, finding: CompanyFinding) -> Mapping[str, Any]:
        cell, row = finding.cell, finding.row
        return {
            "risk": finding.id,
            "place": row.key,
            "name": unfenced(self._names.of(row.key)),
            "theme": cell.theme,
            "severity": cell.severity,
            "likelihood": cell.likelihood,
            "priority": cell.priority,
            "grades": _grades(cell.weight),
            "is_disputed": cell.is_disputed,
            "sources": [{"kind": each.kind, "people": each.voices} for each in cell.figures],
            "quarters": [
                {"quarter": str(quarter), "people": number} for quarter, number in finding.numbers
            ],
            "sites": [
                {"name": site.name_in(self._language), "hearing": row.hearings.get(site.id)}
                for site in finding.sites
            ],
            "rank": None if finding.ranked is None else _rank(finding.ranked),
            "judgements": [_judgement(each) for each in finding.judgements],
            "involvement": self._involvement(finding.involvement),
        }

    def _involvement(self, log: InvolvementLog | None) -> Mapping[str, Any] | None:
        if log is None:
            return None
        return {
            "now": log.now,
            "obligations": list(log.obligations),
            "judgements": [self._entry(each) for each in log.entries],
            "efforts": [
                {"day": each.day.isoformat(), "words": each.words}
                for each in sorted(log.acts, key=lambda act: act.day)
            ],
        }

    def _entry(self, entry: InvolvementEntry) -> Mapping[str, Any]:
        return {
            "day": entry.day.isoformat(),
            "involvement": entry.involvement,
            "ground": entry.ground,
            # What the rules wrote has no writer.
            "reason": entry.reason if entry.by else self._words.text(LACK_OF_EFFORT),
            "root_causes": sorted(entry.root_causes),
            "leverage": sorted(entry.leverage),
            "leverage_words": entry.leverage_words,
            "outside": [
                {"by": each.by, "agrees": each.agrees, "words": each.words}
                for each in entry.outside
            ],
        }


def _grades(weight: Weight) -> Mapping[str, int]:
    return {scale.value: weight.grade(scale) for scale in Scale}


def _rank(ranked: Ranked) -> Mapping[str, Any]:
    return {
        "place": ranked.place,
        "is_chosen": ranked.is_chosen,
        "ground": ranked.ground,
        "reason": ranked.reason,
        "look_again": _day(ranked.look_again),
    }


def _judgement(judgement: SharedJudgement) -> Mapping[str, Any]:
    return {
        "day": judgement.day.isoformat(),
        "reason": judgement.reason,
        "grades": _grades(judgement.weight),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
