"""What is kept of a dialogue, and when it is written."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from intake.book import DialogueBook
from intake.dialogue import Dialogue, Place
from sealing.key_ring import new_key_ring

TODAY = date(2026, 11, 20)
RING = new_key_ring(TODAY)
WHO = "a" * 26
BEGUN = Dialogue(language="hi", address="700100200", begun_on=TODAY)


class Shelf:
    """Implements `intake.ports.DialogueShelf` in memory, and counts what is written."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[bytes, date]] = {}
        self.written = 0

    def get(self, dialogue: str) -> bytes | None:
        return self.rows[dialogue][0] if dialogue in self.rows else None

    def put(self, dialogue: str, sealed: bytes, *, touched_on: date, awaits_handover: bool) -> None:
        self.rows[dialogue] = sealed, touched_on
        self.written += 1

    def drop(self, dialogue: str) -> None:
        self.rows.pop(dialogue, None)

    def untouched_since(self, day: date, limit: int) -> tuple[str, ...]:
        return ()

    def awaiting_handover(self, limit: int, *, after: str = "") -> tuple[str, ...]:
        return ()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def book(shelf: Shelf, *, day: date = TODAY) -> DialogueBook:
    return DialogueBook(shelf, RING, day)


def test_what_is_kept_is_read_again_and_lies_sealed(shelf: Shelf) -> None:
    book(shelf).keep(WHO, BEGUN)
    assert book(shelf).read(WHO) == BEGUN
    assert b"700100200" not in shelf.rows[WHO][0]


def test_a_look_writes_nothing(shelf: Shelf) -> None:
    book(shelf).keep(WHO, BEGUN)
    looking = book(shelf)
    seen = looking.read(WHO)
    assert seen is not None
    looking.keep(WHO, replace(seen))
    assert shelf.written == 1


def test_a_change_is_written(shelf: Shelf) -> None:
    book(shelf).keep(WHO, BEGUN)
    changing = book(shelf)
    seen = changing.read(WHO)
    assert seen is not None
    changing.keep(WHO, replace(seen, place=Place.TALKING))
    kept = book(shelf).read(WHO)
    assert kept is not None
    assert kept.place is Place.TALKING


def test_a_look_at_an_older_draft_lets_it_live_on(shelf: Shelf) -> None:
    book(shelf).keep(WHO, BEGUN)
    tomorrow = TODAY + timedelta(days=1)
    looking = book(shelf, day=tomorrow)
    seen = looking.read(WHO)
    assert seen is not None
    looking.keep(WHO, seen)
    assert shelf.rows[WHO][1] == tomorrow


def test_what_was_wiped_is_written_when_it_is_kept_again(shelf: Shelf) -> None:
    book(shelf).keep(WHO, BEGUN)
    beginning_anew = book(shelf)
    seen = beginning_anew.read(WHO)
    assert seen is not None
    beginning_anew.wipe(WHO)
    beginning_anew.keep(WHO, seen)
    assert book(shelf).read(WHO) == BEGUN
