"""What stands around a conversation, as text: the receipt, a case, a round, promises.

Called by `bot.rendering`.
"""

from bot import texts
from bot.lines import fixed
from bot.prompts import joined
from intake.screens import (
    CaseShown,
    HelperReceiptGiven,
    LetterShown,
    MoveOffered,
    NextStepShown,
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
        )
    )


def helper_receipt(given: HelperReceiptGiven, words: Catalogue) -> str:
    """A helper's receipt, to be written down and handed on."""
    return joined(
        (
            words.text(texts.HELPER_RECEIPT),
            fixed(grouped(given.receipt)),
            words.text(texts.HELPER_RECEIPT_GIVE),
        )
    )


def move(offered: MoveOffered, words: Catalogue, form_address: str) -> str:
    """The link and the code with which it goes on elsewhere. In the link the code stands behind
    the `#`, which a browser sends to nobody."""
    return joined(
        (
            words.text(texts.MOVE_TO_WEB),
            fixed(f"{form_address}#{offered.link_code}"),
            words.text(texts.MOVE_CODE),
            fixed(offered.typed_code),
            words.text(texts.MOVE_ONCE, minutes=offered.minutes),
            words.text(texts.MOVE_SO_FAR),
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
        "📅 " + words.text(_promise_words(promise), what=promise.text, day=promise.by)
        for promise in promises
    )


def _promise_words(promise: Promise) -> str:
    return texts.PROMISE_MISSED if promise.is_missed else texts.PROMISE


def case(shown: CaseShown, words: Catalogue) -> str:
    """Where the report stands, what is promised, and every message, the oldest first."""
    return joined(
        (
            words.render(shown.status),
            words.text(texts.CASE_SINCE, day=shown.received_on),
            *(words.render(told) for told in shown.decision),
            "\n".join(words.render(told) for told in shown.kept_longer),
            _promises(shown.promises, words),
            *(_letter(letter, words, shown.is_followed) for letter in shown.letters),
            "" if shown.letters else words.text(texts.NO_LETTERS),
            words.text(texts.SUMMARY_FOR_COMPANY) + "\n" + shown.summary if shown.summary else "",
            "" if shown.summary_note is None else words.render(shown.summary_note),
            words.text(texts.EXTRACT_HEARD) + "\n" + shown.extract if shown.extract else "",
            "" if shown.extract_note is None else words.render(shown.extract_note),
        )
    )


def _letter(letter: LetterShown, words: Catalogue, is_followed: bool) -> str:
    mine = texts.LETTER_REPORTERS if is_followed else texts.LETTER_MINE
    who = mine if letter.is_mine else texts.LETTER_THEIRS
    files = words.plural(*texts.LETTER_FILES, letter.files) if letter.files else ""
    return "\n".join(filter(None, (words.text(who, day=letter.sent_on), letter.text, files)))


def round_(shown: RoundShown, words: Catalogue) -> str:
    """All that must be known before the first question (C55, C82). The organiser's own words
    stand as they are, each under its heading."""
    run_by = words.text(texts.ROUND_RUN_BY, organiser=shown.organiser) if shown.organiser else ""
    sites = words.text(texts.ROUND_SITES, sites=shown.sites) if shown.sites else ""
    steps = "\n".join(_step(step, words) for step in shown.next_steps)
    return joined(
        (
            words.text(texts.ROUND_FROM, organisation=shown.organisation),
            run_by,
            sites,
            _under(texts.ROUND_PURPOSE, shown.purpose, words),
            _under(texts.ROUND_INFLUENCE, words.render(shown.influence), words),
            _under(texts.ROUND_USE, shown.outcome_use, words),
            _under(texts.ROUND_DECISIONS, shown.decisions, words),
            _under(texts.ROUND_EXPECTED, shown.expected, words),
            _under(texts.ROUND_NEXT, steps, words),
            *(words.render(statement) for statement in shown.statements),
            words.text(texts.ROUND_CLOSES, day=shown.closes_on),
            words.text(texts.ROUND_FEEDBACK, day=shown.feedback_by),
            words.text(texts.ROUND_FREE),
        )
    )


def _under(heading: str, content: str, words: Catalogue) -> str:
    return f"▪️ {words.text(heading)}\n{content}" if content else ""


def _step(step: NextStepShown, words: Catalogue) -> str:
    return "• " + words.text(texts.ROUND_STEP, what=step.words, who=step.owner, day=step.by)


def rating(kept: RatingKept, words: Catalogue) -> str:
    """The answers are in, and what follows."""
    return joined(
        (
            words.text(texts.RATING_KEPT, day=kept.closes_on),
            words.text(texts.ROUND_FEEDBACK, day=kept.feedback_by),
        )
    )
