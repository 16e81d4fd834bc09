"""Summaries: only what the reporter approved leaves the desk, and it can be taken back."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from register.account import read_account
from register.case import Actor
from register.keys import Keys
from register.summary import (
    LONGEST_SUMMARY,
    Summary,
    SummaryAction,
    SummaryChanged,
    SummaryRefusal,
    SummaryRefused,
    SummaryState,
    change,
    draft,
    words_for_company,
)
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
HAPPY = (
    (SummaryAction.OFFER, HANDLER, None),
    (SummaryAction.APPROVE, REPORTER, None),
    (SummaryAction.SHARE, HANDLER, WORDS),
)


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


def after(steps: Sequence[tuple[SummaryAction, Actor, str | None]]) -> Summary:
    now = drafted()
    assert isinstance(now, Summary)
    for action, actor, words in steps:
        changed = change(now, case(), action, actor, TODAY, words)
        assert isinstance(changed, SummaryChanged), (action, changed)
        now = changed.summary
    return now


def test_what_was_approved_and_shared_is_what_a_company_reads() -> None:
    assert words_for_company(after(HAPPY)) == WORDS


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_before_that_a_company_reads_nothing(steps: int) -> None:
    assert words_for_company(after(HAPPY[:steps])) is None


@pytest.mark.parametrize("actor", [REPORTER, HANDLER])
def test_a_shared_summary_can_be_taken_back_with_its_words(actor: Actor) -> None:
    withdrawn = after((*HAPPY, (SummaryAction.WITHDRAW, actor, None)))
    assert (words_for_company(withdrawn), withdrawn.shared_words) == (None, None)


def test_the_reporter_reads_what_they_approve() -> None:
    offered = after(HAPPY[:1])
    content = derive(RECEIPT.receipt, TERMS).read(offered.envelope, offered.part)
    assert read_account(content).words == (WORDS,)


def test_a_new_draft_is_a_new_version_that_nobody_approved() -> None:
    declined = after((HAPPY[0], (SummaryAction.DECLINE, REPORTER, None)))
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
        (SummaryAction.SHARE, HANDLER, WORDS, SummaryRefusal.NOT_FROM_HERE),
        (SummaryAction.APPROVE, HANDLER, None, SummaryRefusal.NOT_YOUR_ROLE),
        (SummaryAction.APPROVE, OFFICER, None, SummaryRefusal.NOT_YOUR_ROLE),
    ],
)
def test_nobody_approves_for_the_reporter(
    action: SummaryAction, actor: Actor, words: str | None, reason: SummaryRefusal
) -> None:
    result = change(after(HAPPY[:1]), case(), action, actor, TODAY, words)
    assert result == SummaryRefused(reason=reason)


def test_sharing_needs_the_words() -> None:
    approved = after(HAPPY[:2])
    result = change(approved, case(), SummaryAction.SHARE, HANDLER, TODAY)
    assert result == SummaryRefused(reason=SummaryRefusal.WORDS_MISSING)


@pytest.mark.parametrize(
    ("words", "reason"),
    [(" \n", SummaryRefusal.EMPTY), ("x" * (LONGEST_SUMMARY + 1), SummaryRefusal.TOO_LONG)],
)
def test_a_summary_has_some_words_and_not_too_many(words: str, reason: SummaryRefusal) -> None:
    assert drafted(words) == SummaryRefused(reason=reason)


def test_a_summary_of_another_case_is_not_changed_with_this_one() -> None:
    result = change(after(()), case(ref="other"), SummaryAction.OFFER, HANDLER, TODAY)
    assert result == SummaryRefused(reason=SummaryRefusal.NOT_FROM_HERE)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(SummaryAction), st.sampled_from([HANDLER, REPORTER, OFFICER])),
        max_size=12,
    )
)
def test_no_sequence_shares_without_the_reporters_last_word(
    steps: list[tuple[SummaryAction, Actor]],
) -> None:
    now = drafted()
    assert isinstance(now, Summary)
    is_approved = False
    for action, actor in steps:
        words = WORDS if action is SummaryAction.SHARE else None
        changed = change(now, case(), action, actor, TODAY, words)
        if isinstance(changed, SummaryRefused):
            continue
        now = changed.summary
        if action is SummaryAction.APPROVE:
            is_approved = actor is REPORTER
        if action is SummaryAction.WITHDRAW:
            is_approved = False
        assert words_for_company(now) is None or is_approved


def test_no_word_shows_in_a_repr() -> None:
    assert WORDS not in repr(after(HAPPY))
