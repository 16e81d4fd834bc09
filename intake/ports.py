"""What a conversation needs kept, as protocols that `storage` implements."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Protocol, TypeVar

from consultations.ports import InvitationShelf, RatingShelf, RoundShelf
from monitoring.ports import (
    AssessmentShelf,
    AttestationShelf,
    FigureShelf,
    FindingShelf,
    HearingShelf,
    InvolvementShelf,
    SignalShelf,
)
from register.alerts import Alert
from register.deliveries import DeliveryShelf
from register.ports import (
    CaseShelf,
    HelperShelf,
    LetterShelf,
    LogShelf,
    PaperShelf,
    PeopleShelf,
    ReferralShelf,
    ReleaseShelf,
    RequestShelf,
    SiteShelf,
    SummaryShelf,
)
from register.webhooks import WebhookShelf
from sealing.envelope import SealedEnvelope

Result = TypeVar("Result")


class DialogueShelf(Protocol):
    """Conversations under way, each an encrypted row under its pseudonym."""

    def get(self, dialogue: str) -> bytes | None:
        """The sealed state, locked until the transaction ends; None when there is none."""

    def put(self, dialogue: str, sealed: bytes, *, touched_on: date, awaits_handover: bool) -> None:
        """Keep this state in place of the one before."""

    def drop(self, dialogue: str) -> None:
        """Overwrite and delete."""

    def untouched_since(self, day: date, limit: int) -> tuple[str, ...]:
        """Dialogues last touched before `day`: lapsed drafts."""

    def awaiting_handover(self, limit: int, *, after: str = "") -> tuple[str, ...]:
        """Dialogues with something to hand over: a receipt that was made and perhaps not seen, or
        a draft that a code may take elsewhere. In the order of their names, behind `after`."""


class UpdateShelf(Protocol):
    """Which updates have been taken, so that each is taken once."""

    def is_new(self, update: str, seen_on: date) -> bool:
        """Note the update; False when it had been noted before."""


class OutboxShelf(Protocol):
    """What is to be said outside once the transaction is durable."""

    def put(self, alert: Alert, due_on: date) -> None:
        """Somebody is to be told that there is work."""


class ContributionShelf(Protocol):
    """What participants of rounds wrote beside their ratings, sealed to the desk."""

    def put(self, round_id: str, participant: str, envelope: SealedEnvelope) -> None:
        """Keep it in place of what the participant sent before."""

    def remove(self, round_id: str, participant: str) -> None:
        """They left the round (C62)."""

    def of_round(self, round_id: str) -> tuple[SealedEnvelope, ...]:
        """All of a round's, in no telling order."""


class Transaction(Protocol):
    """One unit of work: all of it is kept, or none."""

    @property
    def dialogues(self) -> DialogueShelf: ...
    @property
    def updates(self) -> UpdateShelf: ...
    @property
    def outbox(self) -> OutboxShelf: ...
    @property
    def deliveries(self) -> DeliveryShelf: ...
    @property
    def webhooks(self) -> WebhookShelf: ...
    @property
    def sites(self) -> SiteShelf: ...
    @property
    def referrals(self) -> ReferralShelf: ...
    @property
    def people(self) -> PeopleShelf: ...
    @property
    def cases(self) -> CaseShelf: ...
    @property
    def letters(self) -> LetterShelf: ...
    @property
    def papers(self) -> PaperShelf: ...
    @property
    def summaries(self) -> SummaryShelf: ...
    @property
    def helpers(self) -> HelperShelf: ...
    @property
    def requests(self) -> RequestShelf: ...
    @property
    def releases(self) -> ReleaseShelf: ...
    @property
    def log(self) -> LogShelf: ...
    @property
    def rounds(self) -> RoundShelf: ...
    @property
    def invitations(self) -> InvitationShelf: ...
    @property
    def ratings(self) -> RatingShelf: ...
    @property
    def contributions(self) -> ContributionShelf: ...
    @property
    def signals(self) -> SignalShelf: ...
    @property
    def findings(self) -> FindingShelf: ...
    @property
    def involvements(self) -> InvolvementShelf: ...
    @property
    def assessments(self) -> AssessmentShelf: ...
    @property
    def attestations(self) -> AttestationShelf: ...
    @property
    def figures(self) -> FigureShelf: ...
    @property
    def hearings(self) -> HearingShelf: ...


class Storage(Protocol):
    """Where units of work run."""

    async def transaction(self, work: Callable[[Transaction], Result]) -> Result:
        """Run `work`, commit it together with others, return its result once it is durable.

        `work` is short, does no input or output of its own, and may be run again.
        """

    async def read(self, work: Callable[[Transaction], Result]) -> Result:
        """Run `work` on a snapshot; it writes nothing."""


class BlobStore(Protocol):
    """Sealed files beside the database. What it is given is ciphertext already."""

    def write(self, blob: str, chunks: Iterable[bytes]) -> int:
        """Write durably and return the size in bytes; a fault leaves nothing behind."""

    def read(self, blob: str) -> Iterator[bytes]:
        """The ciphertext in pieces; `KeyError` when there is no such blob."""

    def drop(self, blob: str) -> None:
        """Overwrite and delete; nothing happens when there is none."""
