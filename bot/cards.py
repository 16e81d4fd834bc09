"""What stands around a conversation, as text: the receipt, a case, a round, promises.

Called by `bot.rendering`.
"""

from bot import texts
from bot.lines import fixed
from bot.prompts import joined
from intake.screens import (
    CaseShown,
    LetterKept,
    LetterShown,
    Promise,
    RatingKept,
    ReceiptGiven,
    RoundShown,
)
from locales.catalogue import Catalogue


def receipt(given: ReceiptGiven, words: Catalogue) -> str:
    """The receipt in groups, by itself on a line, so that it is easy to write down."""
    return joined(
        (
            words.text(texts.RECEIPT),
            fixed(grouped(given.receipt)),
            words.text(texts.RECEIPT_KEEP),
            _promises(given.promises, words),
            _help(given, words),
            words.text(texts.RECEIPT_DELETE),
        )
    )


def grouped(number: str) -> str:
    """Digits in fours: "1234 5678 9012 3456 7"."""
    digits = "".join(c for c in number if c.isalnum())
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))


def _help(given: ReceiptGiven, words: Catalogue) -> str:
    if not given.referrals:
        return ""
    return "\n".join((words.text(texts.HELP_NOW), *map(words.render, given.referrals)))


def _promises(promises: tuple[Promise, ...], words: Catalogue) -> str:
    return "\n".join(
        "📅 " + words.text(texts.PROMISE, what=promise.text, day=promise.by) for promise in promises
    )


def case(shown: CaseShown, words: Catalogue) -> str:
    """Where the report stands, what is promised, and every message, the oldest first."""
    return joined(
        (
            words.text(texts.CASE_STATUS, status=shown.status),
            words.text(texts.CASE_SINCE, day=shown.received_on),
            _promises(shown.promises, words),
            *(_letter(letter, words) for letter in shown.letters),
            "" if shown.letters else words.text(texts.NO_LETTERS),
        )
    )


def _letter(letter: LetterShown, words: Catalogue) -> str:
    who = texts.LETTER_MINE if letter.is_mine else texts.LETTER_THEIRS
    files = words.text(texts.LETTER_FILES, n=letter.files) if letter.files else ""
    return "\n".join(filter(None, (words.text(who, day=letter.sent_on), letter.text, files)))


def round_(shown: RoundShown, words: Catalogue) -> str:
    """All that must be known before the first question (C55, C82)."""
    return joined(
        (
            words.text(texts.ROUND_FROM, organisation=shown.organisation),
            shown.title,
            words.text(texts.ROUND_PURPOSE, words=shown.purpose),
            words.text(texts.ROUND_INFLUENCE, words=shown.influence),
            words.text(texts.ROUND_USE, words=shown.outcome_use),
            words.text(texts.ROUND_DECISION, words=shown.decision),
            words.text(texts.ROUND_NEXT, words=shown.next_steps),
            words.text(texts.ROUND_CLOSES, day=shown.closes_on),
            words.text(texts.ROUND_FEEDBACK, day=shown.feedback_by),
            words.text(texts.ROUND_FREE),
        )
    )


def rating(kept: RatingKept, words: Catalogue) -> str:
    """The answers are in, and what follows."""
    return joined(
        (
            words.text(texts.RATING_KEPT, day=kept.closes_on),
            words.text(texts.ROUND_FEEDBACK, day=kept.feedback_by),
        )
    )


def letter_kept(kept: LetterKept, words: Catalogue) -> str:
    """The message is with the handler."""
    return words.text(texts.LETTER_KEPT, day=kept.answer_by)
