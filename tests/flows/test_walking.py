"""Repeats: rounds by count or by asking, their values, and their bounds."""

from flows.events import Reason
from flows.moves import Back, Change, Finish, Skip
from flows.texts import ANOTHER
from flows.values import Text
from flows.walking import MOST_ROUNDS, MOST_ROUNDS_NESTED
from tests.flows.talking import Conversation, flow_from, flow_of


def household(*said: str) -> Conversation:
    return Conversation(flow_from("household")).say("North", "1", *said)


def test_after_each_round_another_one_is_offered() -> None:
    talk = household("Ann", "40")
    assert talk.path == "people[1]+"
    assert talk.prompt.label == Text(msgid=ANOTHER)
    assert talk.prompt.notes == (Text(msgid="People"),)
    assert [choice.label.msgid for choice in talk.prompt.choices] == ["Yes", "No"]
    assert talk.prompt.is_required
    assert talk.say("maybe").refusal is Reason.UNKNOWN_CHOICE
    assert talk.say(Skip()).refusal is Reason.REQUIRED
    assert talk.say("yes").path == "people[2].called"


def test_rounds_have_their_own_answers_and_conditions() -> None:
    talk = household("Ann", "40", "yes", "Bo", "12")
    assert talk.path == "people[2].works"
    assert talk.say(Back()).prompt.label.values == {"called": "Bo"}
    talk.say(Finish(), "yes", "no", "1", "home")
    values = {entry.path: entry.value for entry in talk.submit().account}
    assert values["people[1].number"] == 1
    assert values["people[2].before"] == "Ann"
    assert "people[1].before" not in values
    assert (values["total"], values["heads"], values["names"]) == (52, 2, "Ann, Bo")
    assert "people[1]+" not in values


def test_rounds_can_be_added_and_taken_away_from_the_review() -> None:
    talk = household("Ann", "40", "yes", "Bo", "30", "no", "0")
    assert [item.path for item in talk.review.items][-2:] == ["people[2]+", "trips"]
    talk.say(Change(path="people[1]+"), "no")
    assert [item.path for item in talk.review.items if "people[2]" in item.path] == []
    talk.say(Change(path="people[1]+"), "yes")
    assert [item.value for item in talk.review.items if item.path == "people[2].called"] == ["Bo"]
    talk.say(Change(path="people[2]+"), "yes")
    assert talk.path == "people[3].called"


def test_notes_and_messages_hold_answers_as_words() -> None:
    talk = household("Ann", "40", "no")
    (note,) = talk.prompt.notes
    assert note.values == {"heads": 1, "region": Text(msgid="North")}
    talk.say("2")
    assert talk.refusal is Reason.CONSTRAINT
    assert talk.step.events[0].message.values == {"heads": 1}


def test_several_choices_in_a_label_are_joined_by_a_msgid() -> None:
    flow = flow_of(
        "  - {type: select_multiple l, name: a, label: A}\n"
        '  - {type: text, name: b, label: "Why ${a}?"}',
        "  l: [{name: x, label: X}, {name: y, label: Y}, {name: z, label: Z}]",
    )
    label = Conversation(flow).say("1, 2, 3").prompt.label.values["a"]
    assert isinstance(label, Text)
    assert label.values["first"] == Text(msgid="X")
    assert label.values["rest"].values["rest"] == Text(msgid="Z")


COUNTED = """
  - {type: integer, name: n, label: N}
  - {type: begin_repeat, name: outer, repeat_count: "${n}"}
  - {type: integer, name: m, label: M}
  - {type: begin_repeat, name: inner, repeat_count: "${m}"}
  - {type: text, name: t, label: T}
  - {type: calculate, name: where, calculation: "concat(position(${outer}), '.', position(..))"}
  - {type: end_repeat}
  - {type: calculate, name: own, calculation: "count(${inner})"}
  - {type: end_repeat}
  - {type: calculate, name: all, calculation: "count(${t})"}
  - {type: calculate, name: places, calculation: "join(' ', ${where})"}
"""


def test_repeats_nest() -> None:
    talk = Conversation(flow_of(COUNTED)).say("2", "1", "a", "2", "b", "c")
    values = {entry.path: entry.value for entry in talk.submit().account}
    assert values["outer[2].inner[2].t"] == "c"
    assert (values["outer[1].own"], values["outer[2].own"], values["all"]) == (1, 2, 3)
    assert values["places"] == "1.1 2.1 2.2"


def test_a_count_that_is_none_gives_no_rounds() -> None:
    for said in ("0", "-3", " "):
        assert len(Conversation(flow_of(COUNTED)).say(said).review.items) == 1


def test_rounds_are_bounded_whatever_a_person_types() -> None:
    talk = Conversation(flow_of(COUNTED)).say("999999999999", "999999999")
    assert talk.prompt.expected <= 1 + MOST_ROUNDS + MOST_ROUNDS_NESTED


def test_rounds_that_are_asked_for_end_as_well() -> None:
    inside = "  - {type: text, name: t, label: T}\n"
    rows = "  - {type: begin_repeat, name: r}\n" + inside + "  - {type: end_repeat}"
    talk = Conversation(flow_of(rows))
    for _ in range(MOST_ROUNDS - 1):
        talk.say("x", "yes")
    assert talk.path == f"r[{MOST_ROUNDS}].t"
    assert len(talk.say("x").review.items) == 2 * MOST_ROUNDS - 1


def test_what_is_computed_later_can_decide_earlier() -> None:
    flow = flow_of(
        "  - {type: integer, name: n, label: N}\n"
        '  - {type: text, name: t, label: T, relevant: "${late} > 10"}\n'
        '  - {type: calculate, name: late, calculation: "${later} + 1", relevant: "${n} != \'\'"}\n'
        '  - {type: calculate, name: later, calculation: "${n} * 2"}'
    )
    assert Conversation(flow).say("5").path == "t"
    assert Conversation(flow).say("4").review.items


def test_an_irrelevant_answer_reads_as_empty() -> None:
    flow = flow_of(
        "  - {type: integer, name: a, label: A}\n"
        '  - {type: integer, name: b, label: B, relevant: "${a} > 1"}\n'
        "  - {type: calculate, name: c, keep: open, code: c, "
        "calculation: \"coalesce(${b}, 'none')\"}"
    )
    talk = Conversation(flow).say("2", "7")
    assert talk.say(Change(path="a"), "1").submit().particulars == {"c": "none"}
