"""What can go wrong with keeping things. Foreign exceptions are translated at this border."""


class StorageError(Exception):
    """Root of this package's exceptions. Its messages name tables and files, never content."""


class StorageUnavailable(StorageError):
    """The database cannot be read or written now; nothing was kept, and it is worth trying again.

    The disk is full, a lock did not come free, the server is gone, or too much is waiting already.
    """


class StorageConflict(StorageError):
    """The work broke a rule of the tables, such as a code that two sites have; nothing was kept."""


class OutcomeUnknown(StorageUnavailable):
    """The line to the database was cut during a commit: it may have been kept or not.

    Arrivals with an update's number may be brought again, for they are taken once.
    """


class StorageClosed(StorageError):
    """Work was handed in after closing began; nothing was kept."""


class WrongKeyRing(StorageError):
    """The database was sealed under another key ring than the one given; nothing was changed."""
