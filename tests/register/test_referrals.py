"""Who in need is shown what, and what is due for a check."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from register.particulars import Danger, Particulars
from register.referrals import (
    MOST_SHOWN,
    Referral,
    ReferralKind,
    kinds_for,
    shown_to_handler,
    shown_to_reporter,
)

TODAY = date(2026, 11, 24)
NUMBER = Referral(
    id="r1",
    country="IN",
    kind=ReferralKind.EMERGENCY,
    name={"en": "Emergency", "hi": "आपातकाल"},
    reach={"": "112"},
    languages=frozenset({"hi"}),
    checked_on=TODAY,
)
DANGER = Particulars(danger=Danger.YES)


def _of(kind: ReferralKind, **more: object) -> Referral:
    return replace(NUMBER, id=f"of-{kind}", kind=kind, **more)  # type: ignore[arg-type]  # a test says which field


EVERY = tuple(_of(kind) for kind in ReferralKind)


@pytest.mark.parametrize(
    ("particulars", "kinds"),
    [
        (Particulars(), ()),
        (Particulars(danger=Danger.UNSURE), ()),
        (DANGER, ("emergency", "health")),
        (
            Particulars(is_child_or_trafficking=True),
            ("emergency", "child_helpline", "trafficking"),
        ),
        (
            Particulars(danger=Danger.YES, is_child_or_trafficking=True),
            ("emergency", "child_helpline", "trafficking", "health"),
        ),
    ],
)
def test_what_is_shown_depends_on_the_need(
    particulars: Particulars, kinds: tuple[str, ...]
) -> None:
    assert kinds_for(particulars) == kinds
    assert tuple(each.kind for each in shown_to_reporter(EVERY, particulars, "en")) == kinds


def test_what_nobody_ever_checked_is_shown_to_nobody_in_need() -> None:
    unchecked = replace(NUMBER, checked_on=None)
    assert shown_to_reporter([unchecked], DANGER, "hi") == ()
    assert shown_to_handler([unchecked], "hi") == (unchecked,)


def test_those_who_speak_the_persons_language_come_first_and_the_list_is_short() -> None:
    others = [replace(NUMBER, id=f"r{n}", languages=frozenset()) for n in range(10)]
    shown = shown_to_reporter([*others, NUMBER], DANGER, "hi")
    assert shown[0] == NUMBER
    assert len(shown) == MOST_SHOWN


def test_words_are_in_the_persons_language_where_there_are_any() -> None:
    assert (NUMBER.name_in("hi"), NUMBER.name_in("nl")) == ("आपातकाल", "Emergency")
    assert NUMBER.reach_in("ar") == "112"


def test_after_a_year_an_entry_is_due_for_a_check() -> None:
    year = timedelta(days=365)
    assert not replace(NUMBER, checked_on=TODAY - year).is_due(TODAY)
    assert replace(NUMBER, checked_on=TODAY - year - timedelta(days=1)).is_due(TODAY)
    assert replace(NUMBER, checked_on=None).is_due(TODAY)
