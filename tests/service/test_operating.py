"""What the operator's guide says is so."""

import re
import tomllib
from pathlib import Path

from service.chore_list import CHORES
from service.command_line import app
from service.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "operating.md").read_text("utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


def test_every_setting_is_in_the_guide_and_no_other() -> None:
    named = set(re.findall(rf"{PREFIX}[A-Z_]+", GUIDE)) - {PREFIX}
    assert named == {PREFIX + name.upper() for name in Settings.model_fields}


def test_every_chore_is_in_the_guide() -> None:
    for chore in CHORES:
        assert f"| {chore.name} |" in GUIDE


def test_every_command_in_the_guide_exists() -> None:
    groups = {group.name for group in app.registered_groups} | {
        group.typer_instance.info.name for group in app.registered_groups if group.typer_instance
    }
    commands = {
        command.callback.__name__ for command in app.registered_commands if command.callback
    }
    for word in re.findall(r"(?:`|bin/| {4})gehoor ([a-z]+)", GUIDE):
        assert word in groups | commands, word


def test_the_image_runs_as_nobody_and_is_asked_for_its_health() -> None:
    last = DOCKERFILE[DOCKERFILE.rindex("FROM ") :]
    assert "USER 10001" in last
    assert "/healthz" in last
    assert "--require-hashes" in DOCKERFILE


def test_every_package_of_the_product_goes_into_the_image() -> None:
    kept = set(re.findall(r"^!(\w+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.M))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) <= kept
