"""Shelves of conversations under way: dialogues, updates, and what is to be said outside."""

from datetime import timedelta
from pathlib import Path

from register.alerts import Alert, AlertKind
from register.routing import Urgency
from tests.storage.ground import TODAY, Ground

CHAT, OTHER = "c" * 26, "d" * 26
SECRET = b"sealed but recognisable" * 40


def keep(ground: Ground, chat: str, state: bytes, *, days: int = 0, awaits: bool = False) -> None:
    with ground.writing() as tx:
        touched = TODAY - timedelta(days=days)
        tx.dialogues.put(chat, state, touched_on=touched, awaits_handover=awaits)


def test_a_dialogue_is_kept_replaced_and_gone(ground: Ground) -> None:
    keep(ground, CHAT, b"one")
    keep(ground, CHAT, b"two")
    with ground.writing() as tx:
        assert tx.dialogues.get(CHAT) == b"two"
        assert tx.dialogues.get(OTHER) is None
        assert list(tx.dialogues.every()) == [(CHAT, b"two")]
        tx.dialogues.drop(CHAT)
        assert tx.dialogues.get(CHAT) is None
        tx.dialogues.drop(CHAT)


def test_a_dialogue_can_be_begun_again_in_the_step_that_ended_it(ground: Ground) -> None:
    keep(ground, CHAT, b"one")
    with ground.writing() as tx:
        tx.dialogues.drop(CHAT)
        tx.dialogues.put(CHAT, b"again", touched_on=TODAY, awaits_handover=False)
    with ground.reading() as tx:
        assert tx.dialogues.get(CHAT) == b"again"


def test_lapsed_dialogues_and_unseen_receipts_are_found(ground: Ground) -> None:
    keep(ground, CHAT, b"old", days=15)
    keep(ground, OTHER, b"new", days=14, awaits=True)
    with ground.reading() as tx:
        assert tx.dialogues.untouched_since(TODAY - timedelta(days=14), 10) == (CHAT,)
        assert tx.dialogues.untouched_since(TODAY, 1) in {(CHAT,), (OTHER,)}
        assert tx.dialogues.awaiting_handover(10) == (OTHER,)
        assert tx.dialogues.awaiting_handover(10, after=OTHER) == ()


def test_however_many_wait_all_are_found_piece_by_piece(ground: Ground) -> None:
    names = [f"{number:026}" for number in range(7)]
    for name in names:
        keep(ground, name, b"waits", awaits=True)
    found, after = [], ""
    with ground.reading() as tx:
        while some := tx.dialogues.awaiting_handover(3, after=after):
            found += some
            after = some[-1]
    assert found == names


def test_a_wiped_draft_is_in_no_byte_of_the_file(tmp_path: Path) -> None:
    ground = Ground(f"sqlite:///{tmp_path / 'gehoor.db'}")
    for number in range(40):
        keep(ground, f"{number:026}", SECRET * (1 + number % 7))
    ground.close()
    assert SECRET in (tmp_path / "gehoor.db").read_bytes()
    ground = Ground(f"sqlite:///{tmp_path / 'gehoor.db'}")
    with ground.writing() as tx:
        for number in range(40):
            tx.dialogues.drop(f"{number:026}")
    ground.close()
    for path in tmp_path.iterdir():
        assert SECRET[:23] not in path.read_bytes(), path.name


def test_a_draft_that_shrank_leaves_nothing_of_what_it_was(tmp_path: Path) -> None:
    ground = Ground(f"sqlite:///{tmp_path / 'gehoor.db'}")
    keep(ground, CHAT, SECRET * 9)
    ground.close()
    ground = Ground(f"sqlite:///{tmp_path / 'gehoor.db'}")
    keep(ground, CHAT, b"short")
    ground.close()
    for path in tmp_path.iterdir():
        assert SECRET[:23] not in path.read_bytes(), path.name


def test_an_update_is_new_once(ground: Ground) -> None:
    with ground.writing() as tx:
        assert tx.updates.is_new("u" * 26, TODAY)
        assert not tx.updates.is_new("u" * 26, TODAY)
    with ground.writing() as tx:
        assert not tx.updates.is_new("u" * 26, TODAY + timedelta(days=1))
        assert tx.updates.is_new("v" * 26, TODAY + timedelta(days=1))
        tx.updates.forget_before(TODAY + timedelta(days=1))
        assert tx.updates.is_new("u" * 26, TODAY)
        assert not tx.updates.is_new("v" * 26, TODAY)


def test_what_is_due_is_said_once(ground: Ground) -> None:
    kind = next(iter(AlertKind))
    now, later = (
        Alert(kind=kind, case_ref=ref * 26, urgency=Urgency.NORMAL, to=("h" * 26,)) for ref in "ab"
    )
    with ground.writing() as tx:
        tx.outbox.put(now, TODAY)
        tx.outbox.put(later, TODAY + timedelta(days=1))
    with ground.writing() as tx:
        ((message, alert),) = tx.outbox.due(TODAY)
        assert alert == now
        tx.outbox.settle(message)
    with ground.writing() as tx:
        assert tx.outbox.due(TODAY) == ()
        assert [each for _, each in tx.outbox.due(TODAY + timedelta(days=1))] == [later]


def test_what_should_have_been_said_long_ago_is_forgotten(ground: Ground) -> None:
    old, young = (
        Alert(kind=AlertKind.ANSWER, case_ref=ref * 26, urgency=Urgency.NORMAL) for ref in "ab"
    )
    with ground.writing() as tx:
        tx.outbox.put(old, TODAY - timedelta(days=1))
        tx.outbox.put(young, TODAY)
        tx.outbox.forget_before(TODAY)
    with ground.writing() as tx:
        assert [each for _, each in tx.outbox.due(TODAY)] == [young]


def test_two_who_look_for_what_is_due_do_not_take_the_same(ground: Ground) -> None:
    if ground.engine.dialect.name == "sqlite":
        return  # there the second waits until the first is done
    alert = Alert(kind=next(iter(AlertKind)), case_ref="a" * 26, urgency=Urgency.NORMAL)
    with ground.writing() as tx:
        for _ in range(4):
            tx.outbox.put(alert, TODAY)
    with ground.writing() as first, ground.writing() as second:
        mine = first.outbox.due(TODAY, limit=2)
        theirs = second.outbox.due(TODAY, limit=9)
        assert len(mine) == len(theirs) == 2
        assert not set(mine) & set(theirs)
