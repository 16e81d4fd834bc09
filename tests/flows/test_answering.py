"""Each kind of question takes the moves it should, and refuses the rest with a reason."""

import math
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from flows.definition import Choice, Kind
from flows.engine import Surroundings
from flows.events import Asked, Reason
from flows.moves import Attach, Back, Choose, Finish, Locate, Move, Skip, Toggle, Write
from flows.values import Place, StoredFile, Text, Value
from tests.flows.talking import NOW, Conversation, Sites, flow_from, flow_of, surroundings

COLOURS = """
  colours:
    - {name: r, label: Red}
    - {name: g, label: Green}
    - {name: b, label: '5'}
"""
TENTHS = "type: range, parameters: start=0 end=1 step=0.1"
HERE = Locate(latitude=52.1, longitude=-4)
MORNING = datetime.fromisoformat("2026-03-12T09:30")
SOME = "type: select_multiple colours"


def photo(name: str = "a.jpg", media_type: str = "image/jpeg") -> StoredFile:
    return StoredFile(blob="blob", media_type=media_type, size=3, name=name, key=b"\x00\xff")


PAPER = photo(media_type="text/plain")
VOICE = photo(media_type="audio/ogg")


def toggle(name: str) -> Toggle:
    return Toggle(name=name)


def asked(row: str, language: str = "en") -> Conversation:
    return Conversation(flow_of(f"  - {{{row}, name: q, label: Q}}", COLOURS), language=language)


def answer(row: str, *moves: Move | str, language: str = "en") -> Value | Reason | None:
    """What the moves leave as the answer, or the reason why the last one was refused."""
    talk = asked(row, language).say(*moves)
    return talk.refusal or talk.answers.get("q")


@pytest.mark.parametrize(
    ("row", "moves", "expected"),
    [
        ("type: text", ["hello"], "hello"),
        ("type: text", ["  two\r\nlines \x00\x07"], "two\nlines"),
        ("type: text", [Choose(names=("x",))], Reason.WRONG_KIND),
        ("type: text", ["x" * 10_000], "x" * 10_000),
        ("type: text", ["x" * 10_001], Reason.TOO_LONG),
        ("type: text, appearance: limit-5", ["123456"], Reason.TOO_LONG),
        ("type: text, appearance: limit-20000", ["x" * 10_001], "x" * 10_001),
        ("type: text, required: yes", ["  \u200b\n"], Reason.REQUIRED),
        ("type: text, required: yes", [Skip()], Reason.REQUIRED),
        ("type: text", [" "], None),
        ("type: text", [Attach(files=(photo(),))], Reason.WRONG_KIND),
        ("type: integer", ["42"], 42),
        ("type: integer", ["٤٢"], 42),
        ("type: integer", ["४२"], 42),
        ("type: integer", ["4.5"], Reason.NOT_A_WHOLE_NUMBER),
        ("type: integer", ["four"], Reason.NOT_A_NUMBER),
        ("type: decimal", ["12.50"], Decimal("12.50")),
        ("type: decimal", ["nan"], Reason.NOT_A_NUMBER),
        ("type: date", ["2026-03-12"], date(2026, 3, 12)),
        ("type: date", ["12/3/2026"], date(2026, 3, 12)),
        ("type: date", ["yesterday"], Reason.NOT_A_DATE),
        ("type: time", ["9:30 pm"], time(21, 30)),
        ("type: time", ["late"], Reason.NOT_A_TIME),
        ("type: datetime", ["12-3-2026 9:30"], MORNING),
        ("type: datetime", ["12-3-2026"], Reason.NOT_A_DATE),
        ("type: select_one colours", ["red"], "r"),
        ("type: select_one colours", [" RED! "], "r"),
        ("type: select_one colours", ["2"], "g"),
        ("type: select_one colours", ["２."], "g"),
        ("type: select_one colours", ["٢"], "g"),
        ("type: select_one colours", ["2️⃣"], "g"),
        ("type: select_one colours", ["5"], "b"),
        ("type: select_one colours", ["b"], "b"),
        ("type: select_one colours", ["4"], Reason.UNKNOWN_CHOICE),
        ("type: select_one colours", ["purple"], Reason.UNKNOWN_CHOICE),
        ("type: select_one colours", [Choose(names=("g",))], "g"),
        ("type: select_one colours", [Choose(names=("zz",))], Reason.UNKNOWN_CHOICE),
        ("type: select_one colours", [Choose(names=("r", "g"))], Reason.WRONG_KIND),
        ("type: select_one colours", [Choose(names=())], None),
        ("type: select_one colours, required: yes", [Choose(names=())], Reason.REQUIRED),
        ("type: select_one colours", [Toggle(name="r")], Reason.WRONG_KIND),
        (SOME, [Choose(names=("g", "r", "g"))], ("g", "r")),
        (SOME, [*map(toggle, "gr"), Finish()], ("g", "r")),
        (SOME, [Toggle(name="g"), Toggle(name="g"), Finish()], None),
        (SOME, [Toggle(name="zz")], Reason.UNKNOWN_CHOICE),
        (SOME, ["1, green"], ("r", "g")),
        (SOME, ["1 2"], ("r", "g")),
        (SOME, ["1, pink"], Reason.UNKNOWN_CHOICE),
        ("type: select_multiple colours, required: yes", [Finish()], Reason.REQUIRED),
        ("type: rank colours", [Choose(names=("b", "g", "r"))], ("b", "g", "r")),
        ("type: rank colours", [*map(toggle, "brg"), Finish()], ("b", "r", "g")),
        ("type: rank colours", [Toggle(name="b"), Finish()], Reason.REQUIRED),
        ("type: rank colours", ["3 1 2"], ("b", "r", "g")),
        ("type: geopoint", [HERE], Place(latitude=52.1, longitude=-4.0)),
        ("type: geopoint", ["52.1 -4.25"], Place(latitude=52.1, longitude=-4.25)),
        ("type: geopoint", ["52.1, 4"], Place(latitude=52.1, longitude=4.0)),
        ("type: geopoint", ["52,1 4,5"], Place(latitude=52.1, longitude=4.5)),
        ("type: geopoint", ["91 0"], Reason.NOT_A_PLACE),
        ("type: geopoint", ["here"], Reason.NOT_A_PLACE),
        ("type: geopoint", [Locate(latitude=math.nan, longitude=0)], Reason.NOT_A_PLACE),
        ("type: text", [Locate(latitude=1, longitude=1)], Reason.WRONG_KIND),
        ("type: range, parameters: start=1 end=5 step=2", ["3"], 3),
        ("type: range, parameters: start=1 end=5 step=2", ["4"], Reason.OUT_OF_RANGE),
        ("type: range, parameters: start=1 end=5 step=2", ["7"], Reason.OUT_OF_RANGE),
        (TENTHS, ["0.3"], Decimal("0.3")),
        (TENTHS, [Choose(names=("0.3",))], Decimal("0.3")),
        ("type: range", ["ten"], Reason.NOT_A_NUMBER),
        ("type: acknowledge", [Choose(names=("ok",))], "ok"),
        ("type: acknowledge", ["Yes"], "ok"),
        ("type: acknowledge", ["no"], Reason.UNKNOWN_CHOICE),
        ("type: acknowledge", [Choose(names=("no",))], Reason.WRONG_KIND),
        ("type: image", ["a photo"], Reason.WRONG_KIND),
        ("type: image", [Attach(files=())], Reason.WRONG_KIND),
        ("type: image", [Attach(files=(photo(),)), Finish()], (photo(),)),
        ("type: image", [Attach(files=(photo(media_type="text/plain"),))], Reason.WRONG_KIND),
        ("type: file", [Attach(files=(PAPER,)), Finish()], (PAPER,)),
        ("type: audio", [Attach(files=(VOICE,)), Finish()], (VOICE,)),
        ("type: audio", [Attach(files=(photo(),))], Reason.WRONG_KIND),
        ("type: image", [Finish()], None),
        ("type: image, required: yes", [Finish()], Reason.REQUIRED),
        ("type: image, appearance: limit-1", [Attach(files=(photo(),))], (photo(),)),
        ("type: file, appearance: limit-1", [Attach(files=(PAPER, PAPER))], Reason.TOO_MANY_FILES),
    ],
)
def test_a_question_takes(
    row: str, moves: list[Move | str], expected: Value | Reason | None
) -> None:
    assert answer(row, *moves) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [("1.000", "nl", 1000), ("1.000", "en", Reason.NOT_A_WHOLE_NUMBER), ("1,000", "en", 1000)],
)
def test_marks_of_thousands_are_read_by_language(
    text: str, language: str, expected: Value | Reason
) -> None:
    assert answer("type: integer", text, language=language) == expected


def test_a_label_is_understood_in_the_language_of_the_session() -> None:
    words = {"Red": "Rood", "Yes": "Ja", "OK": "Goed"}
    around = surroundings(labels=lambda text, language: words.get(text.msgid, text.msgid))
    flow = flow_of(
        "  - {type: select_one colours, name: q, label: Q}\n"
        "  - {type: acknowledge, name: a, label: A}\n"
        "  - {type: calculate, name: said, calculation: \"jr:choice-name(${q}, '${q}')\"}",
        COLOURS,
    )
    talk = Conversation(flow, language="nl", around=around).say("rood", "ja")
    assert talk.answers == {"q": "r", "a": "ok"}
    assert [entry.value for entry in talk.submit().account] == ["r", "ok", "Rood"]


def test_toggles_show_in_the_same_turn_and_finish_when_the_person_says_so() -> None:
    talk = asked(SOME)
    turn = talk.prompt.turn
    talk.say(Toggle(name="g", turn=turn))
    event = talk.step.events[-1]
    assert isinstance(event, Asked) and event.is_update
    assert [choice.is_selected for choice in talk.prompt.choices] == [False, True, False]
    assert talk.prompt.current == ("g",)
    assert "q" not in talk.answers
    assert talk.say(Toggle(name="r", turn=turn), Finish(turn=turn)).answers["q"] == ("g", "r")


def test_files_gather_until_the_limit() -> None:
    talk = asked("type: image")
    talk.say(*(Attach(files=(photo(f"{n}.jpg"),)) for n in range(10)))
    assert talk.refusal is None
    talk.say(Attach(files=(photo("11.jpg"),)))
    assert talk.refusal is Reason.TOO_MANY_FILES
    files = talk.say(Finish()).answers["q"]
    assert isinstance(files, tuple) and len(files) == 10


def test_the_name_of_a_file_is_made_safe() -> None:
    talk = asked("type: image, appearance: limit-1")
    talk.say(Attach(files=(photo("\u202egpj.exe\ud800" + "x" * 500),)))
    (file,) = talk.answers["q"]
    assert isinstance(file, StoredFile)
    assert file.name.startswith("gpj.exe") and len(file.name) <= 255


def test_words_search_a_list_from_outside() -> None:
    talk = asked("type: select_one_external sites")
    assert talk.prompt.is_search and len(talk.prompt.choices) == 3
    talk.say("blue")
    assert [choice.name for choice in talk.prompt.choices] == ["site0", "site1"]
    assert all(choice.label.is_literal for choice in talk.prompt.choices)
    assert talk.say("2").answers["q"] == "site1"


def test_a_search_ends_with_the_whole_label_or_a_tap_and_can_find_nothing() -> None:
    assert answer("type: select_one_external sites", "red farm") == "site2"
    assert answer("type: select_one_external sites", Choose(names=("site0",))) == "site0"
    assert answer("type: select_one_external sites", "zzz") is Reason.NOTHING_FOUND
    assert answer("type: select_one_external sites", "z" * 201) is Reason.TOO_LONG
    unknown = Choose(names=("elsewhere",))
    assert answer("type: select_one_external sites", unknown) is Reason.UNKNOWN_CHOICE


def test_a_site_chosen_before_comes_first_when_the_person_is_back() -> None:
    many = Sites(all=tuple(Choice(name=f"s{n}", label=f"Site {n}") for n in range(20)))
    around = Surroundings(now=NOW, random=lambda: 0.5, lists={"sites": many})
    flow = flow_of("  - {type: select_one_external sites, name: q, label: Q}")
    talk = Conversation(flow, around=around).say("site 17", Back())
    assert [choice.name for choice in talk.prompt.choices][:2] == ["s17", "s0"]
    assert talk.prompt.choices[0].is_selected
    assert talk.say("2").answers["q"] == "s0"


def test_refusals_carry_the_words_of_the_flow() -> None:
    flow = flow_of(
        "  - {type: integer, name: n, label: N, required: yes, required_message: Please, "
        "constraint: '. < 5', constraint_message: 'Below 5, ${n}'}"
    )
    talk = Conversation(flow).say(Skip())
    assert talk.step.events[0].message == Text(msgid="Please")
    talk.say("7")
    assert talk.refusal is Reason.CONSTRAINT
    assert talk.step.events[0].message.msgid == "Below 5, ${n}"
    assert talk.say("3").answers == {"n": 3}


def test_a_default_is_suggested_and_taken_by_finishing() -> None:
    flow = flow_of(
        "  - {type: integer, name: n, label: N, default: 7}\n"
        "  - {type: date, name: d, label: D, default: today()}\n"
        "  - {type: select_one colours, name: c, label: C, default: g}\n"
        "  - {type: integer, name: m, label: M, calculation: '${n} * 2'}\n"
        "  - {type: integer, name: bad, label: M, default: seven}",
        COLOURS,
    )
    talk = Conversation(flow)
    assert talk.prompt.current == 7
    assert talk.say(Finish()).prompt.current == date(2026, 3, 15)
    assert talk.say(Finish()).prompt.choices[1].is_selected
    assert talk.say(Finish()).prompt.current == 14
    assert talk.say(Finish()).prompt.current is None
    talk.say(Finish())
    assert talk.answers == {"n": 7, "d": date(2026, 3, 15), "c": "g", "m": 14}


def test_a_huge_text_is_refused_without_being_kept() -> None:
    talk = asked("type: text").say("x" * 100_000)
    assert talk.refusal is Reason.TOO_LONG
    assert "xxx" not in repr(talk.step)
    assert talk.path == "q"


def test_every_kind_can_be_answered_to_the_end() -> None:
    talk = Conversation(flow_from("every_kind"))
    assert talk.prompt.notes == (Text(msgid="Welcome"),)
    talk.say("Red", "1, 2", "hello", "21", "2.5", "1-2-2026", "10:00", "1-2-2026 10:00")
    assert talk.prompt.kind is Kind.IMAGE
    talk.say(Attach(files=(photo(), photo())), Finish())
    talk.say(Attach(files=(photo(media_type="audio/ogg"),)))
    talk.say(Attach(files=(photo(media_type="application/pdf"),)), Finish())
    talk.say("52 5", "2.5", "3 2 1", "Red Farm")
    assert talk.path == "agreed"
    assert talk.prompt.notes == (Text(msgid="Read this"), Text(msgid="Hi hello", is_literal=True))
    talk.say(Write(text="ok"))
    assert talk.review.notes == (Text(msgid="Thank you"),)
    submission = talk.submit()
    assert submission.particulars == {"colour": "r", "twice": 42}
    entries = {entry.path: entry for entry in submission.account}
    assert entries["many"].choices == (Text(msgid="Red"), Text(msgid="Green"))
    assert entries["site"].choices == (Text(msgid="Red Farm", is_literal=True),)
    assert entries["round"].label == Text(msgid="round", is_literal=True)
    assert entries["read"].value == "Hi hello"
    assert "welcome" not in entries
