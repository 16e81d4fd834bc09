"""What every process does before it touches anything of people: no dump, nothing for others.

Called by `service.command_line` before the first command. Memory of a running house holds keys and
words: a core file would put them on a disk that nobody watches (design §5).
"""

import faulthandler
import os
import resource

OWNER_ALONE = 0o077
"""The umask: what we write is the operator's alone, the database included."""


def harden() -> None:
    """No core files from here on, in children neither; new files for the owner alone.

    The hard limit goes too, so that nothing later can raise it again. Python's fault handler is
    turned off: it writes file names and lines only, but from a process whose memory is broken.
    """
    os.umask(OWNER_ALONE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    faulthandler.disable()
