"""Which language a request is answered in."""

from aiohttp import web

from locales.languages import best_language, language_named
from web.cookies import JAR, LANGUAGE

_MOST_TAGS = 20


def chosen_language(request: web.Request) -> str | None:
    """The one that the visitor chose on a page; None when they have not."""
    code = request.app[JAR].read(request, LANGUAGE)
    return code if code and language_named(code).code == code else None


def language_for(request: web.Request) -> str:
    """The chosen one, else what the browser asks for, else English."""
    return chosen_language(request) or browsers_language(request)


def browsers_language(request: web.BaseRequest) -> str:
    """What the browser asks for, else English."""
    return best_language(accepted_tags(request.headers.get("Accept-Language", "")))


def accepted_tags(header: str) -> tuple[str, ...]:
    """The tags of an `Accept-Language` header (RFC 9110 §12.5.4), the best first."""
    weighed = []
    for position, part in enumerate(header.split(",")[:_MOST_TAGS]):
        tag, _, parameter = part.strip().partition(";")
        weight = _weight(parameter.strip())
        if tag and weight > 0:
            weighed.append((-weight, position, tag.strip()))
    return tuple(tag for _, _, tag in sorted(weighed))


def _weight(parameter: str) -> float:
    if not parameter:
        return 1.0
    try:
        return float(parameter.removeprefix("q="))
    except ValueError:
        return 0.0
