"""What a finished conversation gives: particulars that stay readable, and the account.

`particulars` come from rows with `keep: open` and a `code`; every other answer is in `account`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.values import Text, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountEntry:
    """One answer of the account, with the words of its question, so that it reads by itself."""

    path: str
    label: Text
    value: Value = field(repr=False)
    choices: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """The whole of what a person sent. Answers to irrelevant questions are not in it."""

    flow: str
    version: int
    language: str
    particulars: Mapping[str, Value]
    """By `code`."""
    account: tuple[AccountEntry, ...] = field(repr=False)
