"""What the programming interface stands on. Made by `web.desk.parts`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol, TypeVar

from aiohttp import web

from accounts.ports import TokenTransaction
from intake.ports import Transaction
from sealing.key_ring import KeyRing
from web.api.turns import Turns
from web.company.house import Company

Result = TypeVar("Result")


class ApiTransaction(Transaction, TokenTransaction, Protocol):
    """The shelves of the company's pages, and that of the tokens."""


class ApiStorage(Protocol):
    """Where units of work run; see `intake.ports.Storage`."""

    async def transaction(self, work: Callable[[ApiTransaction], Result]) -> Result:
        """Run `work`, return its result once it is durable."""

    async def read(self, work: Callable[[ApiTransaction], Result]) -> Result:
        """Run `work` on a snapshot; it writes nothing."""


def turns_of_a_token() -> Turns:
    """A token may fetch everything at once, and then once a second."""
    return Turns(per_second=1.0, at_once=120)


def wrong_turns() -> Turns:
    """Wrong tokens of all programs together; see `web.api.admission`."""
    return Turns(per_second=1.0, at_once=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """Everything that the interface needs from outside."""

    storage: ApiStorage
    key_ring: KeyRing
    clock: Callable[[], datetime]
    company: Company
    """What the company's pages stand on: the same is told here."""
    turns: Turns = field(default_factory=turns_of_a_token)
    wrong: Turns = field(default_factory=wrong_turns)

    @property
    def today(self) -> date:
        """This day, in UTC."""
        return self.clock().date()


API = web.AppKey("api", Api)
