"""What a case's page shows of the handlers' own work, composed of values; `case_page` adds it.

What is proposed, how the case is classified, the plan for putting it right, who else could read it,
which cases it is tied to, and what handlers wrote for each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from locales.catalogue import Catalogue
from monitoring.risk.scales import QUESTIONS, SCALES, Scale
from register.case import Case, Proposal
from register.classification import Classification
from register.desk import short_ref
from register.log import LogEntry
from register.other_side import ExtractState, extract_of
from register.papers import PaperKind
from register.readers import colleagues_for
from register.remedy import Measure
from register.transitions import Action, MoveReason
from web.desk.handling_words import (
    BY_HAND,
    EXTRACT_STATES,
    INVOLVEMENT_WORDS,
    JUDGEMENT_WORDS,
    PAPER_WORDS,
    RELATION_WORDS,
    REMEDY_KIND_WORDS,
    REMEDY_OWNER_WORDS,
    REPLY_WORDS,
)
from web.desk.house import AtDesk
from web.desk.reading import OpenedLetter, OpenedPaper
from web.desk.words import ACTION_WORDS, PEOPLE_WORDS, REASON_WORDS
from web.inside.words import GROUP_WORDS, ROOT_CAUSE_WORDS, THEME_WORDS

Code = TypeVar("Code", bound=StrEnum)
_EXTRACT_TONES: Mapping[ExtractState, str] = {
    ExtractState.AGREED: "good",
    ExtractState.DECLINED: "care",
    ExtractState.TAKEN_BACK: "care",
}
Option = tuple[str, str]
"""A code, and what it is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalShown:
    """A decision that waits for a second pair of eyes."""

    what: str
    why: str
    by: str
    on: date
    is_mine: bool
    value: str
    """As the form of moves sends it, to say the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """One paper as it is shown."""

    what: str
    by: str
    day: date
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractShown:
    """What the other side would hear, and whether the reporter agreed (G13)."""

    state: str
    tone: str
    day: date
    words: str = field(repr=False)
    can_be_told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLine:
    """One measure of the plan."""

    id: str
    what: str
    owner: str
    words: str = field(repr=False)
    due_on: date
    done_on: date | None
    is_overdue: bool
    judged: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleShown:
    """One of the four scales, to choose a step on."""

    name: str
    question: str
    options: tuple[Option, ...]
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationLine:
    """Another case that this one is tied to."""

    ref: str
    short_ref: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """All of it."""

    proposal: ProposalShown | None
    classification: Classification | None
    classified_by: str
    scales: tuple[ScaleShown, ...]
    themes: tuple[Option, ...]
    causes: tuple[Option, ...]
    involvements: tuple[Option, ...]
    involvement: str
    """How the company is tied to it, in words; empty where nobody said."""
    found_causes: tuple[str, ...]
    people: tuple[Option, ...]
    groups: tuple[Option, ...]
    measures: tuple[MeasureLine, ...]
    remedies: tuple[Option, ...]
    owners: tuple[Option, ...]
    judgements: tuple[Option, ...]
    colleagues: tuple[Option, ...]
    relations: tuple[RelationLine, ...]
    relation_kinds: tuple[Option, ...]
    replies: tuple[Option, ...]
    papers: tuple[PaperLine, ...] = field(repr=False)
    paper_kinds: tuple[Option, ...]


def work_on(
    case: Case, desk: AtDesk, today: date, papers: Sequence[OpenedPaper], words: Catalogue
) -> Work:
    """The handlers' own work on a case, in the words of who looks at it."""
    made = case.classification
    return Work(
        proposal=None if case.proposal is None else _proposal(case.proposal, desk, words),
        classification=made,
        classified_by="" if made is None else desk.name_of(made.by),
        scales=tuple(_scale(scale, made, words) for scale in Scale),
        themes=_options(THEME_WORDS, words),
        causes=_options(ROOT_CAUSE_WORDS, words),
        involvements=_options(INVOLVEMENT_WORDS, words),
        involvement=""
        if made is None or made.involvement is None
        else words.text(INVOLVEMENT_WORDS[made.involvement]),
        found_causes=tuple(
            words.text(text)
            for cause, text in ROOT_CAUSE_WORDS.items()
            if made is not None and cause in made.root_causes
        ),
        people=_options(PEOPLE_WORDS, words),
        groups=_options(GROUP_WORDS, words),
        measures=tuple(_measure(each, papers, today, words) for each in case.measures),
        remedies=_options(REMEDY_KIND_WORDS, words),
        owners=_options(REMEDY_OWNER_WORDS, words),
        judgements=_options(JUDGEMENT_WORDS, words),
        colleagues=tuple((each.id, each.name) for each in colleagues_for(case, desk.staff, today)),
        relations=tuple(
            RelationLine(
                ref=each.ref,
                short_ref=short_ref(each.ref),
                what=words.text(RELATION_WORDS[each.kind]),
            )
            for each in case.relations
        ),
        relation_kinds=_options(RELATION_WORDS, words),
        replies=_options(REPLY_WORDS, words),
        papers=tuple(_paper(each, desk, words) for each in reversed(papers)),
        paper_kinds=tuple(
            (kind, words.text(PAPER_WORDS[kind])) for kind in PaperKind if kind in BY_HAND
        ),
    )


def extract_shown(
    entries: Sequence[LogEntry], letters: Sequence[OpenedLetter], words: Catalogue
) -> ExtractShown | None:
    """Where it stands; None where the reporter was never asked."""
    extract = extract_of(entries)
    if extract is None:
        return None
    contents = (each.content for each in letters if each.letter.id == extract.letter_id)
    return ExtractShown(
        state=words.text(EXTRACT_STATES[extract.state]),
        tone=_EXTRACT_TONES.get(extract.state, "plain"),
        day=extract.day,
        words="\n\n".join(word for each in contents if each is not None for word in each.words),
        can_be_told=extract.state is ExtractState.AGREED,
    )


def _options(table: Mapping[Code, str], words: Catalogue) -> tuple[Option, ...]:
    return tuple((code.value, words.text(text)) for code, text in table.items())


def _proposal(proposal: Proposal, desk: AtDesk, words: Catalogue) -> ProposalShown:
    reason = proposal.reason or ""
    return ProposalShown(
        what=words.text(ACTION_WORDS[Action(proposal.action)]),
        why=words.text(REASON_WORDS[MoveReason(reason)]) if reason else "",
        by=desk.name_of(proposal.by),
        on=proposal.on,
        is_mine=proposal.by == desk.actor.id,
        value=f"{proposal.action}:{reason}" if reason else proposal.action,
    )


def _scale(scale: Scale, made: Classification | None, words: Catalogue) -> ScaleShown:
    chosen = "" if made is None else str(getattr(made, scale.value))
    return ScaleShown(
        name=scale.value,
        question=words.text(QUESTIONS[scale]),
        options=tuple(
            (str(step.grade), f"{step.grade} · {words.text(step.word)}") for step in SCALES[scale]
        ),
        chosen=chosen,
    )


def _measure(
    measure: Measure, papers: Sequence[OpenedPaper], today: date, words: Catalogue
) -> MeasureLine:
    told = next((each.words for each in papers if each.paper.id == measure.id), "")
    return MeasureLine(
        id=measure.id,
        what=words.text(REMEDY_KIND_WORDS[measure.kind]),
        owner=words.text(REMEDY_OWNER_WORDS[measure.owner]),
        words=told,
        due_on=measure.due_on,
        done_on=measure.done_on,
        is_overdue=measure.is_overdue(today),
        judged="" if measure.judged is None else words.text(JUDGEMENT_WORDS[measure.judged]),
    )


def _paper(opened: OpenedPaper, desk: AtDesk, words: Catalogue) -> PaperLine:
    return PaperLine(
        what=words.text(PAPER_WORDS[opened.paper.kind]),
        by=desk.name_of(opened.paper.author_id),
        day=opened.paper.day,
        words=opened.words,
    )
