"""When a page cannot be shown: a kind page in the visitor's language, and a log without content.

A program gets a problem of `web.problems` in its place.

The middleware stands around everything. Exceptions may carry what somebody wrote, and paths may
carry invitations, so only the kind of fault, the place in our code and the route's pattern are
logged (W4).

What was written is not lost when it cannot be kept: the page of a 503 has it in a form of its own,
for the same browser to send again. It was read from the request and is kept nowhere.
"""

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from aiohttp import web

from intake.errors import NoRoom
from intake.words import CANNOT_KEEP_NOW
from locales.marking import N_
from storage.errors import StorageUnavailable
from web.languages import language_for
from web.pages import page
from web.problems import is_for_a_program, problem
from web.refusals import note_refusal

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

log = structlog.get_logger("web")


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultWords:
    """What a fault page says."""

    title: str
    text: str


_UNEXPECTED = FaultWords(
    title=N_("This did not work"),
    text=N_("The mistake is ours. Please wait a moment, then go back and try again."),
)
_UNREADABLE = FaultWords(
    title=N_("We could not read that"),
    text=N_("Please go back and try again."),
)
FAULT_WORDS = {
    400: _UNREADABLE,
    403: FaultWords(
        title=N_("Please try that again"),
        text=N_(
            "This page was open too long, or your browser keeps no cookies for this site. "
            "Nothing was sent. Go to the start and try again."
        ),
    ),
    404: FaultWords(
        title=N_("There is no page here"),
        text=N_("The link may be old or typed wrong. You can go to the start."),
    ),
    405: _UNREADABLE,
    408: FaultWords(
        title=N_("That took too long"),
        text=N_("The connection is slow. Please try again, with a smaller file if you sent one."),
    ),
    413: FaultWords(
        title=N_("That is too large"),
        text=N_("Please make it shorter, or send fewer or smaller files at a time."),
    ),
    429: FaultWords(
        title=N_("Please wait a little"),
        text=N_("Many people are doing this right now. Please try again in a minute."),
    ),
    500: _UNEXPECTED,
    503: FaultWords(title=N_("Please wait a little"), text=_UNEXPECTED.text),
}
_NOT_KEPT = FaultWords(title=N_("Please wait a little"), text=CANNOT_KEEP_NOW)
_SECONDS_TO_WAIT = "60"

WRITTEN = web.RequestKey("written", tuple[tuple[str, str], ...])
"""The fields of a form whose token was good, set by whoever read it, where they may be long. Never
those with a pass phrase."""


@web.middleware
async def answer_faults(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every fault below into a page, and note what was refused."""
    response = await _answered(request, handler)
    note_refusal(request, response.status, route_of(request))
    return response


async def _answered(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException as fault:
        if fault.status < 400:
            raise
        kept = {
            name: fault.headers[name] for name in ("Allow", "Retry-After") if name in fault.headers
        }
        return fault_page(request, fault.status, headers=kept)
    except asyncio.CancelledError:
        raise
    except TimeoutError:
        return fault_page(request, 408)
    except ConnectionError:
        # The visitor has gone; nobody will read what we answer.
        return fault_page(request, 400)
    except (StorageUnavailable, NoRoom) as fault:
        # A full disk, a lock, a lost server: it passes, and it is for the operator to look at.
        log.error("page_not_kept", fault=type(fault).__name__, route=route_of(request))  # noqa: TRY400 - as below
        return _not_now(request)
    except Exception as fault:
        log.error(  # noqa: TRY400 - a traceback's last line may hold what somebody wrote
            "page_failed", fault=type(fault).__name__, at=place_of(fault), route=route_of(request)
        )
        return fault_page(request, 500)


def fault_page(
    request: web.Request, status: int, headers: dict[str, str] | None = None
) -> web.Response:
    """The page of one status; `headers` are added to it."""
    words = FAULT_WORDS.get(status, _UNEXPECTED if status >= 500 else _UNREADABLE)
    return _fault_page(request, status, words, headers or {})


def _not_now(request: web.Request) -> web.Response:
    """It could not be kept, or not be looked up, and a little later it can."""
    words = FAULT_WORDS[503] if request.method in {"GET", "HEAD"} else _NOT_KEPT
    return _fault_page(request, 503, words, {"Retry-After": _SECONDS_TO_WAIT})


def _fault_page(
    request: web.Request, status: int, words: FaultWords, headers: dict[str, str]
) -> web.Response:
    if is_for_a_program(request):
        return problem(status, headers=headers)
    response = page(
        request,
        "public/fault.html",
        language=language_for(request),
        status=status,
        context={
            "fault_title": words.title,
            "fault_text": words.text,
            "here": request.path,
            "written": request.get(WRITTEN, ()) if status == 503 else (),
        },
    )
    response.headers.update(headers)
    return response


def place_of(fault: BaseException) -> str:
    """Where it was raised, as `module.py:line`; never what it says."""
    frames = traceback.extract_tb(fault.__traceback__)
    if not frames:
        return ""
    last = frames[-1]
    return f"{last.filename.rpartition('/')[2]}:{last.lineno}"


def route_of(request: web.Request) -> str:
    """The pattern that was asked for, e.g. `/r/{token}`: the path itself may hold a secret."""
    resource = request.match_info.route.resource
    return "" if resource is None else resource.canonical
