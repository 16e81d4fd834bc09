"""Which findings are dealt with first, and why, and why not the others (R91, R93).

Shown on the officer's and the desk's pages; the reasons are evidence that priorities were set by
severity and likelihood, with reasons for what was chosen and for what was not. The desk orders
findings; for an officer the cells of the company's heat map are ordered, which are released.

Theory. The order is total: severity, then likelihood, then the parts of severity (gravity,
irremediability, scope), then an extra eye for women, children and migrants (R99), then the id.
No later column ever outweighs an earlier one. What is to be dealt with FIRST is always chosen,
however little time there is; after that as many as there is room for, from the top. Postponing
is not dropping: whatever was not chosen carries a reason and a day to look again.

Worked example. Room for two. A cracked dam (severity 5, likelihood 1), bonded work (5, 4) and
late wages (3, 5): bonded work and the dam are chosen as FIRST. The wages are SOON; there is no room
left, so they are not chosen, "more severe or more likely findings come first", look again
within 92 days. With room for one, bonded work and the dam are still both chosen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol, TypeVar

from locales.marking import N_
from monitoring.risk.matrix import Priority
from monitoring.risk.severity import Weight


class Weighed(Protocol):
    """What can be put in order: a `Finding`, or a `ThemeCell` of a heat map."""

    @property
    def id(self) -> str:
        """Its name; no two have the same."""
        ...

    @property
    def weight(self) -> Weight:
        """What it weighs now."""
        ...

    @property
    def priority(self) -> Priority:
        """Its square of the risk matrix."""
        ...

    @property
    def touches_vulnerable(self) -> bool:
        """Whether women, children or migrants are known to be among those most affected."""
        ...


WeighedT = TypeVar("WeighedT", bound=Weighed)


class ChoiceGround(StrEnum):
    """Why a finding was chosen, or not. Stored with assessments: never reuse a value."""

    MOST_SEVERE = "most_severe"
    WITHIN_REACH = "within_reach"
    CHOSEN_BY_PEOPLE = "chosen_by_people"
    OTHERS_COME_FIRST = "others_come_first"
    POSTPONED_BY_PEOPLE = "postponed_by_people"


GROUND_WORDS: Mapping[ChoiceGround, str] = MappingProxyType(
    {
        # translators: why a risk is dealt with now, or not.
        ChoiceGround.MOST_SEVERE: N_("Among the most severe: chosen whatever its likelihood."),
        # translators: why a risk is dealt with now, or not.
        ChoiceGround.WITHIN_REACH: N_("Next by severity and likelihood, and there is room for it."),
        # translators: why a risk is dealt with now, or not.
        ChoiceGround.CHOSEN_BY_PEOPLE: N_("Chosen for the reason given."),
        # translators: why a risk is dealt with now, or not.
        ChoiceGround.OTHERS_COME_FIRST: N_("More severe or more likely findings come first."),
        # translators: why a risk is dealt with now, or not.
        ChoiceGround.POSTPONED_BY_PEOPLE: N_("Put off for the reason given."),
    }
)

LOOK_AGAIN_DAYS: Mapping[Priority, int] = MappingProxyType(
    {Priority.FIRST: 31, Priority.SOON: 92, Priority.NEXT: 183, Priority.LATER: 365}
)
"""Within how many days a finding that was not chosen is looked at again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A finding in its place (1 is first), chosen or not, and why."""

    place: int
    finding_id: str
    severity: int
    likelihood: int
    priority: Priority
    is_chosen: bool
    ground: ChoiceGround
    reason: str = field(default="", repr=False)
    """What the person wrote who chose or postponed it."""
    decided_by: str = ""
    look_again: date | None = None
    """Set for everything that was not chosen."""


def in_order(findings: Iterable[WeighedT]) -> tuple[WeighedT, ...]:
    """The findings, the one to deal with first at the head. Total and deterministic."""
    return tuple(sorted(findings, key=_rank))


def _rank(finding: Weighed) -> tuple[int, int, int, int, int, bool, str]:
    weight = finding.weight
    return (
        -weight.severity,
        -weight.likelihood,
        -weight.gravity,
        -weight.irremediability,
        -weight.scope,
        not finding.touches_vulnerable,
        finding.id,
    )


def prioritise(findings: Iterable[Weighed], *, room: int, today: date) -> tuple[Ranked, ...]:
    """Every finding in its place, `room` of them chosen, and always all that come FIRST.

    `room` is how many can be dealt with at the same time, as the organisation's size allows
    (R100). Nothing is left out of the answer.
    """
    return tuple(
        _placed(finding, place, place <= room, today)
        for place, finding in enumerate(in_order(findings), start=1)
    )


def _placed(finding: Weighed, place: int, has_room: bool, today: date) -> Ranked:
    weight = finding.weight
    ranked = Ranked(
        place=place,
        finding_id=finding.id,
        severity=weight.severity,
        likelihood=weight.likelihood,
        priority=finding.priority,
        is_chosen=True,
        ground=ChoiceGround.MOST_SEVERE,
    )
    if finding.priority is Priority.FIRST:
        return ranked
    if has_room:
        return replace(ranked, ground=ChoiceGround.WITHIN_REACH)
    return replace(
        ranked,
        is_chosen=False,
        ground=ChoiceGround.OTHERS_COME_FIRST,
        look_again=_look_again(finding.priority, today),
    )


def _look_again(priority: Priority, today: date) -> date:
    return today + timedelta(days=LOOK_AGAIN_DAYS[priority])


class ChoiceFault(StrEnum):
    """Why people's choice is not taken. The pages have words for each."""

    NO_REASON = "no_reason"
    MOST_SEVERE = "most_severe"
    """The most severe are always dealt with first (R91); a wish does not change it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceRefused:
    """The finding stays chosen, or not, as it was."""

    reason: ChoiceFault


def choose(ranked: Ranked, *, by: str, reason: str) -> Ranked | ChoiceRefused:
    """The finding, chosen though there was no room: for instance because it is quick to stop."""
    if not reason.strip():
        return ChoiceRefused(reason=ChoiceFault.NO_REASON)
    if ranked.priority is Priority.FIRST:
        return ranked
    return replace(
        ranked,
        is_chosen=True,
        ground=ChoiceGround.CHOSEN_BY_PEOPLE,
        reason=reason.strip(),
        decided_by=by,
        look_again=None,
    )


def postpone(ranked: Ranked, *, by: str, reason: str, today: date) -> Ranked | ChoiceRefused:
    """The finding, put off with a reason and a day to look again; never one that comes FIRST."""
    if not reason.strip():
        return ChoiceRefused(reason=ChoiceFault.NO_REASON)
    if ranked.priority is Priority.FIRST:
        return ChoiceRefused(reason=ChoiceFault.MOST_SEVERE)
    return replace(
        ranked,
        is_chosen=False,
        ground=ChoiceGround.POSTPONED_BY_PEOPLE,
        reason=reason.strip(),
        decided_by=by,
        look_again=_look_again(ranked.priority, today),
    )
