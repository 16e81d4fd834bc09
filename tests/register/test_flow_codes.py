"""The shipped flows give exactly the coded answers that the register knows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.definition import Group, Keep, Kind, Node, Question, Repeat
from flows.loading import load_flow
from register.particulars import CLOSED_SETS, CODES

DEFINITIONS = Path(__file__).parents[2] / "flows" / "definitions"


def questions(nodes: tuple[Node, ...]) -> Iterator[Question]:
    for node in nodes:
        if isinstance(node, Group | Repeat):
            yield from questions(node.children)
        else:
            yield node


@pytest.mark.parametrize("name", ["grievance", "follow_up"])
def test_what_a_flow_asks_in_the_open_is_a_particular(name: str) -> None:
    flow = load_flow(DEFINITIONS / f"{name}.yaml")
    coded = [each for each in questions(flow.nodes) if each.code and each.keep is Keep.OPEN]
    assert coded
    for question in coded:
        assert question.code in CODES
        if question.kind is Kind.SELECT_ONE and question.choices and not question.is_external:
            offered = {choice.name for choice in flow.lists[question.choices]}
            assert offered <= set(CLOSED_SETS[question.code]), question.name
