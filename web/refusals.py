"""That somebody was refused, in the log: at which door and how often, never who, nor with what.

Noted by `web.faults` for every response. A flood of refusals must not become a flood of lines that
fills a disk or tells by its times when somebody was there: of each kind one line is written in a
minute, and the next one says how many there were since.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from aiohttp import hdrs, web

QUIET_SECONDS = 60.0
"""Between two lines of the same kind."""

REFUSING = frozenset({401, 403, 404, 405, 429})
"""Statuses that say: not you, not here, not so, not now."""

_KNOWN_METHODS = frozenset(hdrs.METH_ALL)

WAS_TURNED_AWAY = web.RequestKey("was_turned_away", bool)
"""Set where somebody was led to the sign-in instead of what they asked for."""
ROLE = web.RequestKey("role", str)
"""The role of whoever is signed in."""

log = structlog.get_logger("web")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One kind of it. There are only so many: nothing here is of the visitor's choosing."""

    status: int
    method: str
    route: str
    """The route's pattern, e.g. `/r/{token}`; empty where there is none."""
    role: str


class RefusalLog:
    """One for the application."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds; only their differences matter."""
        self._clock = clock
        self._told_at: dict[Refusal, float] = {}
        self._since: Counter[Refusal] = Counter()

    def note(self, refusal: Refusal) -> None:
        """Count it; say so unless one of the same kind was told of just now."""
        self._since[refusal] += 1
        now = self._clock()
        told_at = self._told_at.get(refusal)
        if told_at is not None and now - told_at < QUIET_SECONDS:
            return
        self._told_at[refusal] = now
        log.info(
            "refused",
            status=refusal.status,
            method=refusal.method,
            route=refusal.route,
            role=refusal.role,
            times=self._since.pop(refusal),
        )


REFUSALS = web.AppKey("refusals", RefusalLog)


def note_refusal(request: web.Request, status: int, route: str) -> None:
    """Note the answer to a request if it is a refusal."""
    if status not in REFUSING and not request.get(WAS_TURNED_AWAY, False):
        return
    request.app[REFUSALS].note(
        Refusal(
            status=status,
            method=request.method if request.method in _KNOWN_METHODS else "",
            route=route,
            role=request.get(ROLE, ""),
        )
    )
