"""What a change of staff would leave unread is found by routing itself."""

from dataclasses import replace

import pytest

from register.coverage import LossKind, losses
from register.particulars import Theme
from register.people import Staff
from register.routing import Purpose, Urgency
from tests.register.making import STAFF, TODAY, handler

COUNTRIES = ("IN", "CN")
LANGUAGES = ("en", "hi")


def _without(*names: str) -> Staff:
    left = tuple(each for each in STAFF.handlers if each.id not in names)
    return replace(STAFF, handlers=left)


@pytest.mark.parametrize("leaving", ["asha", "ben", "carl", "dina", "zoe", "olga"])
def test_while_others_fall_in_nothing_is_lost(leaving: str) -> None:
    after = _without(leaving)
    assert losses(STAFF, after, TODAY, countries=COUNTRIES, languages=LANGUAGES) == ()


def test_appeals_that_nobody_is_left_for_are_told() -> None:
    found = losses(STAFF, _without("zoe", "olga"), TODAY, countries=COUNTRIES, languages=LANGUAGES)
    assert {(each.kind, each.purpose) for each in found} == {(LossKind.UNROUTABLE, Purpose.APPEAL)}
    assert {each.urgency for each in found} == set(Urgency)
    assert frozenset().union(*(each.themes for each in found)) == set(Theme)


def test_a_language_that_nobody_is_left_for_is_told() -> None:
    english = frozenset({"en"})
    hindi = handler("asha", languages=frozenset({"hi"}))
    others = tuple(handler(name, languages=english) for name in ("ben", "carl"))
    before = replace(STAFF, handlers=(hindi, *others))
    after = replace(STAFF, handlers=others)
    found = losses(before, after, TODAY, countries=COUNTRIES, languages=LANGUAGES)
    assert {each.kind for each in found} == {LossKind.NOBODY_SPEAKS}
    assert {each.languages for each in found} == {frozenset({"hi"})}


def test_what_was_missing_before_is_no_loss() -> None:
    nobody = replace(STAFF, handlers=())
    assert losses(nobody, nobody, TODAY, countries=COUNTRIES, languages=LANGUAGES) == ()
