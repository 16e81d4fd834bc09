"""The site directory in memory, made anew when the operator has changed the sites.

Conversations ask for it at every step, so it is never read from the database by them. The running
house looks every few seconds whether the number that grows with each change has grown.
"""

import asyncio

import structlog

from register.directory import SiteDirectory
from storage.database import Database
from storage.errors import StorageError
from storage.transaction import SqlTransaction

SECONDS_BETWEEN_LOOKS = 3.0
"""How old the directory may be: a site that was just added can be named this much later."""

log = structlog.get_logger("service")


class SiteMemory:
    """One directory, replaced as a whole."""

    def __init__(self, database: Database) -> None:
        """Reads the sites as they are; raises `StorageError`."""
        self._database = database
        self._revision, self._directory = database.read_now(_directory_and_revision)

    def current(self) -> SiteDirectory:
        """The directory as it was when last looked."""
        return self._directory

    async def refresh(self) -> bool:
        """Look whether something changed, and if so read it; True if it did."""
        if await self._database.read(_revision) == self._revision:
            return False
        self._revision, self._directory = await self._database.read(_directory_and_revision)
        return True

    async def keep_fresh(self) -> None:
        """Refresh until cancelled; a fault is logged, and the directory stays as it was."""
        while True:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
            try:
                await self.refresh()
            except StorageError:
                log.warning("sites_not_read", exc_info=True)


def _revision(tx: SqlTransaction) -> int:
    return tx.sites.revision()


def _directory_and_revision(tx: SqlTransaction) -> tuple[int, SiteDirectory]:
    sites = tx.sites
    directory = SiteDirectory(sites.sites(), sites.organisations(), sites.links())
    return sites.revision(), directory
