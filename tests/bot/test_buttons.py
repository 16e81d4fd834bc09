import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.buttons import MOST_BYTES, Act, AskToStop, ByPlace, Page, named, read, resolved, write
from flows.moves import Back, Change, Choose, Finish, Skip, Stop, Submit, SwitchLanguage, Toggle
from flows.moves import Write as WriteMove
from intake.arrivals import Report, ShowAbout, ShowLanguages, ShowMenu, TakePart

NAMED = st.sampled_from((Act.CHOOSE, Act.TOGGLE, Act.CHANGE))


@pytest.mark.parametrize(
    ("data", "meaning"),
    [
        ("c17.wage", Choose(names=("wage",), turn=17)),
        ("c17.a.b.c", Choose(names=("a.b.c",), turn=17)),
        ("t2.wage", Toggle(name="wage", turn=2)),
        ("e2.people[2].age", Change(path="people[2].age", turn=2)),
        ("w3.-1.5", WriteMove(text="-1.5", turn=3)),
        ("f3.", Finish(turn=3)),
        ("s3.", Skip(turn=3)),
        ("b3.", Back(turn=3)),
        ("r3.", Submit(turn=3)),
        ("x3.", Stop()),
        ("g0.pt_BR", SwitchLanguage(language="pt_BR")),
        ("p3.2", Page(turn=3, number=2)),
        ("q3.", AskToStop(turn=3)),
        ("c3.#4", ByPlace(act=Act.CHOOSE, turn=3, place=4)),
        ("l0.", ShowLanguages()),
        ("m0.", ShowMenu()),
        ("m0.report", Report()),
        ("m0.resume", Report()),
        ("m0.take_part", TakePart()),
        ("m0.about", ShowAbout()),
    ],
)
def test_every_button_has_one_meaning(data: str, meaning: object) -> None:
    assert read(data) == meaning


@pytest.mark.parametrize(
    "data", ["", "c", "c1", "z1.x", "c.x", "cx.y", "p1.x", "m0.nothing", "c1.#x"]
)
def test_what_no_version_has_written_means_nothing(data: str) -> None:
    assert read(data) is None


@given(st.text(max_size=100))
def test_no_data_crashes_the_reader(data: str) -> None:
    read(data)


@given(NAMED, st.integers(0, 10**6), st.text(min_size=1, max_size=80), st.integers(0, 9999))
def test_a_button_fits_and_leads_to_its_choice(act: Act, turn: int, name: str, place: int) -> None:
    data = named(act, turn, name, place)
    assert len(data.encode("utf-8", "surrogatepass")) <= MOST_BYTES
    press = read(data)
    if isinstance(press, ByPlace):
        names = [str(n) for n in range(place)] + [name]
        press = resolved(press, tuple(names))
    assert press in (
        Choose(names=(name,), turn=turn), Toggle(name=name, turn=turn), Change(path=name, turn=turn)
    )  # fmt: skip


def test_a_place_beyond_the_list_is_no_choice() -> None:
    assert resolved(ByPlace(act=Act.CHOOSE, turn=1, place=2), ("a", "b")) is None
    assert resolved(ByPlace(act=Act.CHOOSE, turn=1, place=-1), ("a", "b")) is None
    assert resolved(ByPlace(act=Act.SUBMIT, turn=1, place=0), ("a", "b")) is None


def test_a_name_that_looks_like_a_place_goes_by_its_place() -> None:
    assert named(Act.CHOOSE, 1, "#1", 7) == write(Act.CHOOSE, 1, "#7")
