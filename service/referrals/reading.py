"""The operator's file of places to turn to (YAML): read, checked, kept country by country.

    referrals:
      - country: IN                         # two letters
        kind: child_helpline                # or emergency, trafficking, union, labour_inspectorate,
                                            #    legal_aid, health
        name: {en: Child Helpline, hi: …}   # or one name for all languages
        reach: "1098"                       # between quotation marks; by language where it differs
        languages: [hi, en]                 # in which one is understood there
        source: where it was read
        checked_on: 2026-11-01              # the day on which you saw that it works

A file says all there is about the countries in it. Entries that were never checked are kept and
shown to nobody in need. Called by `gehoor referrals import`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictStr,
    StringConstraints,
    ValidationError,
)
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from locales.languages import LANGUAGES
from register.referrals import Referral, ReferralKind
from sealing.identifiers import new_id
from service.refusals import Refused
from storage.transaction import SqlTransaction

MOST_BYTES = 1_000_000
MOST_ENTRIES = 5_000
_OURS = frozenset({language.code for language in LANGUAGES})
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_PLAINER = {
    "Input should be a valid string": "should stand between quotation marks: a bare number loses "
    "its zeros",
    "Field required": "is missing",
    "Input should be a valid date": "should be a day, such as 2026-11-01",
    "Extra inputs are not permitted": "is no such field",
    "String should match pattern": "should be two letters, such as IN",
}


def _by_language(value: Any) -> Any:
    """One text for all languages, as a mapping like the others."""
    return value if isinstance(value, Mapping) else {"": value}


_Words = Annotated[
    StrictStr, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)
]
_Wording = Annotated[dict[str, _Words], BeforeValidator(_by_language), Field(min_length=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    country: Annotated[StrictStr, StringConstraints(pattern=r"^[A-Z]{2}$")]
    kind: ReferralKind
    name: _Wording
    reach: _Wording
    languages: frozenset[str] = frozenset()
    source: str = Field(default="", max_length=300)
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryRead:
    """The entries of a file."""

    entries: tuple[Referral, ...]

    @property
    def countries(self) -> tuple[str, ...]:
        """Which countries it speaks of."""
        return tuple(sorted({entry.country for entry in self.entries}))


def read_directory(path: Path, today: date) -> DirectoryRead:
    """The entries in a file. Raises `Refused` with every fault, each with its entry and field."""
    fields = _loaded(path)
    if not isinstance(fields, dict) or set(fields) != {"referrals"}:
        raise Refused(f"{path.name} has one list, called referrals: `gehoor referrals template`")
    given = fields["referrals"] or []
    if not isinstance(given, list) or len(given) > MOST_ENTRIES:
        raise Refused(f"{path.name}: referrals is a list of at most {MOST_ENTRIES} entries")
    entries, reasons = [], []
    for number, each in enumerate(given, start=1):
        try:
            entry = _Entry.model_validate(each)
        except ValidationError as refusal:
            reasons += [f"{path.name}, entry {number}: {fault}" for fault in _faults(refusal)]
            continue
        reasons += [f"{path.name}, entry {number}: {fault}" for fault in _oddities(entry, today)]
        entries.append(_referral(entry))
    if reasons:
        raise Refused(*reasons)
    return DirectoryRead(entries=tuple(entries))


def keep_directory(tx: SqlTransaction, read: DirectoryRead) -> None:
    """Put the entries in place of what was there of their countries."""
    for country in read.countries:
        tx.referrals.replace(country, [each for each in read.entries if each.country == country])


def _loaded(path: Path) -> Any:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused(f"{path.name} is larger than a directory can be")
        return YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        raise Refused(f"{path} cannot be read ({type(fault).__name__})") from None
    except YAMLError as fault:
        first_line = str(fault).partition("\n")[0]
        raise Refused(f"{path.name} is not YAML: {first_line}") from None


def _faults(refusal: ValidationError) -> Iterator[str]:
    for error in refusal.errors():
        where = ".".join(str(each) for each in error["loc"] if each != "")
        message = error["msg"]
        plain = next((to for begins, to in _PLAINER.items() if message.startswith(begins)), "")
        yield f"{where or 'entry'}: {plain or message[0].lower() + message[1:]}"


def _oddities(entry: _Entry, today: date) -> Iterator[str]:
    """What is wrong with an entry whose fields are right one by one."""
    for field, words in (("name", entry.name), ("reach", entry.reach)):
        for language, text in words.items():
            if language and language not in _OURS:
                yield f"{field}: {language} is no language of ours: {', '.join(sorted(_OURS))}"
            if _UNSEEN.search(text):
                yield f"{field}: holds signs that cannot be seen: type it anew"
    if entry.checked_on is not None and entry.checked_on > today:
        yield "checked_on: is a day that has not come yet"


def _referral(entry: _Entry) -> Referral:
    return Referral(
        id=new_id(),
        country=entry.country,
        kind=entry.kind,
        name=entry.name,
        reach=entry.reach,
        languages=entry.languages,
        checked_on=entry.checked_on,
        source=entry.source,
    )
