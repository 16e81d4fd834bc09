"""How often somebody may ask, and what a flood of wrong tokens costs."""

from web.api.admission import KnownDigests
from web.api.turns import MOST_COUNTED, Turns


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_so_many_pass_at_once_and_then_one_a_second() -> None:
    clock = Clock()
    turns = Turns(per_second=1.0, at_once=3, clock=clock)
    assert [turns.take("a") for _ in range(4)] == [0, 0, 0, 1.0]
    assert turns.take("b") == 0
    clock.now += 0.25
    assert turns.take("a") == 0.75
    clock.now += 0.75
    assert [turns.take("a"), turns.take("a")] == [0, 1.0]
    clock.now += 3600
    assert [turns.take("a") for _ in range(4)] == [0, 0, 0, 1.0]


def test_a_turn_that_is_given_back_is_there_again_and_no_more_than_there_were() -> None:
    turns = Turns(per_second=1.0, at_once=2, clock=Clock())
    assert [turns.take("a"), turns.take("a"), turns.take("a")] == [0, 0, 1.0]
    turns.give_back("a")
    assert [turns.take("a"), turns.take("a")] == [0, 1.0]
    for _ in range(9):
        turns.give_back("b")
    assert [turns.take("b") for _ in range(3)] == [0, 0, 1.0]


def test_what_is_counted_does_not_grow_for_ever() -> None:
    turns = Turns(per_second=1.0, at_once=1, clock=Clock())
    for number in range(MOST_COUNTED + 1):
        turns.take(str(number))
    assert turns.take("0") == 0
    assert turns.take(str(MOST_COUNTED)) == 1.0


class Shelf:
    """What is asked of the storage here, counted."""

    def __init__(self, *digests: str) -> None:
        self.kept = frozenset(digests)
        self.reads = 0

    async def read(self, work: object) -> frozenset[str]:
        self.reads += 1
        return self.kept


async def test_a_thousand_wrong_tokens_in_a_second_are_one_reading_of_the_database() -> None:
    clock, shelf = Clock(), Shelf("right")
    known = KnownDigests(shelf, clock)  # type: ignore[arg-type]  # asked for nothing else
    for number in range(1_000):
        assert not await known.have(f"wrong {number}")
    assert await known.have("right")
    assert shelf.reads == 1
    shelf.kept = frozenset({"right", "new"})
    assert not await known.have("new")
    clock.now += 1
    assert await known.have("new")
    assert shelf.reads == 2
