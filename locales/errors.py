"""What can go wrong in this package: broken promises of the caller, never a missing translation."""


class LocalesError(Exception):
    """The root of this package's exceptions."""


class MissingValueError(LocalesError):
    """A sentence was asked for without the value of one of its `${name}` places."""


class UnreadableCatalogueError(LocalesError):
    """A catalogue file is there and is not a catalogue."""


class UnreadableSourceError(LocalesError):
    """A source file cannot be read for its texts."""
