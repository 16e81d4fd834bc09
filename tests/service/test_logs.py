"""Nothing that anybody wrote reaches a log, whichever way a fault takes."""

import asyncio
import io
import logging
import subprocess
import sys
import warnings
from collections.abc import Iterator

import pytest
import structlog

from service.logs import describe, set_up_logs, task_failed, without_content

CANARY = "my name is Lakshmi and the foreman beat us"


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Everything that is logged, with the process put back afterwards."""
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    for hook in ("sys.excepthook", "sys.unraisablehook", "threading.excepthook"):
        monkeypatch.setattr(hook, None)
    monkeypatch.setattr("warnings.showwarning", None)
    root = logging.getLogger()
    handlers, level, raises = root.handlers, root.level, logging.raiseExceptions
    set_up_logs("debug")
    yield written
    root.handlers, logging.raiseExceptions = handlers, raises
    root.setLevel(level)
    structlog.reset_defaults()


def _broken() -> Exception:
    """A fault as it comes: with words, with words in its cause, and with a trace."""
    try:
        try:
            raise KeyError(CANARY)
        except KeyError as cause:
            raise ValueError(f"cannot read {CANARY}") from cause
    except ValueError as fault:
        return fault


def test_a_fault_is_logged_by_type_and_place(logged: io.StringIO) -> None:
    structlog.get_logger().error("page_failed", exc_info=_broken())
    assert "fault=ValueError" in logged.getvalue()
    assert "at=test_logs.py:" in logged.getvalue()
    assert CANARY not in logged.getvalue()


def test_a_fault_under_way_is_logged_without_its_words(logged: io.StringIO) -> None:
    try:
        raise RuntimeError(CANARY)
    except RuntimeError:
        structlog.get_logger().exception("chore_failed", chore="sweep")
    assert "fault=RuntimeError" in logged.getvalue()
    assert CANARY not in logged.getvalue()


def test_of_a_group_every_type_is_named() -> None:
    group = ExceptionGroup(CANARY, [_broken(), ExceptionGroup(CANARY, [OSError(CANARY)])])
    told = describe(group)
    assert told["fault"] == "ValueError,OSError"
    assert CANARY not in str(told)


def test_values_that_are_no_plain_codes_are_logged_by_their_type() -> None:
    event = without_content(None, "info", {"event": "x", "n": 3, "move": [CANARY], "f": _broken()})
    assert event == {"event": "x", "n": 3, "move": "list", "f": "ValueError"}


def test_what_libraries_log_comes_without_their_words(logged: io.StringIO) -> None:
    library = logging.getLogger("aiohttp.server")
    library.error("bad request %s", CANARY, exc_info=_broken())
    library.warning(f"odd: {CANARY}")
    library.error("two places %s %s", CANARY)
    lines = logged.getvalue().splitlines()
    assert len(lines) == 3
    assert all("library=aiohttp.server" in line for line in lines)
    assert CANARY not in logged.getvalue()


def test_warnings_come_without_their_words(logged: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning(UserWarning(CANARY), UserWarning, "/srv/library.py", 3)
    assert "logged_at=library.py:3" in logged.getvalue()
    assert CANARY not in logged.getvalue()


async def test_a_task_that_nobody_waited_for_is_logged_without_its_words(
    logged: io.StringIO,
) -> None:
    task_failed(asyncio.get_running_loop(), {"message": CANARY, "exception": _broken()})
    assert "fault=ValueError" in logged.getvalue()
    assert CANARY not in logged.getvalue()


UNCAUGHT = f"""
import sys, threading
from service.logs import set_up_logs
set_up_logs("info")
class Finaliser:
    def __del__(self):
        raise LookupError({CANARY!r})
Finaliser()
def work():
    story = {CANARY!r}
    raise OSError(story)
thread = threading.Thread(target=work)
thread.start()
thread.join()
story = {CANARY!r}
raise ValueError(story)
"""


def test_what_nobody_caught_is_told_without_its_words() -> None:
    done = subprocess.run(
        [sys.executable, "-c", UNCAUGHT], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    for fault in ("LookupError", "OSError", "ValueError"):
        assert f"fault={fault}" in done.stderr
    assert CANARY not in done.stdout + done.stderr
