"""What reports would miss, as lines for the operator. Called by the commands that change staff."""

from collections.abc import Iterator

from locales.catalogue import catalogue
from locales.languages import LANGUAGES, language_named
from register.coverage import Loss, LossKind
from register.particulars import Theme
from register.routing import Purpose, Urgency

_WORDS = catalogue("en", "desk")


def loss_lines(found: tuple[Loss, ...]) -> Iterator[str]:
    """One line for each loss: which reports, and what they would miss."""
    for loss in found:
        match loss.kind:
            case LossKind.UNROUTABLE:
                yield f"{_which(loss)} would have no reader: only the recovery key could open them"
            case LossKind.NOBODY_SPEAKS:
                languages = _list(_language(each) for each in sorted(loss.languages))
                yield f"{_which(loss)} in {languages} would go to people who do not read it"


def _which(loss: Loss) -> str:
    what = "appeals" if loss.purpose is Purpose.APPEAL else "new reports"
    urgency = "urgent " if loss.urgency is Urgency.URGENT else ""
    return f"{urgency}{what}{_about(loss.themes)}{_from(loss)}"


def _about(themes: frozenset[Theme]) -> str:
    return "" if len(themes) == len(Theme) else f" about {_list(sorted(themes))}"


def _from(loss: Loss) -> str:
    named = sorted(each for each in loss.countries if each is not None)
    if None in loss.countries:
        return ""
    return f" from {_list(_WORDS.country(each) for each in named)}"


def _language(code: str) -> str:
    return _WORDS.language_called(language_named(code))


def _list(items: "Iterator[str] | list[Theme]") -> str:
    given = [str(each) for each in items]
    return "any language" if len(given) == len(LANGUAGES) else _WORDS.list(given)
