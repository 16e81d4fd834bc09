"""A session goes to bytes and back exactly, and shows none of what was answered."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.faults import UnreadableSessionError
from flows.moves import Back, Choose, Toggle, Write
from flows.session import Session, Stage, dump_session, load_session
from flows.values import Place, Scan, StoredFile
from tests.flows.talking import Conversation, flow_of

_WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
_ZONES = st.none() | st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45))])
_NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
_PLACES = st.builds(
    Place,
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
    altitude=st.none() | _NUMBERS,
    accuracy=st.none() | _NUMBERS,
)
_COPIES = st.builds(
    StoredFile, blob=_WORDS, media_type=_WORDS, size=st.integers(0, 10**9), key=st.binary()
)
_FILES = st.builds(
    StoredFile,
    blob=_WORDS,
    media_type=_WORDS,
    size=st.integers(0, 10**12),
    name=_WORDS,
    key=st.binary(max_size=32),
    cleaned=st.none() | _COPIES,
    scan=st.sampled_from(Scan),
)
_NAMES = st.lists(_WORDS, max_size=4).map(tuple)
_VALUES = st.one_of(
    _WORDS,
    st.integers(-(2**53), 2**53),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.times(timezones=_ZONES),
    st.datetimes(timezones=_ZONES),
    _PLACES,
    _NAMES,
    st.lists(_FILES, min_size=1, max_size=3).map(tuple),
)
_SESSIONS = st.builds(
    Session,
    flow=_WORDS,
    version=st.integers(1, 99),
    language=_WORDS,
    turn=st.integers(0, 10**6),
    stage=st.sampled_from(Stage),
    position=st.none() | _WORDS,
    changing=st.none() | _WORDS,
    answers=st.dictionaries(_WORDS, _VALUES, max_size=5),
    skipped=st.frozensets(_WORDS, max_size=3),
    presets=st.frozensets(_WORDS, max_size=3),
    kept=st.dictionaries(_WORDS, _VALUES | _NUMBERS | st.booleans(), max_size=3),
    pending=st.none() | _NAMES | st.lists(_FILES, max_size=2).map(tuple),
    words=_WORDS,
)


@given(_SESSIONS)
@settings(max_examples=150, deadline=None)
def test_every_session_comes_back_as_it_was(session: Session) -> None:
    back = load_session(dump_session(session))
    assert back == session
    for path, value in session.answers.items():
        assert type(back.answers[path]) is type(value)
        assert str(back.answers[path]) == str(value)  # 1.50 is not 1.5


def test_the_bytes_of_format_1_stay_readable() -> None:
    stored = (
        b'[1,"grievance",3,"nl",7,"asking","b",null,{"a":"x","d":{"d":"1.50"},"p":{"p":[1.5,2.0,'
        b'null,null]},"f":{"f":[["blob","image/jpeg",9,"a.jpg","AP8=",null]]},"t":{"T":"09:30:00"},'
        b'"e":{"D":"2026-03-01"},"m":{"M":"2026-03-01T09:30:00+00:00"},"s":["x","y"]},["c"],["a"],'
        b'{"k#calculation.1":0.5},["x"],"wo"]'
    )
    session = load_session(stored)
    assert session == Session(
        flow="grievance",
        version=3,
        language="nl",
        turn=7,
        position="b",
        answers={
            "a": "x",
            "d": Decimal("1.50"),
            "p": Place(latitude=1.5, longitude=2.0),
            "f": (
                StoredFile(
                    blob="blob", media_type="image/jpeg", size=9, name="a.jpg", key=b"\x00\xff"
                ),
            ),
            "t": time(9, 30),
            "e": date(2026, 3, 1),
            "m": datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
            "s": ("x", "y"),
        },
        skipped=frozenset({"c"}),
        presets=frozenset({"a"}),
        kept={"k#calculation.1": 0.5},
        pending=("x",),
        words="wo",
    )
    assert dump_session(session) == stored


def test_a_field_that_a_later_version_added_is_passed_over() -> None:
    places = orjson.loads(dump_session(Session(flow="f", version=1, language="en")))
    assert load_session(orjson.dumps([*places, "new"])).flow == "f"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"[2]",
        b"[1]",
        b'[1,"f",1,"en",1,"dancing",null,null,{},[],[],{},null,""]',
        b'[1,"f",1,"en",1,"asking",null,null,{"a":{"z":1}},[],[],{},null,""]',
        b'[1,"f",1,"en",1,"asking",null,null,{"a":{"d":"x"}},[],[],{},null,""]',
        b'[1,"f",1,"en",1,"asking",null,null,{"a":[1]},[],[],{},null,""]',
        b'[1,"f",1,"en",1,"asking",null,null,[],[],[],{},null,""]',
        b"\xff\x00",
    ],
)
def test_what_is_no_session_is_refused_without_telling_what_it_holds(data: bytes) -> None:
    with pytest.raises(UnreadableSessionError) as caught:
        load_session(data)
    assert caught.value.__cause__ is None
    assert "the session" in str(caught.value)


def test_nothing_that_was_answered_shows() -> None:
    session = Session(
        flow="f",
        version=1,
        language="en",
        answers={"name": "Secret"},
        pending=("Secret",),
        words="Secret",
        kept={"k": "Secret"},
    )
    assert "Secret" not in repr(session)


def test_no_move_and_no_event_shows_what_a_person_said() -> None:
    talk = Conversation(flow_of('  - {type: text, name: a, label: "You said ${a}"}'))
    moves = (Write(text="Secret"), Choose(names=("Secret",)), Toggle(name="Secret"))
    assert "Secret" not in repr(moves)
    talk.say("Secret", Back())
    assert talk.prompt.current == "Secret"
    assert "Secret" not in repr(talk.step)
    talk.say("Secret")
    assert "Secret" not in repr(talk.step)
    assert "Secret" not in repr(talk.submit())
