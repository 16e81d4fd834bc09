"""Any flow can be played in a terminal, in any language, with nothing kept."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from flows.submission import Submission
from flows.values import Text
from locales.catalogue import catalogue
from locales.languages import LANGUAGES
from register.directory import SiteDirectory
from service.clock import now
from service.commands.rehearsing import SAMPLE_SITES
from service.rehearsal import Stage, rehearse, shape_of
from tests.service.player import Player
from tests.service.terminal import Gehoor
from tests.shipped import LIBRARY

FSI, PDI = "\u2068", "\u2069"


def _played(
    flow: str,
    *,
    language: str = "en",
    presets: Mapping[str, str] | None = None,
    player: Player | None = None,
) -> tuple[Submission | None, Player]:
    player = player or Player()
    stage = Stage(
        flow=LIBRARY.get(flow), sites=SiteDirectory(SAMPLE_SITES), clock=now, tell=player.tell
    )
    sent = rehearse(stage, player.lines(), language=language, presets=presets or {})
    return sent, player


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
@pytest.mark.parametrize("flow", LIBRARY.names())
def test_every_shipped_flow_is_played_to_its_end(flow: str, language: str) -> None:
    sent, player = _played(flow, language=language)
    assert sent is not None, player.told[-10:]
    assert (sent.flow, sent.language) == (flow, language)


def test_what_is_sent_is_shown_as_its_shape_without_the_words() -> None:
    sent, _ = _played("follow_up")
    assert sent is not None
    shape = "\n".join(shape_of(sent))
    assert "Account, which is sealed:" in shape
    assert "  message (str)" in shape
    assert "Dust" not in shape


def test_a_refused_answer_says_why_in_the_readers_language(gehoor: Gehoor) -> None:
    played = gehoor("rehearse", "grievance", "--lang", "ar", typed="99\n")
    words = catalogue("ar").render(
        Text(msgid="That is not one of the choices. Please pick one of them.")
    )
    assert f"! {FSI}{words}{PDI}" in played.out


def test_words_of_any_direction_stand_between_isolates(gehoor: Gehoor) -> None:
    lines = gehoor("rehearse", "grievance", "--lang", "ar").out.splitlines()
    choices = [line for line in lines if line.startswith("    1. ")]
    assert choices
    assert all(FSI in line and line.endswith(PDI) for line in choices)


def test_an_answer_that_is_given_beforehand_is_not_asked() -> None:
    sent, player = _played("grievance", presets={"site": SAMPLE_SITES[0].id})
    assert sent is not None
    assert sent.particulars["site"] == SAMPLE_SITES[0].id
    asked, _ = catalogue("en").render(Text(msgid=_label("site"))), None
    assert not any(line.startswith("[") and asked in line for line in player.told)


def test_a_site_is_given_by_its_code(gehoor: Gehoor) -> None:
    played = gehoor("rehearse", "grievance", "--preset", "site=SAMPLE1")
    assert played.status == 0
    assert "Sample quarry" not in gehoor("rehearse", "grievance", "--preset", "site").err


def test_the_language_can_be_changed_and_a_step_taken_back(gehoor: Gehoor) -> None:
    first = catalogue("nl").render(Text(msgid=_first_label()))
    played = gehoor("rehearse", "grievance", typed="/language nl\n1\n/back\n/stop\n")
    assert played.out.count(first) == 2
    assert "nothing is kept" in played.out


def _first_label() -> str:
    return next(each.label for each in LIBRARY.get("grievance").questions() if each.label)


def _label(name: str) -> str:
    return next(each.label for each in LIBRARY.get("grievance").questions() if each.name == name)


def test_an_answer_is_changed_from_the_review() -> None:
    sent, player = _played("follow_up", player=Player(before_sending=("/change 1",)))
    assert sent is not None
    reviews = [line for line in player.told if line.startswith("(/submit")]
    assert len(reviews) == 2


def test_stopping_and_running_out_of_lines_send_nothing(gehoor: Gehoor) -> None:
    for typed in ("/stop\n", "1\n"):
        assert "Nothing was sent." in gehoor("rehearse", "grievance", typed=typed).out


def test_what_a_stroke_begins_is_no_answer(gehoor: Gehoor) -> None:
    played = gehoor("rehearse", "follow_up", typed="/nonsense\n/language klingon\n/place here\n")
    assert "/back" in played.out
    assert "/language is one of" in played.out


def test_a_flow_under_way_is_played_from_its_file(gehoor: Gehoor, tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text(
        "flow: draft\nversion: 1\ntitle: Draft\n"
        "survey:\n  - {type: text, name: words, label: What is it?}\n"
    )
    played = gehoor("rehearse", str(path), typed="Dust\n/submit\n")
    assert "Sent by draft version 1" in played.out


def test_an_unknown_flow_or_language_says_which_there_are(gehoor: Gehoor) -> None:
    assert "grievance" in gehoor("rehearse", "nothing").err
    assert "pt_BR" in gehoor("rehearse", "grievance", "--lang", "xx").err
