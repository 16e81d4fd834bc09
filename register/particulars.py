"""What of a grievance stays readable: coded answers, for routing and counting and nothing else.

Made from a submission's codes by `register.filing`; read by routing, release and `monitoring`.
The sets are closed and stored: a value is never reused or renamed. Flows must offer exactly these
names as choices (docs/architecture.md, "Names of particulars").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

_Set = TypeVar("_Set", bound=StrEnum)


class Theme(StrEnum):
    """What a grievance is about (R86)."""

    DISCRIMINATION_GENDER = "discrimination_gender"
    CHILD_LABOUR = "child_labour"
    FORCED_LABOUR = "forced_labour"
    LIVING_WAGE = "living_wage"
    FREEDOM_OF_ASSOCIATION = "freedom_of_association"
    HEALTH_SAFETY = "health_safety"
    LAND_RIGHTS = "land_rights"
    LIVING_ENVIRONMENT = "living_environment"
    OTHER = "other"
    """Described freely in the account, or not said."""


class ReporterKind(StrEnum):
    """Who tells it (G2, G16, G24)."""

    WORKER = "worker"
    NEIGHBOUR = "neighbour"
    COMMUNITY = "community"
    HELPER = "helper"


class Danger(StrEnum):
    """Is anybody in danger now."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class People(StrEnum):
    """How many are affected, in bands, so that no exact number points at a crew."""

    ONE = "one"
    FEW = "few"
    """2 to 10."""
    MANY = "many"
    """11 to 50."""
    HUNDREDS = "hundreds"
    """More than 50."""
    UNKNOWN = "unknown"


class Since(StrEnum):
    """Since when; never an exact day."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    LONGER = "longer"


class AnonymityLevel(StrEnum):
    """Design §6. Chosen by the reporter, changeable later; unsaid means anonymous."""

    ANONYMOUS = "anonymous"
    CONFIDENTIAL = "confidential"
    OPEN = "open"


class Retaliation(StrEnum):
    """Was anybody punished for speaking, or do they fear it (G5)."""

    YES = "yes"
    NO = "no"
    AFRAID = "afraid"


class TriedLocal(StrEnum):
    """Was the local mechanism tried first (G15). Never a condition for being heard."""

    YES_HELPED = "yes_helped"
    YES_NOT_HELPED = "yes_not_helped"
    NO = "no"


class Group(StrEnum):
    """Who is most affected (R99)."""

    WOMEN = "women"
    MEN = "men"
    MIXED = "mixed"
    CHILDREN = "children"
    MIGRANTS = "migrants"
    UNSAID = "unsaid"


class YesNo(StrEnum):
    """A question with two answers."""

    YES = "yes"
    NO = "no"


CLOSED_SETS: Mapping[str, type[StrEnum]] = MappingProxyType(
    {
        "theme": Theme,
        "reporter": ReporterKind,
        "danger": Danger,
        "people": People,
        "since": Since,
        "anonymity": AnonymityLevel,
        "retaliation": Retaliation,
        "tried_local": TriedLocal,
        "group": Group,
        "child_or_trafficking": YesNo,
        "ping": YesNo,
    }
)
"""Which answers each code can have. `site` is apart: a site's id."""

CODES = frozenset(CLOSED_SETS) | {"site"}

_SITE_ID_LIMIT = 64
"""Longest site id in characters; ours have 26."""


class ParticularFault(StrEnum):
    """Why a coded answer cannot be one."""

    NOT_A_CODE = "not_a_code"
    """The value is not a single coded answer (a number, several choices, too long)."""
    NOT_IN_SET = "not_in_set"
    """The value is not among the answers of its closed set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticularsRefused:
    """Which codes are wrong, in the order of their names. The values themselves are not kept."""

    faults: tuple[tuple[str, ParticularFault], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """The coded answers. What was skipped is `None`, or the most careful reading of silence."""

    site_id: str | None = None
    """None: not known, or not listed."""
    theme: Theme = Theme.OTHER
    reporter: ReporterKind | None = None
    danger: Danger | None = None
    people: People = People.UNKNOWN
    since: Since | None = None
    anonymity: AnonymityLevel = AnonymityLevel.ANONYMOUS
    retaliation: Retaliation | None = None
    tried_local: TriedLocal | None = None
    group: Group = Group.UNSAID
    is_child_or_trafficking: bool = False
    wants_ping: bool = False
    """News in this chat was wished (W5): asked by version 1 of `grievance`. Nobody is pinged."""

    @classmethod
    def from_codes(cls, codes: Mapping[str, object]) -> "Particulars | ParticularsRefused":
        """The particulars in `codes`, or every code whose value cannot be.

        Codes that the register does not know are passed over: `register.filing` seals them with
        the account, so that a flow with a question too many loses no answer and stops nobody.
        """
        particulars, faults = cls.as_far_as_read(codes)
        return ParticularsRefused(faults=faults) if faults else particulars

    @classmethod
    def as_far_as_read(
        cls, codes: Mapping[str, object]
    ) -> "tuple[Particulars, tuple[tuple[str, ParticularFault], ...]]":
        """The particulars with every wrong code taken as not said, and what is wrong with them."""
        reading = _Reading(codes)
        particulars = cls(
            site_id=reading.site(),
            theme=reading.one("theme", Theme) or Theme.OTHER,
            reporter=reading.one("reporter", ReporterKind),
            danger=reading.one("danger", Danger),
            people=reading.one("people", People) or People.UNKNOWN,
            since=reading.one("since", Since),
            anonymity=reading.one("anonymity", AnonymityLevel) or AnonymityLevel.ANONYMOUS,
            retaliation=reading.one("retaliation", Retaliation),
            tried_local=reading.one("tried_local", TriedLocal),
            group=reading.one("group", Group) or Group.UNSAID,
            is_child_or_trafficking=reading.one("child_or_trafficking", YesNo) is YesNo.YES,
            wants_ping=reading.one("ping", YesNo) is YesNo.YES,
        )
        return particulars, tuple(sorted(reading.faults))


class _Reading:
    """Reads codes one by one and gathers what is wrong with them."""

    def __init__(self, codes: Mapping[str, object]) -> None:
        self.faults: list[tuple[str, ParticularFault]] = []
        self._codes = codes

    def one(self, code: str, closed_set: type[_Set]) -> _Set | None:
        value = self._codes.get(code)
        if value is None:
            return None
        if not isinstance(value, str):
            self.faults.append((code, ParticularFault.NOT_A_CODE))
        elif value not in closed_set.__members__.values():
            self.faults.append((code, ParticularFault.NOT_IN_SET))
        else:
            return closed_set(value)
        return None

    def site(self) -> str | None:
        value = self._codes.get("site")
        if value is None:
            return None
        if isinstance(value, str) and 0 < len(value) <= _SITE_ID_LIMIT and value.isprintable():
            return value
        self.faults.append(("site", ParticularFault.NOT_A_CODE))
        return None
