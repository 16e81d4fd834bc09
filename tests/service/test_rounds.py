"""A round opens only with everything that people must be told, and invites by personal links."""

from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from consultations.conditions import RoundFault
from consultations.steps import StepFault
from sealing.identifiers import digest_token
from service.clock import today
from service.foundations import records
from service.round_words import WORDS
from service.settings import read_settings
from tests.service.terminal import Gehoor


def _file(tmp_path: Path, **changes: str) -> str:
    opens = today() + timedelta(days=1)
    lines = {
        "organisation": "Sample Stone",
        "sites": "[RJ3]",
        "topics": "[site_risks]",
        "languages": "[en]",
        "organiser": "Fair Stone Foundation",
        "purpose": "{en: Which risks come first}",
        "influence": "involve",
        "outcome_use": "{en: For the order of measures}",
        "decisions": "{en: The board decides}",
        "expected": "{en: Half an hour}",
        "next_steps": f"[{{words: {{en: A talk}}, owner: Site lead, by: {opens}}}]",
        "opens": str(opens),
        "closes": str(opens + timedelta(days=20)),
        "feedback_by": str(opens + timedelta(days=60)),
        "feedback_how": "{en: In writing}",
    } | changes
    path = tmp_path / "round.yaml"
    text = "".join(f"{name}: {value}\n" for name, value in lines.items() if value)
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.fixture
def supplied(installed: Gehoor) -> Gehoor:
    installed("organisations", "add", "--name", "Sample Stone")
    installed("sites", "add", "--code", "RJ3", "--name", "Quarry", "--country", "IN")
    return installed


def _opened(supplied: Gehoor, tmp_path: Path) -> str:
    done = supplied("rounds", "open", _file(tmp_path))
    assert done.status == 0, done.err
    return done.out.split()[1].rstrip(":")


def test_a_whole_round_opens_and_is_listed(supplied: Gehoor, tmp_path: Path) -> None:
    round_id = _opened(supplied, tmp_path)
    assert f"{round_id}  open" in supplied("rounds", "list").out


def test_everything_that_people_were_not_told_is_named_at_once(
    supplied: Gehoor, tmp_path: Path
) -> None:
    refused = supplied(
        "rounds", "open", _file(tmp_path, purpose="", feedback_by="", sites="[NOPE]")
    )
    assert refused.status == 1
    assert WORDS[RoundFault.NO_PURPOSE] in refused.err
    assert WORDS[RoundFault.NO_FEEDBACK_DAY] in refused.err
    assert "no site with the code NOPE" in refused.err
    assert "There are none yet" in supplied("rounds", "list").out


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"organisation": "Nobody"}, "no organisation called Nobody"),
        ({"flow": "nothing"}, "no flow called nothing"),
        ({"flow": "grievance"}, "asks for files"),
        ({"languages": "[xx]"}, "xx is no language of ours"),
        ({"influence": "decide"}, "influence"),
        ({"porpuse": "{en: x}"}, "porpuse"),
        ({"sites": "[RJ3"}, "is not YAML"),
    ],
)
def test_a_file_that_is_wrong_says_where(
    supplied: Gehoor, tmp_path: Path, changes: dict[str, str], reason: str
) -> None:
    refused = supplied("rounds", "open", _file(tmp_path, **changes))
    assert refused.status == 1
    assert reason in refused.err


def test_there_are_words_for_every_refusal() -> None:
    assert set(WORDS) == {*RoundFault, *StepFault}


def test_an_invitations_link_holds_a_token_of_which_only_the_digest_is_kept(
    supplied: Gehoor, tmp_path: Path
) -> None:
    round_id = _opened(supplied, tmp_path)
    made = supplied("rounds", "invite", round_id[:8], "--language", "en", "--label", "A union")
    assert made.status == 0
    link = made.out.split()[-1]
    assert link.startswith("http://127.0.0.1:8080/r/")
    with records(read_settings()) as kept:
        token = link.rpartition("/")[2]
        found = kept.read(lambda tx: tx.invitations.by_token(digest_token(token)))
    assert found is not None
    assert found.label == "A union"


def test_a_round_says_nothing_in_other_languages(supplied: Gehoor, tmp_path: Path) -> None:
    round_id = _opened(supplied, tmp_path)
    refused = supplied("rounds", "invite", round_id, "--language", "hi", "--label", "x")
    assert "says nothing in this language" in refused.err
    unknown = supplied("rounds", "invite", "zzz", "--language", "en", "--label", "x")
    assert "gehoor rounds list" in unknown.err


@pytest.fixture
def telegram() -> Iterator[str]:
    """Telegram's address, as far as `getMe` goes."""

    class BotApi(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"ok": true, "result": {"username": "sample_bot"}}')

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), BotApi)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/bot"
    server.shutdown()
    thread.join()
    server.server_close()


def test_with_a_bot_there_is_a_link_into_the_chat_as_well(
    supplied: Gehoor, tmp_path: Path, telegram: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_id = _opened(supplied, tmp_path)
    monkeypatch.setenv("GEHOOR_TELEGRAM_TOKEN", "1:token")
    monkeypatch.setenv("GEHOOR_TELEGRAM_BASE_URL", telegram)
    made = supplied("rounds", "invite", round_id, "--language", "en", "--label", "x")
    web, chat = made.out.split()[-2:]
    assert chat == f"https://t.me/sample_bot?start=r_{web.rpartition('/')[2]}"


def test_where_telegram_does_not_answer_the_web_link_is_given_all_the_same(
    supplied: Gehoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_id = _opened(supplied, tmp_path)
    monkeypatch.setenv("GEHOOR_TELEGRAM_TOKEN", "1:token")
    monkeypatch.setenv("GEHOOR_TELEGRAM_BASE_URL", "http://127.0.0.1:9/bot")
    made = supplied("rounds", "invite", round_id, "--language", "en", "--label", "x")
    assert made.status == 0
    assert "t.me" not in made.out
