"""The one table of the interface: which address answers what, for which scope, in which shape.

The application's routes and the document at `openapi.json` are both made of it, so neither can say
what the other does not.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache

from aiohttp import web

from accounts.api_tokens import Scope
from web.api import figures, requests, risk_schemas, risks, schemas, score, summaries
from web.api.admission import Admission, NotAdmitted
from web.api.asked import Asked, CannotAnswer, answered
from web.api.description import Described, Parameter, described
from web.api.house import API, Api
from web.ports import Part
from web.problems import problem
from web.refusals import ROLE

Answer = Callable[[Asked], Awaitable[object]]

_PROGRAM = "program"
"""What stands in the log of refusals where a good token was shown for something else."""

_LANGUAGE = Parameter(name="language", note="Of names and sentences: en, which is usual, or nl.")
_QUARTER = Parameter(
    name="quarter", is_in="path", note="Such as 2026-Q2.", pattern=schemas.QUARTER_PATTERN
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One address."""

    answer: Answer
    described: Described


async def _document(asked: Asked) -> object:
    """What this interface is, for other programs."""
    del asked
    return openapi()


ROUTES: tuple[Route, ...] = (
    Route(
        answer=_document,
        described=Described(
            path="/api/v1/openapi.json",
            name="getDescription",
            summary="This document.",
            scope=None,
            schema=schemas.DESCRIPTION,
        ),
    ),
    Route(
        answer=figures.quarters,
        described=Described(
            path=figures.QUARTERS,
            name="listQuarters",
            summary="The quarters whose figures are shown.",
            scope=Scope.RELEASES,
            schema=schemas.QUARTERS,
        ),
    ),
    Route(
        answer=figures.quarter,
        described=Described(
            path=f"{figures.QUARTERS}/{{quarter}}",
            name="getQuarter",
            summary="A quarter's released figures.",
            scope=Scope.RELEASES,
            schema=schemas.QUARTER,
            parameters=(_QUARTER, _LANGUAGE),
        ),
    ),
    Route(
        answer=figures.deadlines,
        described=Described(
            path="/api/v1/deadlines",
            name="getDeadlines",
            summary="How the time limits that ended in a quarter were kept.",
            scope=Scope.RELEASES,
            schema=schemas.DEADLINES,
            parameters=(
                Parameter(
                    name="quarter",
                    note="Without it, the newest that is shown.",
                    pattern=schemas.QUARTER_PATTERN,
                ),
            ),
        ),
    ),
    Route(
        answer=summaries.summaries,
        described=Described(
            path=summaries.SUMMARIES,
            name="listSummaries",
            summary="Summaries of cases that reporters approved.",
            scope=Scope.SUMMARIES,
            schema=schemas.SUMMARIES,
            parameters=(
                Parameter(
                    name="after",
                    note="As it stands in next of the page before.",
                    pattern=schemas.ID_PATTERN,
                ),
            ),
        ),
    ),
    Route(
        answer=score.score,
        described=Described(
            path="/api/v1/score",
            name="getScore",
            summary="The evaluation with its evidence.",
            scope=Scope.SCORE,
            schema=schemas.SCORE,
            parameters=(_LANGUAGE,),
        ),
    ),
    Route(
        answer=risks.heat_map,
        described=Described(
            path=risks.HEAT_MAP,
            name="getHeatMap",
            summary="Severity against likelihood, and themes by place.",
            scope=Scope.RISKS,
            schema=risk_schemas.HEAT_MAP,
            parameters=(_LANGUAGE,),
        ),
    ),
    Route(
        answer=risks.risks,
        described=Described(
            path=risks.RISKS,
            name="listRisks",
            summary="Risks in their order, with why, and how the company is tied to each.",
            scope=Scope.RISKS,
            schema=risk_schemas.RISKS,
            parameters=(_LANGUAGE,),
        ),
    ),
    Route(
        answer=requests.requests,
        described=Described(
            path=requests.REQUESTS,
            name="listRequests",
            summary="What the company is asked about cases.",
            scope=Scope.REQUESTS,
            schema=risk_schemas.REQUESTS,
        ),
    ),
)


@cache
def openapi() -> object:
    """The document of all of them."""
    return described(each.described for each in ROUTES)


def api_part(api: Api) -> Part:
    """The interface as a part of the application."""

    def put(app: web.Application) -> None:
        app[API] = api
        admission = Admission(api)
        for route in ROUTES:
            app.router.add_get(route.described.path, _guarded(admission, route))

    return put


def _guarded(
    admission: Admission, route: Route
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def guarded(request: web.Request) -> web.StreamResponse:
        try:
            token = await admission.admit(request, route.described.scope)
            request[ROLE] = _PROGRAM
            asked = Asked(request=request, api=request.app[API], token=token)
            return answered(request, await route.answer(asked))
        except NotAdmitted as refused:
            return refused.response
        except CannotAnswer as fault:
            return problem(fault.status, fault.detail)

    return guarded
