"""Finds every text for people in flows, code and templates, and says which domain it is in.

Called by `python -m locales.catalogues`. Three kinds of source:

- flows: `flows.messages` names the texts of a loaded flow, and of the engine;
- Python: the first arguments of `N_`, `text` and of `N_plural`, `plural`, and the msgid of `Text`,
  where they are literal strings, read from the syntax tree, with a `# translators: …` comment on
  the lines before;
- templates: the same names and `_`, called by name, found by Jinja's own extractor for Babel.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract

from flows.faults import FlowFaults
from flows.loading import load_flow
from flows.messages import engine_messages, messages
from locales.errors import UnreadableSourceError
from locales.files import Domain

# Which folder's texts are read by whom; the longest prefix decides. A text that both read is
# kept among those of the people alone: the desk's catalogue falls back on it.
DOMAIN_OF: Mapping[str, Domain] = {
    "flows": Domain.PEOPLE,
    "locales": Domain.PEOPLE,
    "register": Domain.PEOPLE,
    "consultations": Domain.PEOPLE,
    "intake": Domain.PEOPLE,
    "bot": Domain.PEOPLE,
    "web": Domain.PEOPLE,
    "web/desk": Domain.DESK,
    "web/company": Domain.DESK,
    "web/inside": Domain.DESK,
    "web/sign_in": Domain.DESK,
    "web/templates/desk": Domain.DESK,
    "web/templates/company": Domain.DESK,
    "web/templates/inside": Domain.DESK,
    "web/templates/sign_in": Domain.DESK,
    "web/templates/paper/visit": Domain.DESK,
    "monitoring": Domain.DESK,
    "service": Domain.DESK,
}

FLOWS = "flows/definitions"
ENGINE = "flows/texts.py"
TEMPLATES = "web/templates"

_ONE_TEXT = frozenset({"N_", "_", "text", "Text"})
_TWO_TEXTS = frozenset({"N_plural", "plural"})

_BABEL_KEYWORDS: Mapping[str, tuple[int, ...] | None] = {
    **dict.fromkeys(_ONE_TEXT),
    **dict.fromkeys(_TWO_TEXTS, (1, 2)),
}

_COMMENT = "translators:"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """One text where it stands."""

    msgid: str
    many: str = ""
    """The plural of it, for a text that counts."""
    comment: str = ""
    """What a translator should know."""
    source: str
    """The file, from the root of the repository."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedText:
    """One text of a domain, with all the places where it stands."""

    msgid: str
    many: str
    comments: tuple[str, ...]
    sources: tuple[str, ...]


def domain_of(source: str) -> Domain:
    """The domain of a file. Raises `UnreadableSourceError` for one in no declared folder."""
    folders = Path(source).parents
    for folder in folders:
        if domain := DOMAIN_OF.get(folder.as_posix()):
            return domain
    raise UnreadableSourceError(f"{source}: in no folder whose domain is declared in DOMAIN_OF")


def extract_texts(root: Path) -> Mapping[Domain, tuple[ExtractedText, ...]]:
    """All texts of a checkout by domain, in the order of their sources.

    Raises `UnreadableSourceError` with the file where a source cannot be read.
    """
    gathered: dict[Domain, dict[str, list[SourceText]]] = {domain: {} for domain in Domain}
    for found in _all_sources(root):
        gathered[domain_of(found.source)].setdefault(found.msgid, []).append(found)
    read_by_people = gathered[Domain.PEOPLE]
    for msgid in [msgid for msgid in gathered[Domain.DESK] if msgid in read_by_people]:
        read_by_people[msgid] += gathered[Domain.DESK].pop(msgid)
    return {
        domain: tuple(_merged(found) for found in texts.values())
        for domain, texts in gathered.items()
    }


def _merged(found: list[SourceText]) -> ExtractedText:
    return ExtractedText(
        msgid=found[0].msgid,
        many=next((text.many for text in found if text.many), ""),
        comments=tuple(dict.fromkeys(text.comment for text in found if text.comment)),
        sources=tuple(dict.fromkeys(text.source for text in found)),
    )


def _all_sources(root: Path) -> Iterator[SourceText]:
    for path in sorted((root / FLOWS).glob("*.yaml")):
        yield from flow_texts(path, path.relative_to(root).as_posix())
    if (root / ENGINE).exists():
        yield from engine_texts()
    for package in sorted({folder.partition("/")[0] for folder in DOMAIN_OF}):
        for path in sorted((root / package).rglob("*.py")):
            yield from python_texts(path.read_text("utf-8"), path.relative_to(root).as_posix())
    for path in sorted((root / TEMPLATES).rglob("*")):
        if path.is_file():
            yield from template_texts(path, path.relative_to(root).as_posix())


def flow_texts(path: Path, source: str) -> Iterator[SourceText]:
    """The texts of one flow file. A flow with faults is refused with all of them."""
    try:
        flow = load_flow(path)
    except FlowFaults as error:
        raise UnreadableSourceError(str(error)) from error
    for _, msgid, comment in messages(flow):
        yield SourceText(msgid=msgid, comment=comment, source=source)


def engine_texts() -> Iterator[SourceText]:
    """What the flow engine says itself, whatever the flow."""
    for _, msgid, comment in engine_messages():
        yield SourceText(msgid=msgid, comment=comment, source=ENGINE)


def python_texts(code: str, source: str) -> Iterator[SourceText]:
    """The texts of one Python file, in the order of its lines.

    Refuses a file that does not parse, and a plural whose two texts are marked one by one.
    """
    try:
        tree = ast.parse(code)
    except SyntaxError as error:
        raise UnreadableSourceError(f"{source}: {error}") from error
    lines = code.splitlines()
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = _called_name(call)
        strings = [_literal(argument) for argument in call.args[:2]]
        comment = _comment_above(lines, call.lineno)
        if name == "Text":
            strings = [_literal(word.value) for word in call.keywords if word.arg == "msgid"]
        if name in _ONE_TEXT and strings and strings[0]:
            yield SourceText(msgid=strings[0], comment=comment, source=source)
        elif name in _TWO_TEXTS and len(strings) == 2 and strings[0] and strings[1]:
            yield SourceText(msgid=strings[0], many=strings[1], comment=comment, source=source)
        elif name in _TWO_TEXTS and any(_is_marked(argument) for argument in call.args[:2]):
            raise UnreadableSourceError(
                f"{source}:{call.lineno}: {name} takes two bare strings; marked one by one they "
                "are two texts, and other languages have no plural for them"
            )


def _called_name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _is_marked(argument: ast.expr) -> bool:
    return isinstance(argument, ast.Call) and _called_name(argument) in _ONE_TEXT


def _literal(argument: ast.expr) -> str | None:
    match argument:
        case ast.Constant(value=str(words)):
            return words
        case _:
            return None


def _comment_above(lines: list[str], line_number: int) -> str:
    """The `# translators:` comment that ends on the line before, or on this line."""
    comment: list[str] = []
    for line in reversed(lines[: line_number - 1]):
        stripped = line.strip()
        if not stripped.startswith("#"):
            break
        comment.insert(0, stripped.lstrip("# "))
    said = " ".join(comment)
    return said.removeprefix(_COMMENT).strip() if said.startswith(_COMMENT) else ""


def template_texts(path: Path, source: str) -> Iterator[SourceText]:
    """The texts of one Jinja template. A template that does not parse is refused."""
    options = {"silent": "false"}
    with path.open("rb") as file:
        try:
            found = list(extract("jinja2", file, _BABEL_KEYWORDS, (_COMMENT,), options))
        except Exception as error:
            raise UnreadableSourceError(f"{source}: {error}") from error
    for _, msgid, comments, _ in found:
        one, many = msgid if isinstance(msgid, tuple) else (msgid, "")
        comment = " ".join(comments).removeprefix(_COMMENT).strip()
        yield SourceText(msgid=one, many=many, comment=comment, source=source)
