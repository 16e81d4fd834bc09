"""A reporter who answers whatever is asked, in a house of the service."""

import io
from collections.abc import AsyncIterator

from PIL import Image

from flows.definition import Kind
from flows.events import Asked, Prompt, Reviewed
from flows.moves import Attach, Choose, Finish, Move, Skip, Submit, Write
from flows.values import StoredFile
from intake.arrivals import Arrival, Channel, Report, Request
from intake.screens import Reply, Screen
from service.wiring import House

_PREFERRED = frozenset({"no", "unsure"})


def _photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "grey").save(out, "PNG")
    return out.getvalue()


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    yield content


class Reporter:
    """One browser."""

    def __init__(self, house: House, name: str) -> None:
        self._house = house
        self._name = name
        self.files: list[StoredFile] = []

    async def tell(self, *, send: bool) -> Reply:
        """A whole report with a photo, up to the review, or sent."""
        reply = await self._do(Report())
        for _ in range(60):
            screen = reply.screens[-1]
            if isinstance(screen, Reviewed):
                return await self._do(Submit(turn=screen.turn)) if send else reply
            reply = await self._do(await self._answer(screen))
        raise AssertionError("the conversation has no end")

    async def _answer(self, screen: Screen) -> Move:
        assert isinstance(screen, Asked), screen
        prompt = screen.prompt
        if prompt.kind is Kind.IMAGE and not self.files:
            kept = await self._house.reception.keep_file(
                channel=Channel.WEB,
                correspondent=self._name,
                name="x.png",
                chunks=_pieces(_photo()),
            )
            assert isinstance(kept, StoredFile)
            self.files.append(kept)
            return Attach(files=(kept,), turn=prompt.turn)
        if prompt.kind is Kind.IMAGE:
            return Finish(turn=prompt.turn)
        return _move(prompt)

    async def _do(self, wish: Request | Move) -> Reply:
        return await self._house.reception.receive(
            Arrival(channel=Channel.WEB, correspondent=self._name, wish=wish, languages=("en",))
        )


def _move(prompt: Prompt) -> Move:
    names = [choice.name for choice in prompt.choices]
    if names and not prompt.is_search:
        chosen = next((name for name in names if name in _PREFERRED), names[-1])
        return Choose(names=(chosen,), turn=prompt.turn)
    if prompt.kind is Kind.TEXT:
        return Write(text="Something is wrong here.", turn=prompt.turn)
    return Skip(turn=prompt.turn)
