"""Summaries: only what the reporter approved leaves the desk, and it can be taken back."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from register.account import message, read_account
from register.case import Actor
from register.consent import (
    LONGEST_OWN_WORDS,
    MOST_PARTS,
    PartAnswer,
    PartSaid,
    Said,
    parts_of_summary,
    parts_said,
    said_as_account,
    said_to_all,
)
from register.errors import UnreadableAccountError
from register.keys import Keys
from register.log import LogAction
from register.summary import (
    LONGEST_APPROVED,
    LONGEST_SUMMARY,
    Summary,
    SummaryAction,
    SummaryChanged,
    SummaryRefusal,
    SummaryRefused,
    SummaryState,
    change,
    decide,
    draft,
    words_for_company,
)
from sealing.failures import SealingError
from sealing.identities import new_identity
from sealing.receipts import ReceiptTerms, derive, mint
from sealing.recipients import RecipientKind
from sealing.stretching import TEST_COST
from tests.register.making import HANDLER, OFFICER, REPORTER, TODAY, case

TERMS = ReceiptTerms(salt=b"salt of the tests", cost=TEST_COST)
RECEIPT = mint(TERMS)
ASHA = new_identity()
KEYS = Keys(
    handlers={"asha": ASHA.recipient},
    recovery=new_identity(RecipientKind.RECOVERY).recipient,
)
WORDS = "A fire door is locked at night."
PARTS = ("The dust is bad.", "One man was sent home.", "People want masks.")
YES, NO, OTHER = PartAnswer.YES, PartAnswer.NO, PartAnswer.OTHER_WORDS
OFFER, SHARE, TAKE_BACK = SummaryAction.OFFER, SummaryAction.SHARE, SummaryAction.WITHDRAW
Step = tuple[SummaryAction, Actor, str | None] | PartAnswer
HAPPY: tuple[Step, ...] = ((OFFER, HANDLER, None), YES, (SHARE, HANDLER, WORDS))


def drafted(words: str = WORDS, earlier: Summary | None = None) -> Summary | SummaryRefused:
    return draft(
        case(),
        words,
        HANDLER,
        TODAY,
        summary_id="sum1",
        keys=KEYS,
        reporter=RECEIPT.recipient,
        earlier=earlier,
    )


def decided(summary: Summary, said: Said, **of_case: str) -> SummaryChanged | SummaryRefused:
    return decide(summary, case(**of_case), said, TODAY, keys=KEYS, reporter=RECEIPT.recipient)


def after(steps: Sequence[Step], words: str = WORDS) -> Summary:
    now = drafted(words)
    assert isinstance(now, Summary)
    for step in steps:
        if isinstance(step, PartAnswer):
            changed = decided(now, said_to_all(words, step, version=now.version))
        else:
            action, actor, given_words = step
            changed = change(now, case(), action, actor, TODAY, given_words)
        assert isinstance(changed, SummaryChanged), (step, changed)
        now = changed.summary
    return now


def said_of(*answers: PartAnswer | str, version: int = 1) -> Said:
    """What is said to `PARTS`; a string that is no answer is own words."""
    return Said(
        version=version,
        parts=tuple(
            PartSaid(offered=part, answer=answer)
            if isinstance(answer, PartAnswer)
            else PartSaid(offered=part, answer=OTHER, own_words=answer)
            for part, answer in zip(PARTS, answers, strict=True)
        ),
    )


def reporter_reads(summary: Summary, part: str) -> str:
    content = derive(RECEIPT.receipt, TERMS).read(summary.envelope, part)
    return "|".join(read_account(content).words)


def test_what_was_approved_and_shared_is_what_a_company_reads() -> None:
    assert words_for_company(after(HAPPY)) == WORDS


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_before_that_a_company_reads_nothing(steps: int) -> None:
    assert words_for_company(after(HAPPY[:steps])) is None


@pytest.mark.parametrize("actor", [REPORTER, HANDLER])
def test_a_shared_summary_can_be_taken_back_with_its_words(actor: Actor) -> None:
    withdrawn = after((*HAPPY, (TAKE_BACK, actor, None)))
    assert (words_for_company(withdrawn), withdrawn.shared_words) == (None, None)


def test_the_reporter_reads_what_they_approve() -> None:
    offered = after(HAPPY[:1])
    assert reporter_reads(offered, offered.part) == WORDS


def test_what_was_said_part_by_part_is_the_next_version_and_nothing_else_is_in_it() -> None:
    offered = after(HAPPY[:1], "\n".join(PARTS))
    changed = decided(offered, said_of(YES, NO, "Masks are wanted."))
    assert isinstance(changed, SummaryChanged)
    approved = changed.summary
    assert (approved.version, approved.state) == (2, SummaryState.APPROVED)
    assert reporter_reads(approved, approved.part) == "The dust is bad.\n\nMasks are wanted."
    with pytest.raises(SealingError):
        reporter_reads(approved, offered.part)
    assert (changed.entry.action, changed.entry.subject) == (LogAction.SUMMARY_APPROVED, "sum1")


def test_what_was_said_lies_beside_it_until_it_is_shared() -> None:
    offered = after(HAPPY[:1], "\n".join(PARTS))
    said = said_of(YES, NO, "Masks are wanted.")
    changed = decided(offered, said)
    assert isinstance(changed, SummaryChanged)
    approved = changed.summary
    assert set(approved.envelope.names) == {approved.part, approved.said_part}
    content = derive(RECEIPT.receipt, TERMS).read(approved.envelope, approved.said_part)
    assert parts_said(read_account(content)) == said.parts
    shared = change(approved, case(), SHARE, HANDLER, TODAY, said.words)
    assert isinstance(shared, SummaryChanged)
    assert shared.summary.envelope.names == (approved.part,)
    assert reporter_reads(shared.summary, approved.part) == said.words


@pytest.mark.parametrize(
    "said", [said_of(NO, NO, NO), said_to_all("\n".join(PARTS), NO, version=1)]
)
def test_no_to_every_part_is_no_to_all_of_it(said: Said) -> None:
    offered = after(HAPPY[:1], "\n".join(PARTS))
    changed = decided(offered, said)
    assert isinstance(changed, SummaryChanged)
    assert (changed.summary.version, changed.summary.state) == (1, SummaryState.DECLINED)
    assert changed.entry.action is LogAction.SUMMARY_DECLINED


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (said_of(YES, NO, YES, version=2), SummaryRefusal.OUTDATED),
        (said_of(YES, NO, YES, version=0), SummaryRefusal.OUTDATED),
        (said_of(YES, NO, " \n"), SummaryRefusal.UNSOUND),
        (said_of(YES, NO, ""), SummaryRefusal.UNSOUND),
        (said_of(YES, NO, "x" * (LONGEST_OWN_WORDS + 1)), SummaryRefusal.UNSOUND),
        (Said(version=1, parts=()), SummaryRefusal.UNSOUND),
        (Said(version=1, parts=said_of(YES, NO, NO).parts * 7), SummaryRefusal.UNSOUND),
        (
            Said(version=1, parts=(PartSaid(offered="a", answer=NO, own_words="b"),)),
            SummaryRefusal.UNSOUND,
        ),
    ],
)
def test_what_cannot_have_been_said_to_this_version_is_refused(
    said: Said, reason: SummaryRefusal
) -> None:
    offered = after(HAPPY[:1], "\n".join(PARTS))
    assert decided(offered, said) == SummaryRefused(reason=reason)


@pytest.mark.parametrize("steps", [(), HAPPY[:2], HAPPY, (HAPPY[0], NO)])
def test_only_what_is_offered_is_decided_about(steps: Sequence[Step]) -> None:
    summary = after(steps)
    said = said_to_all(WORDS, YES, version=summary.version)
    assert decided(summary, said) == SummaryRefused(reason=SummaryRefusal.NOT_FROM_HERE)


def test_a_summary_of_another_case_is_not_decided_about() -> None:
    said = said_to_all(WORDS, YES, version=1)
    refused = SummaryRefused(reason=SummaryRefusal.NOT_FROM_HERE)
    assert decided(after(HAPPY[:1]), said, ref="other") == refused


def test_of_two_answers_the_first_one_counts() -> None:
    offered = after(HAPPY[:1])
    first = decided(offered, said_to_all(WORDS, YES, version=1))
    assert isinstance(first, SummaryChanged)
    second = decided(first.summary, said_to_all(WORDS, NO, version=1))
    assert second == SummaryRefused(reason=SummaryRefusal.NOT_FROM_HERE)


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("one", ("one",)),
        (" one \r\n\r\n\n two\nthree", ("one", "two", "three")),
        (" \n", ()),
        ("\n".join("abcdefghijklmnopqrstuv"), (*"abcdefghijklmnopqrs", "t u v")),
    ],
)
def test_each_line_is_a_part_and_of_too_many_the_last_holds_the_rest(
    words: str, parts: tuple[str, ...]
) -> None:
    assert parts_of_summary(words) == parts
    assert len(parts) <= MOST_PARTS


@given(st.text(max_size=200))
def test_parts_put_together_have_the_same_parts(words: str) -> None:
    parts = parts_of_summary(words)
    assert parts_of_summary("\n\n".join(parts)) == parts


def test_a_draft_is_kept_as_it_will_be_asked() -> None:
    assert reporter_reads(after(HAPPY[:1], "a\nb \n"), "summary:sum1:1") == "a\n\nb"


def test_own_words_never_make_more_than_can_be_shared() -> None:
    parts = parts_of_summary("\n".join(["x" * 98] * MOST_PARTS))
    longest = Said(
        version=1,
        parts=tuple(
            PartSaid(offered=part, answer=OTHER, own_words="y" * LONGEST_OWN_WORDS)
            for part in parts
        ),
    )
    assert longest.is_sound
    assert len(longest.words) <= LONGEST_APPROVED


def test_what_was_said_in_another_format_is_not_guessed_at() -> None:
    account = said_as_account(said_of(YES, NO, "Masks."), "en")
    for damaged in ("perhaps", None):
        entries = tuple(
            replace(entry, value=damaged) if entry.path == "part[2].answer" else entry
            for entry in account.entries
            if damaged is not None or entry.path != "part[2].answer"
        )
        with pytest.raises(UnreadableAccountError):
            parts_said(replace(account, entries=entries))
    assert parts_said(message("words", language="en")) == ()


def test_a_new_draft_is_a_new_version_that_nobody_approved() -> None:
    declined = after((HAPPY[0], NO))
    again = drafted("Other words", declined)
    assert isinstance(again, Summary)
    assert (again.version, again.state) == (2, SummaryState.DRAFT)
    assert again.part != declined.part
    assert drafted("Other words", after(HAPPY)) == SummaryRefused(
        reason=SummaryRefusal.NOT_FROM_HERE
    )


@pytest.mark.parametrize(
    ("action", "actor", "words", "reason"),
    [
        (SHARE, HANDLER, WORDS, SummaryRefusal.NOT_FROM_HERE),
        (SHARE, OFFICER, WORDS, SummaryRefusal.NOT_FROM_HERE),
        (TAKE_BACK, REPORTER, None, SummaryRefusal.NOT_YOUR_ROLE),
        (TAKE_BACK, OFFICER, None, SummaryRefusal.NOT_YOUR_ROLE),
    ],
)
def test_nobody_goes_past_the_reporter(
    action: SummaryAction, actor: Actor, words: str | None, reason: SummaryRefusal
) -> None:
    result = change(after(HAPPY[:1]), case(), action, actor, TODAY, words)
    assert result == SummaryRefused(reason=reason)


def test_sharing_needs_the_words() -> None:
    approved = after(HAPPY[:2])
    result = change(approved, case(), SHARE, HANDLER, TODAY)
    assert result == SummaryRefused(reason=SummaryRefusal.WORDS_MISSING)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (" \n", SummaryRefusal.EMPTY),
        ("x" * (LONGEST_SUMMARY + 1), SummaryRefusal.TOO_LONG),
        ("x\n" * (MOST_PARTS + 1), SummaryRefusal.TOO_MANY_PARTS),
    ],
)
def test_a_summary_has_some_words_and_not_too_many(words: str, reason: SummaryRefusal) -> None:
    assert drafted(words) == SummaryRefused(reason=reason)


def test_a_summary_of_another_case_is_not_changed_with_this_one() -> None:
    result = change(after(()), case(ref="other"), OFFER, HANDLER, TODAY)
    assert result == SummaryRefused(reason=SummaryRefusal.NOT_FROM_HERE)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.tuples(
                st.sampled_from(SummaryAction), st.sampled_from([HANDLER, REPORTER, OFFICER])
            ),
            st.sampled_from([YES, NO]),
        ),
        max_size=12,
    )
)
def test_no_sequence_shares_without_the_reporters_last_word(
    steps: list[tuple[SummaryAction, Actor] | PartAnswer],
) -> None:
    now = drafted()
    assert isinstance(now, Summary)
    is_approved = False
    for step in steps:
        if isinstance(step, PartAnswer):
            changed = decided(now, said_to_all(WORDS, step, version=now.version))
        else:
            words = WORDS if step[0] is SHARE else None
            changed = change(now, case(), step[0], step[1], TODAY, words)
        if isinstance(changed, SummaryRefused):
            continue
        now = changed.summary
        if isinstance(step, PartAnswer):
            is_approved = step is YES
        elif step[0] is TAKE_BACK:
            is_approved = False
        assert words_for_company(now) is None or is_approved


def test_no_word_shows_in_a_repr() -> None:
    assert WORDS not in repr(after(HAPPY))
    assert PARTS[0] not in repr(said_of(YES, NO, "Masks."))
