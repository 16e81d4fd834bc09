"""How the parts of an Office Open XML package point to each other (ECMA-376, part 2, §6.5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from posixpath import dirname, normpath

from intake.documents.markup import local_of, quoted, read, strict_parser
from intake.errors import NotCleanable

MOST_LINKS = 5_000
"""From one part."""
_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One part's way to another part of the same package."""

    id: str
    type: str
    """An address that says what the other part is; its last step is the `kind`."""
    target: str
    """The other part's name in the archive."""

    @property
    def kind(self) -> str:
        """`image`, `styles`, `worksheet` …"""
        return self.type.rpartition("/")[2]


def links_name(part: str) -> str:
    """Where the links of this part stand; the package's own are those of the part ''."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def read_links(pieces: Iterable[bytes], part: str) -> tuple[Link, ...]:
    """The links of `part` that stay in the package: none that leads out of it."""
    found: list[Link] = []
    parser = strict_parser()

    def start(name: str, listed: list[str]) -> None:
        if local_of(name) != "Relationship":
            return
        told = dict(zip(listed[::2], listed[1::2], strict=True))
        if told.get("TargetMode", "Internal") == "Internal" and {"Id", "Type", "Target"} <= {*told}:
            target = _inside(part, told["Target"])
            found.append(Link(id=told["Id"], type=told["Type"], target=target))
        if len(found) > MOST_LINKS:
            raise NotCleanable("too many links")

    parser.StartElementHandler = start
    read(pieces, parser)
    return tuple(found)


def written_links(links: Sequence[Link]) -> bytes:
    """The links as they stand in a package, each by its full name."""
    rows = "".join(
        f"<Relationship Id={quoted(link.id)} Type={quoted(link.type)} "
        f"Target={quoted('/' + link.target)}/>"
        for link in links
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}<Relationships xmlns="{_SPACE}">{rows}</Relationships>'.encode()


def _inside(part: str, target: str) -> str:
    """The full name of what a part calls `target`; it never leads out of the archive."""
    name = normpath(target if target.startswith("/") else f"/{dirname(part)}/{target}")
    return name.lstrip("/")
