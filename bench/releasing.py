"""The release of a quarter with many cases: of one company alone, and of four that share sites.

Where companies share sites, each site's cases are counted once for all of them (docs/decisions/
release.md): whoever is released first counts, the others are told the same. So the first one's
seconds are the most that anybody waits for.
"""

from collections.abc import Iterator

from bench.installation import furnish, settings_for
from bench.many_cases import MOST_RELEASE_SECONDS, file_originals, multiply, released
from bench.plan import Plan
from bench.rows import Row, row
from register.sites import Category, Organisation, SupplyLink
from sealing.identifiers import new_id
from service.foundations import records
from storage.transaction import SqlTransaction

_SOME = 100_000
_VERY_MANY = 1_000_000
_COUNTED = ("cases", "case_organisations")
_OTHERS = 3


def measure(plan: Plan) -> Iterator[Row]:
    """Seconds of a release, alone and shared."""
    size = _VERY_MANY if plan.is_full else _SOME
    (alone,) = _released(plan, size, others=0)
    yield row(
        f"release of a quarter with {size:,} cases", "s", [alone], at_most=MOST_RELEASE_SECONDS
    )
    shared = _released(plan, size, others=_OTHERS)
    yield row(
        f"the same of {1 + _OTHERS} companies that share sites, the slowest",
        "s",
        [max(shared)],
        at_most=MOST_RELEASE_SECONDS,
        note=f"all of them together {sum(shared):.2f} s; each site has two companies or more",
    )


def _released(plan: Plan, size: int, *, others: int) -> list[float]:
    settings = settings_for(plan.folder / f"releasing-{size}-{others}")
    furnish(settings)
    with records(settings) as kept:
        kept.write(lambda tx: _put_others(tx, others))
        filed_on = file_originals(kept)
        multiply(settings, kept.key_ring, size, _COUNTED)
        return released(kept, filed_on)


def _put_others(tx: SqlTransaction, others: int) -> None:
    """Each has two of three sites, another third left out by each: parts of every kind."""
    sites = tuple(tx.sites.sites())
    for each in range(others):
        organisation = Organisation(
            id=new_id(),
            name=f"Importer {each}",
            category=Category.C,
            employees=60,
            turnover_eur=2_000_000,
        )
        tx.sites.put_organisation(organisation)
        for number, site in enumerate(sites):
            if number % 3 != each % 3:
                tx.sites.put_link(SupplyLink(organisation_id=organisation.id, site_id=site.id))
