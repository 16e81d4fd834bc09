"""Every address answers as the document says, and the document says every address."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.security.whole_house import routes_of
from tests.web.api.checking import faults
from tests.web.company.test_pages import quarter_of_wages
from tests.web.inside_house import Inside
from tests.web.programs import Program, program
from web.api.routes import ROUTES, openapi


async def test_every_address_answers_as_the_document_says(inside: Inside) -> None:
    await quarter_of_wages(inside)
    mine = await program(inside)
    document = (await mine.asks("/api/v1/openapi.json")).content
    assert document == openapi()
    for path, operation in operations(document):
        for address in addresses(path, operation):
            told = await mine.asks(address)
            assert told.status == 200, address
            assert told.headers["Content-Type"] == "application/json"
            schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
            assert list(faults(told.content, schema, document)) == [], address


async def test_every_problem_is_as_the_document_says(inside: Inside) -> None:
    mine, nobody = await program(inside), Program(inside.base)
    document = openapi()
    schema: Any = {"$ref": "#/components/schemas/Problem"}
    for told, status in (
        (await nobody.asks("/api/v1/score"), 401),
        (await mine.asks("/api/v1/score?language=xx"), 400),
        (await mine.asks("/api/v1/quarters/1999-Q1"), 404),
        (await mine.asks("/api/v1/nothing"), 404),
        (await mine.asks("/api"), 404),
        (await mine.asks("/api/v1/score", "POST"), 405),
        (await mine.asks("/api/v1/score", "OPTIONS"), 405),
    ):
        assert told.status == told.content["status"] == status
        assert told.headers["Content-Type"] == "application/problem+json"
        assert list(faults(told.content, schema, document)) == []


def test_the_document_has_every_route_and_no_other(inside: Inside) -> None:
    served = {pattern for _, pattern in routes_of(inside.app) if pattern.startswith("/api")}
    document: Any = openapi()
    assert set(document["paths"]) == served == {each.described.path for each in ROUTES}


def test_every_name_of_an_operation_is_its_own_and_every_reference_leads_somewhere() -> None:
    document: Any = openapi()
    names = [operation["operationId"] for _, operation in operations(document)]
    assert len(set(names)) == len(names)
    for found in re.findall(r"#/components/schemas/(\w+)", str(document)):
        assert found in document["components"]["schemas"]
    for path, operation in operations(document):
        placed = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
        assert placed == set(re.findall(r"{(\w+)}", path))


def test_the_guide_names_every_address_and_scope_and_no_other() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "api.md").read_text("utf-8")
    named = set(re.findall(r"/api/v1/[\w./-]+[\w]", guide))
    served = {each.described.path.format(quarter="2026-Q3"): each for each in ROUTES}
    assert named == set(served)
    for path, route in served.items():
        (row,) = re.findall(rf"^\| `{re.escape(path)}(?:\?[^`]*)?` \| (\w+) \|", guide, re.M)
        assert row == (route.described.scope or "any")
    for found in re.findall(r"https?://[^\s\"'`/]+", guide):
        assert found == "http://127.0.0.1:8080"


def operations(document: Any) -> Iterator[tuple[str, Any]]:
    for path, verbs in document["paths"].items():
        assert set(verbs) == {"get"}
        yield path, verbs["get"]


GOOD = {"quarter": "2026-Q3", "language": "nl", "after": "a" * 26}


def addresses(path: str, operation: Any) -> Iterator[str]:
    """The bare address, and with each of its parameters."""
    bare = path.format(quarter=GOOD["quarter"])
    yield bare
    for each in operation["parameters"]:
        if each["in"] == "query":
            yield f"{bare}?{each['name']}={GOOD[each['name']]}"
