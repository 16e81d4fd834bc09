"""What the company is asked about cases, as its pages show it: while the summary is shared.

No case, no handler and no officer is named. To answer, somebody of the company signs in: what it
says is a person's word, and not a program's.
"""

from web.api.asked import Asked
from web.company.request_pages import requests_of

REQUESTS = "/api/v1/requests"


async def requests(asked: Asked) -> object:
    """All of them, what waits first."""
    own, today = asked.organisation_id, asked.api.today
    found = await asked.api.storage.read(lambda tx: requests_of(tx, own))
    return {
        "requests": [
            {
                "request": each.id,
                "kind": each.kind,
                "state": each.state,
                "words": each.words,
                "summary": summary,
                "due_on": each.due_on.isoformat(),
                "is_overdue": each.is_overdue(today),
                "answers": [
                    {
                        "kind": given.kind,
                        "words": given.words,
                        "day": given.on.isoformat(),
                        "measure_on": None
                        if given.measure_on is None
                        else given.measure_on.isoformat(),
                    }
                    for given in each.answers
                ],
            }
            for each, summary in found
        ]
    }
