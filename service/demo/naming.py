"""Names and identifiers of the sample installation.

Ids are made from names, so that one day's making gives the same installation again; a real one
never does this (`sealing.identifiers`). Whatever has a name that is shown is marked as a sample, in
the language that the name is in.
"""

import hashlib
from collections.abc import Mapping

from sealing.identifiers import ID_BYTES, as_letters

SAMPLE_MARKS: Mapping[str, str] = {
    "en": "sample",
    "nl": "voorbeeld",
    "pt_BR": "exemplo",
    "zh_Hans": "示例",
    "hi": "नमूना",
    "tr": "örnek",
    "vi": "mẫu",
    "ar": "عيّنة",
}
"""How each language says that something is made up to show how things work."""


def sample_id(*names: str) -> str:
    """The id of what goes by these names; 26 letters like every other."""
    return as_letters(hashlib.sha256("\n".join(("sample", *names)).encode()).digest()[:ID_BYTES])


def marked(name: str, language: str = "en") -> str:
    """The name with the word for "sample" behind it."""
    return f"{name} ({SAMPLE_MARKS[language]})"
