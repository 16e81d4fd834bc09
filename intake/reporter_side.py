"""What the holder of a receipt is shown: the new receipt, and the case that one opens.

Called by `intake.reading_back`. Opens letters with the reporter's own key, which exists only while
the reporter is there with the receipt; nothing here can open what is sealed to handlers.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from flows.values import Text
from intake import words
from intake.dialogue import Handover
from intake.ports import Transaction
from intake.screens import CaseShown, LetterShown, MenuItem, Promise, ReceiptGiven
from register.account import read_account
from register.case import DECISIONS, Case, CaseStatus
from register.clocks import TIMETABLE, ClockKind, Timetable, deadlines, promise
from register.hold import BINDING, HoldReason
from register.letters import Letter
from register.other_side import ExtractState, extract_of
from register.particulars import Danger
from register.referrals import kinds_for, shown_to_reporter
from register.reporter_acts import REPORTER, acts_for
from register.sealed_parts import names_of
from register.summary import Summary, SummaryState
from register.transitions import TRANSITIONS, Action, MoveReason, actions_for
from sealing.receipts import ReporterKey

_STATUS_WORDS: Mapping[CaseStatus, str] = {
    CaseStatus.RECEIVED: words.STATUS_RECEIVED,
    CaseStatus.ACKNOWLEDGED: words.STATUS_ACKNOWLEDGED,
    CaseStatus.ASSESSING: words.STATUS_ASSESSING,
    CaseStatus.NOT_ADMISSIBLE: words.STATUS_NOT_ADMISSIBLE,
    CaseStatus.REFERRED: words.STATUS_REFERRED,
    CaseStatus.INVESTIGATING: words.STATUS_INVESTIGATING,
    CaseStatus.FOUNDED: words.STATUS_FOUNDED,
    CaseStatus.PARTLY_FOUNDED: words.STATUS_PARTLY_FOUNDED,
    CaseStatus.UNFOUNDED: words.STATUS_UNFOUNDED,
    CaseStatus.REMEDY_AGREED: words.STATUS_REMEDY_AGREED,
    CaseStatus.REMEDYING: words.STATUS_REMEDYING,
    CaseStatus.APPEALED: words.STATUS_APPEALED,
    CaseStatus.CLOSED: words.STATUS_CLOSED,
}
_PROMISED: Mapping[ClockKind, str] = {
    ClockKind.ACKNOWLEDGE: words.PROMISE_ACKNOWLEDGED,
    ClockKind.FEEDBACK: words.PROMISE_FEEDBACK,
}


_SUMMARY_NOTES: Mapping[SummaryState, str] = {
    SummaryState.OFFERED: words.SUMMARY_OFFERED,
    SummaryState.APPROVED: words.SUMMARY_WAITS,
    SummaryState.SHARED: words.SUMMARY_IS_SHARED,
}
"""When the reporter sees the company's words, and what is said beside them."""
_EXTRACT_NOTES: Mapping[ExtractState, str] = {
    ExtractState.ASKED: words.EXTRACT_ASKED,
    ExtractState.AGREED: words.EXTRACT_WAITS,
    ExtractState.TOLD: words.EXTRACT_IS_TOLD,
}
"""When the reporter sees what the other side would hear, and what is said beside it."""
_HELD_WORDS: Mapping[HoldReason, str] = {
    HoldReason.COURT: words.KEPT_FOR_COURT,
    HoldReason.AUTHORITY: words.KEPT_FOR_AUTHORITY,
    HoldReason.APPEAL_OUTSIDE: words.KEPT_FOR_APPEAL,
}
_DECISIONS = frozenset(
    action for (_, action), row in TRANSITIONS.items() if row.to in DECISIONS and row.reasons
)


def receipt_shown_again(
    tx: Transaction, handover: Handover, language: str, timetable: Timetable = TIMETABLE
) -> ReceiptGiven:
    """A receipt that was made earlier, with its case as it is now."""
    case = tx.cases.get(handover.case_ref)
    if case is None:
        raise AssertionError("a receipt is made with its case")
    return receipt_shown(tx, case, handover, language, timetable)


def receipt_shown(
    tx: Transaction,
    case: Case,
    handover: Handover,
    language: str,
    timetable: Timetable = TIMETABLE,
) -> ReceiptGiven:
    """The receipt, the days that are promised, and where help is now if it is needed.

    `language` is the one that the person is spoken to in.
    """
    days = promise(case.filed_on, timetable)
    referrals = []
    if case.particulars.danger is Danger.YES:
        referrals.append(Text(msgid=words.DANGER_HELP))
    if case.particulars.is_child_or_trafficking:
        referrals.append(Text(msgid=words.CHILD_HELP))
    return ReceiptGiven(
        receipt=handover.receipt,
        promises=(
            Promise(text=Text(msgid=words.PROMISE_ACKNOWLEDGED), by=days.acknowledge_by),
            Promise(text=Text(msgid=words.PROMISE_FEEDBACK), by=days.feedback_by),
        ),
        referrals=(*referrals, *_places_to_turn_to(tx, case, language)),
    )


def _places_to_turn_to(tx: Transaction, case: Case, language: str) -> Iterator[Text]:
    """What the operator has for the site's country; nothing where no help is needed at once."""
    if case.site_id is None or not kinds_for(case.particulars):
        return
    site = tx.sites.site(case.site_id)
    entries = () if site is None else tx.referrals.of_country(site.country)
    for entry in shown_to_reporter(entries, case.particulars, language):
        yield Text(
            msgid=words.REFERRAL,
            values={"name": entry.name_in(language), "reach": entry.reach_in(language)},
        )


def case_shown(
    tx: Transaction,
    case: Case,
    key: ReporterKey,
    today: date,
    timetable: Timetable = TIMETABLE,
) -> CaseShown:
    """Where the case stands, what is still promised or was missed, and the letters both ways."""
    summary = tx.summaries.of_case(case.ref)
    note = None if summary is None else _SUMMARY_NOTES.get(summary.state)
    extract = extract_of(tx.log.of_case(case.ref))
    letters = tx.letters.of_case(case.ref)
    extract_note = None if extract is None else _EXTRACT_NOTES.get(extract.state)
    return CaseShown(
        status=Text(msgid=_STATUS_WORDS[case.status]),
        received_on=case.filed_on,
        promises=_still_owed(case, today, timetable),
        decision=_decision(tx, case),
        kept_longer=_kept_longer(case, today),
        summary="" if summary is None or note is None else summary_words(summary, key),
        summary_note=None if note is None else Text(msgid=note),
        extract=""
        if extract is None or extract_note is None
        else "".join(_letter_shown(e, key).text for e in letters if e.id == extract.letter_id),
        extract_note=None if extract_note is None else Text(msgid=extract_note),
        acts=tuple(
            MenuItem(act)
            for act in acts_for(
                case, summary, helpers=len(tx.helpers.of_case(case.ref)), extract=extract
            )
        ),
        letters=tuple(_letter_shown(letter, key) for letter in letters),
    )


def case_followed(
    tx: Transaction,
    case: Case,
    key: ReporterKey,
    today: date,
    timetable: Timetable = TIMETABLE,
) -> CaseShown:
    """What a helper sees of it: where it stands, and the letters since they were let in."""
    since = (
        letter
        for letter in tx.letters.of_case(case.ref)
        if key.can_read(letter.envelope, letter.envelope.names[0])
    )
    return CaseShown(
        status=Text(msgid=_STATUS_WORDS[case.status]),
        received_on=case.filed_on,
        promises=_still_owed(case, today, timetable),
        decision=_decision(tx, case),
        letters=tuple(_letter_shown(letter, key) for letter in since),
        is_followed=True,
    )


def _still_owed(case: Case, today: date, timetable: Timetable) -> tuple[Promise, ...]:
    return tuple(
        Promise(
            text=Text(msgid=_PROMISED[deadline.kind]),
            by=deadline.due_on,
            is_missed=deadline.is_overdue(today),
        )
        for deadline in deadlines(case, timetable)
        if deadline.kind in _PROMISED and deadline.met_on is None
    )


def _decision(tx: Transaction, case: Case) -> tuple[Text, ...]:
    """What was decided and why, and that it is not the last word (L2, G8)."""
    if case.decision is None or case.decided_on is None:
        return ()
    reasons = [entry.reason for entry in tx.log.of_case(case.ref) if entry.action in _DECISIONS]
    told = []
    reason = reasons[-1] if reasons else None
    if reason is not None and reason in words.DECISION_WHY:
        told.append(words.DECISION_WHY[MoveReason(reason)])
    if Action.APPEAL in actions_for(case, REPORTER):
        told.append(words.CAN_APPEAL)
    told.append(words.COURTS_STAY_OPEN)
    return tuple(Text(msgid=msgid) for msgid in told)


def _kept_longer(case: Case, today: date) -> tuple[Text, ...]:
    hold = case.hold
    if hold is None or not hold.holds(today):
        return ()
    why = Text(msgid=_HELD_WORDS[hold.reason], values={"day": hold.until})
    if case.identity_erased_on is not None:
        return (why,)
    is_kept = case.withdrawn_on is None or hold.reason in BINDING
    return (why, Text(msgid=words.KEPT_WITH_YOU if is_kept else words.KEPT_WITHOUT_YOU))


def summary_words(summary: Summary, key: ReporterKey) -> str:
    """What a company reads or would read, opened with the receipt."""
    names = names_of(summary.part, summary.envelope.names)
    content = read_account(b"".join(key.read(summary.envelope, name) for name in names))
    return "\n\n".join(content.words)


def _letter_shown(letter: Letter, key: ReporterKey) -> LetterShown:
    content = read_account(b"".join(key.read(letter.envelope, name) for name in letter.story_names))
    return LetterShown(
        is_mine=letter.is_from_reporter,
        sent_on=letter.day,
        text="\n\n".join(content.words),
        files=len(content.files),
    )
