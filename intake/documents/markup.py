"""XML read and written anew, by rules that say what of it stays.

    content = rewritten(archive.pieces("word/document.xml"), WORDS, kept_links=frozenset({"rId4"}))

It goes through in one pass, event by event, so a long table needs no more memory than a short one.
Remarks and instructions to programs are not written again; a document that declares a type or an
entity is refused before anything of it could unfold. Prefixes stay as they were, because office
programs name them in values.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import NoReturn
from xml.parsers import expat

from intake.errors import NotCleanable

DEEPEST = 300
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_BETWEEN = "\x01"
"""Between a vocabulary's address, a name and a prefix: no XML can hold it, so none is mistaken."""
_LINKS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_ADDRESS = "http://www.w3.org/1999/xlink"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What of one kind of part does not stay. Names are local names: a prefix is anybody's choice.

    A name that another vocabulary uses too is dropped there as well: too much rather than too
    little.
    """

    dropped: frozenset[str] = frozenset()
    """Elements that go with all that is in them."""
    unwrapped: frozenset[str] = frozenset()
    """Elements that go, and what is in them stays."""
    reworded: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    """Elements, as (vocabulary, name), that stay with these words in place of theirs."""
    bare: frozenset[str] = frozenset()
    """Attributes that go."""
    bare_in: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The same, on elements of this name alone."""
    changed: Mapping[str, str] = field(default_factory=dict)
    """Attributes that stay with this value in place of theirs; the format demands them."""
    changed_in: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The same, on elements of this name alone."""


def rewritten(pieces: Iterable[bytes], rules: Rules, *, kept_links: frozenset[str]) -> bytes:
    """The part as it stays. What points to a link or an address that is not kept goes with it.

    Raises `NotCleanable` where it is no XML, declares entities, or is nested without end.
    """
    writer = _Writer(rules, kept_links)
    read(pieces, writer.parser)
    return b"".join((_HEAD, *writer.out))


def read(pieces: Iterable[bytes], parser: expat.XMLParserType) -> None:
    """Give all the pieces to a parser that `strict_parser` made."""
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as fault:
        raise NotCleanable("no XML") from fault


def strict_parser() -> expat.XMLParserType:
    """A parser that knows namespaces and refuses every declaration of types and entities."""
    parser = expat.ParserCreate(namespace_separator=_BETWEEN)
    parser.namespace_prefixes = True
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_types
    return parser


def local_of(name: str) -> str:
    """The name without its vocabulary."""
    return name.split(_BETWEEN)[1] if _BETWEEN in name else name


def quoted(value: str) -> str:
    """The value of an attribute as it stands in a document; line breaks in it stay."""
    plain = escape(value)
    for sign in "\t\n\r":
        plain = plain.replace(sign, f"&#{ord(sign)};")
    return f'"{plain}"'


def _refuse_types(*_declared: object) -> NoReturn:
    raise NotCleanable("it declares a type of document")


class _Writer:
    def __init__(self, rules: Rules, kept_links: frozenset[str]) -> None:
        self.out: list[bytes] = []
        self.parser = strict_parser()
        self.parser.StartNamespaceDeclHandler = self._vocabulary
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words
        self._rules = rules
        self._kept_links = kept_links
        self._vocabularies: list[tuple[str | None, str]] = []
        self._open: list[bool] = []
        """Of each open element, whether it was written."""
        self._inherited: list[dict[str | None, str]] = [{}]
        """Of each open element, what an unwrapped one declared and its content still needs."""
        self._dropped_at = 0
        """How deep the element lies that goes with all that is in it; 0 for none."""
        self._silent_at = 0
        """How deep the element lies whose words were replaced; 0 for none."""

    def _vocabulary(self, prefix: str | None, address: str | None) -> None:
        self._vocabularies.append((prefix, address or ""))

    def _start(self, name: str, listed: list[str]) -> None:
        vocabularies, self._vocabularies = self._vocabularies, []
        depth = len(self._open) + 1
        if depth > DEEPEST:
            raise NotCleanable("nested without end")
        local = local_of(name)
        attributes = dict(zip(listed[::2], listed[1::2], strict=True))
        if self._dropped_at or self._silent_at:
            self._leave_out()
            return
        declared = self._inherited[-1] | dict(vocabularies)
        if local in self._rules.unwrapped:
            self._open.append(False)
            self._inherited.append(declared)
            return
        if local in self._rules.dropped or self._points_away(attributes):
            self._dropped_at = depth
            self._leave_out()
            return
        self._open.append(True)
        self._inherited.append({})
        self._write_start(name, local, attributes, declared)
        words = self._rules.reworded.get(tuple(name.split(_BETWEEN)[:2]))
        if words is not None:
            self._silent_at = depth
            self.out.append(escape(words, quote=False).encode())

    def _leave_out(self) -> None:
        self._open.append(False)
        self._inherited.append({})

    def _points_away(self, attributes: Mapping[str, str]) -> bool:
        """Whether it refers to something that is not in the copy."""
        for name, value in attributes.items():
            if local_of(name) in self._rules.bare:
                continue
            vocabulary = name.split(_BETWEEN)[0] if _BETWEEN in name else ""
            if vocabulary in _LINKS and value and value not in self._kept_links:
                return True
            is_address = vocabulary == _ADDRESS and local_of(name) == "href"
            if is_address and not value.startswith("#") and value not in self._kept_links:
                return True
        return False

    def _write_start(
        self,
        name: str,
        local: str,
        attributes: Mapping[str, str],
        declared: Mapping[str | None, str],
    ) -> None:
        rules = self._rules
        changed = {**rules.changed, **rules.changed_in.get(local, {})}
        bare = rules.bare | rules.bare_in.get(local, frozenset())
        parts = [_written(name)]
        for prefix, address in declared.items():
            parts.append(f"xmlns{':' + prefix if prefix else ''}={quoted(address)}")
        for full, value in attributes.items():
            attribute = local_of(full)
            if attribute not in bare:
                parts.append(f"{_written(full)}={quoted(changed.get(attribute, value))}")
        self.out.append(f"<{' '.join(parts)}>".encode())

    def _end(self, name: str) -> None:
        depth = len(self._open)
        self._inherited.pop()
        if self._open.pop():
            self.out.append(f"</{_written(name)}>".encode())
        if self._dropped_at == depth:
            self._dropped_at = 0
        if self._silent_at == depth:
            self._silent_at = 0

    def _words(self, words: str) -> None:
        if not (self._dropped_at or self._silent_at):
            self.out.append(escape(words, quote=False).encode())


def _written(name: str) -> str:
    """A name as it stands in a document: with its prefix, where it has one."""
    parts = name.split(_BETWEEN)
    return f"{parts[2]}:{parts[1]}" if len(parts) == 3 else parts[-1]
