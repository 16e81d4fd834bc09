"""Whole cases as people leave them: told, with or without a name, letters both ways, a paper.

Filed and written by the real functions, so that everything of them opens. Used by the measure of
reading along, and by the tests of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from flows.submission import AccountEntry, Submission
from flows.values import Text, Value
from register.account import message
from register.case import Actor, Case
from register.directory import SiteDirectory
from register.filing import Office, file
from register.letters import LetterRefused, Sent, write, write_back
from register.papers import PaperKind, Written, write_paper
from register.people import Role
from sealing.identifiers import new_id
from sealing.receipts import MintedReceipt, ReceiptTerms, mint
from storage.transaction import SqlTransaction

TOLD = "The pump house leaks into the drain and the water smells. " * 12
_NAME = AccountEntry(
    path="contact_name", label=Text(msgid="What is your name?"), value="Meena Somebody"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A case and the receipt that its reporter has."""

    case: Case
    receipt: MintedReceipt = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Casework:
    """Makes cases in one unit of work."""

    tx: SqlTransaction
    office: Office
    terms: ReceiptTerms
    now: datetime

    @property
    def today(self) -> date:
        """This day."""
        return self.now.date()

    def tell(self, words: str = TOLD, *, named: bool = False, **codes: Value) -> Told:
        """A case as intake files it; with `named` it is said who tells it."""
        entry = AccountEntry(path="story", label=Text(msgid="What happened?"), value=words)
        receipt = mint(self.terms)
        filing = file(
            Submission(
                flow="grievance",
                version=1,
                language="en",
                particulars={"theme": "health_safety", "people": "few", **codes},
                account=(entry, _NAME) if named else (entry,),
            ),
            self.office,
            case_ref=new_id(),
            now=self.now,
            receipt=receipt,
            reporter_tag=new_id(),
        )
        self.tx.cases.add(filing)
        return Told(case=filing.case, receipt=receipt)

    def answer(self, ref: str, words: str = "We look into it.") -> None:
        """A letter of one of its handlers."""
        self._send(ref, lambda case: write(
            case,
            message(words, language="en"),
            self._handler_of(case),
            self.today,
            letter_id=new_id(),
            keys=self.office.keys,
            reporter=self.tx.cases.reporter(ref),
            helpers=self.tx.helpers.of_case(ref),
        ))  # fmt: skip

    def write_back(self, ref: str, words: str = "It still leaks.") -> None:
        """A letter of the reporter."""
        self._send(ref, lambda case: write_back(
            case,
            message(words, language="en"),
            self.today,
            letter_id=new_id(),
            keys=self.office.keys,
            reporter=self.tx.cases.reporter(ref),
            helpers=self.tx.helpers.of_case(ref),
        ))  # fmt: skip

    def note(self, ref: str, words: str = "Ask for the drawings.") -> None:
        """What one of its handlers writes for the others."""
        case = self.case(ref)
        written = write_paper(
            case,
            PaperKind.NOTE,
            words,
            self._handler_of(case),
            self.today,
            paper_id=new_id(),
            keys=self.office.keys,
            language="en",
        )
        if not isinstance(written, Written):
            raise TypeError("the paper was refused")
        self.tx.papers.add(written.paper)
        self.tx.cases.keep(written.case, written.entry)

    def case(self, ref: str) -> Case:
        """As it is now."""
        case = self.tx.cases.get(ref)
        if case is None:
            raise LookupError("there is no such case")
        return case

    def _send(self, ref: str, made: Callable[[Case], Sent | LetterRefused]) -> None:
        sent = made(self.case(ref))
        if isinstance(sent, LetterRefused):
            raise TypeError("the letter was refused")
        self.tx.letters.add(sent.letter)
        self.tx.cases.keep(sent.case, sent.entry)

    def _handler_of(self, case: Case) -> Actor:
        return Actor(role=Role.HANDLER, id=case.handler_ids[0])


def casework(tx: SqlTransaction, terms: ReceiptTerms, now: datetime) -> Casework:
    """With everybody and every site as they are now."""
    sites = SiteDirectory(
        tuple(tx.sites.sites()), tuple(tx.sites.organisations()), tuple(tx.sites.links())
    )
    office = Office(staff=tx.people.staff(), keys=tx.people.keys(), sites=sites)
    return Casework(tx=tx, office=office, terms=terms, now=now)
