"""A round that may open, for tests to take things away from."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from consultations.influence import Influence
from consultations.round import NextStep, Round
from consultations.steps import open_round
from consultations.wording import Wording

TODAY = date(2026, 5, 4)


def said(words: str) -> Wording:
    return Wording({"en": words, "hi": words})


DRAFT = Round(
    id="r" * 26,
    organisation_id="o" * 26,
    site_ids=("s" * 26,),
    flow="risk_rating",
    languages=("en", "hi"),
    organiser="Fair Stone Foundation, asked by the company",
    purpose=said("Which risks in the quarries must be dealt with first."),
    influence=Influence.INVOLVE,
    outcome_use=said("For the order of next year's measures."),
    decisions=said("The board decides in September and writes down why."),
    expected=said("Half an hour; phone costs are paid."),
    next_steps=(
        NextStep(words=said("A talk at the site."), owner="Site lead", by=date(2026, 7, 1)),
    ),
    opens=date(2026, 5, 18),
    closes=date(2026, 6, 15),
    feedback_by=date(2026, 8, 1),
    feedback_how=said("In writing, on the page of your invitation."),
)


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def a_draft() -> Callable[..., Round]:
    def make(**changes: Any) -> Round:
        return replace(DRAFT, **changes)

    return make


@pytest.fixture
def an_open_round() -> Callable[..., Round]:
    def make(**changes: Any) -> Round:
        opened = open_round(replace(DRAFT, **changes), TODAY)
        assert isinstance(opened, Round)
        return opened

    return make
