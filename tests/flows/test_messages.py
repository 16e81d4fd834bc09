"""Every text of a flow reaches the translators, with its row."""

from flows.messages import engine_messages, messages
from tests.flows.talking import flow_of


def test_every_text_of_a_flow_is_given_with_its_row() -> None:
    flow = flow_of(
        "  - {type: begin_group, name: g, label: Heading}\n"
        "  - {type: select_one l, name: a, label: A, hint: H, required_message: R, "
        "constraint_message: C}\n"
        "  - {type: end_group}\n"
        "  - {type: calculate, name: c, calculation: 1}",
        "  l: [{name: x, label: X}]",
    )
    found = [(row, text) for row, text, _ in messages(flow)]
    assert found == [
        (1, "Test"),
        (5, "X"),
        (7, "Heading"),
        (8, "A"),
        (8, "H"),
        (8, "R"),
        (8, "C"),
    ]
    assert all(comment for _, _, comment in messages(flow))


def test_the_texts_of_the_engine_are_given_as_well() -> None:
    assert "Add another one?" in {text for _, text, _ in engine_messages()}
