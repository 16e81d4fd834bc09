"""Telling and writing back, in a conversation: from the first question to the receipt.

Called by `intake.conversing`.
"""

from collections.abc import Mapping
from functools import partial

from flows.engine import begin
from flows.moves import Move, Repeat
from flows.submission import Submission
from intake import words
from intake.consenting import decided, end_outdated, is_outdated
from intake.dialogue import Place
from intake.errors import IntakeError
from intake.hall import CONSENT, FOLLOW_UP, GRIEVANCE, LETTERS, WHO_MAY_KNOW
from intake.office import people_now
from intake.reading_back import show_receipt
from intake.reporter_side import receipt_shown
from intake.stepping import Stepping
from intake.submitting import file_case, file_letter
from sealing.identifiers import new_id


def report(step: Stepping) -> None:
    """Begin a report, go on with the one under way, or show the receipt of the last one."""
    if step.dialogue.handover is not None:
        show_receipt(step)
    elif step.dialogue.session is not None:
        talk(step, Repeat())
    else:
        _begin(step, GRIEVANCE, case_ref=new_id())


def write_back(step: Stepping, presets: Mapping[str, str] | None = None) -> None:
    """Begin a letter to the handlers of the case that was opened by its receipt.

    `presets` are answers that are known already, such as that somebody was punished.
    """
    _begin_letter(step, FOLLOW_UP, presets)


def change_anonymity(step: Stepping) -> None:
    """Ask only who may know who the reporter is, and then perhaps for a name."""
    _begin_letter(step, WHO_MAY_KNOW, None)


def _begin_letter(step: Stepping, flow: str, presets: Mapping[str, str] | None) -> None:
    dialogue = step.dialogue
    if dialogue.session is not None:
        step.tell(words.FIRST_FINISH)
        step.menu()
    elif dialogue.place is not Place.CASE_OPEN:
        step.tell(words.OPEN_CASE_FIRST)
        step.menu()
    else:
        _begin(step, flow, case_ref=dialogue.case_ref, presets=presets)


def talk(step: Stepping, move: Move) -> None:
    """Go on with what is being told, unless it is about something that is no longer so."""
    if is_outdated(step.tx, step.dialogue.case_ref, step.dialogue.session):
        step.drop_files_of(move)
        end_outdated(step)
        return
    step.change(place=Place.TALKING)
    step.resume(step.own, move, partial(_sent, step))


def _begin(
    step: Stepping, flow: str, *, case_ref: str, presets: Mapping[str, str] | None = None
) -> None:
    site = step.dialogue.site
    begun = begin(
        step.hall.library.get(flow),
        language=step.language,
        surroundings=step.hall.surroundings(step.now),
        presets={
            "channel": step.channel.value,
            **({"site": site} if site else {}),
            **(presets or {}),
        },
    )
    step.change(place=Place.TALKING, case_ref=case_ref, has_moved_on=False)
    step.advance(step.own, begun, partial(_sent, step))


def _sent(step: Stepping, submission: Submission) -> None:
    if submission.flow == CONSENT:
        decided(step, submission)
    elif submission.flow in LETTERS:
        case_ref = step.dialogue.case_ref
        if step.tx.cases.get(case_ref) is None:  # its years were over while this was written
            step.own.dialogue = None
            step.tell(words.REPORT_ERASED)
            return
        kept = file_letter(
            step.tx,
            submission,
            case_ref=case_ref,
            now=step.now,
            timetable=step.hall.timetable,
        )
        step.own.dialogue = None
        if kept.is_forgotten:
            step.tell(words.FORGOTTEN)
        step.screens.append(kept)
    else:
        _file(step, submission)


def _file(step: Stepping, submission: Submission) -> None:
    minted = step.prepared.minted
    if minted is None:
        raise IntakeError("a receipt is minted before anything is submitted")
    step.people = people_now(step.tx, step.prepared.people)
    case, handover = file_case(
        step.tx,
        step.hall,
        submission,
        case_ref=step.dialogue.case_ref,
        receipt=minted,
        reporter_tag=step.hall.reporter_tag(step.pseudonym, step.now.date()),
        people=step.people,
        now=step.now,
    )
    step.has_used_receipt = True
    step.change(place=Place.RECEIPT_GIVEN, session=None, case_ref="", site="", handover=handover)
    step.screens.append(receipt_shown(step.tx, case, handover, step.language, step.hall.timetable))
