"""`gehoor audit …`: whether the logs are whole, and receipts of where they end."""

from pathlib import Path
from typing import Annotated

import typer

from service.commands.saying import say, say_all
from service.refusals import Refused

audit = typer.Typer(
    name="audit",
    help="Whether the logs of all cases are whole, and signed receipts of where they end.",
    no_args_is_help=True,
)

_FAULTS = {
    "another_installation": "this receipt is of another installation",
    "forged": "this receipt was changed: its signature is not of what it says",
    "too_old": "this receipt is too old to be compared: records that went on after its day were "
    "erased by rule since. Check a later one",
    "changed": "the logs of that day are not what they were when this receipt was made: "
    "somebody changed, removed or added entries since",
}


@audit.command("verify")
def verify() -> None:
    """Say what was found; anything that is not whole ends with a refusal."""
    from service.audit import audit as look
    from service.foundations import records
    from service.settings import read_settings

    with records(read_settings()) as kept:
        found = kept.read(look)
    if not found.is_clean:
        told = [f"case {ref}, entry {fault.number}: {fault.kind}" for ref, fault in found.faults]
        told += [f"tombstone {each.name}: {each.kind}" for each in found.stone_faults]
        if not found.is_last_true:
            told.append("the logs do not end where the last checkpoint says")
        raise Refused(*told)
    say(f"{found.cases} cases, every log is whole.")
    if found.erased:
        say(f"{found.erased} records were erased by rule.")
    if found.last is not None:
        say(f"Checkpoint of {found.last.day}, to keep elsewhere: {found.last.digest}")


@audit.command("receipt")
def receipt(
    to: Annotated[Path, typer.Option(help="The file to write; it must not be there yet.")],
) -> None:
    """Write a signed receipt of the last checkpoint, to print and to keep elsewhere."""
    from service.foundations import records
    from service.log_receipt import grouped, receipt_of
    from service.settings import read_settings

    with records(read_settings()) as kept:
        head = kept.read(lambda tx: tx.log.last_checkpoint())
        if head is None:
            raise Refused("there is no checkpoint yet: the first is made in the night after a case")
        written = receipt_of(head, kept.key_ring)
    try:
        with to.open("xb") as file:
            file.write(written)
    except FileExistsError:
        raise Refused(f"{to} is there already; choose another name") from None
    say_all(
        f"Receipt of {head.day}, {head.cases} cases, written to {to}.",
        "Print it, and let somebody outside keep it. To copy it by hand:",
        grouped(head.digest),
    )


@audit.command("check")
def check_receipt(
    file: Annotated[Path, typer.Argument(help="A receipt that `gehoor audit receipt` wrote.")],
) -> None:
    """Say whether the logs of that day are still what they were."""
    from service.foundations import records
    from service.log_receipt import LARGEST_BYTES, check
    from service.settings import read_settings

    try:
        with file.open("rb") as opened:
            given = opened.read(LARGEST_BYTES)
    except OSError:
        raise Refused(f"{file} cannot be read") from None
    with records(read_settings()) as kept:
        fault = kept.read(lambda tx: check(tx, given, kept.key_ring))
    if fault is not None:
        raise Refused(_FAULTS[fault])
    say("The receipt is good: the logs of that day are what they were.")
