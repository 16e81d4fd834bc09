"""Pages made of templates: the words of one language, and what every page needs.

Handlers of the public pages and of the desk call `page(request, "public/home.html", …)`. In
templates `_("Hello ${name}", name=…)` translates, `render` shows a flow's text, `day`, `number` and
`show` write values; everything is escaped. `constant("public/parts/top.html")` puts in a part that
is the same on every page of one language; it is written once.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TypeAlias

from aiohttp import web
from jinja2 import FileSystemLoader, StrictUndefined
from markupsafe import Markup

from locales.catalogue import catalogue
from locales.files import Domain
from locales.languages import LANGUAGES, Language, language_named
from web.assets import Assets
from web.compiling import SpeakingEnvironment
from web.services import WebSettings

FOLDER = Path(__file__).resolve().parent / "templates"

KNOWN = frozenset({"settings", "language", "languages", "asset", "html_tag", "constant"})
"""Names that mean the same on every page of one language, and that no page is given."""

Context: TypeAlias = Mapping[str, object]
"""What a template is given; its head says which names it wants."""


class Pages:
    """All templates, compiled once each."""

    def __init__(self, settings: WebSettings, assets: Assets) -> None:
        self._environment = SpeakingEnvironment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        self._speaking: dict[tuple[str, Domain], SpeakingEnvironment] = {}
        self._environment.globals.update(
            settings=settings,
            asset=assets.address,
            languages=LANGUAGES,
            language_named=language_named,
            html_tag=html_tag,
        )

    def render(
        self,
        template: str,
        *,
        language: str,
        domain: Domain = Domain.PEOPLE,
        context: Context,
    ) -> str:
        """The page as HTML.

        Raises Jinja's error for a name that was not given, `ValueError` for one of `KNOWN`: its
        meaning stands in the compiled template already.
        """
        if not KNOWN.isdisjoint(context):
            raise ValueError("a page was given a name that means the same on every page")
        return self._environment_of(language, domain).get_template(template).render(context)

    def _environment_of(self, language: str, domain: Domain) -> SpeakingEnvironment:
        """The templates with one language's words as their own, so that what a page imports is
        made once a language and not once a page."""
        speaking = self._speaking.get((language, domain))
        if speaking is None:
            speaking = self._environment.overlay()
            words = self.words(language, domain)
            speaking.globals = {
                **self._environment.globals,
                **words,
                # A template of ours, rendered with nothing that anybody sent.
                "constant": cache(
                    lambda part: Markup(speaking.get_template(part).render())  # nosec B704  # see above
                ),
            }
            speaking.speak(
                catalogue(language, domain).text,
                known={name: speaking.globals[name] for name in KNOWN},
                functions={name: each for name, each in words.items() if callable(each)},
            )
            self._speaking[language, domain] = speaking
        return speaking

    @staticmethod
    def words(language: str, domain: Domain) -> dict[str, object]:
        """The names for words, numbers and days that every template has."""
        words = catalogue(language, domain)
        return {
            "_": words.text,
            "plural": words.plural,
            "render": words.render,
            "show": words.show,
            "day": words.day,
            "number": words.number,
            "joined": words.list,
            "is_machine": words.is_machine,
            "language": language_named(language),
        }


def html_tag(language: Language) -> str:
    """The tag for `lang`, e.g. `pt-BR` (BCP 47)."""
    return language.code.replace("_", "-")


PAGES = web.AppKey("pages", Pages)


def page(
    request: web.Request,
    template: str,
    *,
    language: str,
    context: Context,
    domain: Domain = Domain.PEOPLE,
    status: int = 200,
) -> web.Response:
    """A response of one page."""
    html = request.app[PAGES].render(template, language=language, domain=domain, context=context)
    return web.Response(
        text=html,
        content_type="text/html",
        charset="utf-8",
        status=status,
        headers={"Content-Language": html_tag(language_named(language))},
    )
