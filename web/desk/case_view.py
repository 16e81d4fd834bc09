"""What a case's page shows, composed of values; the template only lays it out.

Made by `case_page` from what was read and opened. Everything is in the handler's language but what
people typed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from flows.values import Text
from locales.catalogue import Catalogue
from locales.marking import N_
from register.case import Case, Treatment
from register.clocks import ClockKind, Deadline, Timetable, deadlines
from register.hold import HoldReason
from register.log import LogAction, LogEntry
from register.papers import PaperKind
from register.particulars import Particulars
from register.readers import WhyJoining
from register.remedy import Judgement
from register.transitions import Action, MoveReason, actions_for, reasons_for
from web.desk.handling_words import JUDGEMENT_WORDS, PAPER_WORDS, TREATMENT_WORDS
from web.desk.hold_words import HOLD_REASON_WORDS
from web.desk.house import AtDesk
from web.desk.reading import Opened
from web.desk.words import (
    ACTION_WORDS,
    ANONYMITY_WORDS,
    CLOCK_WORDS,
    DANGER_WORDS,
    JOINING_WORDS,
    LOG_WORDS,
    PEOPLE_WORDS,
    REASON_WORDS,
    REPORTER_WORDS,
    RETALIATION_WORDS,
    ROLE_WORDS,
    SINCE_WORDS,
    TRIED_WORDS,
)
from web.inside.words import GROUP_WORDS, THEME_WORDS

_OPENED_WORDS = {
    Opened.ACCOUNT: N_("what was told"),
    Opened.IDENTITY: N_("who told it"),
    Opened.ORIGINAL_FILE: N_("a file as it was sent"),
}
NOT_SAID = N_("Not said")

Code = TypeVar("Code", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineLine:
    """One clock in words."""

    what: str
    state: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineLine:
    """One entry of the log in words."""

    day: date
    what: str
    detail: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveChoice:
    """One thing to do, with one reason where it takes one."""

    value: str
    """`ACTION` or `ACTION:REASON`, as the form sends it."""
    label: str


def deadline_lines(
    case: Case, today: date, timetable: Timetable, words: Catalogue
) -> tuple[DeadlineLine, ...]:
    """The clocks that have started, in their order."""
    return tuple(_deadline(each, today, words) for each in deadlines(case, timetable))


def _deadline(deadline: Deadline, today: date, words: Catalogue) -> DeadlineLine:
    due, met = deadline.due_on, deadline.met_on
    if met is not None:
        if deadline.was_late:
            state, tone = words.text(N_("Done ${met}, late: due ${due}"), met=met, due=due), "care"
        else:
            state, tone = words.text(N_("Done ${met}"), met=met), "good"
    elif deadline.is_overdue(today):
        state, tone = words.text(N_("Overdue since ${due}"), due=due), "grave"
    else:
        state, tone = words.text(N_("Due ${due}"), due=due), "plain"
    return DeadlineLine(what=words.text(CLOCK_WORDS[deadline.kind]), state=state, tone=tone)


def timeline(
    entries: Sequence[LogEntry], desk: AtDesk, words: Catalogue
) -> tuple[TimelineLine, ...]:
    """The log in words, the newest first."""
    return tuple(_entry(entry, desk, words) for entry in reversed(entries))


def _entry(entry: LogEntry, desk: AtDesk, words: Catalogue) -> TimelineLine:
    name = desk.name_of(entry.actor_id) if entry.actor_id else ""
    return TimelineLine(
        day=entry.day,
        what=words.text(_action_words(entry.action)),
        detail=_detail(entry, desk, words),
        who=name or words.text(ROLE_WORDS[entry.role]),
    )


def _action_words(action: str) -> str:
    if action in LogAction.__members__.values():
        return LOG_WORDS[LogAction(action)]
    return ACTION_WORDS[Action(action)]


def _detail(entry: LogEntry, desk: AtDesk, words: Catalogue) -> str:
    reason = entry.reason or ""
    if entry.action == LogAction.OPENED and reason in Opened.__members__.values():
        return words.text(_OPENED_WORDS[Opened(reason)])
    if entry.action == LogAction.ESCALATED and reason in ClockKind.__members__.values():
        return words.text(CLOCK_WORDS[ClockKind(reason)])
    if entry.action == LogAction.KEPT_OUT:
        return desk.name_of(entry.subject or "")
    if reason in HoldReason.__members__.values():
        return words.text(HOLD_REASON_WORDS[HoldReason(reason)])
    if entry.action == LogAction.READERS_ADDED:
        return _let_in(entry, desk, words)
    if reason in Judgement.__members__.values():
        return words.text(JUDGEMENT_WORDS[Judgement(reason)])
    if reason in Treatment.__members__.values():
        return words.text(TREATMENT_WORDS[Treatment(reason)])
    if reason in PaperKind.__members__.values():
        return words.text(PAPER_WORDS[PaperKind(reason)])
    if reason in Action.__members__.values():
        return words.text(ACTION_WORDS[Action(reason)])
    if reason in MoveReason.__members__.values():
        return words.text(REASON_WORDS[MoveReason(reason)])
    return ""


def _let_in(entry: LogEntry, desk: AtDesk, words: Catalogue) -> str:
    """Who reads it as well, and why where they are of another team."""
    name = desk.name_of(entry.subject or "")
    reason = entry.reason or ""
    if reason not in WhyJoining.__members__.values():
        return name
    why = Text(msgid=JOINING_WORDS[WhyJoining(reason)])
    return words.text(N_("${step} – ${reason}"), step=name, reason=why)


def particulars_lines(particulars: Particulars, words: Catalogue) -> tuple[tuple[str, str], ...]:
    """The coded answers with what they are about; what was not said is said so."""
    told = (
        (N_("What it is about"), THEME_WORDS[particulars.theme]),
        (N_("Who tells it"), _of(REPORTER_WORDS, particulars.reporter)),
        (N_("Is anybody in danger"), _of(DANGER_WORDS, particulars.danger)),
        (N_("How many people"), PEOPLE_WORDS[particulars.people]),
        (N_("Since when, on the day it was told"), _of(SINCE_WORDS, particulars.since)),
        (N_("Who is most affected"), GROUP_WORDS[particulars.group]),
        (N_("Punished for speaking"), _of(RETALIATION_WORDS, particulars.retaliation)),
        (N_("Tried the way to complain at the site"), _of(TRIED_WORDS, particulars.tried_local)),
        (N_("Who may know them"), ANONYMITY_WORDS[particulars.anonymity]),
    )
    return tuple((words.text(term), words.text(said)) for term, said in told)


def _of(table: Mapping[Code, str], code: Code | None) -> str:
    return NOT_SAID if code is None else table[code]


def move_choices(case: Case, desk: AtDesk, words: Catalogue) -> tuple[MoveChoice, ...]:
    """What this handler can do now, each with each reason that it takes."""
    choices: list[MoveChoice] = []
    for action in actions_for(case, desk.actor):
        step = Text(msgid=ACTION_WORDS[action])
        reasons = reasons_for(case.status, action)
        if not reasons:
            choices.append(MoveChoice(value=action, label=words.render(step)))
        for reason in reasons:
            why = Text(msgid=REASON_WORDS[reason])
            both = words.text(N_("${step} – ${reason}"), step=step, reason=why)
            choices.append(MoveChoice(value=f"{action}:{reason}", label=both))
    return tuple(choices)
