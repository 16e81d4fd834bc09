"""What can go wrong with keeping things. Foreign exceptions are translated at this border."""


class StorageError(Exception):
    """Root of this package's exceptions. Its messages name tables and files, never content."""


class StorageUnavailable(StorageError):
    """The database cannot be written now (disk full, locked, server gone); nothing was kept."""


class StorageClosed(StorageError):
    """Work was handed in after closing began; nothing was kept."""
