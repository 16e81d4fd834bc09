"""Nightly rounds over cases: those that are found, page by page, in a transaction of its own each.

A process that dies leaves each case done or not, and the next round finds those that are left. Used
by the chores that escalate, remind and erase.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from typing import Protocol, TypeVar

from register.case import Case
from storage.database import Database
from storage.transaction import SqlTransaction

Came_co = TypeVar("Came_co", covariant=True)
Came = TypeVar("Came")


class OfOneCase(Protocol[Came_co]):
    """What is done with a case, and gives what came of it."""

    def __call__(self, tx: SqlTransaction, *, ref: str) -> Came_co:
        """`ref` is the case's; it may have gone since it was found."""


async def case_by_case(
    database: Database,
    find: Callable[[SqlTransaction, str], Sequence[Case]],
    work: OfOneCase[Came],
) -> AsyncIterator[Came]:
    """What came of each case, once it is kept.

    `find` gives the next page by reference, after the last reference of the page before; after an
    empty one the first.
    """
    last = ""
    while cases := await database.read(partial(_page, find=find, after=last)):
        last = cases[-1].ref
        for case in cases:
            yield await database.transaction(partial(work, ref=case.ref))


def _page(
    tx: SqlTransaction, find: Callable[[SqlTransaction, str], Sequence[Case]], after: str
) -> Sequence[Case]:
    return find(tx, after)
