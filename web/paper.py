"""What is printed for a site, as HTML: the poster, cards, the page to read aloud, the checklist.

Templates and words are those of the pages; `service.paper` makes PDFs of it. Nothing in it loads
from anywhere: pictures of codes are part of the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import segno
from markupsafe import Markup

from locales.files import Domain
from web.assets import Assets
from web.pages import Pages
from web.services import WebSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way in, as it stands on paper."""

    letters: str
    """The address to type: as short as it can be."""
    qr: Markup
    """Its code as SVG."""


_QUIET_ZONE = 4
"""Empty modules around a code (ISO/IEC 18004)."""


def way_of(address: str) -> Way:
    """An address as letters and as a code that still reads with a quarter of it dirty."""
    drawn = segno.make(address, error="q", micro=False).svg_inline(
        border=_QUIET_ZONE, omitsize=True, dark="#000", light="#fff"
    )
    letters = address.removeprefix("https://").removeprefix("http://")
    # Drawn here, of our own address.
    return Way(letters=letters, qr=Markup(drawn))  # nosec B704  # nobody else's words are in it


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What is on a site's papers, apart from the words."""

    code: str
    name: str
    web: Way
    chat: Way | None
    """Telegram; None where there is no bot."""
    operator: str = ""
    emergency: tuple[str, ...] = ()
    """Checked emergency numbers of the country, each with its name: "Police: 110"."""
    is_sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KitFile:
    """One line of a kit's index, in the words of the desk."""

    name: str
    what: str
    language: str


class PaperPages:
    """Papers in any language of ours."""

    def __init__(self) -> None:
        self._pages = Pages(WebSettings(), Assets())

    def poster(self, facts: SiteFacts, language: str) -> str:
        """The poster, for people who read this language."""
        return self._people("paper/poster.html", facts, language)

    def cards(self, facts: SiteFacts, language: str) -> str:
        """Eight cards to cut out."""
        return self._people("paper/cards.html", facts, language)

    def script(self, facts: SiteFacts, language: str) -> str:
        """One page to read aloud."""
        return self._people("paper/script.html", facts, language)

    def checklist(self, facts: SiteFacts, language: str, languages_there: Sequence[str]) -> str:
        """What to look at on a visit (G20), in a language of the desk.

        `languages_there`: those that posters were made in, as that language calls them.
        """
        there = tuple(languages_there)
        return self._desk("paper/visit/checklist.html", facts, language, languages_there=there)

    def index(self, facts: SiteFacts, language: str, files: Sequence[KitFile]) -> str:
        """What is in a kit, in a language of the desk."""
        return self._desk("paper/visit/index.html", facts, language, files=files)

    def _people(self, template: str, facts: SiteFacts, language: str) -> str:
        return self._pages.render(template, language=language, context={"facts": facts})

    def _desk(self, template: str, facts: SiteFacts, language: str, **more: object) -> str:
        context = {"facts": facts, **more}
        return self._pages.render(template, language=language, domain=Domain.DESK, context=context)
