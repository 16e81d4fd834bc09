"""Summaries on the way that they really go: drafted, offered, approved, shared, taken back."""

from typing import Any

from register.case import Actor
from register.people import Role
from register.summary import Summary, SummaryAction, SummaryChanged, change, draft
from sealing.identifiers import new_id
from tests.web.inside_house import Filed, Inside

_TO_SHARE = (SummaryAction.OFFER, SummaryAction.APPROVE, SummaryAction.SHARE)


async def shared(
    inside: Inside, words: str, *, steps: tuple[SummaryAction, ...] = _TO_SHARE
) -> Summary:
    """A summary of a case of its own, after these steps."""
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
        for step in steps:
            made = _step(tx, inside, made, step, words)
        tx.summaries.put(made)
        return made

    return await inside.house.database.transaction(work)


async def taken_back(inside: Inside, summary: Summary) -> None:
    """The reporter changes their mind."""

    def work(tx: Any) -> None:
        tx.summaries.put(_step(tx, inside, summary, SummaryAction.WITHDRAW, None))

    await inside.house.database.transaction(work)


def _step(
    tx: Any, inside: Inside, summary: Summary, step: SummaryAction, words: str | None
) -> Summary:
    case = tx.cases.get(summary.case_ref)
    is_theirs = step in (SummaryAction.APPROVE, SummaryAction.WITHDRAW)
    actor = Actor(role=Role.REPORTER) if is_theirs else _handler(case)
    told = words if step is SummaryAction.SHARE else None
    changed = change(summary, case, step, actor, inside.house.clock.today, told)
    assert isinstance(changed, SummaryChanged)
    tx.cases.keep(changed.case, changed.entry)
    return changed.summary


def _handler(case: Any) -> Actor:
    return Actor(role=Role.HANDLER, id=case.handler_ids[0])
