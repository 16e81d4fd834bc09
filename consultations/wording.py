"""Words that an organiser wrote, in one or more languages. Rounds are made of them.

Unlike the texts of the product these are not in the catalogues: the organiser writes them, and
has them translated, for this round alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Wording:
    """The same words by language code. Blank words are dropped at birth."""

    by_language: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        kept = {lang: words.strip() for lang, words in self.by_language.items() if words.strip()}
        object.__setattr__(self, "by_language", MappingProxyType(kept))

    def __bool__(self) -> bool:
        """Whether anything is said at all."""
        return bool(self.by_language)

    def missing(self, languages: tuple[str, ...]) -> tuple[str, ...]:
        """The languages, of those given, in which nothing is said."""
        return tuple(language for language in languages if language not in self.by_language)

    def read(self, language: str) -> tuple[str, str]:
        """The language that the words are in, and the words.

        Falls back to English and then to the first language that there is: a text in another
        language, marked as such, is better than an empty place. Both are empty when nothing is
        said.
        """
        for wanted in (language, "en", *self.by_language):
            if wanted in self.by_language:
                return wanted, self.by_language[wanted]
        return "", ""


UNSAID = Wording()
"""Nothing said yet."""
