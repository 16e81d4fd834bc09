"""What becomes of what was sent: a case, a letter, or ratings.

Called by `intake.reporting` and `intake.round_talk` inside a transaction; everything that belongs
together is kept together. From here on nobody on this side can read it.
"""

from datetime import datetime

from consultations.ratings import RatingsRefused, ratings_from
from flows.submission import Submission
from intake.dialogue import Handover
from intake.errors import IntakeError
from intake.hall import Hall
from intake.office import KnownPeople
from intake.ports import Transaction
from intake.rounds import Joined
from intake.screens import LetterKept, RatingKept
from monitoring.overview.changes import case_changed, refresh_findings
from monitoring.signals import at_site, signals_of_ratings
from register.account import Account
from register.alerts import Alert
from register.case import Case
from register.clocks import TIMETABLE, Timetable
from register.erasing import forgotten, without_identity
from register.filing import Office, file
from register.letters import write_back
from register.particulars import AnonymityLevel
from register.sealed_parts import ACCOUNT, parts_of
from sealing.identifiers import new_id
from sealing.receipts import MintedReceipt
from sealing.seal import seal


def file_case(
    tx: Transaction,
    hall: Hall,
    submission: Submission,
    *,
    case_ref: str,
    receipt: MintedReceipt,
    reporter_tag: str,
    people: KnownPeople,
    now: datetime,
) -> tuple[Case, Handover]:
    """Route, seal and keep a grievance; gives the case, and the receipt to hand over."""
    filing = file(
        submission,
        Office(
            staff=people.staff,
            keys=people.keys,
            sites=hall.sites(),
            timetable=hall.timetable,
        ),
        case_ref=case_ref,
        now=now,
        receipt=receipt,
        reporter_tag=reporter_tag,
    )
    tx.cases.add(filing)
    _announce(tx, filing.alerts, now)
    case_changed(tx, filing.case, now.date())
    return filing.case, Handover(receipt=receipt.receipt.grouped, case_ref=case_ref)


def file_letter(
    tx: Transaction,
    submission: Submission,
    *,
    case_ref: str,
    now: datetime,
    timetable: Timetable = TIMETABLE,
) -> LetterKept:
    """Seal and keep what a reporter wrote back."""
    case = tx.cases.get(case_ref)
    if case is None:
        raise IntakeError("a letter was written to a case that is not there")
    content = Account(
        flow=submission.flow,
        version=submission.version,
        language=submission.language,
        told_at=now,
        entries=submission.account,
    )
    sent = write_back(
        case,
        content,
        now.date(),
        letter_id=new_id(),
        keys=tx.people.keys(),
        reporter=tx.cases.reporter(case_ref),
        helpers=tx.helpers.of_case(case_ref),
        codes=submission.particulars,
        timetable=timetable,
    )
    tx.cases.keep(sent.case, sent.entry)
    tx.letters.add(sent.letter)
    after = _forgotten(tx, sent.case, submission, now)
    case_changed(tx, after or sent.case, now.date())
    _announce(tx, sent.alerts, now)
    return LetterKept(is_forgotten=after is not None)


def _forgotten(tx: Transaction, case: Case, submission: Submission, now: datetime) -> Case | None:
    """Whoever wants to be known to nobody any more is forgotten: what they had said of who they
    are goes at once. None where they do not say so, never said who they are, or where the law
    forbids erasing."""
    if submission.particulars.get("anonymity") != AnonymityLevel.ANONYMOUS:
        return None
    envelope, letters = tx.cases.envelope(case.ref), tx.letters.of_case(case.ref)
    said = [each for each in letters if each.has_teller]
    without = without_identity(envelope)
    if without == envelope and not said:
        return None
    done = forgotten(case, now.date())
    if done is None:
        return None
    after, entry = done
    tx.cases.keep(after, entry)
    tx.cases.replace_envelope(without)
    for letter in said:
        tx.letters.replace(letter.without_teller())
    return after


def file_ratings(
    tx: Transaction, joined: Joined, submission: Submission, *, now: datetime
) -> RatingKept:
    """Keep a participant's ratings in place of earlier ones, and seal what they wrote beside."""
    round_, invitation = joined.round, joined.invitation
    participant = invitation.participant
    for site_id in round_.site_ids:
        ratings = ratings_from(
            submission.particulars,
            round_id=round_.id,
            participant=participant,
            site_id=site_id,
            day=now.date(),
            anonymity=invitation.anonymity,
        )
        if isinstance(ratings, RatingsRefused):
            raise IntakeError(f"the flow {submission.flow} gives ratings that are none")
        tx.ratings.replace(round_.id, participant, site_id, ratings)
        for signal in signals_of_ratings(ratings):
            tx.signals.put(signal)
    refresh_findings(tx, (at_site(site_id) for site_id in round_.site_ids), now.date())
    keys = tx.people.keys()
    told = Account(
        flow=submission.flow,
        version=submission.version,
        language=submission.language,
        told_at=now,
        entries=submission.account,
    )
    staff = keys.known_to(tx.people.staff())
    readers = keys.of(each.id for each in staff.handlers if each.is_active)
    envelope = seal(f"{round_.id}.{participant}", parts_of(ACCOUNT, told), readers)
    tx.contributions.put(round_.id, participant, envelope)
    if round_.closes is None or round_.feedback_by is None:
        raise AssertionError("a round that is open says when it closes and when word is given")
    return RatingKept(closes_on=round_.closes, feedback_by=round_.feedback_by)


def _announce(tx: Transaction, alerts: tuple[Alert, ...], now: datetime) -> None:
    for alert in alerts:
        tx.outbox.put(alert, now.date())
