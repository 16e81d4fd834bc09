"""Taking part in a round, in a conversation. Called by `intake.conversing`."""

from dataclasses import replace
from functools import partial

from flows.engine import begin
from flows.moves import Move, SwitchLanguage
from flows.submission import Submission
from flows.values import Text
from intake import words
from intake.dialogue import Dialogue, Place
from intake.rounds import Joined, accept, join, leave, rejoin, round_shown
from intake.screens import MenuItem, MenuShown
from intake.stepping import Row, Stepping
from intake.submitting import file_ratings


def join_round(step: Stepping, token: str) -> None:
    """Show the round that a personal link opens, or say why it opens none."""
    joined = join(step.tx, token, step.now.date())
    if not isinstance(joined, Joined):
        step.tell(joined)
        if not step.is_new:
            step.menu()
        return
    if step.is_new:
        step.change(language=joined.invitation.language)
    step.change(place=Place.ROUND, invitation=joined.invitation.id)
    _show(step, joined)


def take_part(step: Stepping) -> None:
    """Begin, or go on with what was saved."""
    joined = _joined(step)
    if joined is None:
        return
    step.change(place=Place.ROUND)
    row = _row(step, joined)
    sent = partial(_sent, step, joined, row)
    if row.dialogue is not None and row.dialogue.session is not None:
        step.resume(row, SwitchLanguage(language=step.language), sent)
    else:
        accept(step.tx, joined)
        row.dialogue = Dialogue(language=step.language, begun_on=step.now.date())
        begun = begin(
            step.hall.library.get(joined.round.flow),
            language=step.language,
            surroundings=step.hall.surroundings(step.now),
        )
        step.advance(row, begun, sent)
    step.keep(row)


def talk_in_round(step: Stepping, move: Move) -> None:
    """Go on with the answers to the round."""
    joined = _joined(step)
    if joined is None:
        return
    row = _row(step, joined)
    if row.dialogue is None or row.dialogue.session is None:
        _show(step, joined)
        return
    step.resume(row, move, partial(_sent, step, joined, row))
    step.keep(row)


def leave_round(step: Stepping) -> None:
    """Take part no longer; the answers go (C62)."""
    joined = _joined(step)
    if joined is None:
        return
    row = _row(step, joined)
    if row.dialogue is not None:
        step.wipe_session(row.dialogue)
    step.book.wipe(row.pseudonym)
    leave(step.tx, joined)
    step.change(place=Place.MENU, invitation="")
    step.tell(words.LEFT_ROUND)


def stop_round(step: Stepping) -> bool:
    """What is not sent of a round is wiped; whether there was any. What was sent stays."""
    if step.dialogue.place is not Place.ROUND:
        return False
    pseudonym = step.hall.invitation_pseudonym(step.dialogue.invitation)
    dialogue = step.book.read(pseudonym)
    step.book.wipe(pseudonym)
    return dialogue is not None and step.wipe_session(dialogue)


def _joined(step: Stepping) -> Joined | None:
    """The round this dialogue takes part in; tells why when that is over."""
    joined = rejoin(step.tx, step.dialogue.invitation, step.now.date())
    if isinstance(joined, Joined):
        return joined
    step.tell(joined)
    step.change(place=Place.MENU, invitation="")
    step.menu()
    return None


def _row(step: Stepping, joined: Joined) -> Row:
    pseudonym = step.hall.invitation_pseudonym(joined.invitation.id)
    return Row(pseudonym=pseudonym, dialogue=step.book.read(pseudonym))


def _show(step: Stepping, joined: Joined) -> None:
    row = _row(step, joined)
    has_begun = row.dialogue is not None and row.dialogue.session is not None
    step.screens.append(round_shown(step.tx, joined, step.language, has_begun=has_begun))
    first = MenuItem.RESUME if has_begun else MenuItem.TAKE_PART
    items = (first, MenuItem.LEAVE_ROUND, MenuItem.LANGUAGE)
    step.screens.append(MenuShown(text=Text(msgid=words.MENU), items=items))


def _sent(step: Stepping, joined: Joined, row: Row, submission: Submission) -> None:
    step.screens.append(file_ratings(step.tx, joined, submission, now=step.now))
    # The answers stay where the review showed them, so that they can be changed (R94).
    kept = step.book.read(row.pseudonym)
    if row.dialogue is not None:
        row.dialogue = replace(row.dialogue, session=None if kept is None else kept.session)
