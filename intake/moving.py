"""An unfinished report goes on in another chat or browser, in one transaction.

Called by `intake.conversing`. Whoever asks for it gets two codes (`intake.moving_codes`). Each
stands as a row of its own under its pseudonym, sealed, and says which dialogue it takes the draft
from and until when. Taking over locks that dialogue, writes the draft here, leaves a note there
and wipes both codes: before the commit the draft is there alone, after it here alone. An answer
that was acknowledged there a moment before is in it; one that comes a moment later is told that it
went on elsewhere.

Wrong, used, half and lapsed codes get one and the same answer, so that it says nothing.
"""

from dataclasses import replace

from flows.engine import carry
from flows.moves import Repeat
from flows.session import Session
from flows.values import Text
from intake import words
from intake.arrivals import Channel
from intake.dialogue import Dialogue, Moving, Place
from intake.errors import IntakeError
from intake.hall import GRIEVANCE
from intake.moving_codes import CODE_LIVES
from intake.reading_back import show_receipt
from intake.reporting import report, talk
from intake.screens import MenuItem, MenuShown, MoveOffered
from intake.stepping import Stepping, TooManyTries


def offer(step: Stepping) -> None:
    """Codes with which the unfinished report goes on elsewhere; earlier ones are called off."""
    if not step.ways_elsewhere():
        step.tell(words.NOTHING_TO_MOVE)
        step.menu()
        return
    codes = step.prepared.codes
    if codes is None:
        raise IntakeError("codes are minted before they are offered")
    moving = Moving(source=step.pseudonym, ends_at=step.now + CODE_LIVES)
    rows = tuple(step.hall.code_pseudonym(code) for code in (codes.link, codes.typed))
    for row in rows:
        step.book.keep(
            row,
            Dialogue(
                language=step.language,
                place=Place.MOVING,
                moving=moving,
                begun_on=step.now.date(),
            ),
        )
    step.change(codes=rows)
    step.screens.append(
        MoveOffered(
            is_to_web=step.channel is not Channel.WEB,
            link_code=codes.link,
            typed_code=codes.grouped,
            minutes=int(CODE_LIVES.total_seconds() // 60),
        )
    )


def takes_over(step: Stepping) -> bool:
    """Whether the words that came are a code: where words are asked for, only one that works."""
    moving = step.prepared.moving
    if moving is None:
        return False
    if step.dialogue.place not in (Place.TALKING, Place.ROUND, Place.RECEIPT_WANTED):
        return True
    return isinstance(moving, str) and _source(step, moving) is not None


def take_over(step: Stepping) -> None:
    """Go on here with what was begun elsewhere, if nothing that is here stands in the way."""
    code = step.prepared.moving
    if isinstance(code, TooManyTries):
        step.tell(words.TOO_MANY_CODES)
        step.menu()
        return
    source = None if code is None else _source(step, code)
    if code is None or source is None:
        step.tell(words.CODE_DOES_NOT_WORK)
        step.menu()
    elif source == step.pseudonym:
        step.tell(words.CODE_IS_FOR_ELSEWHERE)
        report(step)
    elif step.dialogue.handover is not None:
        step.tell(words.FIRST_THE_RECEIPT)
        show_receipt(step)
    elif step.dialogue.session is not None:
        step.change(place=Place.CHOOSING, choosing=code)
        choose_again(step)
    else:
        _take(step, source)


def choose_again(step: Stepping) -> None:
    """Two drafts, one place: which is kept here is the person's to say."""
    items = (MenuItem.TAKE_MOVED, MenuItem.KEEP_HERE)
    step.screens.append(MenuShown(text=Text(msgid=words.TWO_DRAFTS), items=items))


def take_moved(step: Stepping) -> None:
    """The one from elsewhere goes on here, and what was begun here is deleted."""
    code = step.dialogue.choosing
    source = _source(step, code) if code else None
    if source is None or source == step.pseudonym or step.dialogue.handover is not None:
        _forget_choice(step)
        step.tell(words.CODE_DOES_NOT_WORK)
        step.menu()
        return
    step.wipe_session(step.dialogue)
    _take(step, source)


def keep_here(step: Stepping) -> None:
    """What was begun here goes on; the other one stays where it is, and its code as it was."""
    if step.dialogue.session is None or not step.dialogue.choosing:
        _forget_choice(step)
        step.menu()
        return
    _forget_choice(step)
    step.tell(words.KEPT_HERE)
    talk(step, Repeat())


def _forget_choice(step: Stepping) -> None:
    if step.dialogue.choosing:
        step.change(choosing="")


def _source(step: Stepping, code: str) -> str | None:
    """The dialogue that this code may take the draft from, now; both are locked from here on."""
    row = step.book.read(code)
    if row is None or row.moving is None or row.moving.ends_at <= step.now:
        return None
    source = row.moving.source
    found = step.dialogue if source == step.pseudonym else step.book.read(source)
    if found is None or code not in found.codes or not _may_move(found.session):
        return None
    return source


def _may_move(session: Session | None) -> bool:
    return session is not None and session.flow == GRIEVANCE and not session.is_over


def _take(step: Stepping, source: str) -> None:
    draft = step.book.read(source)
    if draft is None or draft.session is None:
        raise AssertionError("it was there a moment ago, and is locked since")
    for code in draft.codes:
        step.book.wipe(code)
    step.book.keep(
        source,
        Dialogue(
            language=draft.language,
            address=draft.address,
            invitation=draft.invitation,
            has_moved_on=True,
            begun_on=draft.begun_on,
        ),
    )
    session = carry(
        step.hall.library.get(draft.session.flow, draft.session.version),
        draft.session,
        surroundings=step.hall.surroundings(step.now),
        presets={"channel": step.channel.value},
    )
    step.own.dialogue = replace(
        step.dialogue,
        language=draft.language,
        place=Place.TALKING,
        site=draft.site,
        case_ref=draft.case_ref,
        intent="",
        session=session,
        codes=(),
        choosing="",
        has_moved_on=False,
    )
    step.tell(words.MOVED_HERE)
    talk(step, Repeat())
