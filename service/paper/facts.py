"""What stands on a site's papers: its ways in, its code, whom to call in danger."""

from collections.abc import Iterator

from locales.languages import LANGUAGES
from locales.territories import languages_spoken_in
from register.referrals import ReferralKind, shown_to_handler
from register.sites import Site
from service.demo.card import is_sample
from service.reach import Reach
from service.refusals import Refused
from service.settings import Settings
from storage.transaction import SqlTransaction
from web.paper import SiteFacts, way_of

MOST_NUMBERS = 3
"""Emergency numbers on a poster."""


def site_called(tx: SqlTransaction, code: str) -> Site:
    """The open site with this code. Raises `Refused`."""
    site = tx.sites.by_code(code)
    if site is None:
        raise Refused(f"there is no site with the code {code}: `gehoor sites list` shows them")
    if not site.is_active:
        raise Refused(f"the site {site.code} is closed: nobody can choose it")
    return site


def languages_of(
    site: Site, wanted: tuple[str, ...] = (), *, is_all: bool = False
) -> tuple[str, ...]:
    """The languages to print in: those that are wanted, or those of the site. Raises `Refused`.

    A site's are those that it has a name in, and those that are official in its country.
    """
    ours = tuple(language.code for language in LANGUAGES)
    unknown = [each for each in wanted if each not in ours]
    if unknown:
        raise Refused(*(f"--language: {each} is none of {', '.join(ours)}" for each in unknown))
    if is_all:
        return ours
    if wanted:
        return tuple(dict.fromkeys(wanted))
    named = tuple(each for each in ours if each in site.local_names)
    return tuple(dict.fromkeys((*named, *languages_spoken_in(site.country)))) or ("en",)


def facts_of(
    tx: SqlTransaction, site: Site, reach: Reach, settings: Settings, language: str
) -> SiteFacts:
    """What is on the papers of a site for people who read this language."""
    web, *chat = reach.to_site(site.code)
    return SiteFacts(
        code=site.code,
        name=site.name_in(language),
        web=way_of(web),
        chat=way_of(chat[0]) if chat else None,
        operator=settings.operator,
        emergency=tuple(_numbers(tx, site.country, language))[:MOST_NUMBERS],
        is_sample=settings.is_sample or is_sample(settings.home),
    )


def _numbers(tx: SqlTransaction, country: str, language: str) -> Iterator[str]:
    for entry in shown_to_handler(tx.referrals.of_country(country), language):
        if entry.kind is ReferralKind.EMERGENCY and entry.checked_on is not None:
            yield f"{entry.name_in(language)} {entry.reach_in(language)}"
