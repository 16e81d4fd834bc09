from hypothesis import given, settings
from hypothesis import strategies as st

from sealing.check_digit import check_digit, has_right_check_digit

numbers = st.text(alphabet="0123456789", min_size=1, max_size=20)


@settings(deadline=None)
@given(numbers)
def test_a_number_with_its_check_digit_is_right(digits: str) -> None:
    assert has_right_check_digit(digits + check_digit(digits))


@settings(deadline=None)
@given(numbers, st.data())
def test_every_single_wrong_digit_is_caught(digits: str, data: st.DataObject) -> None:
    whole = digits + check_digit(digits)
    at = data.draw(st.integers(min_value=0, max_value=len(whole) - 1))

    for digit in "0123456789":
        if digit != whole[at]:
            assert not has_right_check_digit(whole[:at] + digit + whole[at + 1 :])


@settings(deadline=None)
@given(numbers)
def test_every_swap_of_neighbours_is_caught(digits: str) -> None:
    whole = digits + check_digit(digits)

    for at in range(len(whole) - 1):
        if whole[at] != whole[at + 1]:
            swapped = whole[:at] + whole[at + 1] + whole[at] + whole[at + 2 :]
            assert not has_right_check_digit(swapped)


def test_the_worked_example_holds() -> None:
    assert check_digit("572") == "4"
    assert has_right_check_digit("5724")
