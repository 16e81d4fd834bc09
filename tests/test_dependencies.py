"""What is installed beside the product is needed and pinned by hashes; no check is silenced unsaid.

A package that nobody imports is one more that somebody could take over; a check that is switched
off without a reason is one that nobody can look at again.
"""

import ast
import io
import re
import subprocess
import tokenize
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PACKAGES: tuple[str, ...] = tuple(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
TRACKED = tuple(
    Path(name)
    for name in subprocess.run(
        ["git", "ls-files", "-z", "*.py"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode().split("\0")[:-1]
    if (ROOT / name).is_file()
)  # fmt: skip
OF_THE_PRODUCT = tuple(path for path in TRACKED if path.parts[0] in PACKAGES)
NOT_IMPORTED = {
    "defusedxml": "openpyxl reads workbooks through it where it is there (service/tables)",
    "psycopg": "SQLAlchemy loads it for postgresql:// addresses (storage/engines.py)",
}
"""Needed, and by which name of ours only."""


def named(requirement: str) -> str:
    return normal(re.split(r"[<>=!~\[; ]", requirement)[0])


def normal(name: str) -> str:
    """The name as it is compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


DECLARED = tuple(named(each) for each in PROJECT["project"]["dependencies"])
FOR_CHECKS = tuple(named(each) for each in PROJECT["project"]["optional-dependencies"]["dev"])


@cache
def imported(paths: tuple[Path, ...]) -> frozenset[str]:
    """The top names of everything that these modules import."""
    found = set()
    for path in paths:
        for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
            match node:
                case ast.Import(names=names):
                    found |= {each.name.partition(".")[0] for each in names}
                case ast.ImportFrom(module=str(module), level=0):
                    found.add(module.partition(".")[0])
    return frozenset(found)


@cache
def providers(names: frozenset[str]) -> frozenset[str]:
    """The distributions that these names come from."""
    known = packages_distributions()
    return frozenset(normal(each) for name in names for each in known.get(name, ()))


@pytest.mark.parametrize("dependency", DECLARED)
def test_every_declared_dependency_is_imported_by_the_product(dependency: str) -> None:
    assert (dependency in providers(imported(OF_THE_PRODUCT))) != (dependency in NOT_IMPORTED)


def test_the_product_imports_nothing_that_is_not_declared() -> None:
    ours = {*PACKAGES, "tests"}
    foreign = frozenset(imported(OF_THE_PRODUCT) - ours)
    assert providers(foreign) <= {*DECLARED, "markupsafe"}


def pinned(lock: str) -> dict[str, list[str]]:
    """Every requirement of a lock file with its hashes."""
    found: dict[str, list[str]] = {}
    last = ""
    for line in (ROOT / lock).read_text("utf-8").splitlines():
        if line and not line[0].isspace() and not line.startswith("#"):
            last = line.rstrip("\\ ")
            found[last] = []
        elif "--hash=" in line:
            found[last].append(line.strip().rstrip("\\ "))
    return found


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_everything_that_is_installed_is_pinned_to_one_version_by_hashes(lock: str) -> None:
    for requirement, hashes in pinned(lock).items():
        assert re.match(r"[a-z0-9.-]+==[^ ;]+( ;.+)?$", requirement), requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", each) for each in hashes)


def test_the_lock_files_have_all_that_is_declared_and_agree() -> None:
    run, checks = (
        {normal(each.partition("==")[0]): each for each in pinned(lock)}
        for lock in ("requirements.lock", "requirements-dev.lock")
    )
    assert set(DECLARED) <= set(run)
    assert {*DECLARED, *FOR_CHECKS} <= set(checks)
    for name, requirement in run.items():
        assert checks.get(name, "").partition(" ;")[0] == requirement.partition(" ;")[0], name


def test_what_is_installed_by_hand_or_in_the_image_is_held_to_the_hashes() -> None:
    for name in ("Makefile", "Dockerfile"):
        text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
        installs = [line for line in text.splitlines() if re.search(r"(pip|PIP\)).* -r ", line)]
        assert installs, name
        assert all("--require-hashes" in line for line in installs), installs


SILENCING = re.compile(r"#\s*(type:\s*ignore|noqa|nosec|pragma:\s*no cover)", re.IGNORECASE)
REASON = re.compile(
    r"#\s*(?:type:\s*ignore(?:\[[\w, -]+\])|noqa:\s*[A-Z]+[0-9]+(?:,\s*[A-Z]+[0-9]+)*|"
    r"nosec\s+B[0-9]+(?:,\s*B[0-9]+)*)\s*(?:#|-|–)?\s*(?P<reason>.*)$"
)


def silences(paths: tuple[Path, ...]) -> Iterator[tuple[Path, int, str]]:
    """Every comment that switches a check off: the file, the line, the comment."""
    for path in paths:
        source = (ROOT / path).read_text("utf-8")
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT and SILENCING.search(token.string):
                yield path, token.start[0], token.string


def test_every_check_that_is_switched_off_says_which_and_why() -> None:
    wordless = []
    for path, line, comment in silences(TRACKED):
        found = REASON.search(comment)
        if found is None or len(found["reason"].split()) < 2:
            wordless.append(f"{path}:{line}: {comment}")
    assert wordless == []


def test_whole_files_and_whole_rules_are_not_switched_off_in_silence() -> None:
    for path in TRACKED:
        text = (ROOT / path).read_text("utf-8")
        assert not re.search(r"^#\s*(mypy:|ruff:\s*noqa|flake8:\s*noqa)", text, re.MULTILINE), path
    assert PROJECT["tool"]["mypy"]["strict"] is True
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    for override in PROJECT["tool"]["mypy"].get("overrides", ()):
        # Libraries without types may be named, with the reason; nothing else is let off.
        assert set(override) == {"module", "ignore_missing_imports"}
        (named,) = (line for line in settings.splitlines() if override["module"][0] in line)
        assert "#" in named
    for rule in (*PROJECT["tool"]["ruff"]["lint"]["ignore"], *PROJECT["tool"]["bandit"]["skips"]):
        near = [line for line in settings.splitlines() if rule in line]
        assert any("#" in line for line in near), f"{rule} has no reason beside it"
