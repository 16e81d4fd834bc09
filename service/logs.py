"""Logs: what happened and where, never what anybody said (W4).

An exception's message, a traceback's last line, the arguments of a library's log call: each may
hold words of a report. So nothing of that kind is written. A fault is logged by its type and its
place in the code; values that are not plain codes or numbers by their type; and what libraries
and uncaught faults say goes the same way. Called once, by `service.command_line`.
"""

import asyncio
import logging
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator, Mapping, MutableMapping
from pathlib import PurePath
from types import TracebackType
from typing import Any, TextIO

import structlog

MOST_PLACES = 12
"""How many places a fault came through are named, the last ones first."""
_LEVELS: Mapping[str, int] = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}

log = structlog.get_logger("service")


def set_up_logs(level: str) -> None:
    """From here on events of this level and above go to standard error, one line each."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_content,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )
    _listen_to_libraries()
    catch_what_nobody_caught()


def without_content(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """A processor: faults by type and place, everything that is no plain value by its type."""
    shown: dict[str, Any] = {}
    fault = _fault_of(event.pop("exc_info", None))
    event.pop("stack_info", None)
    for name, value in event.items():
        shown[name] = value if _is_plain(value) else type(value).__name__
    if fault is not None:
        shown |= describe(fault)
    return shown


def describe(fault: BaseException) -> dict[str, str]:
    """The type of a fault, and the places that it came through, the innermost first."""
    single = list(_singles(fault))
    return {
        "fault": ",".join(dict.fromkeys(type(each).__name__ for each in single)),
        "at": " < ".join(_places(single[0].__traceback__)),
    }


def catch_what_nobody_caught() -> None:
    """Uncaught faults of the program, of threads and of finalisers are logged like all others."""
    sys.excepthook = _program_failed
    threading.excepthook = _thread_failed
    sys.unraisablehook = _finaliser_failed


def task_failed(_loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
    """An event loop's exception handler: a task's fault that nobody waited for."""
    fault = context.get("exception")
    log.error("task_failed", exc_info=fault if isinstance(fault, BaseException) else None)


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, str | int | float)


def _fault_of(exc_info: object) -> BaseException | None:
    if isinstance(exc_info, BaseException):
        return exc_info
    if isinstance(exc_info, tuple):
        return _fault_of(exc_info[1])
    return sys.exc_info()[1] if exc_info else None


def _singles(fault: BaseException) -> Iterator[BaseException]:
    """The faults in a group of them, or the one."""
    if isinstance(fault, BaseExceptionGroup):
        for inner in fault.exceptions:
            yield from _singles(inner)
    else:
        yield fault


def _places(trace: TracebackType | None) -> list[str]:
    frames = [
        f"{PurePath(frame.f_code.co_filename).name}:{line}"
        for frame, line in traceback.walk_tb(trace)
    ]
    return frames[-MOST_PLACES:][::-1]


class _Libraries(logging.Handler):
    """What libraries log: which one, where in it, and the type of a fault; no message."""

    def emit(self, record: logging.LogRecord) -> None:
        """Pass it on without its words."""
        place = f"{PurePath(record.pathname).name}:{record.lineno}"
        tell = log.error if record.levelno >= logging.ERROR else log.warning
        tell("library", library=record.name, logged_at=place, exc_info=record.exc_info)


def _listen_to_libraries() -> None:
    logging.raiseExceptions = False  # else a fault in logging prints the message it was about
    root = logging.getLogger()
    root.handlers = [_Libraries()]
    root.setLevel(logging.WARNING)
    warnings.showwarning = _warned


def _warned(
    message: Warning | str,  # noqa: ARG001 - it may quote anything
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001 - logs go one way
    line: str | None = None,  # noqa: ARG001 - a line of source, which is not needed
) -> None:
    place = f"{PurePath(filename).name}:{lineno}"
    log.warning("library", library="warnings", logged_at=place, category=category.__name__)


def _program_failed(
    kind: type[BaseException], fault: BaseException, _trace: TracebackType | None
) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        log.error("program_failed", exc_info=fault)


def _thread_failed(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None and not isinstance(failed.exc_value, SystemExit):
        log.error("thread_failed", exc_info=failed.exc_value)


def _finaliser_failed(failed: "sys.UnraisableHookArgs") -> None:
    log.error("finaliser_failed", exc_info=failed.exc_value)
