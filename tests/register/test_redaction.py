"""What points at a person is found in words, and a name that was given is never let out."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.redaction import GAP, FoundKind, found_in, names_left, redacted


@pytest.mark.parametrize(
    ("words", "kind", "part"),
    [
        ("call 0141-2345678 now", FoundKind.PHONE, "0141-2345678"),
        ("bel +31 6 12345678", FoundKind.PHONE, "+31 6 12345678"),
        ("write a.b@mill.example please", FoundKind.EMAIL, "a.b@mill.example"),
        ("see https://x.example/me", FoundKind.LINK, "https://x.example/me"),
        ("I am @ravi_77", FoundKind.LINK, "@ravi_77"),
        ("badge AB123456", FoundKind.NUMBER, "AB123456"),
        ("on 12 March 2026", FoundKind.DAY, "12 March 2026"),
        ("op 3 mei", FoundKind.DAY, "3 mei"),
        ("2026-03-05", FoundKind.DAY, "2026-03-05"),
        ("在2026年3月5日打我", FoundKind.DAY, "2026年3月5日"),
    ],
)
def test_what_has_a_shape_is_found(words: str, kind: FoundKind, part: str) -> None:
    assert [(each.kind, each.words) for each in found_in(words)] == [(kind, part)]


def test_numbers_that_tell_nothing_of_a_person_stay() -> None:
    words = "We were 12 people, paid 450 a day, for 3 years, and 1500 went home."
    assert found_in(words) == ()


@pytest.mark.parametrize(
    ("given_name", "words"),
    [
        ("Ravi Kumar", "RAVI hit nobody"),
        ("Ravi Kumar", "kumar hit nobody"),
        ("José", "Jose was there"),
        ("张伟", "张伟在那里"),
        ("राम कुमार", "राम वहाँ था"),
        ("أحمد", "رأى احمد ذلك"),
    ],
)
def test_a_given_name_is_seen_however_it_is_spelled(given_name: str, words: str) -> None:
    assert names_left(words, [given_name])


def test_a_word_that_only_contains_the_name_is_no_find() -> None:
    assert not names_left("the ravine was deep", ["Ravi"])


_NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=8)


@given(st.lists(_NAMES, min_size=1, max_size=3), st.lists(_NAMES, max_size=8))
def test_what_is_redacted_holds_no_given_name(names: list[str], others: list[str]) -> None:
    words = " ".join((*others, *names, *others))
    found = found_in(words, names)
    assert not names_left(redacted(words, found), names)


@given(st.text(max_size=200), st.lists(st.text(max_size=10), max_size=3))
def test_finds_are_in_order_and_do_not_overlap(words: str, names: list[str]) -> None:
    found = found_in(words, names)
    assert all(each.start < each.end for each in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert redacted(words, ()) == words
    assert redacted(words, found).count(GAP) >= len(found)


def test_an_address_that_begins_with_a_given_name_goes_as_a_whole() -> None:
    words = "Write to ravi.kumar@stone.example or www.ravi.example, or ask Ravi"
    found = found_in(words, ["Ravi Kumar"])
    assert redacted(words, found) == "Write to […] or […] or ask […]"
    assert names_left(redacted(words, found), ["Ravi Kumar"]) == ()
