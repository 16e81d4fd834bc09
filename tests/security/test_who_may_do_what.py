"""Every route, every verb, everybody: what the table does not allow is refused, and logged."""

import itertools
from collections.abc import AsyncIterator, Iterator

import pytest
import structlog

from tests.security.crowd import Ground, answered, prepared, secrets_of
from tests.security.permissions import DOORS, SHADOWED, VERBS, Answer, Door, Who
from tests.security.whole_house import routes_of
from tests.web.inside_house import TOLD, Inside
from web.refusals import REFUSING, Refusal, RefusalLog

LOGGED = {"event", "log_level", "status", "method", "route", "role", "times"}


def test_every_route_of_the_application_has_a_row(inside: Inside) -> None:
    rows = [(door.verb, door.pattern) for door in DOORS]
    assert set(routes_of(inside.app)) == set(rows)
    assert len(set(rows)) == len(rows)


def test_every_row_says_what_holds_for_everybody() -> None:
    for door in (*DOORS, *SHADOWED):
        assert set(door.column) == set(Who), door.pattern


@pytest.mark.parametrize("who", Who)
async def test_nobody_does_what_the_table_does_not_allow(inside: Inside, who: Who) -> None:
    ground = await prepared(inside, who)
    hidden = secrets_of(ground)
    with structlog.testing.capture_logs() as logged:
        wrong = [fault async for fault in faults_at_the_doors(ground, who)]
    assert wrong == []
    lines = [entry for entry in logged if entry["event"] == "refused"]
    told = {(entry["method"], entry["status"]) for entry in lines}
    assert told >= {(verb, 405) for verb in ("OPTIONS", "PUT", "PATCH", "DELETE")}
    assert all(set(entry) == LOGGED for entry in lines)
    for secret in hidden:
        assert secret not in str(logged)


async def faults_at_the_doors(ground: Ground, who: Who) -> AsyncIterator[str]:
    """Every verb at every address: answers that are not the table's, and words that leak."""
    for door in tries():
        answer = await ground.knocks(door, is_new=who is Who.NOBODY)
        wanted = door.column.get(who, 405)
        if answered(answer) != wanted:
            yield f"{door.verb} {door.pattern}: {answer.status} instead of {wanted}"
        if wanted is not Answer.OPEN and TOLD in await answer.text():
            yield f"{door.verb} {door.pattern}: shows what was told"


def tries() -> Iterator[Door]:
    """What the table has, in its order, after all that it does not have."""
    patterns = tuple(dict.fromkeys(door.pattern for door in DOORS))
    known = {(door.verb, door.pattern) for door in (*DOORS, *SHADOWED)}
    for verb, pattern in itertools.product(VERBS, patterns):
        if (verb, pattern) not in known:
            yield Door(verb=verb, pattern=pattern, column={})
    yield from (*SHADOWED, *DOORS)


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
