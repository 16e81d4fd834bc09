"""Words that stand in a framework's own file, in the two languages of its readers (M117)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One text of a framework. Officers read English or Dutch; a reporter never sees these."""

    en: str
    nl: str

    def in_language(self, language: str) -> str:
        """The Dutch words for `nl`, the English ones for any other language."""
        return self.nl if language == "nl" else self.en
