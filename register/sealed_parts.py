"""Accounts as parts of an envelope. Used by filing and letters to seal, by the desk to read.

A part holds at most a mebibyte. A longer account goes on in parts called `account.2`, `account.3`:
however much somebody tells, nothing is cut off.
"""

from collections.abc import Iterable, Mapping

from register.account import Account, dump_account
from sealing.content import MAX_CONTENT_BYTES

ACCOUNT = "account"
"""What was told."""
IDENTITY = "identity"
"""Who told it and how to reach them: apart, so that it can be erased alone (L4)."""


def parts_of(name: str, account: Account) -> Mapping[str, bytes]:
    """The account as one part called `name`, and further ones where it is very long."""
    data = dump_account(account)
    pieces = [data[at : at + MAX_CONTENT_BYTES] for at in range(0, len(data), MAX_CONTENT_BYTES)]
    return {_numbered(name, number): piece for number, piece in enumerate(pieces, start=1)}


def names_of(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """Which of an envelope's part names make up `name`, in the order to join their contents."""
    present = set(names)
    found: list[str] = []
    while (next_name := _numbered(name, len(found) + 1)) in present:
        found.append(next_name)
    return tuple(found)


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}.{number}"
