"""Sites from a table (CSV): every row is taken, or refused with why.

Columns: code and name and country are needed; kind, region, workers, risk_country,
organisation, product, tier and name_LANGUAGE (name_hi, name_zh_Hans …) are not. A site in
several chains has a row for each, alike but for organisation, product and tier. A row whose code is
there already replaces that site's details, so a corrected file is simply read again.

Called by `gehoor sites import` and `gehoor sites add`.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from locales.languages import LANGUAGES
from register.sites import Organisation, Site, SiteKind, SupplyLink
from sealing.identifiers import new_id
from service.organisation_list import find_organisation, none_called
from service.refusals import Refused
from storage.transaction import SqlTransaction

_LOCAL_NAME = "name_"
_NEEDED = ("code", "name", "country")
_LOCAL_NAMES = {f"{_LOCAL_NAME}{language.code}": language.code for language in LANGUAGES}
_PLAINER = {
    "Field required": "is missing",
    "Input should be a valid integer": "should be a whole number",
    "Input should be a valid boolean": "should be yes or no",
    "String should match pattern '^[A-Za-z": "has letters a-z and digits only, at most 32",
    "String should match pattern '^[A-Z]": "should be a country's two letters, such as IN",
}


class SiteRow(BaseModel):
    """One row, checked. Links are made of the last three."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    code: str = Field(pattern=r"^[A-Za-z0-9]{1,32}$")
    name: str = Field(min_length=1, max_length=200)
    country: str = Field(pattern=r"^[A-Z]{2}$")
    kind: SiteKind = SiteKind.OTHER
    region: str = Field(default="", max_length=100)
    workers: int | None = Field(default=None, ge=0, le=10_000_000)
    risk_country: bool = False
    local_names: Mapping[str, str] = Field(default_factory=dict)
    organisation: str = ""
    product: str | None = None
    tier: int | None = Field(default=None, ge=0, le=20)

    def site(self, site_id: str) -> Site:
        """The site of this row."""
        return Site(
            id=site_id,
            code=self.code,
            name=self.name,
            country=self.country,
            kind=self.kind,
            region=self.region,
            workers=self.workers,
            is_risk_country=self.risk_country,
            local_names=dict(self.local_names),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRefused:
    """A row that was not taken; the first row under the heading is row 2."""

    row: int
    reason: str

    def __str__(self) -> str:
        return f"row {self.row}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SitesRead:
    """What a table holds."""

    rows: tuple[tuple[int, SiteRow], ...]
    refused: tuple[RowRefused, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitesKept:
    """What became of the rows."""

    added: int
    changed: int
    links: int
    refused: tuple[RowRefused, ...]


def read_sites(text: str) -> SitesRead:
    """The rows of a table with commas or semicolons.

    Raises `Refused` where the heading is not one: then no row means anything.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=_delimiter(text))
    heading = [name.strip() for name in reader.fieldnames or ()]
    reader.fieldnames = heading
    _check_heading(heading)
    rows, refused = [], []
    for number, fields in enumerate(reader, start=2):
        read = _row(fields)
        if isinstance(read, SiteRow):
            rows.append((number, read))
        else:
            refused += [RowRefused(row=number, reason=reason) for reason in read]
    return SitesRead(rows=tuple(rows), refused=tuple(refused))


def keep_sites(tx: SqlTransaction, rows: Iterable[tuple[int, SiteRow]]) -> SitesKept:
    """Keep the sites and links of these rows; those that contradict another are refused."""
    keeping = _Keeping(tx)
    for number, row in rows:
        reason = keeping.refusal_of(row)
        if reason is None:
            keeping.keep(row)
        else:
            keeping.refused.append(RowRefused(row=number, reason=reason))
    return SitesKept(
        added=keeping.added,
        changed=keeping.changed,
        links=keeping.links,
        refused=tuple(keeping.refused),
    )


class _Keeping:
    """One table on its way into the database."""

    def __init__(self, tx: SqlTransaction) -> None:
        self._tx = tx
        self._organisations = tuple(tx.sites.organisations())
        self._taken: dict[str, tuple[SiteRow, Site]] = {}
        self.added = self.changed = self.links = 0
        self.refused: list[RowRefused] = []

    def refusal_of(self, row: SiteRow) -> str | None:
        """Why this row cannot be kept; None when it can."""
        earlier = self._taken.get(row.code.casefold())
        if earlier is not None and row.site("") != earlier[0].site(""):
            return f"{row.code} stands above with other details"
        if row.organisation and self._organisation(row) is None:
            return none_called(row.organisation)
        return None

    def keep(self, row: SiteRow) -> None:
        """Keep the site, and the link where the row names a company."""
        earlier = self._taken.get(row.code.casefold())
        site = self._site(row) if earlier is None else earlier[1]
        self._taken[row.code.casefold()] = (row, site)
        organisation = self._organisation(row)
        if organisation is not None:
            self._tx.sites.put_link(
                SupplyLink(
                    organisation_id=organisation.id,
                    site_id=site.id,
                    product=row.product,
                    tier=row.tier,
                )
            )
            self.links += 1

    def _site(self, row: SiteRow) -> Site:
        known = self._tx.sites.by_code(row.code)
        site = row.site(new_id() if known is None else known.id)
        if site != known:
            self._tx.sites.put_site(site)
            self.added += known is None
            self.changed += known is not None
        return site

    def _organisation(self, row: SiteRow) -> Organisation | None:
        return find_organisation(self._organisations, row.organisation)


def _delimiter(text: str) -> str:
    heading = text.partition("\n")[0]
    return ";" if heading.count(";") > heading.count(",") else ","


def _check_heading(heading: Sequence[str]) -> None:
    missing = [name for name in _NEEDED if name not in heading]
    known = {*SiteRow.model_fields} - {"local_names"} | _LOCAL_NAMES.keys()
    reasons = [f"the heading lacks the column {name}" for name in missing]
    reasons += [
        f"there is no column {name or 'without a name'}; the columns are {', '.join(sorted(known))}"
        for name in heading
        if name not in known
    ]
    if reasons:
        raise Refused(*reasons)


def _row(fields: Mapping[str | None, Any]) -> SiteRow | tuple[str, ...]:
    """The row, or each reason why it is none."""
    if None in fields or None in fields.values():
        return ("it has more or fewer fields than the heading",)
    given = {str(name): str(value).strip() for name, value in fields.items() if value.strip()}
    names = {
        language: given.pop(column) for column, language in _LOCAL_NAMES.items() if column in given
    }
    if "country" in given:
        given["country"] = given["country"].upper()
    try:
        return SiteRow.model_validate({**given, "local_names": names})
    except ValidationError as refusal:
        return tuple(
            f"{'.'.join(map(str, error['loc']))}: {_words(error['msg'])}"
            for error in refusal.errors()
        )


def _words(message: str) -> str:
    for begins, words in _PLAINER.items():
        if message.startswith(begins):
            return words
    return message[0].lower() + message[1:]
