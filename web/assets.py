"""Style, script and icon: read once, named by their content, compressed beforehand.

Personal pages are never compressed (their length would tell about secrets that stand beside
words that a visitor chose); these files are the same for everybody, so they are.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).resolve().parent / "static"

_A_YEAR = "public, max-age=31536000, immutable"
_AN_HOUR = "public, max-age=3600"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One file as it is sent."""

    content: bytes = field(repr=False)
    zipped: bytes = field(repr=False)
    media_type: str
    version: str
    """The first 12 hex digits of the content's SHA-256."""


class Assets:
    """All files of one folder, by name; nothing outside it can be asked for."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._assets = {path.name: _read(path) for path in sorted(folder.iterdir())}

    def address(self, name: str) -> str:
        """Where a page finds it; changes with the content. `KeyError` for an unknown name."""
        return f"/static/{name}?{self._assets[name].version}"

    def text(self, name: str) -> str:
        """What stands in it, for a page that loads nothing. `KeyError` for an unknown name."""
        return self._assets[name].content.decode("utf-8")

    async def serve(self, request: web.Request) -> web.Response:
        """The file, or 404; kept for a year under its own version."""
        asset = self._assets.get(request.match_info["name"])
        if asset is None:
            raise web.HTTPNotFound
        headers = {
            "Cache-Control": _A_YEAR if request.query_string == asset.version else _AN_HOUR,
            "Vary": "Accept-Encoding",
        }
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            return web.Response(body=asset.content, content_type=asset.media_type, headers=headers)
        headers["Content-Encoding"] = "gzip"
        return web.Response(body=asset.zipped, content_type=asset.media_type, headers=headers)


def _read(path: Path) -> Asset:
    content = path.read_bytes()
    return Asset(
        content=content,
        zipped=gzip.compress(content, 9, mtime=0),
        media_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        version=hashlib.sha256(content).hexdigest()[:12],
    )


ASSETS = web.AppKey("assets", Assets)
