"""The few texts that the engine says itself. `flows.messages` hands them to the translators."""

from collections.abc import Mapping

ANOTHER = "Add another one?"
YES = "Yes"
NO = "No"
OK = "OK"
LIST_PAIR = "${first}, ${rest}"

COMMENTS: Mapping[str, str] = {
    ANOTHER: "Asked after each round of questions that can be answered several times.",
    YES: "Answer to: Add another one?",
    NO: "Answer to: Add another one?",
    OK: "The button under something that a person confirms having read.",
    LIST_PAIR: "Joins things in a list: one thing, a comma, the rest. Keep both places.",
}
"""Each text with a note for its translators."""
