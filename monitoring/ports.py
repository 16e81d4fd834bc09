"""What monitoring needs of a store. Implemented by `storage`.

All methods are sync and short; they run inside one transaction and may be run again.
"""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from consultations.ports import InvitationShelf, RatingShelf, RoundShelf
from monitoring.awareness import Awareness
from monitoring.evaluation.attestation import Attestation
from monitoring.heat_map import HeatMap, Viewer
from monitoring.limits import QuarterLimits
from monitoring.risk.findings import Finding
from monitoring.risk.involvement import InvolvementLog
from monitoring.risk.priorities import Ranked
from monitoring.risk.unheard import SiteFacts
from monitoring.round_figures import RoundFigures
from monitoring.signals import Signal, SignalKind, Subject
from monitoring.tallies import Tally
from register.particulars import Theme
from register.ports import CaseShelf, PeopleShelf, ReleaseShelf, SiteShelf, SummaryShelf
from register.quarters import Quarter


class SignalShelf(Protocol):
    """Signals, and the tallies that are kept of them.

    A tally is rewritten in the transaction that puts or removes one of its signals, from the
    signals of its subject, theme and quarter alone (`monitoring.tallies.tally`). That is a few
    rows, however many there are in all.
    """

    def put(self, signal: Signal) -> None:
        """Keep the signal in the place of an earlier one with its kind, reference and theme."""
        ...

    def remove(self, kind: SignalKind, reference: str) -> None:
        """Take away every signal with this reference: a participant left with it (C62)."""
        ...

    def forget(self, kind: SignalKind, reference: str) -> None:
        """Take away every signal with this reference, and count it on: its record is erased."""
        ...

    def tallies(self, subjects: Sequence[Subject]) -> tuple[Tally, ...]:
        """All tallies of these subjects, ordered by key. Reads no signal."""
        ...

    def page(
        self, subject: Subject, theme: Theme, quarter: Quarter, *, after: str = "", limit: int = 50
    ) -> tuple[Signal, ...]:
        """Signals of one cell by reference, from after `after` on: from a figure to its cases."""
        ...


class FindingShelf(Protocol):
    """Findings with their judgements. Nothing is removed."""

    def get(self, finding_id: str) -> Finding | None:
        """The finding (`Finding.id`), or None."""
        ...

    def put(self, finding: Finding) -> None:
        """Keep the finding as it is now. Judgements that were kept before stay as they were."""
        ...

    def of_subjects(self, subjects: Sequence[Subject]) -> tuple[Finding, ...]:
        """All findings on these subjects, ordered by key."""
        ...


class InvolvementShelf(Protocol):
    """How organisations are tied to findings. Entries are added, never changed."""

    def get(self, organisation_id: str, finding_id: str) -> InvolvementLog | None:
        """The log, or None where nobody has looked."""
        ...

    def put(self, log: InvolvementLog) -> None:
        """Keep the log: what it has more than before is added."""
        ...

    def of_organisation(self, organisation_id: str) -> tuple[InvolvementLog, ...]:
        """All logs of an organisation, by finding."""
        ...


class AssessmentShelf(Protocol):
    """What is worked out once and shown often: heat maps, and priorities with their reasons.

    A map is worked out again when a tally, finding or release under it has changed, at most once
    a day, and by the service, so that opening a page costs one row.
    """

    def put_heat_map(self, organisation_id: str, day: date, heat_map: HeatMap) -> None:
        """Keep the map, in the place of the last one for the same organisation and viewer."""
        ...

    def heat_map(self, organisation_id: str, viewer: Viewer) -> tuple[date, HeatMap] | None:
        """The last map kept and its day, or None."""
        ...

    def put_priorities(self, organisation_id: str, day: date, ranked: Sequence[Ranked]) -> None:
        """Keep the order of a day. Earlier ones stay: reasons are evidence (R93)."""
        ...

    def priorities(self, organisation_id: str) -> tuple[date, tuple[Ranked, ...]] | None:
        """The last order kept and its day, or None."""
        ...

    def priority_days(self, organisation_id: str) -> tuple[date, ...]:
        """The days of all orders kept, the last one first."""
        ...


class HearingShelf(Protocol):
    """What is known of how sites are heard (G19): kept counts, no visits."""

    def count_reader(self, site_id: str, quarter: Quarter) -> None:
        """The site's own link or page was opened once more. Nothing of who opened it."""
        ...

    def put_awareness(self, site_id: str, day: date, asked: int, aware: int) -> None:
        """Of so many workers who were asked on a visit, so many know the channel (G20)."""
        ...

    def awareness(self, site_ids: Sequence[str]) -> tuple[Awareness, ...]:
        """Every time that workers of these sites were asked, the latest first."""
        ...

    def facts(self, site_ids: Sequence[str], today: date) -> tuple[SiteFacts, ...]:
        """The facts of these sites over the last four quarters."""
        ...


class AttestationShelf(Protocol):
    """What companies state themselves: one statement for each question and part (S4)."""

    def put(self, organisation_id: str, attestation: Attestation) -> None:
        """Keep the statement, in the place of an earlier one about the same part."""
        ...

    def withdraw(self, organisation_id: str, question: str, component: str) -> None:
        """The company states it no longer. Nothing happens where it stated nothing."""
        ...

    def of_organisation(self, organisation_id: str) -> tuple[Attestation, ...]:
        """All statements of an organisation, by question and part."""
        ...


class FigureShelf(Protocol):
    """Figures that a company has been shown. Each is final once kept (K4)."""

    def put_limits(self, limits: QuarterLimits) -> None:
        """Keep how a quarter's limits were kept; what was kept of that quarter before stays."""
        ...

    def limits(self, organisation_id: str) -> tuple[QuarterLimits, ...]:
        """Those of all quarters that were kept, oldest first."""
        ...

    def put_ratings(self, organisation_id: str, ratings: RoundFigures) -> None:
        """Keep what a round's ratings come to; what was kept of that round before stays."""
        ...

    def ratings(self, organisation_id: str) -> tuple[RoundFigures, ...]:
        """Those of all the organisation's rounds that were kept, by round."""
        ...


class RiskShelves(Protocol):
    """The shelves that findings are gathered from, of one transaction."""

    @property
    def signals(self) -> SignalShelf: ...
    @property
    def ratings(self) -> RatingShelf: ...
    @property
    def findings(self) -> FindingShelf: ...


class ReleaseShelves(Protocol):
    """The shelves that a quarter is released from, of one transaction."""

    @property
    def sites(self) -> SiteShelf: ...
    @property
    def cases(self) -> CaseShelf: ...
    @property
    def releases(self) -> ReleaseShelf: ...
    @property
    def figures(self) -> FigureShelf: ...


class Shelves(RiskShelves, ReleaseShelves, Protocol):
    """All shelves that monitoring reads or writes, of one transaction."""

    @property
    def people(self) -> PeopleShelf: ...
    @property
    def summaries(self) -> SummaryShelf: ...
    @property
    def rounds(self) -> RoundShelf: ...
    @property
    def invitations(self) -> InvitationShelf: ...
    @property
    def involvements(self) -> InvolvementShelf: ...
    @property
    def assessments(self) -> AssessmentShelf: ...
    @property
    def attestations(self) -> AttestationShelf: ...
    @property
    def hearings(self) -> HearingShelf: ...
