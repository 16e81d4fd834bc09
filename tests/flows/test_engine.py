"""Each move does what the engine's table says, while asking, at the review and after the end."""

from datetime import timedelta

import pytest

from flows.engine import Step, begin, carry, resume
from flows.events import (
    AnswerRefused,
    Asked,
    LanguageSwitched,
    Reason,
    Reviewed,
    Stopped,
    Submitted,
)
from flows.faults import ForeignSessionError, MissingListError
from flows.moves import (
    Attach,
    Back,
    Change,
    Choose,
    Finish,
    Locate,
    Move,
    Repeat,
    Skip,
    Stop,
    Submit,
    SwitchLanguage,
    Toggle,
    Write,
)
from flows.session import Stage
from flows.surroundings import Surroundings
from flows.values import Text
from tests.flows.talking import NOW, Conversation, flow_from, flow_of, surroundings

YES_NO = '  yes_no: [{name: yes, label: "Yes"}, {name: no, label: "No"}]'
PETS = """
  - {type: select_one yes_no, name: pets, label: Do you have a pet?}
  - {type: begin_group, name: about, label: About your pet, relevant: "${pets} = 'yes'"}
  - {type: text, name: called, label: What is it called?}
  - {type: integer, name: legs, label: "How many legs has ${called}?", constraint: ". <= 8"}
  - {type: end_group}
  - {type: text, name: rest, label: Anything else?}
"""


def pets() -> Conversation:
    return Conversation(flow_of(PETS, YES_NO))


def test_a_conversation_goes_from_question_to_review_to_the_end() -> None:
    talk = pets()
    assert (talk.path, talk.prompt.turn, talk.prompt.can_go_back) == ("pets", 1, False)
    assert (talk.prompt.answered, talk.prompt.expected) == (0, 2)
    talk.say("yes")
    assert (talk.path, talk.prompt.notes) == ("called", (Text(msgid="About your pet"),))
    assert (talk.prompt.answered, talk.prompt.expected) == (1, 4)
    talk.say("Rex")
    assert talk.prompt.label == Text(msgid="How many legs has ${called}?", values={"called": "Rex"})
    talk.say("4", "no more")
    assert [(item.path, item.value) for item in talk.review.items] == [
        ("pets", "yes"),
        ("called", "Rex"),
        ("legs", 4),
        ("rest", "no more"),
    ]
    assert talk.review.items[0].choices == (Text(msgid="Yes"),)
    submission = talk.submit()
    assert (submission.flow, submission.version, submission.language) == ("test", 1, "en")
    assert [entry.path for entry in submission.account] == ["pets", "called", "legs", "rest"]


def test_back_goes_to_the_one_before_and_its_answer_stays() -> None:
    talk = pets().say("yes", "Rex", Back())
    assert (talk.path, talk.prompt.current) == ("called", "Rex")
    talk.say(Back())
    assert talk.path == "pets"
    assert talk.prompt.choices[0].is_selected
    talk.say(Back())
    assert talk.refusal is Reason.NOTHING_BEFORE
    assert talk.path == "pets"


def test_after_going_back_the_conversation_goes_on_where_it_was() -> None:
    talk = pets().say("yes", "Rex", "4", Back(), Back(), Back(), Finish())
    assert talk.path == "rest"
    talk.say(Back(), Back())
    assert talk.path == "called"
    assert talk.say("Max").path == "rest"


def test_back_from_the_review_goes_to_the_last_question() -> None:
    talk = pets().say("no", "x", Back())
    assert (talk.path, talk.prompt.current) == ("rest", "x")
    assert talk.say(Finish()).review.items[1].value == "x"


def test_what_is_no_longer_relevant_is_left_out_and_comes_back() -> None:
    talk = pets().say("yes", "Rex", "4", "x", Change(path="pets"), "no")
    assert [item.path for item in talk.review.items] == ["pets", "rest"]
    talk.say(Change(path="pets"), "yes")
    assert [item.value for item in talk.review.items] == ["yes", "Rex", 4, "x"]


def test_a_change_asks_what_it_made_relevant_and_returns_to_the_review() -> None:
    talk = pets().say("no", "x", Change(path="pets"), "yes")
    assert talk.path == "called"
    assert talk.say("Rex", "4").review.items[3].value == "x"


def test_a_change_can_be_left_by_going_back() -> None:
    talk = pets().say("no", "x", Change(path="pets"))
    assert talk.prompt.can_go_back
    assert len(talk.say(Back()).review.items) == 2


@pytest.mark.parametrize("path", ["called", "nothing", "", "pets[1].x", "rest\n", "[" * 900])
def test_only_what_the_review_showed_can_be_changed(path: str) -> None:
    talk = pets().say("no", "x", Change(path=path))
    assert talk.refusal is Reason.NOT_NOW
    assert talk.review.items


def test_an_answer_that_a_change_made_wrong_is_asked_again() -> None:
    talk = Conversation(flow_from("household"))
    talk.say("North", "Northford", "Ann", "40", "no", "1", "home", Change(path="region"), "South")
    assert talk.path == "town"
    assert [choice.name for choice in talk.prompt.choices] == ["s1"]
    assert talk.prompt.current is None
    assert talk.say("1").review.items[1].value == "s1"


def test_a_constraint_on_other_answers_is_weighed_again() -> None:
    talk = Conversation(
        flow_of(
            "  - {type: integer, name: a, label: A}\n"
            "  - {type: integer, name: b, label: B, constraint: '. > ${a}'}"
        )
    )
    talk.say("1", "2", Change(path="a"), "5")
    assert (talk.path, talk.prompt.current) == ("b", 2)
    assert talk.say("6").review.items[1].value == 6


def test_what_became_required_is_asked_again() -> None:
    rows = (
        "  - {type: select_one yes_no, name: a, label: A}\n"
        "  - {type: text, name: b, label: B, required: \"${a} = 'yes'\"}"
    )
    talk = Conversation(flow_of(rows, YES_NO)).say("no", Skip())
    assert talk.review.items[1].value is None
    talk.say(Change(path="a"), "yes")
    assert talk.path == "b" and talk.prompt.is_required
    assert talk.say(Skip()).refusal is Reason.REQUIRED


def test_skipping_leaves_a_question_open_and_takes_its_answer_away() -> None:
    talk = pets().say("no", "x", Change(path="rest"), Skip())
    assert talk.review.items[1].value is None
    assert [entry.path for entry in talk.submit().account] == ["pets"]


@pytest.mark.parametrize("turn", [0, 2, -1, 10**9])
def test_an_answer_to_another_turn_is_refused_and_the_question_put_again(turn: int) -> None:
    talk = pets().say(Choose(names=("yes",), turn=turn))
    assert talk.refusal is Reason.OUT_OF_TURN
    assert (talk.path, talk.prompt.turn) == ("pets", 1)
    assert talk.say(Choose(names=("yes",), turn=1)).path == "called"


def test_a_tap_on_an_old_keyboard_changes_nothing() -> None:
    talk = pets().say(Choose(names=("yes",), turn=1))
    before = talk.step.session
    talk.say(Choose(names=("no",), turn=1))
    assert talk.refusal is Reason.OUT_OF_TURN
    assert talk.step.session == before


def test_the_language_can_be_switched_at_any_time() -> None:
    talk = pets().say("yes", SwitchLanguage(language="pt_BR"))
    switched, asked = talk.step.events
    assert switched == LanguageSwitched(language="pt_BR")
    assert isinstance(asked, Asked) and asked.prompt.path == "called"
    talk.say("Rex", "4", "x", SwitchLanguage(language="ar"))
    assert isinstance(talk.step.events[1], Reviewed)
    assert talk.submit().language == "ar"


@pytest.mark.parametrize("language", ["", "x", "en; drop", "\ud800", "e" * 99, "en_" + "a" * 99])
def test_what_is_no_language_is_refused(language: str) -> None:
    talk = pets()
    talk.step = resume(talk.flow, talk.step.session, SwitchLanguage(language=language), talk.around)
    assert talk.refusal is Reason.NOT_NOW
    assert talk.step.session.language == "en"


def test_repeat_puts_the_same_again_and_changes_nothing() -> None:
    talk = pets().say("yes")
    before = talk.step
    assert talk.say(Repeat()).step == before
    talk.say("Rex", "4", "x")
    review = talk.step
    assert talk.say(Repeat()).step == review


def test_stop_keeps_nothing() -> None:
    talk = pets().say("yes", "Rex", Stop())
    assert talk.step.events == (Stopped(),)
    assert talk.step.session.stage is Stage.STOPPED
    assert talk.answers == {}


def test_submitting_keeps_nothing_in_the_session() -> None:
    talk = pets().say("no", "x", Submit())
    assert isinstance(talk.step.events[0], Submitted)
    assert talk.answers == {}


EVERY_MOVE: tuple[Move, ...] = (
    Write(text="x"),
    Choose(names=("yes",)),
    Toggle(name="yes"),
    Finish(),
    Attach(files=()),
    Locate(latitude=0, longitude=0),
    Skip(),
    Back(),
    Change(path="pets"),
    SwitchLanguage(language="nl"),
    Stop(),
    Submit(),
    Repeat(),
)


@pytest.mark.parametrize("end", [Stop(), Submit()])
@pytest.mark.parametrize("move", EVERY_MOVE)
def test_after_the_end_no_move_is_taken(end: Move, move: Move) -> None:
    talk = pets().say("no", "x", end)
    over = talk.step.session
    talk.say(move)
    assert talk.step == Step(session=over, events=(AnswerRefused(reason=Reason.NOT_NOW),))


@pytest.mark.parametrize("move", EVERY_MOVE[:7])
def test_at_the_review_no_answer_is_taken(move: Move) -> None:
    talk = pets().say("no", "x", move)
    assert talk.refusal is Reason.NOT_NOW
    assert len(talk.review.items) == 2


@pytest.mark.parametrize("move", [Submit(), Change(path="pets")])
def test_nothing_is_sent_or_changed_before_the_review(move: Move) -> None:
    talk = pets().say(move)
    assert talk.refusal is Reason.NOT_NOW
    assert talk.path == "pets"


def test_a_second_submission_from_an_old_page_is_out_of_turn() -> None:
    talk = pets().say("no", "x")
    turn = talk.review.turn
    talk.say(Change(path="rest"), "y", Submit(turn=turn))
    assert talk.refusal is Reason.OUT_OF_TURN
    assert isinstance(talk.say(Submit(turn=talk.review.turn)).step.events[0], Submitted)


def test_presets_are_not_asked_and_can_be_changed() -> None:
    rows = (
        "  - {type: select_one_external sites, name: site, label: Where?, keep: open, code: site}\n"
        "  - {type: hidden, name: round, keep: open, code: round}\n" + PETS
    )
    presets = {"site": "site2", "round": "r1", "nothing": "x"}
    talk = Conversation(flow_of(rows, YES_NO), presets=presets)
    assert talk.path == "pets"
    assert talk.say(Back()).refusal is Reason.NOTHING_BEFORE
    talk.say("no", "x")
    assert talk.review.items[0].choices == (Text(msgid="Red Farm", is_literal=True),)
    talk.say(Change(path="site"), "blue mill")
    assert talk.submit().particulars == {"site": "site1", "round": "r1"}


@pytest.mark.parametrize("value", ["nowhere", "", "\ud800", ("site1",), 5])
def test_a_preset_that_is_no_answer_is_asked(value: object) -> None:
    rows = "  - {type: select_one_external sites, name: site, label: Where?}\n" + PETS
    flow = flow_of(rows, YES_NO)
    step = begin(flow, language="en", surroundings=surroundings(), presets={"site": value})
    asked = step.events[-1]
    assert isinstance(asked, Asked)
    is_known = value == ("site1",)  # one name in a tuple is that name
    assert asked.prompt.path == ("pets" if is_known else "site")


ROUNDS = (
    "  - {type: integer, name: many, label: How many?}\n"
    "  - {type: begin_repeat, name: part, repeat_count: '${many}'}\n"
    "  - {type: hidden, name: point}\n"
    "  - {type: integer, name: n, label: 'N of ${point}', constraint: '. < 5'}\n"
    "  - {type: end_repeat}"
)


def test_presets_of_rounds_wait_until_there_are_rounds() -> None:
    presets = {"part[1].point": "one", "part[2].point": "two", "part[3].point": "three"}
    talk = Conversation(flow_of(ROUNDS), presets=presets)
    assert talk.path == "many"
    talk.say("2")
    assert (talk.path, talk.prompt.label.values) == ("part[1].n", {"point": "one"})
    talk.say("1")
    assert (talk.path, talk.prompt.label.values) == ("part[2].n", {"point": "two"})
    talk.say("2")
    assert [item.path for item in talk.review.items] == ["many", "part[1].n", "part[2].n"]


@pytest.mark.parametrize(
    "path",
    [
        "point",
        "part.point",
        "part[0].point",
        "part[1]+",
        "part[1]",
        "other[1].point",
        "part[x].n",
        "part[1].part[1].point",
        "part[1].n",
        "part[1].",
    ],
)
def test_a_preset_at_a_path_that_is_no_row_or_that_does_not_fit_is_left_out(path: str) -> None:
    talk = Conversation(flow_of(ROUNDS), presets={path: 9, "many": 1})
    assert talk.path == "part[1].n"
    assert set(talk.step.session.presets) == {"many"}


def test_a_preset_that_breaks_its_constraint_is_asked() -> None:
    flow = flow_of("  - {type: integer, name: n, label: N, constraint: '. < 5'}")
    assert Conversation(flow, presets={"n": 9}).path == "n"
    assert Conversation(flow, presets={"n": "4"}).review.items[0].value == 4


def test_a_flow_of_notes_goes_straight_to_its_review() -> None:
    talk = Conversation(flow_of("  - {type: note, name: n, label: Only this}"))
    assert talk.review.notes == (Text(msgid="Only this"),)
    assert talk.say(Back()).refusal is Reason.NOTHING_BEFORE
    assert talk.submit().account == ()


def test_headings_show_only_over_something() -> None:
    talk = Conversation(
        flow_of(
            "  - {type: begin_group, name: g, label: Empty}\n"
            "  - {type: text, name: a, label: A, relevant: false()}\n"
            "  - {type: end_group}\n"
            "  - {type: text, name: b, label: B}"
        )
    )
    assert talk.prompt.notes == ()


def test_a_question_that_time_has_taken_away_is_left_behind() -> None:
    flow = flow_of(
        "  - {type: text, name: today, label: A, relevant: \"today() = '2026-03-15'\"}\n"
        "  - {type: text, name: later, label: B}"
    )
    talk = Conversation(flow)
    assert talk.path == "today"
    talk.around = surroundings(now=NOW + timedelta(days=1))
    talk.say("x")
    assert (talk.refusal, talk.path) == (Reason.OUT_OF_TURN, "later")


def test_what_time_has_opened_is_asked_before_anything_is_sent() -> None:
    flow = flow_of(
        "  - {type: text, name: now, label: A}\n"
        "  - {type: text, name: tomorrow, label: B, relevant: \"today() > '2026-03-15'\"}"
    )
    talk = Conversation(flow).say("x")
    talk.around = surroundings(now=NOW + timedelta(days=1))
    talk.say(Submit())
    assert (talk.refusal, talk.path) == (Reason.NOT_NOW, "tomorrow")


def test_a_session_is_resumed_only_with_its_own_flow() -> None:
    talk = pets()
    with pytest.raises(ForeignSessionError):
        resume(flow_from("household"), talk.step.session, Repeat(), talk.around)


def test_a_list_that_is_missing_is_told_by_name() -> None:
    flow = flow_of("  - {type: select_one_external farms, name: f, label: F}")
    with pytest.raises(MissingListError, match="farms"):
        Conversation(flow)


def test_the_time_of_a_step_must_be_aware() -> None:
    with pytest.raises(ValueError, match="aware"):
        Surroundings(now=NOW.replace(tzinfo=None), random=lambda: 0.5)


def test_kept_values_stay_the_same_from_step_to_step() -> None:
    flow = flow_of(
        "  - {type: calculate, name: id, calculation: uuid(), keep: open, code: id}\n"
        "  - {type: calculate, name: draw, calculation: 'once(random())', keep: open, code: draw}\n"
        '  - {type: text, name: a, label: A, relevant: "${draw} > 0 and random() < 2"}\n'
        "  - {type: text, name: b, label: B}"
    )
    talk = Conversation(flow)
    drawn = talk.step.session.kept["draw#calculation.1"]
    talk.say("x", "y")
    assert talk.step.session.kept["draw#calculation.1"] == drawn
    particulars = talk.submit().particulars
    assert float(str(particulars["draw"])) == drawn
    assert len(str(particulars["id"])) == 36


PLACES = """
  - {type: hidden, name: place}
  - {type: text, name: first, label: First?}
  - {type: text, name: here, label: Only here?, relevant: "${place} = 'here'"}
  - {type: text, name: there, label: Only there?, relevant: "${place} = 'there'"}
"""


def carried(step: Step, place: str) -> Step:
    flow = flow_of(PLACES)
    session = carry(
        flow, step.session, surroundings=surroundings(), presets={"place": place, "none": "x"}
    )
    return resume(flow, session, Repeat(), surroundings())


def begun_here(*answers: str) -> Step:
    flow = flow_of(PLACES)
    step = begin(flow, language="en", surroundings=surroundings(), presets={"place": "here"})
    for answer in answers:
        step = resume(flow, step.session, Write(text=answer), surroundings())
    return step


def asked_path(step: Step) -> str | None:
    return step.session.position


def test_a_conversation_that_goes_on_elsewhere_keeps_answers_and_position() -> None:
    step = carried(begun_here(), "there")
    assert asked_path(step) == "first"
    assert step.session.answers["place"] == "there"
    step = carried(begun_here("one", "two"), "here")
    assert step.session.stage is Stage.REVIEWING
    assert (step.session.answers["first"], step.session.answers["here"]) == ("one", "two")


def test_a_question_that_is_not_put_elsewhere_gives_way_to_the_next() -> None:
    assert asked_path(carried(begun_here("one"), "there")) == "there"


def test_what_only_elsewhere_asks_is_put_before_anything_is_sent() -> None:
    assert asked_path(carried(begun_here("one", "two"), "there")) == "there"


def test_a_conversation_of_another_flow_is_not_carried() -> None:
    with pytest.raises(ForeignSessionError):
        carry(
            flow_from("household"),
            begun_here().session,
            surroundings=surroundings(),
            presets={},
        )
