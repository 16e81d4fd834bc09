"""Summaries on the way that they really go: drafted, offered, decided, shared, taken back."""

from typing import Any

from register.case import Actor
from register.consent import PartAnswer, said_to_all
from register.people import Role
from register.summary import (
    Summary,
    SummaryAction,
    SummaryChanged,
    SummaryState,
    change,
    decide,
    draft,
)
from sealing.identifiers import new_id
from tests.web.inside_house import Filed, Inside


async def shared(
    inside: Inside, words: str, *, until: SummaryState = SummaryState.SHARED
) -> Summary:
    """A summary of a case of its own, on its way to the company until it is in this state."""
    filed: Filed = await inside.filed()

    def work(tx: Any) -> Summary:
        case = tx.cases.get(filed.case.ref)
        made = draft(
            case,
            words,
            _handler(case),
            inside.house.clock.today,
            summary_id=new_id(),
            keys=tx.people.keys(),
            reporter=tx.cases.reporter(case.ref),
        )
        assert isinstance(made, Summary)
        if until is not SummaryState.DRAFT:
            made = _step(tx, inside, made, SummaryAction.OFFER, None)
        if until in (SummaryState.APPROVED, SummaryState.SHARED):
            made = says(tx, made, PartAnswer.YES, words, inside)
        if until is SummaryState.SHARED:
            made = _step(tx, inside, made, SummaryAction.SHARE, words)
        tx.summaries.put(made)
        return made

    return await inside.house.database.transaction(work)


def says(tx: Any, summary: Summary, answer: PartAnswer, words: str, inside: Inside) -> Summary:
    """The reporter says one thing to all of it."""
    changed = decide(
        summary,
        tx.cases.get(summary.case_ref),
        said_to_all(words, answer, version=summary.version),
        inside.house.clock.today,
        keys=tx.people.keys(),
        reporter=tx.cases.reporter(summary.case_ref),
    )
    assert isinstance(changed, SummaryChanged), changed
    tx.summaries.put(changed.summary)
    tx.cases.keep(changed.case, changed.entry)
    return changed.summary


async def taken_back(inside: Inside, summary: Summary) -> None:
    """The reporter changes their mind."""

    def work(tx: Any) -> None:
        tx.summaries.put(_step(tx, inside, summary, SummaryAction.WITHDRAW, None))

    await inside.house.database.transaction(work)


def _step(
    tx: Any, inside: Inside, summary: Summary, step: SummaryAction, words: str | None
) -> Summary:
    case = tx.cases.get(summary.case_ref)
    is_theirs = step is SummaryAction.WITHDRAW
    actor = Actor(role=Role.REPORTER) if is_theirs else _handler(case)
    told = words if step is SummaryAction.SHARE else None
    changed = change(summary, case, step, actor, inside.house.clock.today, told)
    assert isinstance(changed, SummaryChanged)
    tx.cases.keep(changed.case, changed.entry)
    return changed.summary


def _handler(case: Any) -> Actor:
    return Actor(role=Role.HANDLER, id=case.handler_ids[0])
