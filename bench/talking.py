"""One person's whole report in this process, from the first word to the receipt.

Used by the measures that need no network: `bench.growth`.
"""

import itertools
from collections.abc import Iterator

from bench.engine import MOVES
from flows.moves import SwitchLanguage
from intake.arrivals import Arrival, Arrive, Channel, Report
from intake.reception import Reception
from intake.screens import ReceiptGiven

_NUMBERS: Iterator[int] = itertools.count(1)
STEPS = len(MOVES) + 3


async def report(reception: Reception) -> None:
    """File one report, as somebody new."""
    who = str(next(_NUMBERS))
    for wish in (Arrive(), SwitchLanguage(language="en"), Report(), *MOVES):
        arrival = Arrival(
            channel=Channel.TELEGRAM,
            correspondent=who,
            wish=wish,
            update=f"bench:{next(_NUMBERS)}",
            languages=("en",),
        )
        reply = await reception.receive(arrival)
    if not any(isinstance(screen, ReceiptGiven) for screen in reply.screens):
        raise AssertionError("there is no receipt at the end")
    await reception.delivered(reply.dialogue)
