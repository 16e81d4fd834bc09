"""Invitations that nobody was given: guessed, bent, read wrong from paper, in any channel."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

from intake.arrivals import Channel, JoinRound, LeaveRound, TakePart
from intake.screens import Reply, RoundShown
from sealing.identifiers import new_id
from tests.house import small_house
from tests.rounds import invite
from tests.security.fuzzing.making import text
from tests.security.fuzzing.surface import Strike, Surface


@asynccontextmanager
async def invitations(folder: Path) -> AsyncIterator[Strike]:
    async with small_house(folder / "home") as house:
        given = [await invite(house) for _ in range(5)]

        async def strike(random: Random) -> None:
            token = _token(random, random.choice(given))
            somebody = new_id()
            channel = random.choice(tuple(Channel))
            reply = await house.take(somebody, JoinRound(token=token), channel=channel)
            assert _opens(reply) == (token in given)
            if token not in given:
                # And nothing that comes after it takes part in anything.
                for wish in (TakePart(), LeaveRound()):
                    assert not _opens(await house.take(somebody, wish, channel=channel))

        yield strike


def _opens(reply: Reply) -> bool:
    return any(isinstance(screen, RoundShown) for screen in reply.screens)


def _token(random: Random, given: str) -> str:
    at = random.randrange(len(given))
    match random.randrange(7):
        case 0:
            return given
        case 1:
            return text(random)
        case 2:
            return given[:at] + random.choice("abcdefghij234567-_AZ") + given[at + 1 :]
        case 3:
            return given.swapcase()
        case 4:
            return given[:at]
        case 5:
            return given + random.choice((" ", "\n", "\x00", "=", given))
        case _:
            return given[:at] + given[at + 1 : at + 2] + given[at : at + 1] + given[at + 2 :]


SURFACES = (
    Surface(
        name="invitations",
        claim="an invitation opens its round to whoever has every letter of it, and to nobody else",
        open=invitations,
        strikes=80,
    ),
)
