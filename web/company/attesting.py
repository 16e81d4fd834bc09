"""What a company states about a question, and takes back. A statement is never proof (S4).

One form is one row of a statements file, and is judged by the same rules
(`monitoring.evaluation.attestations`).
"""

import csv
import io

from aiohttp import web

from intake.ports import Transaction
from monitoring.evaluation.attestations import COLUMNS, read_attestations
from monitoring.evaluation.framework import PERCENT
from monitoring.overview.scores import profile_of
from web.company.house import COMPANY, own_organisation
from web.company.score_pages import question_page
from web.company.words import FAULT_WORDS
from web.inside.frame import see_other, words_of
from web.inside.routes import Form
from web.sign_in.doorkeeper import Person

_FIELD_OF = {"question": "part", "": "part"}
"""On which field a fault is shown that is about none of the form's."""


async def state(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """Keep the statement in place of an earlier one about the same part; or the form again."""
    company, words = request.app[COMPANY], words_of(person)
    question = request.match_info["question"]
    row = _row(question, form)
    today = company.today

    def unit(tx: Transaction) -> tuple[tuple[str, str], ...] | None:
        own = own_organisation(tx, person)
        organisation = None if own is None else tx.sites.organisation(own)
        if own is None or organisation is None:
            return None
        category = profile_of(organisation).category
        read = read_attestations(row, company.framework, category, today, is_csv=True)
        for attestation in read.accepted:
            tx.attestations.put(own, attestation)
        return tuple(
            (_FIELD_OF.get(column, column), words.text(FAULT_WORDS[fault]))
            for refused in read.refused
            for column, fault in refused.faults
        )

    errors = await company.storage.transaction(unit)
    if errors is None:
        raise web.HTTPForbidden
    if errors:
        typed = {column: form.one(column) for column in COLUMNS}
        return await question_page(request, person, typed, errors)
    return see_other(f"/company/score/questions/{question}?done=stated")


async def withdraw(request: web.Request, person: Person, form: Form) -> web.StreamResponse:
    """The company states it no longer."""
    question, part = request.match_info["question"], form.one("part")

    def unit(tx: Transaction) -> bool:
        own = own_organisation(tx, person)
        if own is not None:
            tx.attestations.withdraw(own, question, part)
        return own is not None

    if not await request.app[COMPANY].storage.transaction(unit):
        raise web.HTTPForbidden
    return see_other(f"/company/score/questions/{question}?done=withdrawn")


def _row(question: str, form: Form) -> bytes:
    """The form as a file of one row; a share only where it is asked for."""
    part = form.one("part")
    typed = {
        "question": question,
        "part": part,
        "percent": form.one("percent").replace(",", ".") if part == PERCENT else "",
        "document": form.one("document"),
        "stated_by": form.one("stated_by"),
        "day": form.one("day"),
    }
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, COLUMNS)
    writer.writeheader()
    writer.writerow(typed)
    return written.getvalue().encode("utf-8", "replace")
