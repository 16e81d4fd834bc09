"""What each answer of the interface looks like, as JSON Schema 2020-12 (OpenAPI 3.1).

Names are part of the promise of version 1: a field is never renamed and never means something else;
new ones may come. Quarters, themes and groups have the ids that they have everywhere in Gehoor.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from monitoring.evaluation.criteria import Verdict
from monitoring.evaluation.evidence import Source
from monitoring.evaluation.framework import Denominator
from monitoring.evaluation.score import ConditionKind
from monitoring.limits import COUNTED
from register.particulars import Group, Theme
from register.places import PlaceKind

Schema: TypeAlias = Mapping[str, Any]

QUARTER_PATTERN = "^[0-9]{4}-Q[1-4]$"
ID_PATTERN = "^[a-z2-7]{26}$"


def record(note: str, **properties: Schema) -> Schema:
    """An object that has all of these; a later version 1 may give more."""
    return {
        "type": "object",
        "description": note,
        "properties": properties,
        "required": list(properties),
    }


def many(items: Schema, note: str = "") -> Schema:
    """A list of these."""
    return {"type": "array", "items": items, **({"description": note} if note else {})}


def one_of(codes: Iterable[str], note: str = "", *, or_null: bool = False) -> Schema:
    """One of these codes."""
    kinds = ["string", "null"] if or_null else "string"
    values = [*map(str, codes), *([None] if or_null else [])]
    return {"type": kinds, "enum": values, **({"description": note} if note else {})}


def string(note: str = "", *, pattern: str = "", or_null: bool = False) -> Schema:
    """Words, or an id of this pattern."""
    kinds = ["string", "null"] if or_null else "string"
    told = {"description": note} if note else {}
    return {"type": kinds, **told, **({"pattern": pattern} if pattern else {})}


def number(note: str = "", *, is_whole: bool = True, or_null: bool = False) -> Schema:
    """A number, never below nought."""
    kind = "integer" if is_whole else "number"
    told = {"description": note} if note else {}
    return {"type": [kind, "null"] if or_null else kind, "minimum": 0, **told}


def yes_no(note: str = "", *, or_null: bool = False) -> Schema:
    """True or false."""
    told = {"description": note} if note else {}
    return {"type": ["boolean", "null"] if or_null else "boolean", **told}


def or_null(of: Schema) -> Schema:
    """The same, or null."""
    return {**of, "type": [of["type"], "null"]}


DAY: Schema = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
QUARTER_NAME = string("Such as 2026-Q2.", pattern=QUARTER_PATTERN)
HIDDEN = "null: nobody, or too few to keep them safe; both look the same, on purpose."
_POINTS = number(is_whole=False)
_SHARE = number("Per cent with one decimal, rounded down.", is_whole=False)

QUARTERS = record(
    "The quarters that are over and shown, the newest first.",
    quarters=many(
        record(
            "A quarter.",
            quarter=QUARTER_NAME,
            first_day=DAY,
            last_day=DAY,
            href=string("Where its figures are."),
        )
    ),
)

QUARTER = record(
    "A quarter's released figures. They are final: what is late or corrected changes nothing.",
    quarter=QUARTER_NAME,
    places=many(
        record(
            "A row of the figures: a site, or small sites counted together.",
            place=string("Its key, which never changes."),
            kind=one_of(PlaceKind),
            name=string(),
        ),
        "All rows, whether or not a figure of them is shown.",
    ),
    figures=many(
        record(
            "People who reported, each counted once per place and theme.",
            place=string("null: all places.", or_null=True),
            theme=one_of(Theme, "null: all themes.", or_null=True),
            affected_group=one_of(Group, "null: everybody.", or_null=True),
            people=number(),
        ),
        "What is not in the list is nobody, or too few to keep them safe.",
    ),
)

DEADLINES = record(
    "How the desk kept the time limits that ended in a quarter, at all sites together.",
    quarter=QUARTER_NAME,
    deadlines=many(
        record(
            "One kind: confirmed within 7 days, or told within 3 months where it stands.",
            kind=one_of(COUNTED),
            kept=number(HIDDEN, or_null=True),
            missed=number(HIDDEN, or_null=True),
        )
    ),
)

SUMMARIES = record(
    "A page of the summaries that reporters approved. Their order says nothing.",
    summaries=many(
        record(
            "A handler's own words about one case.",
            id=string("Random; the same for as long as it is shared.", pattern=ID_PATTERN),
            summary=string(),
            shared_in=QUARTER_NAME,
        )
    ),
    next=string("Where the next page is; null: there is none.", or_null=True),
)

_EVIDENCE = record(
    "One thing that speaks for a part of the answer, or against it.",
    part=string("What it is about; null: the whole question.", or_null=True),
    holds=yes_no("Whether that part holds.", or_null=True),
    speaks_against=yes_no(),
    source=one_of(Source, "null: nothing shows this part.", or_null=True),
    is_proven=yes_no("Our records show it; what a company states is never proof."),
    summary=string(or_null=True),
    document=string("Where a statement can be looked up.", or_null=True),
    day={**DAY, "type": ["string", "null"]},
)

SCORE = record(
    "The evaluation of today, with its evidence.",
    framework=string(),
    as_of=DAY,
    level=number("0: none."),
    points=_POINTS,
    points_proven=number("What our own records show of them.", is_whole=False),
    totals=many(
        record(
            "The score by one of the two totals.",
            counted_by=one_of(Denominator),
            decides=yes_no(),
            points_available=number(),
            share_percent=_SHARE,
            level=number(),
        )
    ),
    next_level=number("null: there is none above.", or_null=True),
    missing=many(
        record(
            "What the next level still asks.",
            kind=one_of(ConditionKind),
            needed=number(is_whole=False, or_null=True),
            reached=number(is_whole=False, or_null=True),
            question=string(or_null=True),
        )
    ),
    steps=many(
        record(
            "A step.",
            step=string(),
            title=string(),
            points=_POINTS,
            points_available=number(),
            questions=many(
                record(
                    "A question.",
                    question=string(),
                    title=string(),
                    is_core=yes_no(),
                    counts=yes_no("false: it does not apply, so it is in no total."),
                    verdict=one_of(
                        Verdict, "null: points go by a share, not by a verdict.", or_null=True
                    ),
                    share_percent={**_SHARE, "type": ["number", "null"]},
                    points=_POINTS,
                    points_proven=_POINTS,
                    points_available=number(),
                    evidence=many(_EVIDENCE),
                )
            ),
        )
    ),
)

DESCRIPTION: Schema = {"type": "object", "description": "This document (OpenAPI 3.1)."}

PROBLEM = record(
    "Why there is no answer (RFC 9457). Further fields may stand in it.",
    type=string(),
    title=string(),
    status=number(),
)
