"""What the register asks of storage: one shelf per subject, each reached from a transaction.

`storage` implements them; `intake`, `web` and `bot` use them inside a unit of work. Every method is
sync and short. Lists come in pages that an index serves, and figures from counts kept in the same
transaction as the change, so that a million cases cost no more to show than ten.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from register.case import Case, CaseStatus
from register.checkpoints import Checkpoint, Ends, StoneFault
from register.filing import Filing
from register.helping import Helper
from register.keys import Keys
from register.letters import Letter
from register.log import LogEntry
from register.papers import Paper
from register.particulars import Theme
from register.people import ConflictOfInterest, Handler, Officer, Staff, Team
from register.quarters import Quarter
from register.referrals import Referral
from register.release import Release, Report
from register.requests import Request
from register.routing import Urgency
from register.sites import Organisation, Site, SupplyLink
from register.summary import Summary
from sealing.envelope import SealedEnvelope
from sealing.recipients import Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxFilter:
    """Which of a handler's cases; empty sets: all of them. Closed ones only if asked for."""

    statuses: frozenset[CaseStatus] = frozenset()
    themes: frozenset[Theme] = frozenset()
    site_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxCursor:
    """The last case of a page: the next page begins after it. No due day sorts last."""

    rank: int
    """Of the urgency: 0 urgent, 1 soon, 2 normal."""
    due_on: date | None
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCursor:
    """The last held case of a page: the next page begins after it."""

    until: date
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    """Cases by urgency, then due day, then reference; `next` is None on the last page."""

    cases: tuple[Case, ...]
    next: InboxCursor | None


class SiteShelf(Protocol):
    """Sites, organisations and supply links. Names are sealed under the key ring."""

    def put_organisation(self, organisation: Organisation) -> None:
        """Adds it, or replaces the one with its id."""

    def put_site(self, site: Site) -> None:
        """Adds it, or replaces the one with its id. A code that another site has is an error."""

    def put_link(self, link: SupplyLink) -> None:
        """Adds it; the same link twice is one."""

    def remove_link(self, link: SupplyLink) -> None:
        """Removes it, if it is there."""

    def site(self, site_id: str) -> Site | None:
        """The site with this id."""

    def by_code(self, code: str) -> Site | None:
        """The site with this public code; case does not matter."""

    def organisation(self, organisation_id: str) -> Organisation | None:
        """The organisation with this id."""

    def sites(self) -> Iterator[Site]:
        """All sites, for the directory."""

    def organisations(self) -> Iterator[Organisation]:
        """All organisations."""

    def links(self) -> Iterator[SupplyLink]:
        """All supply links."""

    def links_of(self, organisation_id: str) -> tuple[SupplyLink, ...]:
        """An organisation's supply links, by site."""

    def sites_of(self, organisation_id: str) -> tuple[Site, ...]:
        """The sites in an organisation's chain, by id."""

    def holders(self, organisation_id: str) -> Mapping[str, frozenset[str]]:
        """Of each of its sites, by id, the organisations that have it in their chain."""

    def revision(self) -> int:
        """A number that grows with every change here: is a directory in memory still true?"""


class ReferralShelf(Protocol):
    """Where people can turn besides us, country by country."""

    def replace(self, country: str, entries: Iterable[Referral]) -> None:
        """A country's entries in place of those it had. Another country's is an error."""

    def of_country(self, country: str) -> tuple[Referral, ...]:
        """A country's entries, in no telling order."""

    def every(self) -> Iterator[Referral]:
        """All entries."""


class PeopleShelf(Protocol):
    """Handlers, teams, officers, ties, and the handlers' public keys."""

    def put_team(self, team: Team) -> None:
        """Adds it, or replaces the one with its id."""

    def put_handler(self, handler: Handler, key: Recipient | None) -> None:
        """Adds or replaces a handler, with their ties; `key` None leaves the key as it is."""

    def put_officer(self, officer: Officer) -> None:
        """Adds it, or replaces the one with its id."""

    def put_recovery(self, key: Recipient) -> None:
        """Sets the recovery key. Without one nothing can be filed."""

    def forget_ties_to(self, case_ref: str) -> None:
        """Ties of handlers to a case that is erased go with it."""

    def declare(self, handler_id: str, tie: ConflictOfInterest) -> None:
        """Adds a tie of a handler."""

    def handler(self, handler_id: str) -> Handler | None:
        """The handler with this id, with their ties."""

    def officer(self, officer_id: str) -> Officer | None:
        """The officer with this id."""

    def staff(self) -> Staff:
        """Everyone to whom a case can go."""

    def keys(self) -> Keys:
        """Their public keys by handler id, and the recovery key."""

    def revision(self) -> int:
        """A number that grows with every change here."""


class CaseShelf(Protocol):
    """Cases with their envelopes, receipts and reporters' public keys, and the kept counts."""

    def add(self, filing: Filing) -> None:
        """Stores case, envelope, log entries, receipt look-up, reporter's key and blob ids."""

    def get(self, ref: str) -> Case | None:
        """The case with this reference."""

    def keep(self, case: Case, *entries: LogEntry) -> None:
        """Replaces the case, as it is after the last of the entries, and appends them.

        Raises StaleCaseError if they do not follow the stored case's log: somebody else was first,
        and the work is to be done again on what is there now.
        """

    def envelope(self, ref: str) -> SealedEnvelope:
        """The case's envelope."""

    def replace_envelope(self, envelope: SealedEnvelope) -> None:
        """After a hand-over or the erasure of the identity; the old bytes are gone."""

    def reporter(self, ref: str) -> Recipient:
        """The public key that letters to the reporter are sealed to."""

    def by_receipt(self, lookup: str) -> str | None:
        """The reference of the case that a receipt belongs to."""

    def inbox(
        self,
        handler_id: str,
        *,
        wanted: InboxFilter,
        after: InboxCursor | None = None,
        limit: int = 50,
    ) -> InboxPage:
        """A page of the cases that this handler reads."""

    def read_by(self, handler_id: str, beginning: str, limit: int = 2) -> tuple[str, ...]:
        """References that begin so, among the cases that this handler reads."""

    def open_with(
        self,
        handler_ids: Collection[str],
        *,
        without: Collection[str],
        after: str | None = None,
        limit: int = 1000,
    ) -> tuple[str, ...]:
        """References of open cases that one of these reads and none of those, in their order."""

    def count_open_with(
        self, handler_ids: Collection[str], *, without: Collection[str]
    ) -> Mapping[Urgency, int]:
        """How many there are of them, by urgency."""

    def counts(self, handler_id: str) -> Mapping[CaseStatus, int]:
        """How many cases this handler reads, by status; from kept counts."""

    def overdue(self, today: date, handler_id: str, *, most: int) -> int:
        """How many open cases that this handler reads have a due day before `today`.

        Counted no further than to one more than `most`.
        """

    def due_before(
        self, day: date, *, after: str | None = None, limit: int = 100
    ) -> tuple[Case, ...]:
        """Cases that owe something before a day, by reference, for the escalation round."""

    def to_erase(
        self, today: date, *, after: str | None = None, limit: int = 100
    ) -> tuple[Case, ...]:
        """Closed cases of which something is to be erased by now (L4), by reference."""

    def held(
        self,
        today: date,
        *,
        handler_id: str | None = None,
        until: date | None = None,
        after: HeldCursor | None = None,
        limit: int = 100,
    ) -> tuple[Case, ...]:
        """Cases that are held back from erasure today, those whose hold ends first before others.

        With `handler_id` those alone that they read; with `until` those that end by that day.
        """

    def holds_ending(
        self, by: date, *, after: str | None = None, limit: int = 100
    ) -> tuple[Case, ...]:
        """Cases whose hold ends by a day or has ended, by reference, for the reminding round."""

    def erase_files(self, ref: str) -> tuple[str, ...]:
        """Lets go of the case's sealed files; gives their ids, to be dropped once it is durable."""

    def note(self, case: Case) -> None:
        """Replaces what is kept of the case where nobody did anything: its log stays as it is."""

    def erase(self, case: Case) -> None:
        """The case and all that belongs to it are gone (L4). Its log is to be buried as well."""

    def refs(self, *, after: str | None = None, limit: int = 1000) -> tuple[str, ...]:
        """All references in their own order, for the audit."""


class LetterShelf(Protocol):
    """Letters of cases, sealed."""

    def add(self, letter: Letter) -> None:
        """Stores a letter; its case and entry go through `CaseShelf.keep`."""

    def of_case(self, ref: str) -> tuple[Letter, ...]:
        """A case's letters in the order in which its log names them; days alone do not tell."""

    def replace(self, letter: Letter) -> None:
        """After a hand-over: the same letter, sealed to others."""

    def erase(self, ref: str) -> None:
        """All letters of a case are gone (L4)."""


class PaperShelf(Protocol):
    """What handlers write for each other about a case, sealed to its readers."""

    def add(self, paper: Paper) -> None:
        """Stores a paper; its case and entry go through `CaseShelf.keep`."""

    def of_case(self, ref: str) -> tuple[Paper, ...]:
        """A case's papers in the order in which its log names them."""

    def replace(self, paper: Paper) -> None:
        """After a hand-over: the same paper, sealed to others."""

    def erase(self, ref: str) -> None:
        """All papers of a case are gone (L4)."""


class SummaryShelf(Protocol):
    """Summaries for companies; shared words are sealed under the key ring."""

    def put(self, summary: Summary) -> None:
        """Stores the newest version; the words of one that is no longer shared are gone."""

    def of_case(self, ref: str) -> Summary | None:
        """The case's summary."""

    def shared_with(
        self, organisation_id: str, *, after: str | None = None, limit: int = 50
    ) -> tuple[Summary, ...]:
        """Shared summaries of cases in an organisation's chain, by id."""

    def erase(self, ref: str) -> None:
        """The summary is gone, but for words that a company has been given (L4)."""


class HelperShelf(Protocol):
    """Receipts of helpers who follow a case along."""

    def add(self, helper: Helper) -> None:
        """Stores one; its case and entry go through `CaseShelf.keep`."""

    def of_case(self, ref: str) -> tuple[Helper, ...]:
        """The case's helpers, in no telling order."""

    def case_of(self, lookup: str) -> str | None:
        """The case that a helper's receipt follows."""

    def remove(self, ref: str) -> None:
        """None of the case's helpers gets in any more."""


class RequestShelf(Protocol):
    """What companies are asked about cases, and what they answer."""

    def put(self, request: Request) -> None:
        """Stores the request as it is now."""

    def get(self, request_id: str) -> Request | None:
        """The request, locked until the transaction ends if it writes."""

    def of_case(self, ref: str) -> tuple[Request, ...]:
        """All that companies were asked about a case, by day."""

    def of_organisation(self, organisation_id: str) -> tuple[Request, ...]:
        """All that an organisation was asked, in no telling order."""

    def erase(self, ref: str) -> None:
        """All requests about a case are gone (L4)."""


class LogShelf(Protocol):
    """The logs of cases; only ever appended to, by `CaseShelf.add` and `CaseShelf.keep`.

    One goes as a whole, with its record.
    """

    def of_case(self, ref: str) -> tuple[LogEntry, ...]:
        """A case's log in its order."""

    def ends_on(self, day: date) -> Ends:
        """Where every log ended at the end of a day, those that are erased among them."""

    def bury(self, ref: str, erased_on: date) -> None:
        """Removes the log of a closed case and puts a tombstone in its place."""

    def stone_faults(self) -> tuple[StoneFault, ...]:
        """What is wrong with tombstones, by name."""

    def put_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Stores a day's checkpoint. A second one for a day is an error."""

    def last_checkpoint(self) -> Checkpoint | None:
        """The newest checkpoint."""


class ReleaseShelf(Protocol):
    """What is counted for releases, and the releases."""

    def reports(self, organisation_id: str, quarter: Quarter) -> Iterator[Report]:
        """What `report_of` gives of the cases filed in a quarter with this organisation's id.

        Tags are the same for one person, and not those that were given.
        """

    def reports_of_others(
        self,
        organisation_id: str,
        other_ids: Iterable[str],
        quarter: Quarter,
        site_ids: Collection[str],
    ) -> Iterator[Report]:
        """The same of cases at these sites that the others have and the organisation has not."""

    def of_quarter(self, quarter: Quarter) -> Iterator[Release]:
        """All releases of a quarter, by organisation."""

    def released_to(self, quarter: Quarter) -> frozenset[str]:
        """The organisations that have a release of a quarter."""

    def gather(self) -> int:
        """Keeps a page of reports together, so that a release reads them at once; how many."""

    def forget_gathered(self, before: Quarter) -> None:
        """Drops the pages of quarters before this one that no release will read again."""

    def put(self, release: Release) -> None:
        """Stores a release. Raises ReleasedBeforeError if the quarter has one: it is final (K4)."""

    def get(self, organisation_id: str, quarter: Quarter) -> Release | None:
        """The release of a quarter."""

    def quarters(self, organisation_id: str) -> tuple[Quarter, ...]:
        """The quarters that have been released, oldest first."""

    def first_quarter(self) -> Quarter | None:
        """In which the installation's first case was filed; None before there is one."""
