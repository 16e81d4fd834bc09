"""`gehoor people read-along`: a new handler reads what colleagues read, all of it at once."""

import sys
import time
from collections.abc import Mapping, Sequence

import typer

from register.readers import WhyJoining
from service.clock import today
from service.commands.progress import ProgressLines, time_left
from service.commands.saying import say
from service.foundations import Records, records
from service.joining import (
    Joining,
    LeftOut,
    Progress,
    ahead,
    plan_joining,
    read_by_others,
    unlocked,
)
from service.reading_along import read_along
from service.refusals import Refused
from service.settings import read_settings

_STAGE = "Reading along"
_LEFT: Mapping[LeftOut, str] = {
    LeftOut.CONFLICT_OF_INTEREST: "{number} are left out: a conflict of interest keeps {name} out "
    "of them.",
    LeftOut.ON_APPEAL: "{number} are left out: an appeal runs, and only those who hear it read it.",
    LeftOut.COLLEAGUE_KEPT_OUT: "{number} are left out: a conflict of interest keeps the colleague "
    "out of them too. They are to be handed to others on the desk.",
    LeftOut.UNOPENED: "{number} are left out: the colleague's key does not open all of it. Name "
    "another colleague who reads them.",
    LeftOut.BUSY: "{number} are left out: others kept changing them. Do this again.",
}


def join(name: str, colleagues: Sequence[str], why: str, *, is_dry: bool) -> None:
    """Say how many there are; or ask for the pass phrases, let the handler in, say how it went."""
    with records(read_settings()) as kept:
        reason = _reason(why)
        joining = kept.read(lambda tx: plan_joining(tx, name, colleagues, reason, today()))
        if is_dry:
            found = ahead(kept, joining)
            say(f"{joining.handler.name} would read {found.done} cases more. Nothing was changed.")
            say("A case that names them is left out as well; that shows only once it is opened.")
        else:
            found = _joined(kept, joining)
            say(f"{joining.handler.name} reads {found.done} cases more.")
        for each, number in sorted(found.left.items()):
            say(_LEFT[each].format(number=number, name=joining.handler.name))
        others = kept.read(lambda tx: read_by_others(tx, joining))
        if others:
            say(
                f"{others} open cases of the team are read by others alone: name them too, "
                "--from NAME."
            )


def _joined(kept: Records, joining: Joining) -> Progress:
    keys = {each.id: unlocked(kept, each, _typed(each.name)) for each in joining.colleagues}
    lines, began = ProgressLines(say), time.monotonic()

    def tell(now: Progress) -> None:
        left_out = sum(now.left.values())
        note = f", {left_out} left out" if left_out else ""
        note += time_left(now.looked_at, now.total, time.monotonic() - began)
        lines.tell(_STAGE, now.looked_at, now.total, note)

    return read_along(kept, joining, keys, tell)


def _reason(why: str) -> WhyJoining | None:
    if not why:
        return None
    if why not in WhyJoining.__members__.values():
        raise Refused(f"--why is one of {', '.join(WhyJoining)}, not {why}")
    return WhyJoining(why)


def _typed(name: str) -> str:
    """The colleague's pass phrase, not shown; from a pipe, the next line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    return str(typer.prompt(f"Pass phrase of {name}", hide_input=True))
