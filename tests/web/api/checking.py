"""The few words of JSON Schema that the document uses, checked by hand and strictly.

Stricter than the standard in one thing: a field that the document does not name is a fault.
"""

import re
from collections.abc import Iterator
from typing import Any

KNOWN = {
    "type", "description", "properties", "required", "items", "enum", "pattern", "minimum",
    "format", "$ref",
}  # fmt: skip
_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "number": (int, float),
    "integer": int,
    "boolean": bool,
    "null": type(None),
}


def faults(value: Any, schema: Any, document: Any, at: str = "$") -> Iterator[str]:
    """What of the value is not as the schema says."""
    assert set(schema) <= KNOWN, at
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield from faults(value, document["components"]["schemas"][name], document, at)
        return
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(_is(value, kind) for kind in kinds):
        yield f"{at}: {value!r} is no {kinds}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{at}: {value!r} is not {schema['pattern']}"
    if isinstance(value, int | float) and value < schema.get("minimum", value):
        yield f"{at}: {value!r} is below {schema['minimum']}"
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from faults(each, schema["items"], document, f"{at}[{number}]")
    if isinstance(value, dict) and "properties" in schema:
        fields = schema["properties"]
        yield from (f"{at}.{name}: missing" for name in set(schema["required"]) - set(value))
        yield from (f"{at}.{name}: not named" for name in set(value) - set(fields) - _MORE)
        for name in set(value) & set(fields):
            yield from faults(value[name], fields[name], document, f"{at}.{name}")


_MORE = {"detail"}
"""Of a problem: further fields may stand in it."""


def _is(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _TYPES[kind])
