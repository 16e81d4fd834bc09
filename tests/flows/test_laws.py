"""Laws of the engine, on random flows and random moves.

No sequence of moves escapes a flow: every step ends in a question, the review, or the end; what is
refused changes nothing; what is sent is what the flow allows.
"""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.engine import begin, resume
from flows.events import AnswerRefused, Reason, Reviewed, Submitted
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
from flows.session import dump_session, load_session
from flows.values import StoredFile
from tests.flows.laws import check
from tests.flows.talking import flow_of, surroundings

LIST = (
    "  l: [{name: a, label: A, k: '1'}, {name: b, label: B, k: '2'}, {name: c, label: C, k: '1'}]"
)
TYPES = (
    "text", "integer", "decimal", "date", "time", "datetime", "note", "image", "audio", "file",
    "geopoint", "range", "acknowledge", "calculate", "hidden", "select_one l", "select_multiple l",
    "rank l", "select_one_external sites",
)  # fmt: skip
CONDITIONS = ("{} = 'a'", "{} > 2", "selected({}, 'b')", "{} != ''", "string-length({}) < 3")
CONSTRAINTS = (". != {}", ". >= 0 or . != ''", "string-length(.) < 5", "count-selected(.) < 3")


@st.composite
def surveys(draw: st.DrawFn) -> str:
    """The rows of a survey whose conditions look back at earlier rows."""
    rows: list[str] = []
    names: list[str] = []
    open_frames: list[str] = []
    for number in range(draw(st.integers(1, 9))):
        shape = draw(st.integers(0, 9))
        if shape == 0 and len(open_frames) < 2:
            frame = draw(st.sampled_from(["group", "repeat"]))
            count = draw(st.sampled_from(["", ", repeat_count: 2", *_counts(names)]))
            rows.append(
                f"  - {{type: begin_{frame}, name: f{number}, label: F"
                f"{_condition(draw, names)}{count if frame == 'repeat' else ''}}}"
            )
            open_frames.append(frame)
        elif shape == 1 and open_frames:
            rows.append(f"  - {{type: end_{open_frames.pop()}}}")
        rows.append(_question(draw, f"q{number}", names))
        names.append(f"q{number}")
    rows += [f"  - {{type: end_{frame}}}" for frame in reversed(open_frames)]
    return "\n".join(rows)


def _counts(names: list[str]) -> list[str]:
    return [f', repeat_count: "${{{name}}}"' for name in names]


def _condition(draw: st.DrawFn, names: list[str]) -> str:
    if not names or draw(st.booleans()):
        return ""
    source = draw(st.sampled_from(CONDITIONS)).format(f"${{{draw(st.sampled_from(names))}}}")
    return f', relevant: "{source}"'


def _question(draw: st.DrawFn, name: str, names: list[str]) -> str:
    kind = draw(st.sampled_from(TYPES))
    other = f"${{{draw(st.sampled_from(names))}}}" if names else "'x'"
    extra = _condition(draw, names)
    if draw(st.booleans()):
        extra += ', required: "' + draw(st.sampled_from(["true()", f"{other} = 'a'"])) + '"'
    if draw(st.integers(0, 3)) == 0:
        extra += ', constraint: "' + draw(st.sampled_from(CONSTRAINTS)).format(other) + '"'
    if kind == "calculate":
        extra += ', calculation: "' + draw(st.sampled_from([f"concat({other}, 1)", "uuid()"])) + '"'
    elif draw(st.integers(0, 4)) == 0:
        extra += ", default: '2'"
    if kind.endswith(" l") and draw(st.integers(0, 2)) == 0:
        extra += f', choice_filter: "k != {other}"'
    return f'  - {{type: {kind}, name: {name}, label: "Q ${{{name}}}"{extra}}}'


FILE = st.builds(
    StoredFile,
    blob=st.just("b"),
    media_type=st.sampled_from(["image/png", "audio/ogg", "x/y"]),
    size=st.just(1),
)
NAMES = st.sampled_from(["a", "b", "c", "ok", "yes", "no", "site1", "zz", ""])
TURNS = st.none() | st.integers(0, 12)
PATHS = st.sampled_from(["q0", "q1", "q2", "f1[1].q1", "f0[2].q0", "f2[1]+", "x", "q0\n"])
WORDS = st.sampled_from(
    ["", " ", "a", "1", "2", "3, 1", "12.5", "2026-03-01", "10:30", "2026-03-01 10:30", "52 4",
     "yes", "no", "ok", "blue", "B", "x" * 10_001, "\u202ez\ud800"]
) | st.text(max_size=8)  # fmt: skip
MOVES: st.SearchStrategy[Move] = st.one_of(
    st.builds(Write, text=WORDS, turn=st.none()),
    st.builds(Write, text=WORDS, turn=st.none()),
    st.builds(Choose, names=st.lists(NAMES, max_size=3).map(tuple), turn=st.none()),
    st.builds(Choose, names=NAMES.map(lambda name: (name,)), turn=TURNS),
    st.builds(Toggle, name=NAMES, turn=st.none()),
    st.builds(Finish, turn=TURNS),
    st.builds(Attach, files=st.lists(FILE, max_size=3).map(tuple)),
    st.builds(Locate, latitude=st.floats(), longitude=st.floats(-180, 180)),
    st.builds(Skip, turn=st.none()),
    st.builds(Skip, turn=st.none()),
    st.builds(Back),
    st.builds(Change, path=PATHS),
    st.builds(SwitchLanguage, language=st.sampled_from(["nl", "ar", "?"])),
    st.builds(Submit, turn=TURNS),
    st.builds(Repeat),
)


@given(surveys(), st.lists(MOVES, max_size=25))
@settings(max_examples=250, deadline=None)
def test_no_sequence_of_moves_escapes_a_flow(survey: str, moves: list[Move]) -> None:
    flow = flow_of(survey, LIST)
    around = surroundings()
    step = begin(flow, language="en", surroundings=around)
    check(step.session, step)
    for move in moves:
        before = step.session
        step = resume(flow, before, move, around)
        check(before, step)
        if before.is_over:
            assert step.events == (AnswerRefused(reason=Reason.NOT_NOW),)


@given(surveys(), st.lists(MOVES, max_size=25), st.sampled_from([Stop(), Repeat()]))
@settings(max_examples=100, deadline=None)
def test_the_same_moves_give_the_same_steps(survey: str, moves: list[Move], last: Move) -> None:
    flow = flow_of(survey, LIST)
    ends = []
    for _ in range(2):
        around = surroundings()
        step = begin(flow, language="en", surroundings=around)
        for move in (*moves, last):
            step = resume(flow, load_session(dump_session(step.session)), move, around)
        ends.append(step)
    assert ends[0] == ends[1]


@given(surveys(), st.lists(MOVES, max_size=40))
@settings(max_examples=100, deadline=None)
def test_what_is_sent_was_read_back(survey: str, moves: list[Move]) -> None:
    """Every answer in a submission stood in the review before it."""
    flow = flow_of(survey, LIST)
    around = surroundings()
    step = begin(flow, language="en", surroundings=around)
    for move in (*moves, Submit()):
        shown, before = step.events[-1], step.session
        step = resume(flow, before, move, around)
        sent = step.events[-1]
        if isinstance(sent, Submitted):
            assert isinstance(shown, Reviewed)
            read_back = {item.path: item.value for item in shown.items}
            asked = {entry.path for entry in sent.submission.account} & read_back.keys()
            for entry in sent.submission.account:
                if entry.path in asked:
                    assert entry.value == read_back[entry.path]
                assert not isinstance(entry.value, float)
                assert not (isinstance(entry.value, Decimal) and entry.value.is_nan())
            return
