"""Rows of sites and supply links, checked one by one: each is a `SiteRow`, or refused with why.

Two headings are known. Ours:

    code,name,country,kind,region,workers,risk_country,organisation,product,tier,name_hi,…

and that of Open Supply Hub's facility download, which `service.open_supply_hub` puts into ours.
A column that the heading lacks says nothing: what is known of a site stays. An empty cell under a
heading says "not known".
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from locales.languages import LANGUAGES
from register.sites import Site, SiteKind
from service.open_supply_hub import is_their_heading, ours_from_theirs
from service.refusals import Refused
from service.tables.cells import RowTold, Table, TableRow, fault_of

_LOCAL_NAME = "name_"
_LOCAL_NAMES = {f"{_LOCAL_NAME}{language.code}": language.code for language in LANGUAGES}
_NEEDED = ("code", "name", "country")
_NUMBERS = frozenset({"workers", "tier", "latitude", "longitude"})
_PLAINER = {
    "Field required": "is missing",
    "Input should be a valid integer": "should be a whole number",
    "Input should be a valid number": "should be a number, such as 26.91",
    "Input should be a finite number": "should be a number, such as 26.91",
    "Input should be a valid boolean": "should be yes or no",
    "String should match pattern '^[A-Za-z": "has letters a-z and digits only, at most 32",
    "String should match pattern '^[A-Z]{2}$": "should be a country's two letters, such as IN",
    "String should match pattern '^[A-Z]{2}[0-9]": "is no OS ID, such as IN2021250D1DTN7",
}


class SiteRow(BaseModel):
    """One row, checked. The last three are of a supply link."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    code: str = Field(pattern=r"^[A-Za-z0-9]{1,32}$")
    name: str = Field(min_length=1, max_length=200)
    country: str = Field(pattern=r"^[A-Z]{2}$")
    kind: SiteKind = SiteKind.OTHER
    region: str = Field(default="", max_length=100)
    workers: int | None = Field(default=None, ge=0, le=10_000_000)
    risk_country: bool = False
    closed: bool = False
    os_id: str = Field(default="", pattern=r"^[A-Z]{2}[0-9]{7}[0-9A-Z]{6}$|^$")
    address: str = Field(default="", max_length=300)
    latitude: float | None = Field(default=None, ge=-90, le=90, allow_inf_nan=False)
    longitude: float | None = Field(default=None, ge=-180, le=180, allow_inf_nan=False)
    local_names: Mapping[str, str] = Field(default_factory=dict)
    organisation: str = ""
    product: str | None = None
    tier: int | None = Field(default=None, ge=0, le=20)

    def site(self, site_id: str) -> Site:
        """The site of this row, where nothing is known of it yet."""
        return Site(
            id=site_id,
            code=self.code,
            name=self.name,
            country=self.country,
            kind=self.kind,
            region=self.region,
            workers=self.workers,
            is_risk_country=self.risk_country,
            is_active=not self.closed,
            local_names=dict(self.local_names),
            os_id=self.os_id,
            address=self.address,
            latitude=self.latitude,
            longitude=self.longitude,
        )

    def changed(self, known: Site, columns: frozenset[str]) -> Site:
        """The known site with what a table of these columns says of it."""
        said = self.site(known.id)
        kept: dict[str, Any] = {
            field: getattr(said, field) for column, field in _FIELDS.items() if column in columns
        }
        spoken = {_LOCAL_NAMES[each] for each in columns if each in _LOCAL_NAMES}
        names = {code: name for code, name in known.local_names.items() if code not in spoken}
        return replace(known, code=said.code, local_names={**names, **said.local_names}, **kept)


_FIELDS: Mapping[str, str] = {
    "name": "name",
    "country": "country",
    "kind": "kind",
    "region": "region",
    "workers": "workers",
    "risk_country": "is_risk_country",
    "closed": "is_active",
    "os_id": "os_id",
    "address": "address",
    "latitude": "latitude",
    "longitude": "longitude",
}
"""Which field of a site each column is about."""


_COLUMNS = {*SiteRow.model_fields} - {"local_names"} | _LOCAL_NAMES.keys()
_OURS = {name.casefold(): name for name in _COLUMNS}
Rename = Callable[[Mapping[str, str]], dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitesRead:
    """What a table holds. `told` has what was refused, in the order of the rows."""

    columns: frozenset[str]
    rows: tuple[tuple[int, SiteRow], ...]
    told: tuple[RowTold, ...]


def read_sites(table: Table) -> SitesRead:
    """The rows of a table. Raises `Refused` where the heading is not one: then no row has meaning.

    A row is refused with every fault it has, and once more if a row above says all the same.
    """
    is_theirs = is_their_heading(table.heading)
    rename = ours_from_theirs if is_theirs else _by_our_names
    heading = tuple(rename(dict.fromkeys(table.heading, "")))
    _check_heading(heading)
    rows: list[tuple[int, SiteRow]] = []
    told: list[RowTold] = []
    above: dict[str, int] = {}
    for row in table.rows:
        read = _row(row, rename)
        if not isinstance(read, SiteRow):
            told += read
        elif (first := above.setdefault(_all_of(read), row.number)) != row.number:
            told.append(RowTold(row=row.number, reason=f"says the same as row {first}"))
        else:
            rows.append((row.number, read))
    return SitesRead(columns=frozenset(heading), rows=tuple(rows), told=tuple(told))


def _all_of(row: SiteRow) -> str:
    return row.model_dump_json()


def _check_heading(heading: Sequence[str]) -> None:
    missing = [name for name in _NEEDED if name not in heading]
    reasons = [f"the heading lacks the column {name}" for name in missing]
    known = ", ".join(sorted(_COLUMNS))
    reasons += [
        f"there is no column {name or 'without a name'}; the columns are {known}"
        for name in heading
        if name not in _COLUMNS
    ]
    if reasons:
        raise Refused(*reasons)


def _by_our_names(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells by our columns' names, whatever capitals and spaces somebody gave them."""
    return {_OURS.get(_plain(name), name): cell for name, cell in cells.items()}


def _plain(name: str) -> str:
    return "_".join(name.casefold().split())


def _row(row: TableRow, rename: Rename) -> SiteRow | tuple[RowTold, ...]:
    """The row, or each reason why it is none."""
    if row.is_uneven:
        reason = "it has more or fewer fields than the heading"
        return (RowTold(row=row.number, reason=reason),)
    given = {name: cell for name, cell in rename(row.cells).items() if cell}
    faults = tuple(_cell_faults(row.number, given))
    names = {
        language: given.pop(column) for column, language in _LOCAL_NAMES.items() if column in given
    }
    for column in ("country", "os_id"):
        if column in given:
            given[column] = given[column].upper()
    try:
        read = SiteRow.model_validate({**given, "local_names": names})
    except ValidationError as refusal:
        bad = {each.column for each in faults}
        return (*faults, *(each for each in _told(row.number, refusal) if each.column not in bad))
    return faults or read


def _cell_faults(number: int, given: Mapping[str, str]) -> Iterator[RowTold]:
    for column, cell in given.items():
        fault = None if column in _NUMBERS else fault_of(cell)
        if fault is not None:
            yield RowTold(row=number, column=column, reason=fault)


def _told(number: int, refusal: ValidationError) -> Iterator[RowTold]:
    for error in refusal.errors():
        column = ".".join(map(str, error["loc"]))
        yield RowTold(row=number, column=column, reason=_words(error["msg"]))


def _words(message: str) -> str:
    for begins, words in _PLAINER.items():
        if message.startswith(begins):
            return words
    return message[0].lower() + message[1:]
