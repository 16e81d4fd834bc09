"""Whether this machine can make PDF files, and what stands in one that was made."""

import io
import re
from collections.abc import Iterator

import pikepdf
import pytest


def _can_print() -> bool:
    try:
        import weasyprint  # noqa: F401 - only whether it is there
    except OSError:
        return False
    return True


needs_pango = pytest.mark.skipif(not _can_print(), reason="needs Pango: make printing")


def words_in(made: bytes) -> str:
    """All that a PDF of ours says, with single spaces: letters are read as its fonts name them."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        said = "".join("".join(_said(page)) for page in pdf.pages)
    return " ".join(said.split())


def kinds_in(made: bytes) -> list[tuple[str, str]]:
    """What screen readers find, in order: the kind of each part, and its words beside it."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        return list(_parts(pdf.Root.StructTreeRoot.K))


def _said(page: pikepdf.Page) -> Iterator[str]:
    letters = {name: _letters(font) for name, font in (page.resources.get("/Font") or {}).items()}
    font: dict[bytes, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                font = letters[str(operands[0])]
            case "Tj" | "TJ":
                pieces = operands[0] if str(operator) == "TJ" else operands
                for piece in pieces:
                    if isinstance(piece, pikepdf.String):
                        code = bytes(piece)
                        glyphs = (code[n : n + 2] for n in range(0, len(code), 2))
                        yield from (font.get(glyph, "?") for glyph in glyphs)
            case "ET" | "BT" | "Td" | "Tm":
                yield " "


def _letters(font: pikepdf.Object) -> dict[bytes, str]:
    table = font.ToUnicode.read_bytes().decode("ascii")
    return {
        bytes.fromhex(glyph): bytes.fromhex(letter).decode("utf-16-be")
        for glyph, letter in re.findall(r"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>", table)
    }


def _parts(node: pikepdf.Object) -> Iterator[tuple[str, str]]:
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from _parts(each)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node.S), str(node.get("/Alt", ""))
        if "/K" in node:
            yield from _parts(node.K)
