"""`gehoor rehearse FLOW`: a conversation in the terminal, or from lines on standard input."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from flows.definition import Flow
from flows.faults import FlowFaults, UnknownFlowError
from flows.inspection import inspect_flow
from flows.loading import load_flow
from locales.languages import LANGUAGES
from register.directory import SiteDirectory
from register.sites import Site, SiteKind
from service.clock import now
from service.commands.saying import say
from service.foundations import load_library, records
from service.refusals import Refused
from service.rehearsal import Stage, rehearse, shape_of
from service.settings import Settings, read_settings

SAMPLE_SITES = (
    Site(
        id="sampleaaaaaaaaaaaaaaaaaaaa", code="SAMPLE1", name="Sample quarry", country="IN",
        region="Rajasthan", kind=SiteKind.QUARRY, is_risk_country=True,
    ),
    Site(
        id="samplebbbbbbbbbbbbbbbbbbbb", code="SAMPLE2", name="Sample factory", country="CN",
        region="Fujian", kind=SiteKind.FACTORY, is_risk_country=True,
    ),
)  # fmt: skip
"""What can be named where there is no installation yet."""


def play(flow: str, language: str, preset: list[str]) -> None:
    """Play the flow and show the shape of what would be sent."""
    if language not in {each.code for each in LANGUAGES}:
        raise Refused(f"--lang is one of {', '.join(each.code for each in LANGUAGES)}")
    settings = read_settings()
    sites = _sites(settings)
    stage = Stage(flow=_flow(settings, flow), sites=sites, clock=now, tell=say)
    say("Nothing here is kept or sent. /help shows what can be typed besides answers.")
    submission = rehearse(stage, _typed(), language=language, presets=_presets(preset, sites))
    if submission is None:
        say("Nothing was sent.")
        return
    for line in shape_of(submission):
        say(line)


def _flow(settings: Settings, wanted: str) -> Flow:
    """A flow of the library by its name, or one in a file that is still being written."""
    path = Path(wanted)
    if path.suffix == ".yaml":
        flow = load_flow(path)
        faults = inspect_flow(flow)
        if faults:
            raise FlowFaults(faults)
        return flow
    library = load_library(settings)
    try:
        return library.get(wanted)
    except UnknownFlowError:
        known = ", ".join(library.names())
        raise Refused(f"there is no flow called {wanted}; there are {known}") from None


def _sites(settings: Settings) -> SiteDirectory:
    """The installation's sites where there is one with sites, else two invented ones."""
    found: list[Site] = []
    if settings.key_ring_file.exists():
        with records(settings) as kept:
            found = list(kept.read(lambda tx: tuple(tx.sites.sites())))
    return SiteDirectory(found or SAMPLE_SITES)


def _presets(given: list[str], sites: SiteDirectory) -> Mapping[str, str]:
    """Answers by the name of their question; a site may be named by its code."""
    presets = {}
    for each in given:
        name, separator, value = each.partition("=")
        if not separator:
            raise Refused("--preset is QUESTION=ANSWER, such as site=RJ3")
        site = sites.by_code(value) if name == "site" else None
        presets[name] = value if site is None else site.id
    return presets


def _typed() -> Iterator[str]:
    """Lines as they are typed, with a prompt where somebody sits there."""
    while True:
        if sys.stdin.isatty():
            sys.stdout.write("> ")
            sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            return
        yield line
