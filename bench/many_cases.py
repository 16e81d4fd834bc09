"""Many cases of one quarter, for measuring: some hundred real ones at twenty sites, multiplied.

One case for each site and theme is filed as always; the copies are written into the tables under
new ids, as in `bench.growth`, with what lists and counts are read from sealed for each. Called by
`bench.pages` and `bench.releasing`.
"""

import sqlite3
import time
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bench.growth import copy_of
from bench.installation import SITES
from flows.submission import AccountEntry, Submission
from flows.values import Text
from monitoring.overview.changes import case_changed
from monitoring.overview.releasing import due_releases, keep_quarter, quarter_figures
from register.directory import SiteDirectory
from register.filing import Office, file
from register.particulars import Theme
from sealing.identifiers import new_id
from sealing.key_ring import KeyRing
from sealing.receipts import ReceiptTerms, mint
from sealing.stretching import TEST_COST
from service.clock import now
from service.foundations import Records
from service.settings import Settings
from storage.engines import open_engine
from storage.report_lines import line_of, report_in
from storage.tables import METADATA
from storage.transaction import SqlTransaction

ORIGINALS: Final = SITES * len(Theme)
MOST_RELEASE_SECONDS = 5.0
_AT_ONCE = 5_000


def file_originals(kept: Records) -> date:
    """One real case for each site and theme, in the quarter before this one."""
    told_at = now() - timedelta(days=95)
    terms = ReceiptTerms(salt=kept.key_ring.salt("receipts"), cost=TEST_COST)

    def work(tx: SqlTransaction) -> None:
        directory = SiteDirectory(
            tuple(tx.sites.sites()), tuple(tx.sites.organisations()), tuple(tx.sites.links())
        )
        office = Office(staff=tx.people.staff(), keys=tx.people.keys(), sites=directory)
        words = AccountEntry(path="story", label=Text(msgid="What happened?"), value="Dust. " * 50)
        for site in tuple(tx.sites.sites()):
            for theme in Theme:
                submission = Submission(
                    flow="grievance",
                    version=1,
                    language="en",
                    particulars={"site": site.id, "theme": theme.value, "people": "many"},
                    account=(words,),
                )
                filing = file(
                    submission,
                    office,
                    case_ref=new_id(),
                    now=told_at,
                    receipt=mint(terms),
                    reporter_tag=new_id(),
                )
                tx.cases.add(filing)
                case_changed(tx, filing.case, told_at.date())

    kept.write(work)
    return told_at.date()


def multiply(
    settings: Settings, key_ring: KeyRing, size: int, tables: Collection[str] = ()
) -> None:
    """Copies of all of them, in every table that holds something of a case, or in these alone."""
    engine = open_engine(settings.effective_database_url)
    try:
        kinds = _kinds(engine, tables)
        for first in range(0, size, _AT_ONCE):
            with engine.begin() as connection:
                for table, originals in kinds:
                    copies = [
                        _sealed_for_itself(key_ring, table.name, original, copy)
                        for number in range(first, min(first + _AT_ONCE, size))
                        for original in originals[number % ORIGINALS]
                        for copy in (copy_of(table, original, number),)
                    ]
                    if copies:
                        connection.execute(table.insert(), copies)
            _let_the_log_be_short(settings)
    finally:
        engine.dispose()


def _sealed_for_itself(
    key_ring: KeyRing, table: str, original: Mapping[str, Any], copy: dict[str, Any]
) -> dict[str, Any]:
    """What a copy's lists and counts are read from, sealed for its own row."""
    name = {"cases": "details", "case_organisations": "report"}.get(table)
    if name is not None:
        before, after = (each.get("ref") or each["case_ref"] for each in (original, copy))
        plain = key_ring.open_row(table, name, before, original[f"{name}_sealed"])
        if table == "case_organisations":
            renamed = line_of(report_in(plain)._replace(reporter_tag=after))
        else:
            renamed = plain.replace(before.encode(), after.encode())
        copy[f"{name}_sealed"] = key_ring.seal_row(table, name, after, renamed)
    return copy


def _let_the_log_be_short(settings: Settings) -> None:
    """The write-ahead log of a million cases would take as much room as they."""
    path = settings.effective_database_url.removeprefix("sqlite:///")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _kinds(
    engine: Engine, tables: Collection[str]
) -> list[tuple[Any, list[list[Mapping[str, Any]]]]]:
    """Table by table, cases first: the rows of each original case."""
    with engine.connect() as connection:
        order = [each.ref for each in connection.execute(select(METADATA.tables["cases"].c.ref))]
        found = []
        for table in METADATA.sorted_tables:
            if table.name != "cases" and "case_ref" not in table.c:
                continue
            if tables and table.name not in tables:
                continue
            name = "ref" if table.name == "cases" else "case_ref"
            by_ref: dict[str, list[Mapping[str, Any]]] = {ref: [] for ref in order}
            for each in connection.execute(select(table)).mappings():
                by_ref.setdefault(each[name], []).append(dict(each))
            found.append((table, [by_ref[ref] for ref in order]))
    return found


def released(kept: Records, filed_on: date) -> list[float]:
    """Seconds that each company's release of their quarter takes, in the order of the chore."""
    later = filed_on + timedelta(days=93)
    salt = kept.key_ring.salt("releases")
    due = kept.read(lambda tx: due_releases(tx, later))
    while kept.write(lambda tx: tx.releases.gather()):
        pass  # The rounds of earlier nights did this.
    seconds = []
    for organisation_id, quarter in due:
        began = time.perf_counter()
        figures = kept.read(
            partial(
                quarter_figures,
                organisation_id=organisation_id,
                quarter=quarter,
                today=later,
                salt=salt,
            )
        )
        if figures is None or kept.write(partial(keep_quarter, figures=figures)) is None:
            raise AssertionError("a quarter that is due was not released")
        seconds.append(time.perf_counter() - began)
    return seconds
