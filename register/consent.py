"""What a reporter says to each part of a summary that a company would read (K8).

A summary's parts are its lines: the handler writes them so that each says one thing. To each the
reporter says that the company may read it, that it is left out, or how it is said instead. What is
left, in the order of the parts, is what the company reads.

    offered  "The dust makes people ill.\\n\\nIt was told to the foreman twice."
    said     1 yes · 2 other_words "It was told to the company."
    read     "The dust makes people ill.\\n\\nIt was told to the company."

Pure; `register.summary` makes the next version of it, `intake.consenting` asks.

What was said is kept as an account (`said_as_account`): one entry for each offered part, answer and
own words, at paths that name the part's number from 1. It may grow by paths that old readers pass
over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from flows.submission import AccountEntry
from flows.values import Text
from register.account import Account
from register.errors import UnreadableAccountError

MOST_PARTS = 20
"""More of them nobody answers one by one on a phone."""
LONGEST_OWN_WORDS = 500
"""Characters that the reporter may put in the place of one part."""
BETWEEN_PARTS = "\n\n"


class PartAnswer(StrEnum):
    """What was said to one part. Stored, and choices of the flow: never reuse a value."""

    YES = "yes"
    NO = "no"
    OTHER_WORDS = "other_words"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSaid:
    """One part as it was offered, and what the reporter said to it."""

    offered: str = field(repr=False)
    answer: PartAnswer
    own_words: str = field(default="", repr=False)
    """What the company reads instead; empty unless it is said in other words."""

    @property
    def read(self) -> str:
        """What the company would read of it; empty where it is left out."""
        match self.answer:
            case PartAnswer.YES:
                return self.offered
            case PartAnswer.OTHER_WORDS:
                return self.own_words
            case PartAnswer.NO:
                return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said to all parts of one version."""

    version: int
    """The version that the reporter was shown; to another one this says nothing."""
    parts: tuple[PartSaid, ...]

    @property
    def words(self) -> str:
        """All that the company would read; empty where everything is left out."""
        return BETWEEN_PARTS.join(part.read for part in self.parts if part.read)

    @property
    def is_sound(self) -> bool:
        """Whether each part has an answer that can be kept: own words are some, not too many."""
        return 1 <= len(self.parts) <= MOST_PARTS and all(map(_is_sound, self.parts))


def parts_of_summary(words: str) -> tuple[str, ...]:
    """The parts: every line that says something. Beyond the most, the rest is one with the last,
    so that words which were offered before there was a most are asked whole."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    rest = " ".join(lines[MOST_PARTS - 1 :])
    return (*lines[: MOST_PARTS - 1], rest) if rest else tuple(lines)


def said_to_all(words: str, answer: PartAnswer, *, version: int) -> Said:
    """One answer to all parts at once."""
    parts = (PartSaid(offered=part, answer=answer) for part in parts_of_summary(words))
    return Said(version=version, parts=tuple(parts))


def said_as_account(said: Said, language: str) -> Account:
    """What was said, to be sealed beside the words that came of it."""
    entries = [
        AccountEntry(path=path, label=Text(msgid=path, is_literal=True), value=value)
        for number, part in enumerate(said.parts, start=1)
        for path, value in _written(number, part).items()
    ]
    return Account(flow="consent", version=1, language=language, entries=tuple(entries))


def parts_said(account: Account) -> tuple[PartSaid, ...]:
    """What `said_as_account` kept; raises UnreadableAccountError, which repeats nothing of it."""
    kept = {entry.path: str(entry.value) for entry in account.entries}
    found: list[PartSaid] = []
    try:
        while (offered := kept.get(f"part[{len(found) + 1}].offered")) is not None:
            prefix = f"part[{len(found) + 1}]."
            found.append(
                PartSaid(
                    offered=offered,
                    answer=PartAnswer(kept[prefix + "answer"]),
                    own_words=kept.get(prefix + "own_words", ""),
                )
            )
    except (KeyError, ValueError):
        # from None: the errors underneath quote what they could not read
        raise UnreadableAccountError("what was said to a summary is not in our format") from None
    return tuple(found)


def _written(number: int, part: PartSaid) -> Mapping[str, str]:
    prefix = f"part[{number}]."
    own = {prefix + "own_words": part.own_words} if part.own_words else {}
    return {prefix + "offered": part.offered, prefix + "answer": part.answer.value, **own}


def _is_sound(part: PartSaid) -> bool:
    if part.answer is not PartAnswer.OTHER_WORDS:
        return not part.own_words
    return bool(part.own_words.strip()) and len(part.own_words) <= LONGEST_OWN_WORDS
