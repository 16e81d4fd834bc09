"""What is wished, and who does it. Called by `intake.reception` inside a transaction.

Where the person stands and what they want decide what is said. The table:

    within a conversation    `reporting`, or `round_talk` where a round was joined
    with a receipt           `reading_back`
    between two channels     `moving`
    anything else            the menu, which is never a dead end
"""

from flows.moves import Attach, Move, Stop, SwitchLanguage, Write
from flows.values import Text
from intake import words
from intake.arrivals import (
    Arrive,
    AskForReceipt,
    AskToClear,
    ClearChat,
    DoWithCase,
    JoinRound,
    KeepHere,
    LeaveAsItIs,
    LeaveRound,
    MoveElsewhere,
    OpenCase,
    Report,
    Request,
    ShowAbout,
    ShowLanguages,
    ShowMenu,
    TakeMoved,
    TakeOver,
    TakePart,
    WriteBack,
)
from intake.case_acts import do_with_case, leave_as_it_is, offer_again
from intake.dialogue import Place
from intake.moving import choose_again, keep_here, offer, take_moved, take_over, takes_over
from intake.reading_back import ask_for_receipt, open_case, show_receipt
from intake.reporting import report, talk, write_back
from intake.round_talk import join_round, leave_round, stop_round, take_part, talk_in_round
from intake.screens import Ended, LanguagesOffered, MenuItem, MenuShown, Told
from intake.stepping import Outcome, Stepping
from locales.languages import LANGUAGES
from register.quarters import Quarter
from sealing.receipts import ReporterKey

_KNOWN_LANGUAGES = frozenset(language.code for language in LANGUAGES)


def converse(step: Stepping, wish: Request | Move) -> Outcome:
    """Do what is wished, keep what came of it, and say it."""
    match wish:
        case Arrive(site_code=code):
            _arrive(step, code)
        case ShowMenu():
            step.menu()
        case ShowAbout():
            step.screens += [Told(text=Text(msgid=msgid)) for msgid in words.ABOUT]
            step.menu()
        case ShowLanguages():
            step.screens.append(LanguagesOffered())
        case SwitchLanguage(language=language):
            _switch_language(step, language)
        case Report():
            report(step)
        case AskForReceipt():
            ask_for_receipt(step)
        case OpenCase():
            open_case(step)
        case WriteBack():
            write_back(step)
        case DoWithCase(act=act):
            do_with_case(step, act)
        case LeaveAsItIs():
            leave_as_it_is(step)
        case AskToClear():
            _ask_to_clear(step)
        case ClearChat():
            _stop(step, words.CHAT_IS_CLEAR)
        case JoinRound(token=token):
            join_round(step, token)
        case TakePart():
            take_part(step)
        case LeaveRound():
            leave_round(step)
        case MoveElsewhere():
            offer(step)
        case TakeOver():
            take_over(step)
        case TakeMoved():
            take_moved(step)
        case KeepHere():
            keep_here(step)
        case Stop():
            _stop(step)
        case _:
            _move(step, wish)
    return step.outcome()


def _arrive(step: Stepping, site_code: str) -> None:
    if site_code:
        site = step.hall.sites().by_code(site_code)
        if site is None:
            step.tell(words.UNKNOWN_SITE_LINK)
        else:
            step.change(site=site.id)
            step.tx.hearings.count_reader(site.id, Quarter.of(step.now.date()))
    if step.is_new:
        step.tell(words.HELLO)
        step.change(place=Place.LANGUAGES)
        step.screens.append(LanguagesOffered())
    else:
        step.menu()


def _switch_language(step: Stepping, language: str) -> None:
    if language not in _KNOWN_LANGUAGES:
        step.screens.append(LanguagesOffered())
        return
    step.change(language=language)
    match step.dialogue.place:
        case Place.TALKING | Place.ROUND:
            _move(step, SwitchLanguage(language=language))
        case Place.RECEIPT_WANTED:
            step.tell(words.RECEIPT_WANTED)
        case Place.RECEIPT_GIVEN:
            show_receipt(step)
        case Place.CHOOSING:
            choose_again(step)
        case _:
            step.menu()


def _ask_to_clear(step: Stepping) -> None:
    """One slip of the thumb must not delete everything. A conversation stays where it is."""
    dialogue = step.dialogue
    has_draft = dialogue.session is not None or dialogue.place is Place.ROUND
    text = words.CLEARING_A_DRAFT_MEANS if has_draft else words.CLEARING_MEANS
    items = (MenuItem.CLEAR_NOW, MenuItem.KEEP_CHAT)
    step.screens.append(MenuShown(text=Text(msgid=text), items=items))


def _stop(step: Stepping, nothing_unsent: str = words.NOTHING_TO_STOP) -> None:
    """Wipe whatever is not sent; what was sent stays with the handlers (W2)."""
    has_draft = step.wipe_session(step.dialogue) | stop_round(step)
    step.tell(words.STOPPED if has_draft else nothing_unsent)
    step.own.dialogue = None
    step.screens.append(Ended())


def _move(step: Stepping, move: Move) -> None:
    dialogue = step.dialogue
    is_typed = isinstance(move, Write)
    is_receipt = is_typed and isinstance(step.prepared.receipt, ReporterKey)
    if is_typed and takes_over(step):
        take_over(step)
        return
    match dialogue.place:
        case Place.CHOOSING:
            step.drop_files_of(move)
            choose_again(step)
        case Place.ROUND:
            talk_in_round(step, move)
        case Place.TALKING:
            talk(step, move)
        case Place.RECEIPT_GIVEN:
            show_receipt(step)
        case Place.RECEIPT_WANTED if is_typed:
            open_case(step)
        case _ if is_receipt:
            open_case(step)
        case _ if _is_answer(move) and dialogue.session is not None:
            talk(step, move)
        case _:
            if isinstance(move, Attach) and move.turn is None:
                step.tell(words.FILE_NOT_NOW)
            elif _is_answer(move) and not dialogue.has_moved_on:
                step.tell(words.DRAFT_IS_GONE)
            step.drop_files_of(move)
            if isinstance(move, Attach) and dialogue.place is Place.CASE_OPEN:
                offer_again(step)
            else:
                step.menu()


def _is_answer(move: Move) -> bool:
    """Whether it answers a particular question (a button, a form), not just any."""
    return getattr(move, "turn", None) is not None
