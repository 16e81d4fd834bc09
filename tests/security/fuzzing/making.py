"""Input that nobody would type: strings, JSON and bytes, random or bent."""

import string
from collections.abc import Sequence
from random import Random
from typing import Any

NASTY = (
    "", " ", "\x00", "\r\n", "\u202e\u2066", "\ud800", "\ufeff", "é" * 3, "👩‍👩‍👧‍👧", "ﷺ" * 40,
    "\u0300" * 200,
    "-1", "0", "1e309", "NaN", "٣٤٥", "9" * 400, "null", "true", "[]", "{}", "../..", "%00", "%ff",
    "${x}", "{{x}}", "<b>", "' or 1=1", "a" * 5_000, "2026-02-30", "24:61", "91 181", "１２３",
)  # fmt: skip


def text(random: Random) -> str:
    """Some string."""
    match random.randrange(4):
        case 0:
            return random.choice(NASTY)
        case 1:
            return "".join(random.choices(string.printable, k=random.randrange(40)))
        case 2:
            return "".join(chr(random.randrange(1, 0x3000)) for _ in range(random.randrange(20)))
        case _:
            return random.choice(NASTY) + random.choice(NASTY)


def encodable(words: str) -> str:
    """The same without half characters, which no client can put on a wire."""
    return words.encode("utf-8", "replace").decode()


def json_value(random: Random, depth: int = 0) -> Any:
    """Some value of JSON."""
    kind = random.randrange(8 if depth < 4 else 6)
    match kind:
        case 0:
            return None
        case 1:
            return random.random() < 0.5
        case 2:
            return random.choice((0, -1, 1, 2**31, 2**53, 2**63, -(2**63), 10**30))
        case 3:
            return random.choice((0.5, -0.0, 1e308, 1e-308))
        case 4 | 5:
            return encodable(text(random))
        case 6:
            return [json_value(random, depth + 1) for _ in range(random.randrange(4))]
        case _:
            return {
                encodable(text(random)): json_value(random, depth + 1)
                for _ in range(random.randrange(4))
            }


def bent_json(random: Random, value: Any) -> Any:
    """The same shape, with a few of its leaves or branches replaced."""
    if random.random() < 0.08:
        return json_value(random)
    if isinstance(value, dict):
        kept = {
            name: bent_json(random, inner)
            for name, inner in value.items()
            if random.random() > 0.03
        }
        if random.random() < 0.05:
            kept[encodable(text(random))] = json_value(random)
        return kept
    if isinstance(value, list):
        return [bent_json(random, inner) for inner in value] * random.choice((1, 1, 1, 1, 2))
    return value


def bent_bytes(random: Random, sample: bytes) -> bytes:
    """The sample with a few bytes changed, cut out, doubled or taken from elsewhere in it."""
    content = bytearray(sample)
    for _ in range(random.choice((1, 1, 2, 5, 20))):
        at = random.randrange(len(content) + 1)
        length = random.choice((1, 1, 1, 2, 4, 50))
        match random.randrange(6):
            case 0 | 1:
                content[at : at + 1] = bytes([random.randrange(256)])
            case 2:
                del content[at : at + length]
            case 3:
                content[at:at] = random.randbytes(length)
            case 4:
                content[at:at] = content[at : at + length]
            case _:
                content[at : at + 4] = random.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f"))
    return bytes(
        content[: random.randrange(len(content) + 1)] if random.random() < 0.1 else content
    )


def some(random: Random, things: Sequence[str], most: int) -> list[str]:
    """A few of these, with repeats."""
    return [random.choice(things) for _ in range(random.randrange(most + 1))]
