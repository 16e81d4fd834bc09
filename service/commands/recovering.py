"""`gehoor recover`: the recovery key is typed, and cases that nobody can open get readers."""

import sys

import typer

from sealing.recovery import RecoveryMistake, RecoveryMistakeReason, read_recovery_text
from service.clock import today
from service.commands.saying import say
from service.foundations import records
from service.recovering import Recovered, recover, recovery_identity
from service.settings import read_settings

_TOLD_EVERY = 100


def recover_cases() -> None:
    """Ask for the key, hand over, say how it went."""
    with records(read_settings()) as kept:
        done = recover(kept, recovery_identity(kept, _typed()), today(), _tell)
    say(f"{done.handed} cases have readers again.")
    if done.left:
        say(
            f"{done.left} cases are left: nobody may take them. Add a handler without ties to "
            "them, then do this again."
        )


def _tell(so_far: Recovered) -> None:
    number = so_far.handed + so_far.left
    if number % _TOLD_EVERY == 0:
        say(f"{number} cases looked at …")


def _typed() -> str:
    """The key, not shown while it is typed, line after line; from a pipe, all of it."""
    if not sys.stdin.isatty():
        return sys.stdin.read()
    typed = ""
    while _is_too_short(typed):
        typed += str(typer.prompt("Recovery key (each line)", hide_input=True))
    return typed


def _is_too_short(typed: str) -> bool:
    match read_recovery_text(typed):
        case RecoveryMistake(reason=RecoveryMistakeReason.TOO_SHORT):
            return True
        case _:
            return False
