"""A file to begin with: what is public knowledge of some countries, and room for the rest.

Called by `gehoor referrals template`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from register.referrals import ReferralKind

_FILE = Path(__file__).with_name("known_numbers.yaml")
_HEAD = """\
# Where people can turn besides us. For each entry: call it or visit it, correct it, write the day
# into `checked_on`, then: gehoor referrals import THIS_FILE
#
# CHECK BEFORE YOU RELY ON IT: what stands here already is public knowledge and was checked by
# nobody for you. Without `checked_on` an entry is shown to nobody in need. After a year it is due
# for another look. Write numbers between quotation marks. `name` and `reach` may be one text, or
# one for each language: {en: …, hi: …}. `languages`: in which one is understood there.

referrals:
"""
_EUROPEAN: Mapping[str, tuple[ReferralKind, str]] = {
    "european_emergency": (ReferralKind.EMERGENCY, "Emergency number"),
    "european_child_helpline": (ReferralKind.CHILD_HELPLINE, "Child helpline"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownNumber:
    """One number that is public knowledge, unchecked."""

    country: str
    kind: ReferralKind
    name: Mapping[str, str]
    reach: str
    source: str


@cache
def known_numbers() -> tuple[KnownNumber, ...]:
    """All that come with the product, by country."""
    found = YAML(typ="safe").load(_FILE.read_text("utf-8"))
    known = [
        KnownNumber(
            country=country,
            kind=kind,
            name={"en": name},
            reach=found[group]["reach"],
            source=found[group]["source"],
        )
        for group, (kind, name) in _EUROPEAN.items()
        for country in found[group]["countries"]
    ]
    known += [
        KnownNumber(**{**each, "kind": ReferralKind(each["kind"])}) for each in found["others"]
    ]
    return tuple(sorted(known, key=lambda each: each.country))


def template(countries: Iterable[str]) -> str:
    """The file for these countries: known numbers, and for each kind that lacks an empty entry."""
    lines = [line for country in sorted(set(countries)) for line in _of_country(country)]
    return _HEAD + ("\n".join(lines) if lines else "  []") + "\n"


def _of_country(country: str) -> Iterator[str]:
    yield f"  # --- {country} " + "-" * 60
    known = [each for each in known_numbers() if each.country == country]
    for each in known:
        yield f"  - country: {country}"
        yield f"    kind: {each.kind}"
        yield f"    name: {json.dumps(dict(each.name), ensure_ascii=False)}"
        yield f'    reach: "{each.reach}"'
        yield "    languages: []"
        yield f"    source: {json.dumps(each.source, ensure_ascii=False)}"
        yield "    checked_on:"
    for kind in ReferralKind:
        if kind not in {each.kind for each in known}:
            yield f"  # - country: {country}"
            yield f"  #   kind: {kind}"
            yield "  #   name: {}"
            yield '  #   reach: ""'
            yield "  #   languages: []"
            yield '  #   source: ""'
            yield "  #   checked_on:"
