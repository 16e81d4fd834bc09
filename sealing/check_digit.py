"""A check digit after H. Michael Damm: one digit that catches the commonest slips of the hand.

The table is a totally anti-symmetric quasigroup of order 10. Walking through it digit by
digit catches every single wrong digit and every swap of two neighbours. The diagonal is 0, so
a number followed by its own check digit ends at 0.

    572 → row 0, column 5: 9 → row 9, column 7: 7 → row 7, column 2: 4 → the check digit is 4
"""

_TABLE = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def check_digit(digits: str) -> str:
    """Gives the digit that belongs behind these ASCII digits."""
    row = 0
    for digit in digits:
        row = _TABLE[row][int(digit)]
    return str(row)


def has_right_check_digit(digits: str) -> bool:
    """Tells whether the last of these ASCII digits is the check digit of the others."""
    return check_digit(digits) == "0"
