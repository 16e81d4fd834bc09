"""Summaries that reporters approved, page by page.

Ids are random, so a new summary may come anywhere in the order, and one that was taken back is not
there any more: a program reads all pages and compares ids (docs/api.md).
"""

import re

from monitoring.overview.company import SharedSummary, shared_summaries
from web.api.asked import Asked, CannotAnswer
from web.api.house import ApiTransaction

SUMMARIES = "/api/v1/summaries"
PAGE = 50
_ID = re.compile(r"[a-z2-7]{26}")


async def summaries(asked: Asked) -> object:
    """A page of them."""
    after, own = asked.request.query.get("after"), asked.organisation_id
    if after is not None and not _ID.fullmatch(after):
        raise CannotAnswer(400, "after is an id: take the address in next as it is.")

    def unit(tx: ApiTransaction) -> tuple[SharedSummary, ...]:
        return shared_summaries(tx, own, after=after, limit=PAGE + 1)

    found = await asked.api.storage.read(unit)
    shown = found[:PAGE]
    return {
        "summaries": [
            {"id": each.id, "summary": each.words, "shared_in": str(each.shared_in)}
            for each in shown
        ],
        "next": f"{SUMMARIES}?after={shown[-1].id}" if len(found) > PAGE else None,
    }
