"""The interface in the words of OpenAPI 3.1, made of the table in `web.api.routes`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.api_tokens import Scope
from web.api.schemas import PROBLEM, Schema
from web.problems import MEDIA_TYPE

VERSION = "1.0"
_SCHEME = "token"
_NOTE = (
    "What a company's own program may read: what the company's pages show, and nothing else. "
    "Figures are of quarters that are over, and of enough people each. Read only."
)
_PROBLEMS: Mapping[str, str] = {
    "400": "A parameter is not right.",
    "401": "No token that is good was shown.",
    "403": "The token is not for this.",
    "404": "There is nothing here.",
    "405": "Everything here is read with GET.",
    "429": "Too many at once: Retry-After says when to ask again.",
    "503": "It cannot be looked up now: Retry-After says when to ask again.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One that an address takes."""

    name: str
    note: str
    is_in: str = "query"
    pattern: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """One address in the document."""

    path: str
    name: str
    """The operation's, for programs that make code of the document."""
    summary: str
    scope: Scope | None
    """None: any token."""
    schema: Schema
    parameters: tuple[Parameter, ...] = ()

    @property
    def schema_name(self) -> str:
        """What its answer is called in the document."""
        return self.name.removeprefix("get").removeprefix("list")


def described(routes: Iterable[Described]) -> Mapping[str, Any]:
    """The document."""
    table = tuple(routes)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Gehoor for companies", "version": VERSION, "description": _NOTE},
        "servers": [{"url": "/"}],
        "paths": {each.path: {"get": _operation(each)} for each in table},
        "components": {
            "schemas": {**{each.schema_name: each.schema for each in table}, "Problem": PROBLEM},
            "securitySchemes": {
                _SCHEME: {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "Made by the operator: gehoor tokens add",
                }
            },
        },
    }


def _operation(route: Described) -> Mapping[str, Any]:
    problems = {
        status: {"description": note, "content": _content(MEDIA_TYPE, "Problem")}
        for status, note in _PROBLEMS.items()
    }
    return {
        "operationId": route.name,
        "summary": route.summary,
        "security": [{_SCHEME: [] if route.scope is None else [route.scope]}],
        "parameters": [_parameter(each) for each in route.parameters],
        "responses": {
            "200": {
                "description": route.summary,
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": _content("application/json", route.schema_name),
            },
            "304": {"description": "Nothing changed since the ETag in If-None-Match."},
            **problems,
        },
    }


def _parameter(parameter: Parameter) -> Mapping[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.is_in,
        "required": parameter.is_in == "path",
        "description": parameter.note,
        "schema": {
            "type": "string",
            **({"pattern": parameter.pattern} if parameter.pattern else {}),
        },
    }


def _content(media_type: str, schema: str) -> Mapping[str, Any]:
    return {media_type: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
