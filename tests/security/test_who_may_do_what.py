"""Every route, every verb, everybody: what the table does not allow is refused, and logged."""

import itertools
from collections.abc import AsyncIterator, Iterator

import pytest
import structlog

from tests.security.crowd import Ground, answered, prepared, secrets_of
from tests.security.permissions import DOORS, SHADOWED, TECHNICAL, VERBS, Answer, Door, Who
from tests.security.whole_house import routes_of, technical_app
from tests.web.inside_house import TOLD, Inside
from tests.web.visiting import Visiting
from web.refusals import REFUSING, Refusal, RefusalLog
from web.serving import WebServer

SIGNING_OUT = ("/sign-out", "/sign-out-everywhere")
"""They lead to the sign-in as well, for whoever did what they wanted."""
LOGGED = {"event", "log_level", "status", "method", "route", "role", "times"}


def test_every_route_of_the_application_has_a_row(inside: Inside) -> None:
    rows = [(door.verb, door.pattern) for door in DOORS]
    assert set(routes_of(inside.app)) == set(rows)
    assert len(set(rows)) == len(rows)


def test_every_route_of_the_watchers_port_has_a_row() -> None:
    rows = [(door.verb, door.pattern) for door in TECHNICAL]
    assert set(routes_of(technical_app())) == set(rows)


def test_every_row_says_what_holds_for_everybody() -> None:
    for door in (*DOORS, *SHADOWED, *TECHNICAL):
        assert set(door.column) == set(Who), door.pattern


@pytest.mark.parametrize("who", Who)
async def test_nobody_does_what_the_table_does_not_allow(inside: Inside, who: Who) -> None:
    ground = await prepared(inside, who)
    hidden = secrets_of(ground)
    refused: set[tuple[str, str]] = set()
    with structlog.testing.capture_logs() as logged:
        wrong = [fault async for fault in faults_at_the_doors(ground, who, refused)]
    assert wrong == []
    lines = [entry for entry in logged if entry["event"] == "refused"]
    told = {(entry["method"], entry["status"]) for entry in lines}
    assert told >= {(verb, 405) for verb in ("OPTIONS", "PUT", "PATCH", "DELETE")}
    # Each refusal left a line that says at which door, and none of who or with what.
    assert {(entry["method"], entry["route"]) for entry in lines} >= refused
    assert all(set(entry) == LOGGED for entry in lines)
    for secret in hidden:
        assert secret not in str(logged)


async def faults_at_the_doors(
    ground: Ground, who: Who, refused: set[tuple[str, str]]
) -> AsyncIterator[str]:
    """Every verb at every address: answers that are not the table's, and words that leak.

    `refused` gets the verb and the route of every answer that lets nobody in.
    """
    for door in tries():
        answer = await ground.knocks(door, is_new=who in (Who.NOBODY, Who.PROGRAM))
        wanted = door.column.get(who, 405)
        if wanted is not Answer.OPEN and door.pattern not in SIGNING_OUT:
            refused.add((door.verb, _route(door)))
        if answered(answer) != wanted:
            yield f"{door.verb} {door.pattern}: {answer.status} instead of {wanted}"
        if wanted is not Answer.OPEN and TOLD in await answer.text():
            yield f"{door.verb} {door.pattern}: shows what was told"


def _route(door: Door) -> str:
    """The route that a refusal there is noted under: none where no route takes the verb."""
    if door in SHADOWED:
        return "/company/findings/{finding}"
    return door.pattern if door.column else ""


def tries() -> Iterator[Door]:
    """What the table has, in its order, after all that it does not have."""
    patterns = tuple(dict.fromkeys(door.pattern for door in DOORS))
    known = {(door.verb, door.pattern) for door in (*DOORS, *SHADOWED)}
    for verb, pattern in itertools.product(VERBS, patterns):
        if (verb, pattern) not in known:
            yield Door(verb=verb, pattern=pattern, column={})
    yield from (*SHADOWED, *DOORS)


async def test_the_watchers_port_takes_no_other_verb_and_knows_nobody() -> None:
    server = WebServer(technical_app())
    base = f"http://127.0.0.1:{await server.start('127.0.0.1', 0)}"
    watcher = Visiting(base)
    known = {(door.verb, door.pattern) for door in TECHNICAL}
    try:
        for verb, pattern in itertools.product(VERBS, ("/metrics", "/readyz", "/", "/desk")):
            page = await watcher.sends(verb, pattern)
            wanted = 405 if pattern in ("/metrics", "/readyz") else 404
            assert page.status == (200 if (verb, pattern) in known else wanted), (verb, pattern)
            assert page.set_cookies == []
    finally:
        await watcher.session.close()
        await server.stop()


def test_a_flood_of_refusals_is_a_line_a_minute_with_their_number() -> None:
    now = 0.0
    refusals = RefusalLog(lambda: now)
    kind = Refusal(status=403, method="POST", route="/report", role="")
    with structlog.testing.capture_logs() as logged:
        for _ in range(1_000):
            refusals.note(kind)
        now = 61.0
        refusals.note(kind)
        refusals.note(Refusal(status=404, method="GET", route="", role=""))
    assert [(entry["status"], entry["times"]) for entry in logged] == [
        (403, 1),
        (403, 1_000),
        (404, 1),
    ]
    assert 403 in REFUSING


async def test_what_a_visitor_chose_is_in_no_line_of_a_refusal(inside: Inside) -> None:
    visitor = inside.visitor()
    with structlog.testing.capture_logs() as logged:
        await visitor.sends("PROPFIND", "/report")
        await visitor.sends("GET", "/CANARYPATH?x=CANARYQUERY", headers={"Referer": "CANARYREF"})
        await visitor.sends("POST", "/report", data={"story": "CANARYSTORY"})
    assert len(logged) == 3
    assert "CANARY" not in str(logged)
