"""Names of the register's codes as a handler reads them. Tables alone; every code has its row."""

from collections.abc import Mapping

from locales.marking import N_
from register.case import CaseStatus
from register.clocks import ClockKind
from register.conflicts import ExclusionReason
from register.desk import OpenRefusal
from register.handover import HandoverRefusal
from register.letters import LetterRefusal
from register.log import LogAction
from register.particulars import (
    AnonymityLevel,
    Danger,
    People,
    ReporterKind,
    Retaliation,
    Since,
    TriedLocal,
)
from register.people import Role, TieTo
from register.readers import WhyJoining
from register.routing import Urgency
from register.summary import SummaryRefusal, SummaryState
from register.transitions import Action, MoveReason, MoveRefusal

STATUS_WORDS: Mapping[CaseStatus, str] = {
    CaseStatus.RECEIVED: N_("Received"),
    CaseStatus.ACKNOWLEDGED: N_("Acknowledged"),
    CaseStatus.ASSESSING: N_("Being assessed"),
    CaseStatus.NOT_ADMISSIBLE: N_("Not for us"),
    CaseStatus.REFERRED: N_("Referred to others"),
    CaseStatus.INVESTIGATING: N_("Being investigated"),
    CaseStatus.FOUNDED: N_("Founded"),
    CaseStatus.PARTLY_FOUNDED: N_("Partly founded"),
    CaseStatus.UNFOUNDED: N_("Unfounded"),
    CaseStatus.REMEDY_AGREED: N_("Remedy agreed"),
    CaseStatus.REMEDYING: N_("Being put right"),
    CaseStatus.APPEALED: N_("Appealed"),
    CaseStatus.CLOSED: N_("Closed"),
}

URGENCY_WORDS: Mapping[Urgency, str] = {
    Urgency.URGENT: N_("Urgent: look today"),
    Urgency.SOON: N_("Soon"),
    Urgency.NORMAL: N_("Normal"),
}
URGENCY_TONES: Mapping[Urgency, str] = {
    Urgency.URGENT: "grave",
    Urgency.SOON: "care",
    Urgency.NORMAL: "plain",
}

CLOCK_WORDS: Mapping[ClockKind, str] = {
    ClockKind.ACKNOWLEDGE: N_("Confirm that it came in"),
    ClockKind.FEEDBACK: N_("Tell the reporter where it stands"),
    ClockKind.DECIDE_APPEAL: N_("Decide the appeal"),
    ClockKind.DECIDE_REOPENED: N_("Decide the reopened case"),
    ClockKind.STOP: N_("The harm has stopped"),
    ClockKind.REMEDY: N_("It is put right"),
    ClockKind.ERASE_IDENTITY: N_("Who told it is erased"),
    ClockKind.ERASE_RECORD: N_("The record is erased"),
}

ACTION_WORDS: Mapping[Action, str] = {
    Action.ACKNOWLEDGE: N_("Confirm that it came in"),
    Action.ASSESS: N_("Begin to assess"),
    Action.FIND_NOT_ADMISSIBLE: N_("Decide: not for us"),
    Action.REFER: N_("Decide: refer to others"),
    Action.INVESTIGATE: N_("Investigate"),
    Action.FIND_FOUNDED: N_("Decide: founded"),
    Action.FIND_PARTLY_FOUNDED: N_("Decide: partly founded"),
    Action.FIND_UNFOUNDED: N_("Decide: unfounded"),
    Action.GIVE_FEEDBACK: N_("Note that the reporter was told where it stands"),
    Action.CONFIRM_STOPPED: N_("Note that the harm has stopped, as those harmed say"),
    Action.AGREE_REMEDY: N_("Note that a remedy is agreed"),
    Action.START_REMEDY: N_("Note that putting right has begun"),
    Action.CLOSE: N_("Close the case"),
    Action.APPEAL: N_("Appeal"),
    Action.WITHDRAW: N_("Withdraw"),
    Action.REOPEN: N_("Open the case again"),
}

REASON_WORDS: Mapping[MoveReason, str] = {
    MoveReason.OUT_OF_SCOPE: N_("It is about something else than people or nature at work sites"),
    MoveReason.NO_HARM_DESCRIBED: N_("It tells of no harm"),
    MoveReason.HANDLED_BEFORE: N_("The same was handled before"),
    MoveReason.TO_AUTHORITIES: N_("To the authorities"),
    MoveReason.TO_EMERGENCY_HELP: N_("To emergency help"),
    MoveReason.TO_UNION: N_("To a union"),
    MoveReason.TO_LOCAL_MECHANISM: N_("To the way to complain at the site"),
    MoveReason.TO_OTHER_MECHANISM: N_("To another way to complain"),
    MoveReason.FACTS_ESTABLISHED: N_("The facts are established"),
    MoveReason.FACTS_PARTLY_ESTABLISHED: N_("Part of the facts is established"),
    MoveReason.FACTS_NOT_ESTABLISHED: N_("The facts could not be established"),
    MoveReason.FACTS_REFUTED: N_("The facts are otherwise"),
    MoveReason.REPORTER_ASKED: N_("The reporter asked for it"),
    MoveReason.DECISION_STANDS: N_("The decision stands"),
    MoveReason.REMEDIED_BEFORE: N_("It was put right before"),
    MoveReason.REMEDY_SATISFIES: N_("Those harmed say that it is put right"),
    MoveReason.REMEDY_DOES_NOT_SATISFY: N_("Those harmed say that it is not put right"),
    MoveReason.REMEDY_UNANSWERED: N_("Those harmed were asked and did not answer"),
    MoveReason.DISAGREES: N_("The reporter disagrees"),
    MoveReason.NEW_FACTS: N_("There is something new"),
    MoveReason.REMEDY_NOT_KEPT: N_("What was agreed was not kept"),
    MoveReason.RETALIATION: N_("Somebody was punished for speaking"),
    MoveReason.MISTAKE: N_("There was a mistake"),
}

MOVE_REFUSALS: Mapping[MoveRefusal, str] = {
    MoveRefusal.NOT_FROM_HERE: N_("This cannot be done as the case stands now."),
    MoveRefusal.NOT_YOUR_ROLE: N_("This is for another team to do."),
    MoveRefusal.NOT_YOUR_CASE: N_("This case is no longer with you."),
    MoveRefusal.ON_APPEAL: N_("An appeal is running: only those who hear it may act."),
    MoveRefusal.APPEALED_BEFORE: N_("The decision on an appeal is the last one."),
    MoveRefusal.REASON_MISSING: N_("Please choose a reason with it."),
    MoveRefusal.REASON_NOT_FITTING: N_("This reason does not go with that step."),
    MoveRefusal.WAITS_FOR_ANOTHER: N_(
        "This is proposed already. Somebody else who reads the case has to say the same."
    ),
    MoveRefusal.BEFORE_LAST_MOVE: N_(
        "The clock of this installation went back. Please tell the operator."
    ),
}

LETTER_REFUSALS: Mapping[LetterRefusal, str] = {
    LetterRefusal.NOT_YOUR_ROLE: N_("Only handlers write letters."),
    LetterRefusal.NOT_YOUR_CASE: N_("This case is no longer with you."),
    LetterRefusal.ON_APPEAL: N_("An appeal is running: only those who hear it write."),
}

SUMMARY_REFUSALS: Mapping[SummaryRefusal, str] = {
    SummaryRefusal.NOT_FROM_HERE: N_("This cannot be done as the summary stands now."),
    SummaryRefusal.NOT_YOUR_ROLE: N_("This is for the reporter to do."),
    SummaryRefusal.NOT_YOUR_CASE: N_("This case is no longer with you."),
    SummaryRefusal.EMPTY: N_("Please write something first."),
    SummaryRefusal.TOO_LONG: N_(
        "This is too long: a summary says what matters, details point at people."
    ),
    SummaryRefusal.TOO_MANY_PARTS: N_(
        "These are too many lines: each is asked by itself. Put together what belongs together."
    ),
    SummaryRefusal.OUTDATED: N_("This cannot be done as the summary stands now."),
    SummaryRefusal.UNSOUND: N_("This cannot be done as the summary stands now."),
    SummaryRefusal.WORDS_MISSING: N_("The approved words could not be opened."),
}

SUMMARY_STATES: Mapping[SummaryState, str] = {
    SummaryState.DRAFT: N_("Draft: only the handlers see it"),
    SummaryState.OFFERED: N_("Waiting for the reporter's yes or no"),
    SummaryState.APPROVED: N_("The reporter said yes: it can be shared"),
    SummaryState.DECLINED: N_("The reporter said no: write it anew, or leave it"),
    SummaryState.SHARED: N_("Shared: the company can read it"),
    SummaryState.WITHDRAWN: N_("Taken back: nobody outside can read it"),
}

HANDOVER_REFUSALS: Mapping[HandoverRefusal, str] = {
    HandoverRefusal.NOT_YOUR_ROLE: N_("Only handlers hand a case on."),
    HandoverRefusal.NOT_YOUR_CASE: N_("This case is no longer with you."),
    HandoverRefusal.NOT_THEM: N_(
        "They cannot read this case: they have a tie to it, no key, or read it already."
    ),
    HandoverRefusal.NOBODY_TO_TAKE_IT: N_(
        "Nobody else can take this case now. The operator is told, and you can no longer open it."
    ),
}

OPEN_REFUSALS: Mapping[OpenRefusal, str] = {
    OpenRefusal.NOT_ACTIVE: N_("Your account is not active."),
    OpenRefusal.NOT_A_READER: N_("This case is not with you."),
    OpenRefusal.CONFLICT_OF_INTEREST: N_(
        "You have a tie to this case, so you may not read it. Please hand it on."
    ),
}

EXCLUSION_WORDS: Mapping[ExclusionReason, str] = {
    ExclusionReason.TIED_TO_SITE: N_("You have a tie to the site."),
    ExclusionReason.TIED_TO_ORGANISATION: N_("You have a tie to a company that it is about."),
    ExclusionReason.TIED_TO_CASE: N_("You said that you have a tie to this case."),
    ExclusionReason.TIED_TO_PERSON: N_("You have a tie to somebody in it."),
    ExclusionReason.NAMED_IN_ACCOUNT: N_("Your name may be in it."),
    ExclusionReason.KEPT_OUT_BEFORE: N_("You were kept out when it came in."),
    ExclusionReason.HANDLED_BEFORE: N_("You handled it before; others hear the appeal."),
}

JOINING_WORDS: Mapping[WhyJoining, str] = {
    WhyJoining.COLLEAGUE_LEAVES: N_("A colleague leaves"),
    WhyJoining.COLLEAGUE_AWAY: N_("A colleague is away"),
    WhyJoining.TOO_MANY_CASES: N_("There are too many cases for one team"),
    WhyJoining.LANGUAGE_NEEDED: N_("A language is needed"),
    WhyJoining.TEAMS_JOINED: N_("Two teams become one"),
}

TIE_WORDS: Mapping[TieTo, str] = {
    TieTo.SITE: N_("A site"),
    TieTo.ORGANISATION: N_("A company"),
    TieTo.CASE: N_("A case"),
    TieTo.PERSON: N_("A person"),
}

ROLE_WORDS: Mapping[Role, str] = {
    Role.REPORTER: N_("The reporter"),
    Role.HANDLER: N_("A handler"),
    Role.APPEAL_HANDLER: N_("An appeal handler"),
    Role.OVERSIGHT: N_("Oversight"),
    Role.OFFICER: N_("An officer"),
    Role.OPERATOR: N_("The operator"),
    Role.RULE: N_("A rule"),
}

LOG_WORDS: Mapping[LogAction, str] = {
    LogAction.FILED: N_("Came in"),
    LogAction.KEPT_OUT: N_("A handler was kept out because of a tie"),
    LogAction.OPENED: N_("Opened"),
    LogAction.HANDED_OVER: N_("Handed to other readers"),
    LogAction.LETTER_FROM_REPORTER: N_("The reporter wrote"),
    LogAction.LETTER_TO_REPORTER: N_("A letter to the reporter"),
    LogAction.SUMMARY_OFFERED: N_("A summary was shown to the reporter"),
    LogAction.SUMMARY_APPROVED: N_("The reporter said yes to the summary"),
    LogAction.SUMMARY_DECLINED: N_("The reporter said no to the summary"),
    LogAction.SUMMARY_SHARED: N_("The summary was shared with the company"),
    LogAction.SUMMARY_WITHDRAWN: N_("The summary was taken back"),
    LogAction.PAPER_ADDED: N_("Written among handlers"),
    LogAction.MEASURE_DONE: N_("A measure was done"),
    LogAction.MEASURE_JUDGED: N_("Those harmed said whether it is put right"),
    LogAction.DECISION_PROPOSED: N_("A decision is proposed"),
    LogAction.PROPOSAL_DROPPED: N_("The proposed decision was dropped"),
    LogAction.READERS_ADDED: N_("Another handler reads it as well"),
    LogAction.REMEDY_JUDGED: N_("The reporter said whether it is put right"),
    LogAction.TREATMENT_SAID: N_("The reporter said how they were treated"),
    LogAction.RELATED: N_("Tied to another case"),
    LogAction.UNRELATED: N_("No longer tied to another case"),
    LogAction.COMPANY_ASKED: N_("The company is asked something"),
    LogAction.COMPANY_ANSWERED: N_("The company answered"),
    LogAction.COMPANY_REQUEST_ENDED: N_("What the company was asked has ended"),
    LogAction.HELPER_LET_IN: N_("The reporter let a helper follow along"),
    LogAction.HELPERS_TAKEN_BACK: N_("The reporter's helpers follow along no more"),
    LogAction.EXTRACT_ASKED: N_("The reporter was asked what may be said to the other side"),
    LogAction.EXTRACT_AGREED: N_("The reporter said yes: it may be said to the other side"),
    LogAction.EXTRACT_DECLINED: N_("The reporter said no: it may not be said"),
    LogAction.EXTRACT_TAKEN_BACK: N_("The reporter took it back: it may not be said"),
    LogAction.EXTRACT_TOLD: N_("It was said to the other side"),
    LogAction.IDENTITY_ERASED: N_("Who told it was erased"),
    LogAction.ACCOUNT_ERASED: N_("What was told was erased, with letters and files"),
    LogAction.ESCALATED: N_("A day was missed, and the team was told"),
    LogAction.HOLD_PROPOSED: N_("Somebody wants it held back from erasure"),
    LogAction.HOLD_RELEASE_PROPOSED: N_("Somebody wants it held back no longer"),
    LogAction.HOLD_PROPOSAL_DROPPED: N_("What was proposed about holding it back was dropped"),
    LogAction.HELD: N_("Held back from erasure"),
    LogAction.HOLD_RELEASED: N_("Held back no longer"),
    LogAction.HOLD_ENDING: N_("Told that it is soon held back no longer"),
    LogAction.DANGER_DISCLOSED: N_("Told to the company because a life is in danger"),
}

REPORTER_WORDS: Mapping[ReporterKind, str] = {
    ReporterKind.WORKER: N_("Somebody who works there"),
    ReporterKind.NEIGHBOUR: N_("Somebody who lives nearby"),
    ReporterKind.COMMUNITY: N_("A community"),
    ReporterKind.HELPER: N_("A helper, for somebody else"),
}
DANGER_WORDS: Mapping[Danger, str] = {
    Danger.YES: N_("Yes, now"),
    Danger.NO: N_("No"),
    Danger.UNSURE: N_("Not sure"),
}
PEOPLE_WORDS: Mapping[People, str] = {
    People.ONE: N_("One person"),
    People.FEW: N_("2 to 10"),
    People.MANY: N_("11 to 50"),
    People.HUNDREDS: N_("More than 50"),
    People.UNKNOWN: N_("Not known"),
}
SINCE_WORDS: Mapping[Since, str] = {
    Since.TODAY: N_("Since that day"),
    Since.WEEK: N_("For about a week"),
    Since.MONTH: N_("For about a month"),
    Since.LONGER: N_("For longer"),
}
ANONYMITY_WORDS: Mapping[AnonymityLevel, str] = {
    AnonymityLevel.ANONYMOUS: N_("Unknown, also to us: reachable by letters here alone"),
    AnonymityLevel.CONFIDENTIAL: N_("Known to the handlers alone"),
    AnonymityLevel.OPEN: N_("Known to the handlers; to a company only if they say so each time"),
}
RETALIATION_WORDS: Mapping[Retaliation, str] = {
    Retaliation.YES: N_("Yes: somebody was punished for speaking"),
    Retaliation.NO: N_("No"),
    Retaliation.AFRAID: N_("Afraid of it"),
}
TRIED_WORDS: Mapping[TriedLocal, str] = {
    TriedLocal.YES_HELPED: N_("Yes, and it helped"),
    TriedLocal.YES_NOT_HELPED: N_("Yes, and it did not help"),
    TriedLocal.NO: N_("No"),
}
