"""Places, the organisations whose chain they are in, and the links between them.

Read by routing (country, ties), release (size, region) and the site directory; entered by the
operator. Names are sealed by storage under the key ring; here they are plain.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class SiteKind(StrEnum):
    """What kind of place it is (R89)."""

    FACTORY = "factory"
    QUARRY = "quarry"
    FARM = "farm"
    MINE = "mine"
    PROCESSING = "processing"
    OFFICE = "office"
    OTHER = "other"


class Category(StrEnum):
    """The framework's two kinds of company (S1)."""

    B = "B"
    """Does not import from risk countries itself."""
    C = "C"
    """Imports from risk countries."""


SMALL_COMPANY_EMPLOYEES = 25
"""A company with fewer is small, if its turnover is small too (S1)."""
SMALL_COMPANY_TURNOVER_EUR = 5_000_000
"""The highest yearly turnover of a small company, in euros (S1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A company, or a member company. It holds no keys (K10)."""

    id: str
    name: str
    category: Category = Category.C
    employees: int | None = None
    turnover_eur: int | None = None
    is_active: bool = True

    @property
    def is_small(self) -> bool:
        """Fewer than 25 staff and at most five million euros (S1). Unknown is not small."""
        if self.employees is None or self.turnover_eur is None:
            return False
        return (
            self.employees < SMALL_COMPANY_EMPLOYEES
            and self.turnover_eur <= SMALL_COMPANY_TURNOVER_EUR
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One place where people can be harmed, and heard."""

    id: str
    code: str
    """Short and public: on posters and in deep links, letters and digits only."""
    name: str
    country: str
    """ISO 3166-1 alpha-2."""
    kind: SiteKind = SiteKind.OTHER
    local_names: Mapping[str, str] = field(default_factory=dict)
    """By language."""
    region: str = ""
    """State, province or district, as people there call it; empty where unknown."""
    workers: int | None = None
    """None: not known, which counts as few (K2)."""
    is_risk_country: bool = False
    is_active: bool = True
    os_id: str = ""
    """Its number at Open Supply Hub, by which others know it too; empty where it has none."""
    address: str = ""
    latitude: float | None = None
    """In degrees; None, like the longitude, where nobody told."""
    longitude: float | None = None

    def __post_init__(self) -> None:
        if not (self.code.isascii() and self.code.isalnum()):
            raise ValueError("a site's code has letters a-z and digits only")
        if len(self.country) != 2 or not (self.country.isascii() and self.country.isupper()):
            raise ValueError("a site's country is an ISO 3166-1 alpha-2 code")

    def name_in(self, language: str) -> str:
        """The name people use in this language, else the name on record."""
        return self.local_names.get(language) or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyLink:
    """A site is in an organisation's chain. What is unknown is recorded as unknown (R89)."""

    organisation_id: str
    site_id: str
    product: str | None = None
    """None: not known."""
    tier: int | None = None
    """0: the organisation's own site; 1: supplies it directly; None: not known."""

    @property
    def is_own_site(self) -> bool:
        """True where the organisation runs the site itself, so that harm there is its own (R98)."""
        return self.tier == 0
