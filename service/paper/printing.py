"""HTML to PDF, with every script shaped right. The only user of WeasyPrint, which uses Pango.

WeasyPrint is read when something is printed: an installation that prints nothing needs neither
Pango nor fonts. It is given no way to load anything. A language whose font is not installed would
be printed as boxes; that is found in the PDF itself, and refused with what to install.
"""

import io
from collections.abc import Mapping
from typing import Any

import pikepdf

from service.refusals import Refused

SYSTEM_PACKAGES = (
    "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core fonts-noto-cjk"
)
"""Debian's names of what printing needs beside Python."""
_FONT_OF: Mapping[str, str] = {"hi": "Devanagari", "ar": "Arabic", "zh_Hans": "CJK"}
"""What the name of a font holds that has the letters of a language; all others: Noto Sans."""
_LATIN = "Noto-Sans"
_INSTALL = f"install it, on Debian: apt-get install {SYSTEM_PACKAGES}"


SCALES = (1.0, 0.94, 0.88, 0.82)
"""How much smaller a sheet may be printed to fit on its one page."""
_A4_MILLIMETRES = (210, 297)


def sheet_of(html: str, language: str) -> bytes | None:
    """The same on one page, printed a little smaller if need be; None where that is not enough."""
    for scale in SCALES:
        made = pdf_of(html, language, scale)
        if pages_in(made) == 1:
            return made
    return None


def pdf_of(html: str, language: str, scale: float = 1.0) -> bytes:
    """The pages as a tagged PDF. Raises `Refused` where Pango or a font is missing."""
    # A larger sheet, printed smaller, is A4 again.
    width, height = (side / scale for side in _A4_MILLIMETRES)
    sheet = f"@page {{ size: {width:.2f}mm {height:.2f}mm !important }}"
    made = _written(html, (sheet,), zoom=scale, pdf_tags=True)
    _with_its_letters(made, language)
    return made


def report_of(html: str, language: str) -> bytes:
    """The pages as PDF/UA-1, which screen readers can follow; page sizes are the page's own.

    Raises `Refused` where Pango or a font is missing.
    """
    made = _written(html, (), pdf_variant="pdf/ua-1")
    _with_its_letters(made, language)
    return made


def pages_in(made: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        return len(pdf.pages)


def fonts_in(made: bytes) -> frozenset[str]:
    """The names of the fonts that a PDF uses."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        return frozenset(
            str(font.BaseFont)
            for page in pdf.pages
            for font in (page.resources.get("/Font") or {}).values()
        )


def _with_its_letters(made: bytes, language: str) -> None:
    wanted = _FONT_OF.get(language, _LATIN)
    if not any(wanted in font for font in fonts_in(made)):
        raise Refused(f"there is no Noto font for {language} on this machine: {_INSTALL}")


def _written(html: str, sheets: tuple[str, ...], **options: Any) -> bytes:
    try:
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
    except OSError:
        raise Refused(
            f"PDF files are made with Pango, which is not on this machine: {_INSTALL}"
        ) from None
    nowhere: Any = URLFetcher(allowed_protocols=frozenset(), fail_on_errors=True)
    styles = [CSS(string=each, url_fetcher=nowhere) for each in sheets]
    made: bytes = HTML(string=html, url_fetcher=nowhere).write_pdf(stylesheets=styles, **options)
    return made
