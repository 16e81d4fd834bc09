"""Sites and supply links from a table: every row is taken, or refused with why.

A row whose code is there already changes that site, so a corrected file is simply read again. A
site in several chains has a row for each, alike but for organisation, product and tier. An OS ID
belongs to one site. Rows are kept some hundreds at a time: a file that is broken off half-way is
read again from its start, and nothing comes twice.

Called by `gehoor sites import` and `gehoor sites add`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from register.folding import fold
from register.sites import Organisation, Site, SupplyLink
from sealing.identifiers import new_id
from service.foundations import Records
from service.organisation_list import find_organisation, none_called
from service.site_rows import SiteRow, SitesRead
from service.tables.cells import RowMark, RowTold
from storage.transaction import SqlTransaction

ROWS_AT_ONCE = 500
Numbered = tuple[int, SiteRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitesKept:
    """What became of the rows; `told` has those that were refused or are to be looked at."""

    added: int
    changed: int
    links: int
    told: tuple[RowTold, ...]


class _Known:
    """What is there already, and what the rows of earlier pieces said; grows between pieces."""

    def __init__(self, organisations: Sequence[Organisation], sites: Sequence[Site]) -> None:
        self.organisations = organisations
        self.above: dict[str, tuple[int, SiteRow, Site]] = {}
        """By code, without case."""
        self.codes_of_os_ids = {site.os_id: site.code for site in sites if site.os_id}
        self.codes_of_names = {_name_of(site): site.code for site in sites}

    def learn(self, piece: "_Piece") -> None:
        """What a piece kept, now that it is durable."""
        self.above.update(piece.taken)
        self.codes_of_os_ids.update(piece.os_ids)
        self.codes_of_names.update(piece.names)


def keep_sites(
    kept: Records, found: SitesRead, tell: Callable[[int, int], None] = lambda _, __: None
) -> SitesKept:
    """Keep the sites and links of these rows; those that contradict another are refused.

    `tell` hears after each piece how many rows are done, and how many there are.
    """
    known = kept.read(_what_is_there)
    pieces: list[_Piece] = []
    for start in range(0, len(found.rows), ROWS_AT_ONCE):
        rows = found.rows[start : start + ROWS_AT_ONCE]
        piece = kept.write(partial(_keep_piece, rows=rows, columns=found.columns, known=known))
        known.learn(piece)
        pieces.append(piece)
        tell(start + len(rows), len(found.rows))
    return SitesKept(
        added=sum(piece.added for piece in pieces),
        changed=sum(piece.changed for piece in pieces),
        links=sum(piece.links for piece in pieces),
        told=tuple(told for piece in pieces for told in piece.told),
    )


def _what_is_there(tx: SqlTransaction) -> _Known:
    return _Known(tuple(tx.sites.organisations()), tuple(tx.sites.sites()))


def _keep_piece(
    tx: SqlTransaction, rows: Sequence[Numbered], columns: frozenset[str], known: _Known
) -> "_Piece":
    piece = _Piece(tx, columns, known)
    for number, given in rows:
        row = piece.by_its_code_here(given)
        refusal = piece.refusal_of(row)
        if refusal is None:
            piece.keep(number, row)
        else:
            column, reason = refusal
            piece.told.append(RowTold(row=number, column=column, reason=reason))
    return piece


class _Piece:
    """Some rows on their way into the database. Made anew if the transaction is run again."""

    def __init__(self, tx: SqlTransaction, columns: frozenset[str], known: _Known) -> None:
        self._tx = tx
        self._columns = columns
        self._known = known
        self.taken: dict[str, tuple[int, SiteRow, Site]] = {}
        self.os_ids: dict[str, str] = {}
        self.names: dict[tuple[str, str], str] = {}
        self.added = self.changed = self.links = 0
        self.told: list[RowTold] = []

    def by_its_code_here(self, row: SiteRow) -> SiteRow:
        """A row that has nothing but an OS ID for a code is about the site that has this OS ID."""
        code = self._code_of_os_id(row.os_id) if row.code == row.os_id else None
        return row if code is None else row.model_copy(update={"code": code})

    def refusal_of(self, row: SiteRow) -> tuple[str, str] | None:
        """The column and why this row cannot be kept; None when it can."""
        earlier = self._above(row)
        if earlier is not None and row.site("") != earlier[1].site(""):
            return "code", f"{row.code} stands in row {earlier[0]} with other details"
        if row.os_id:
            code = self._code_of_os_id(row.os_id)
            if code is not None and code.casefold() != row.code.casefold():
                return "os_id", f"{row.os_id} is the site {code} already"
        if row.organisation and self._organisation(row) is None:
            return "organisation", none_called(row.organisation)
        return None

    def keep(self, number: int, row: SiteRow) -> None:
        """Keep the site, and the link where the row names a company."""
        earlier = self._above(row)
        site = self._site(number, row) if earlier is None else earlier[2]
        self.taken.setdefault(row.code.casefold(), (number, row, site))
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

    def _site(self, number: int, row: SiteRow) -> Site:
        known = self._tx.sites.by_code(row.code)
        site = row.site(new_id()) if known is None else row.changed(known, self._columns)
        if site != known:
            self._tx.sites.put_site(site)
            self.added += known is None
            self.changed += known is not None
        if known is None:
            self._note_namesake(number, site)
        if site.os_id:
            self.os_ids[site.os_id] = site.code
        self.names[_name_of(site)] = site.code
        return site

    def _note_namesake(self, number: int, site: Site) -> None:
        name = _name_of(site)
        other = self.names.get(name) or self._known.codes_of_names.get(name)
        if other is not None:
            reason = f"was added, and {other} has the same name and country: is it the same place?"
            self.told.append(RowTold(row=number, column="name", reason=reason, mark=RowMark.NOTED))

    def _above(self, row: SiteRow) -> tuple[int, SiteRow, Site] | None:
        code = row.code.casefold()
        return self.taken.get(code) or self._known.above.get(code)

    def _code_of_os_id(self, os_id: str) -> str | None:
        return self.os_ids.get(os_id) or self._known.codes_of_os_ids.get(os_id)

    def _organisation(self, row: SiteRow) -> Organisation | None:
        return find_organisation(self._known.organisations, row.organisation)


def _name_of(site: Site) -> tuple[str, str]:
    return site.country, fold(site.name)
