"""A case's page: where it stands, what was told, letters, what can be done, what was done.

`show` answers the address; the forms of the page come back to `show_again` when something was not
done, with what was typed still in place.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from aiohttp import web

from intake.ports import Transaction
from locales.catalogue import catalogue
from locales.files import Domain
from register.account import Account
from register.case import Case
from register.clocks import Timetable, promise
from register.consent import MOST_PARTS, PartAnswer, PartSaid, parts_of_summary
from register.desk import OpenRefused, refused_opening, short_ref
from register.letters import Letter
from register.log import LogEntry
from register.papers import Paper
from register.replies import REPLIES, Reply
from register.routing import Urgency
from register.sites import Site
from register.summary import LONGEST_SUMMARY, SUMMARY_TRANSITIONS, Summary, SummaryState
from sealing.envelope import SealedEnvelope
from sealing.identities import Identity
from web.desk.acting import NotDone
from web.desk.answers import AnswerLine, answer_lines
from web.desk.case_view import deadline_lines, move_choices, particulars_lines, timeline
from web.desk.closed_page import closed_page
from web.desk.flash import flash
from web.desk.handling_view import extract_shown, work_on
from web.desk.hold_view import hold_shown
from web.desk.house import DESK, AtDesk, at_desk
from web.desk.openings import note_opening
from web.desk.reading import (
    Opened,
    OpenedLetter,
    OpenedPaper,
    Unopened,
    has_identity,
    open_account,
    open_letters,
    open_papers,
    open_said,
    open_summary,
)
from web.desk.seen import last_change
from web.desk.words import STATUS_WORDS, SUMMARY_STATES, URGENCY_TONES, URGENCY_WORDS
from web.inside.frame import inside, see_other, words_of
from web.inside.headers import POLICY, WITH_SOUND
from web.sign_in.doorkeeper import Person

CASE = "/desk/cases/{ref:[a-z2-7]{26}}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRead:
    """What is kept of a case, still sealed."""

    case: Case
    desk: AtDesk
    refusal: OpenRefused | None
    entries: tuple[LogEntry, ...]
    letters: tuple[Letter, ...]
    papers: tuple[Paper, ...]
    summary: Summary | None
    envelope: SealedEnvelope
    site: Site | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened:
    """What a handler's key opened of it."""

    account: Account | Unopened = field(repr=False)
    letters: tuple[OpenedLetter, ...] = field(repr=False)
    papers: tuple[OpenedPaper, ...] = field(repr=False)
    summary_words: str | None = field(repr=False)
    summary_said: tuple[PartSaid, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLine:
    """One letter as it is shown."""

    letter: Letter
    lines: tuple[AnswerLine, ...] = field(repr=False)
    is_readable: bool


def address_of(ref: str) -> str:
    """Where a case's page is."""
    return f"/desk/cases/{ref}"


def ref_in(request: web.Request) -> str:
    """The case that an address names."""
    return request.match_info["ref"]


async def show(request: web.Request, person: Person) -> web.StreamResponse:
    """The page; the unlocking first where the handler's key is not in memory."""
    return await show_again(request, person, None, {}, reply=request.query.get("reply", ""))


async def show_again(
    request: web.Request,
    person: Person,
    not_done: NotDone | None,
    typed: Mapping[str, str],
    *,
    reply: str = "",
) -> web.Response:
    """The page, with why something was not done and what was typed; 404 for no case of theirs.

    `reply` names one of `register.replies`, for a letter to begin with.
    """
    ref = ref_in(request)
    desk = request.app[DESK]
    identity = desk.cabinet.identity(person.login)
    if identity is None:
        return see_other(f"/desk/unlock?case={ref}")
    read = await read_case(request, person, ref)
    if read.refusal is not None:
        return closed_page(request, person, read.case, read.refusal)
    actor, today = read.desk.actor, desk.today
    await desk.storage.transaction(lambda tx: note_opening(tx, ref, actor, Opened.ACCOUNT, today))
    opened = await asyncio.to_thread(open_case, read, identity)
    if reply:
        typed = {**typed, "letter": begun_letter(read.case, reply, desk.timetable)}
    return _page(request, person, read, opened, not_done, typed)


async def read_case(request: web.Request, person: Person, ref: str) -> CaseRead:
    """The case as it is kept. 404 where there is none that this handler reads."""
    desk = request.app[DESK]
    today = desk.today

    def unit(tx: Transaction) -> CaseRead:
        case = tx.cases.get(ref)
        at = at_desk(tx, person)
        if case is None or at.handler.id not in case.handler_ids:
            raise web.HTTPNotFound
        return CaseRead(
            case=case,
            desk=at,
            refusal=refused_opening(case, at.handler, today),
            entries=tx.log.of_case(ref),
            letters=tx.letters.of_case(ref),
            papers=tx.papers.of_case(ref),
            summary=tx.summaries.of_case(ref),
            envelope=tx.cases.envelope(ref),
            site=None if case.site_id is None else tx.sites.site(case.site_id),
        )

    return await desk.storage.read(unit)


def open_case(read: CaseRead, identity: Identity) -> CaseOpened:
    """Everything of it but who told it. Sync: use a thread."""
    return CaseOpened(
        account=open_account(read.envelope, identity),
        letters=open_letters(read.letters, identity),
        papers=open_papers(read.papers, identity),
        summary_words=None if read.summary is None else open_summary(read.summary, identity),
        summary_said=() if read.summary is None else open_said(read.summary, identity),
    )


def begun_letter(case: Case, named: str, timetable: Timetable) -> str:
    """The saved reply of this name in the reporter's language; empty for one we do not know."""
    if named not in Reply.__members__.values():
        return ""
    words = catalogue(case.language, Domain.PEOPLE)
    by = promise(case.filed_on, timetable).feedback_by
    return words.text(REPLIES[Reply(named)], day=by)


def _page(
    request: web.Request,
    person: Person,
    read: CaseRead,
    opened: CaseOpened,
    not_done: NotDone | None,
    typed: Mapping[str, str],
) -> web.Response:
    case, desk = read.case, request.app[DESK]
    ours = words_of(person)
    theirs = catalogue(case.language, Domain.PEOPLE)
    request[POLICY] = WITH_SOUND
    is_told = isinstance(opened.account, Account)
    return inside(
        request,
        person,
        "desk/case.html",
        status=200 if not_done is None else not_done.status,
        here="/desk",
        address=address_of(case.ref),
        ref=short_ref(case.ref),
        case=case,
        seen=last_change(read.entries),
        done=flash(request.query.get("done", "")),
        error="" if not_done is None else ours.text(not_done.reason),
        error_field="" if not_done is None else not_done.field,
        meanwhile=timeline(not_done.meanwhile, read.desk, ours) if not_done else (),
        typed=typed,
        status_words=ours.text(STATUS_WORDS[case.status]),
        urgency_words=ours.text(URGENCY_WORDS[case.urgency]),
        urgency_tone=URGENCY_TONES[case.urgency],
        is_urgent=case.urgency is Urgency.URGENT,
        site_name="" if read.site is None else read.site.name_in(person.language),
        site_country="" if read.site is None else ours.country(read.site.country),
        deadlines=deadline_lines(case, desk.today, desk.timetable, ours),
        facts=particulars_lines(case.particulars, ours),
        their_language=theirs.language,
        language_called=ours.language_called(theirs.language),
        answers=answer_lines(opened.account, ours, theirs)
        if isinstance(opened.account, Account)
        else (),
        told_at=opened.account.told_at if isinstance(opened.account, Account) else None,
        is_told=is_told,
        has_identity=has_identity(read.envelope) or any(e.has_teller for e in read.letters),
        letters=tuple(_letter(each, person, theirs.language.code) for each in opened.letters),
        moves=move_choices(case, read.desk, ours),
        summary=read.summary,
        **_summary_part(read.summary, opened, ours.text),
        timeline=timeline(read.entries, read.desk, ours),
        hold=hold_shown(case, read.desk, desk.today, ours),
        extract=extract_shown(read.entries, opened.letters, ours),
        work=work_on(case, read.desk, desk.today, opened.papers, ours),
    )


def _letter(opened: OpenedLetter, person: Person, language: str) -> LetterLine:
    content = opened.content
    if content is None:
        return LetterLine(letter=opened.letter, lines=(), is_readable=False)
    theirs = catalogue(language, Domain.PEOPLE)
    return LetterLine(
        letter=opened.letter,
        lines=answer_lines(content, words_of(person), theirs),
        is_readable=True,
    )


def _summary_part(
    summary: Summary | None, opened: CaseOpened, text: Callable[[str], str]
) -> dict[str, object]:
    """What the summary's corner of the page wants."""
    if summary is None:
        return {
            "summary_state": "",
            "summary_words": "",
            "summary_actions": (),
            "summary_parts": (),
            "summary_said": (),
            "may_draft": True,
            "longest_summary": LONGEST_SUMMARY,
            "most_parts": MOST_PARTS,
        }
    is_asked = summary.state in {SummaryState.DRAFT, SummaryState.OFFERED}
    is_changed = any(part.answer is not PartAnswer.YES for part in opened.summary_said)
    actions = tuple(action for state, action in SUMMARY_TRANSITIONS if state is summary.state)
    redrafted = {SummaryState.DRAFT, SummaryState.DECLINED, SummaryState.WITHDRAWN}
    return {
        "summary_state": text(SUMMARY_STATES[summary.state]),
        "summary_words": opened.summary_words or "",
        "summary_parts": parts_of_summary(opened.summary_words or "") if is_asked else (),
        "summary_said": opened.summary_said if is_changed else (),
        "summary_actions": actions,
        "may_draft": summary.state in redrafted,
        "longest_summary": LONGEST_SUMMARY,
        "most_parts": MOST_PARTS,
    }
