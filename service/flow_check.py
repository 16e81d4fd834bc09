"""Looks at flows before anybody talks to them: what loading, inspecting and translating find.

Called by `gehoor flows check`.
"""

from collections.abc import Sequence
from pathlib import Path

from flows.faults import Fault, FlowFaults
from flows.inspection import inspect_flow
from flows.library import DEFINITIONS
from flows.loading import load_flow
from locales.catalogue import catalogue
from locales.languages import LANGUAGES, SOURCE
from service.settings import Settings


def files_in_use(settings: Settings) -> tuple[Path, ...]:
    """The files of the flows that come with the product, and of the operator's own."""
    folders = [DEFINITIONS] + ([settings.flows_folder] if settings.flows_folder else [])
    return tuple(path for folder in folders for path in sorted(folder.glob("*.yaml")))


def check_flows(files: Sequence[Path]) -> tuple[Fault, ...]:
    """Every fault of these files, in their order; texts that lack a translation are faults."""
    translated = {
        language.code: catalogue(language.code).is_translated
        for language in LANGUAGES
        if language.code != SOURCE
    }
    found: list[Fault] = []
    for path in files:
        try:
            found += inspect_flow(load_flow(path), translated)
        except FlowFaults as refusal:
            found += refusal.faults
    return tuple(found)
