"""What everything stands on: the key ring, the database, the flows. Opened from the settings.

`service.wiring` builds the running house on it; commands that only look something up or add it
use `records`.
"""

import asyncio
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from flows.library import FlowLibrary
from sealing.key_ring import KeyRing
from sealing.key_ring_file import load_key_ring, parse_key_ring, read_from_command
from service.living_key_ring import LivingKeyRing
from service.refusals import Refused
from service.settings import PREFIX, Settings
from storage.database import Database
from storage.transaction import SqlTransaction

Result = TypeVar("Result")


def open_key_ring(settings: Settings) -> KeyRing:
    """The key ring from the environment, a command, or the file in the home folder.

    Raises `KeyRingUnusable`, which says what to do.
    """
    if value := settings.key_ring.get_secret_value():
        return parse_key_ring(value, f"what {PREFIX}KEY_RING holds")
    if settings.key_ring_command:
        return read_from_command(shlex.join(settings.key_ring_command))
    return load_key_ring(settings.key_ring_file)


def living_key_ring(settings: Settings) -> KeyRing:
    """The key ring for a house that runs: one in a file follows its file. Raises the same."""
    if has_key_ring_elsewhere(settings):
        return open_key_ring(settings)
    return LivingKeyRing(settings.key_ring_file)


def has_key_ring_elsewhere(settings: Settings) -> bool:
    """Whether the key ring comes from the environment or a command, so that no file is made."""
    return bool(settings.key_ring.get_secret_value() or settings.key_ring_command)


def load_library(settings: Settings) -> FlowLibrary:
    """The flows that come with the product, and the operator's own beside them.

    Raises `FlowFaults` with file, row and reason of each fault.
    """
    shipped = FlowLibrary.load()
    if settings.flows_folder is None:
        return shipped
    if not settings.flows_folder.is_dir():
        raise Refused(
            f"{PREFIX}FLOWS_FOLDER: there is no folder {settings.flows_folder}: make it, or leave "
            "the setting out"
        )
    return FlowLibrary((*shipped, *FlowLibrary.load(settings.flows_folder)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The database for a command: one thing after the other, without a running house."""

    database: Database
    key_ring: KeyRing

    def read(self, work: Callable[[SqlTransaction], Result]) -> Result:
        """Run `work` on a snapshot."""
        return self.database.read_now(work)

    def write(self, work: Callable[[SqlTransaction], Result]) -> Result:
        """Run `work` and return its result once it is durable."""
        return asyncio.run(self.database.transaction(work))


@contextmanager
def records(settings: Settings) -> Iterator[Records]:
    """The database, closed afterwards. Raises `KeyRingUnusable`, `StorageError`."""
    key_ring = open_key_ring(settings)
    database = Database.open(settings.effective_database_url, key_ring)
    try:
        yield Records(database=database, key_ring=key_ring)
    finally:
        database.close()
