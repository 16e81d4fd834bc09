"""`gehoor audit`."""

from service.audit import audit as look
from service.commands.saying import say
from service.foundations import records
from service.refusals import Refused
from service.settings import read_settings


def audit() -> None:
    """Say what was found; anything that is not whole ends with a refusal."""
    with records(read_settings()) as kept:
        found = kept.read(look)
    if not found.is_clean:
        told = [f"case {ref}, entry {fault.number}: {fault.kind}" for ref, fault in found.faults]
        if not found.is_last_true:
            told.append("the logs do not end where the last checkpoint says")
        raise Refused(*told)
    say(f"{found.cases} cases, every log is whole.")
    if found.last is not None:
        say(f"Checkpoint of {found.last.day}, to keep elsewhere: {found.last.digest}")
