"""What the bot needs from the rest of the house, as protocols.

`intake.reception` implements `Reception`, `web.outbound` implements `Poster`; `service` ties
them to the bot. Neither is imported here, so that the HTTP client stays in `web`.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from flows.values import StoredFile, Text
from intake.arrivals import Arrival, Channel
from intake.screens import Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One file of a multipart form."""

    name: str = field(repr=False)
    media_type: str
    content: bytes = field(repr=False)


class Poster(Protocol):
    """An HTTP client.

    Faults of the network come as `ConnectionError` (`ConnectionRefusedError` where
    nothing was sent), lateness as `TimeoutError`; neither carries
    an address, because a Bot API address holds the bot's token.
    """

    async def post(
        self,
        url: str,
        fields: Mapping[str, str],
        files: Mapping[str, Upload],
        timeout_seconds: float,
        /,
    ) -> tuple[int, bytes]:
        """Send a form (multipart when there are files); the answer's status and whole body.

        The time is for everything together. Any status is an answer, not a fault.
        """

    async def post_json(
        self, url: str, content: bytes, timeout_seconds: float, /
    ) -> tuple[int, bytes]:
        """Send JSON; the answer's status and whole body. The time is for everything together."""

    def get(self, url: str, timeout_seconds: float, /) -> AsyncIterator[bytes]:
        """The body in pieces, as it comes in; another status than 200 is a `ConnectionError`.

        The time is for everything together.
        """


class RefusedFile(Protocol):
    """A file that was not kept (`intake.files.FileRefused`)."""

    @property
    def text(self) -> Text: ...


class Undelivered(Protocol):
    """A receipt to be said again (`intake.reception.Undelivered`)."""

    @property
    def correspondent(self) -> str: ...
    @property
    def reply(self) -> Reply: ...


class Reception(Protocol):
    """Takes what people do (`intake.reception.Reception`)."""

    async def receive(self, arrival: Arrival) -> Reply:
        """Commit what the arrival changes, and say what to show. Taken once per `update`."""

    async def keep_file(
        self, *, channel: Channel, correspondent: str, name: str, chunks: AsyncIterator[bytes]
    ) -> StoredFile | RefusedFile:
        """Seal a file while it streams in."""

    async def delivered(self, dialogue: str) -> None:
        """The receipt has reached the person: it need not be kept for saying again."""

    async def undelivered(self, channel: Channel) -> Sequence[Undelivered]:
        """Receipts that were given and perhaps never said."""
