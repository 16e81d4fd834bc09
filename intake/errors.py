"""The root of this package's exceptions: promises of ours that were broken."""


class IntakeError(Exception):
    """Something that cannot be, was; the message names it without any content."""


class NoRoom(IntakeError):
    """There is no memory or no process for it now; a little later there is."""


class NotCleanable(Exception):
    """No cleaned copy can be made: the file is damaged, a bomb, or not what it looks like."""
