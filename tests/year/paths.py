"""What becomes of cases in the year that is played: on each path, what happens after which days.

A step is the name of a method of `tests.year.playing.Year`, with its argument.
"""

from collections.abc import Mapping
from typing import Final

Steps = tuple[tuple[int, str, str], ...]

_BEGINNING: Final[Steps] = ((2, "moves", "acknowledge"), (3, "moves", "assess"))
_FOUND: Final[Steps] = (
    *_BEGINNING,
    (4, "moves", "investigate"),
    (25, "decides", "find_founded facts_established"),
    (25, "writes", "decision"),
)

PATHS: Final[Mapping[str, Steps]] = {
    "unread": (),
    "late": (
        (12, "moves", "acknowledge"),
        (13, "moves", "assess"),
        (14, "moves", "investigate"),
        (130, "writes", "sorry"),
        (130, "decides", "find_founded facts_established"),
    ),
    "remedied": (
        *_FOUND,
        (26, "summary", "offer"),
        (28, "says_what_company_reads", "yes"),
        (29, "summary", "share"),
        (30, "asks_company", "stop"),
        (35, "company_answers", "done"),
        (36, "moves", "agree_remedy"),
        (40, "moves", "start_remedy"),
        (60, "moves", "confirm_stopped"),
        (61, "presses", "say_put_right"),
        (62, "moves", "close remedy_satisfies"),
        (63, "presses", "say_treated_well"),
    ),
    "taken_back": (
        *_FOUND,
        (26, "summary", "offer"),
        (27, "says_what_company_reads", "yes"),
        (28, "summary", "share"),
        (29, "asks_company", "explain"),
        (45, "presses", "take_back_summary"),
    ),
    "appealed": (
        *_BEGINNING,
        (4, "moves", "investigate"),
        (20, "decides", "find_unfounded facts_not_established"),
        (24, "appeals", ""),
        (30, "moves", "assess"),
        (32, "moves", "investigate"),
        (50, "decides", "find_partly_founded facts_partly_established"),
        (51, "writes", "decision"),
    ),
    "withdrawn": (*_BEGINNING, (9, "presses", "withdraw"), (9, "presses", "withdraw_now")),
    "referred": (
        *_BEGINNING,
        (6, "decides", "refer to_union"),
        (7, "writes", "decision"),
        (40, "moves", "close decision_stands"),
    ),
    "not_admissible": (
        *_BEGINNING,
        (6, "decides", "find_not_admissible no_harm_described"),
        (30, "moves", "close decision_stands"),
    ),
    "helped": (
        (1, "lets_helper_in", ""),
        *_BEGINNING,
        (5, "writes", "question"),
        (6, "helper_reads", "question"),
        (8, "moves", "investigate"),
        (30, "moves", "give_feedback"),
    ),
    "punished": (
        *_BEGINNING,
        (10, "tells_punishment", ""),
        (11, "moves", "investigate"),
        (20, "moves", "give_feedback"),
    ),
}
