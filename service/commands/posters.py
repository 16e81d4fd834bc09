"""`gehoor posters`: a site's poster with its codes, in one language or more, as PDF."""

from pathlib import Path
from typing import TYPE_CHECKING

from service.commands.saying import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from register.sites import Site
    from service.foundations import Records
    from service.paper.making import Tell
    from service.settings import Settings
    from web.paper import SiteFacts


def posters(code: str, languages: tuple[str, ...], to: Path, *, is_all: bool) -> None:
    """Write the posters of a site into a folder."""
    from service.foundations import records
    from service.paper.facts import languages_of, site_called
    from service.paper.making import posters as sheets_of
    from service.paper.making import write_sheets
    from service.settings import read_settings

    settings = read_settings()
    with records(settings) as kept:
        site = kept.read(lambda tx: site_called(tx, code))
        facts = facts_in(kept, site, settings, languages_of(site, languages, is_all=is_all))
    made = write_sheets(sheets_of(facts), site.code, to, printing())
    for path in made:
        say(str(path))
    warn(settings, facts)


def facts_in(
    kept: "Records", site: "Site", settings: "Settings", languages: tuple[str, ...]
) -> "dict[str, SiteFacts]":
    """What is on the papers of a site, by language; asks Telegram for the bot's name."""
    from service.paper.facts import facts_of
    from service.reach import reach_of

    reach = reach_of(settings)
    return kept.read(
        lambda tx: {each: facts_of(tx, site, reach, settings, each) for each in languages}
    )


def warn(settings: "Settings", languages: "Iterable[str]") -> None:
    """Say what speaks against hanging it up: machine-made words, an address of this machine."""
    from service.paper.making import machine_made
    from service.settings import PREFIX

    machine = machine_made(languages)
    if machine:
        say(f"Translated by a machine, read by nobody yet: {', '.join(machine)}. Let somebody read")
        say("them who speaks the language, and take it in: gehoor locales sheet LANG")

    if not settings.web_public_url:
        say(
            f"Do not hang these up: {settings.public_url} is an address of this machine alone. "
            f"Set {PREFIX}WEB_PUBLIC_URL and make them again."
        )


def printing() -> "Tell":
    """Says how far the printing is."""
    from service.commands.progress import ProgressLines

    progress = ProgressLines(say)
    return lambda done, total: progress.tell("Printing", done, total)
