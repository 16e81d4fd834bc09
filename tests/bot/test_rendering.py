from datetime import date
from typing import Any

import orjson
import pytest

from bot.buttons import Page, read
from bot.lines import units
from bot.rendering import Message, rendered
from flows.definition import Kind, RangeLimits
from flows.events import AnswerRefused, Asked, Prompt, PromptChoice, Reason, Reviewed, ReviewItem
from flows.moves import Change, Choose, Finish, Submit, SwitchLanguage, Toggle, Write
from flows.values import StoredFile, Text
from intake.arrivals import AskToClear, Report, TakePart
from intake.screens import (
    CaseShown,
    Ended,
    LanguagesOffered,
    LetterKept,
    LetterShown,
    MenuItem,
    MenuShown,
    NextStepShown,
    Promise,
    RatingKept,
    ReceiptGiven,
    Reply,
    RoundShown,
    Screen,
    Told,
)
from locales.languages import LANGUAGES

DAY = date(2026, 11, 27)


def literal(words: str) -> Text:
    return Text(msgid=words, is_literal=True)


PROMISE = Promise(text=literal("Somebody has read it"), by=DAY)
ROUND = RoundShown(
    organisation="Stone Ltd",
    organiser="A bureau",
    sites=("Jaipur",),
    purpose="To know what matters",
    influence=literal("You advise"),
    outcome_use="A plan",
    decisions="By the board",
    expected="Ten minutes",
    next_steps=(NextStepShown(words="A meeting", owner="Ms Roy", by=DAY),),
    statements=(literal("Questions are a start."),),
    closes_on=DAY,
    feedback_by=DAY,
)


def show(*screens: Screen, language: str = "en", page: int = 0) -> tuple[Message, ...]:
    return rendered(Reply(dialogue="d", language=language, screens=screens), page=page)


def asked(kind: Kind = Kind.TEXT, *, is_update: bool = False, **changes: Any) -> Asked:
    usual = {"path": "q", "turn": 7, "kind": kind, "label": literal("Which one?")}
    return Asked(prompt=Prompt(**{**usual, **changes}), is_update=is_update)


def choices(*labels: str, selected: tuple[str, ...] = ()) -> tuple[PromptChoice, ...]:
    return tuple(
        PromptChoice(name=label[:30], label=literal(label), is_selected=label in selected)
        for label in labels
    )


def rows_of(message: Message) -> list[list[dict[str, str]]]:
    assert message.keyboard is not None
    rows: list[list[dict[str, str]]] = orjson.loads(message.keyboard)["inline_keyboard"]
    return rows


def labels(message: Message) -> list[list[str]]:
    return [[button["text"] for button in row] for row in rows_of(message)]


def presses(message: Message) -> list[object]:
    return [read(button["callback_data"]) for row in rows_of(message) for button in row]


def test_a_question_is_one_message_with_ways_on_and_out() -> None:
    [message] = show(
        asked(
            notes=(literal("Note."),),
            hint=literal("Hint."),
            can_go_back=True,
            answered=2,
            expected=12,
        )
    )
    assert message.text == "Question 3 of 12\n\nNote.\n\nWhich one?\n\nHint."
    assert labels(message) == [["↩️ Back", "⏭ Skip"], ["🌐 Language", "✖️ Stop"]]


@pytest.mark.parametrize(("answered", "expected"), [(0, 3), (12, 12)])
def test_progress_is_told_only_where_it_helps(answered: int, expected: int) -> None:
    [message] = show(asked(answered=answered, expected=expected))
    assert message.text == "Which one?"


def test_what_must_be_answered_cannot_be_skipped() -> None:
    [message] = show(asked(is_required=True))
    assert labels(message) == [["🌐 Language", "✖️ Stop"]]


def test_what_was_answered_before_is_shown() -> None:
    [message] = show(asked(current="They did not pay"))
    assert message.text.endswith("Your answer was: \u2068They did not pay\u2069")


@pytest.mark.parametrize(
    ("given", "widths"),
    [
        (("1", "2", "3", "4", "5", "6"), [5, 1]),
        (("Yes", "No", "Not sure"), [2, 1]),
        (("Wages are not paid", "Other"), [1, 1]),
    ],
)
def test_short_labels_stand_beside_each_other(given: tuple[str, ...], widths: list[int]) -> None:
    [message] = show(asked(Kind.SELECT_ONE, choices=choices(*given)))
    assert [len(row) for row in labels(message)[: len(widths)]] == widths


def test_icons_stand_before_labels() -> None:
    choice = PromptChoice(name="wage", label=literal("Wages"), icon="💰")
    [message] = show(asked(Kind.SELECT_ONE, choices=(choice,)))
    assert labels(message)[0] == ["💰 Wages"]


def test_long_labels_stand_numbered_in_the_text() -> None:
    long = "An answer that no button of a small phone can show whole"
    [message] = show(
        asked(Kind.SELECT_MULTIPLE, choices=choices(long, "Short", selected=("Short",)))
    )
    assert f"1. {long}\n2. Short" in message.text
    assert labels(message)[0] == ["▫️ 1", "✅ 2"]
    assert presses(message)[:3] == [
        Toggle(name=long[:30], turn=7), Toggle(name="Short", turn=7), Finish(turn=7)
    ]  # fmt: skip


def test_a_toggle_changes_only_the_buttons() -> None:
    update = asked(Kind.SELECT_MULTIPLE, is_update=True, choices=choices("A", "B", selected=("B",)))
    [message] = show(update)
    assert message.is_same_text
    [refused] = show(AnswerRefused(reason=Reason.OUT_OF_TURN), update)
    assert not refused.is_same_text


def test_a_ranking_shows_the_order_in_which_it_was_pressed() -> None:
    given = choices("A", "B", "C", selected=("A", "C"))
    [message] = show(asked(Kind.RANK, choices=given, current=("C", "A")))
    assert labels(message)[0] == ["2. A", "▫️ B"]
    assert labels(message)[1] == ["1. C"]


def test_a_long_list_is_paged_and_a_page_says_where_it_is() -> None:
    many = choices(*(f"Choice number {n}" for n in range(45)))
    first, second, third = (
        show(asked(Kind.SELECT_ONE, choices=many), page=page)[0] for page in range(3)
    )
    assert ["🔽 More"] in labels(first)
    assert ["🔼 Earlier", "🔽 More"] in labels(second)
    assert ["🔼 Earlier"] in labels(third)
    assert presses(third)[0] == Choose(names=("Choice number 40",), turn=7)
    assert Page(turn=7, number=1) in presses(third)


def test_a_short_range_has_a_button_for_each_step() -> None:
    limits = RangeLimits(start=0, end=1, step=0.25)
    [message] = show(asked(Kind.RANGE, limits=limits))
    assert presses(message)[:5] == [
        Write(text=text, turn=7) for text in ("0", "0.25", "0.5", "0.75", "1")
    ]
    [long] = show(asked(Kind.RANGE, limits=RangeLimits(start=0, end=100, step=1)))
    assert len(labels(long)) == 2


def test_an_acknowledgement_is_one_button() -> None:
    [message] = show(asked(Kind.ACKNOWLEDGE, is_required=True))
    assert presses(message)[0] == Choose(names=("ok",), turn=7)


def test_done_with_files_comes_with_the_first_file() -> None:
    [before] = show(asked(Kind.IMAGE))
    assert Finish(turn=7) not in presses(before)
    file = StoredFile(blob="b", media_type="image/jpeg", size=1)
    [after] = show(asked(Kind.IMAGE, is_update=True, current=(file, file)))
    assert Finish(turn=7) in presses(after)
    assert "2 photos" in after.text
    assert not after.is_same_text


def test_a_refusal_stands_above_the_question() -> None:
    [message] = show(AnswerRefused(reason=Reason.NOT_A_NUMBER), asked())
    assert message.text.startswith("⚠️ Please type a number, for example 12.\n\nWhich one?")
    own = AnswerRefused(reason=Reason.CONSTRAINT, message=literal("At least one"))
    [message] = show(own, asked())
    assert message.text.startswith("⚠️ At least one\n\n")


def test_a_review_reads_every_answer_back_and_changes_each() -> None:
    items = (
        ReviewItem(path="a", label=literal("Which?"), value="x", choices=(literal("The x"),)),
        ReviewItem(path="b", label=literal("How many?"), value=1200),
        ReviewItem(path="c", label=literal("Why?"), value=None),
        ReviewItem(path="d", label=literal("Worked out"), value="z", can_change=False),
    )
    [message] = show(Reviewed(turn=9, items=items, notes=(literal("Last note."),)))
    assert "Last note.\n\n1. Which?\n• The x\n\n2. How many?\n• 1200" in message.text
    assert "3. Why?\n• No answer" in message.text
    assert presses(message)[:3] == [Change(path=path, turn=9) for path in "abc"]
    assert Submit(turn=9) in presses(message)


def test_a_long_review_is_paged_and_every_page_fits() -> None:
    items = tuple(
        ReviewItem(path=f"q{n}", label=literal("Label " * 60), value="😀 words " * 400)
        for n in range(20)
    )
    pages = [show(Reviewed(turn=9, items=items), page=page) for page in range(20)]
    assert all(len(page) == 1 and units(page[0].text) <= 4096 for page in pages)
    seen = {press.path for page in pages for press in presses(page[0]) if isinstance(press, Change)}
    assert seen == {item.path for item in items}


def test_an_empty_review_can_be_sent() -> None:
    [message] = show(Reviewed(turn=9, items=()))
    assert Submit(turn=9) in presses(message)


def test_a_receipt_stands_alone_in_groups() -> None:
    menu = MenuShown(text=literal("Menu"), items=(MenuItem.REPORT,))
    receipt = ReceiptGiven(
        receipt="12345678901234567", promises=(PROMISE,), referrals=(literal("Call 112."),)
    )
    before, given, clearing, after = show(Told(text=literal("Before")), receipt, menu)
    assert (before.text, after.text) == ("Before", "Menu")
    assert "1234 5678 9012 3456 7" in given.text
    assert "27 November 2026" in given.text
    assert "Call 112." in given.text
    assert [message.has_receipt for message in (before, given, clearing, after)] == [
        False,
        True,
        False,
        False,
    ]


def test_what_deletes_the_chat_stands_below_a_receipt_and_never_in_its_place() -> None:
    """The question whether to delete it takes the place of the message whose button was pressed."""
    given, clearing = show(ReceiptGiven(receipt="12345678901234567", promises=()))
    assert given.keyboard is None
    assert labels(clearing) == [["🧹 Delete this chat"]]
    assert AskToClear() in presses(clearing)


def test_a_receipt_reads_from_left_to_right_in_every_language() -> None:
    receipt = ReceiptGiven(receipt="12345678901234567", promises=())
    for language in LANGUAGES:
        message, _ = show(receipt, language=language.code)
        assert "\u200e1234 5678 9012 3456 7" in message.text


def test_words_before_a_question_join_it() -> None:
    [message] = show(Told(text=literal("Careful"), is_warning=True), asked())
    assert message.text == "⚠️ Careful\n\nWhich one?"


def test_a_text_that_is_too_long_comes_in_parts_with_the_buttons_last() -> None:
    first, second = show(Told(text=literal("word " * 900)), asked())
    assert first.keyboard is None
    assert units(first.text) <= 4096
    assert labels(second)[-1] == ["🌐 Language", "✖️ Stop"]


def test_a_case_shows_where_it_is_and_its_letters() -> None:
    mine = LetterShown(is_mine=True, sent_on=DAY, text="It is worse.", files=2)
    theirs = LetterShown(is_mine=False, sent_on=DAY, text="We look.")
    case = CaseShown(
        status=literal("A handler reads."),
        received_on=DAY,
        promises=(PROMISE,),
        letters=(mine, theirs),
        kept_longer=(literal("A court has it."), literal("You as well.")),
    )
    [message] = show(case)
    assert "A court has it.\nYou as well." in message.text
    assert message.text.startswith("A handler reads.\n\nWe have had it since 27 November 2026.")
    assert "from you:\nIt is worse.\nWith 2 files" in message.text
    assert "from the handler:\nWe look." in message.text


def test_a_round_says_all_before_it_asks_anything() -> None:
    menu = MenuShown(text=literal("?"), items=(MenuItem.RESUME, MenuItem.LEAVE_ROUND))
    [message] = show(ROUND, menu)
    for words in ("Stone Ltd", "A bureau", "Jaipur", "To know what matters", "You advise", "A plan",
                  "By the board", "Ten minutes", "A meeting", "Ms Roy", "Questions are a start.",
                  "27 November 2026", "also when nothing will be done"):  # fmt: skip
        assert words in message.text
    assert presses(message)[0] == TakePart()


def test_going_on_outside_a_round_goes_on_with_the_report() -> None:
    [message] = show(MenuShown(text=literal("?"), items=(MenuItem.RESUME,)))
    assert presses(message) == [Report()]


def test_languages_are_offered_in_their_own_names() -> None:
    [message] = show(LanguagesOffered(), language="ar")
    assert "✅ العربية" in [label for row in labels(message) for label in row]
    assert presses(message) == [SwitchLanguage(language=language.code) for language in LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_every_screen_has_words_in_every_language(language: Any) -> None:
    screens: tuple[Screen, ...] = (
        asked(), Reviewed(turn=1, items=()), LanguagesOffered(), ROUND, LetterKept(), Ended(),
        RatingKept(closes_on=DAY, feedback_by=DAY),
        MenuShown(text=literal("x"), items=tuple(MenuItem)),
        CaseShown(status=literal("x"), received_on=DAY, promises=(), letters=()),
        *(AnswerRefused(reason=reason) for reason in Reason),
        *(asked(kind) for kind in Kind),
    )  # fmt: skip
    for screen in screens:
        messages = show(screen, language=language.code)
        assert messages
        assert all("${" not in message.text for message in messages)


def test_an_arabic_message_runs_from_right_to_left() -> None:
    [message] = show(asked(label=literal("Jaipur هنا")), language="ar")
    assert message.text.startswith("\u200fJaipur")
