"""A consultation round written as a file (YAML): read, checked and opened.

    organisation: Sample Stone Import      # its name
    sites: [RJ3]                           # codes
    flow: risk_rating
    languages: [en, hi]
    organiser: Fair Stone Foundation, asked by the company
    purpose: {en: …, hi: …}                # so too outcome_use, decisions, expected, feedback_how
    influence: involve                     # inform, consult, involve, collaborate, empower
    next_steps:
      - {words: {en: …, hi: …}, owner: Site lead, by: 2027-07-01}
    opens: 2027-05-18
    closes: 2027-06-15
    feedback_by: 2027-08-01

What is missing is told in one go. Called by `gehoor rounds open`.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from consultations.influence import Influence
from consultations.round import NextStep, Round
from consultations.steps import RoundRefused, open_round
from consultations.topic import Topic
from consultations.wording import Wording
from flows.definition import Flow, Kind
from flows.faults import UnknownFlowError
from flows.library import FlowLibrary
from locales.languages import LANGUAGES
from register.sites import Site
from sealing.identifiers import new_id
from service.organisation_list import organisation_called
from service.refusals import Refused
from service.round_words import WORDS
from storage.transaction import SqlTransaction

_FILES = frozenset({Kind.IMAGE, Kind.AUDIO, Kind.FILE})
_Words = Mapping[str, str]


class _Step(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    words: _Words
    owner: str
    by: date


class RoundFile(BaseModel):
    """What stands in the file. Gaps are for `consultations.conditions` to find."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    organisation: str
    sites: tuple[str, ...] = ()
    topics: frozenset[Topic] = frozenset()
    flow: str = "risk_rating"
    languages: tuple[str, ...] = ("en",)
    organiser: str = ""
    purpose: _Words = Field(default_factory=dict)
    influence: Influence | None = None
    outcome_use: _Words = Field(default_factory=dict)
    decisions: _Words = Field(default_factory=dict)
    expected: _Words = Field(default_factory=dict)
    next_steps: tuple[_Step, ...] = ()
    reading_days: int = Field(default=0, ge=0)
    opens: date | None = None
    closes: date | None = None
    feedback_by: date | None = None
    feedback_how: _Words = Field(default_factory=dict)


def read_round(path: Path) -> RoundFile:
    """What the file holds. Raises `Refused` with every fault of its form."""
    try:
        fields = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        raise Refused(f"{path} cannot be read ({type(fault).__name__})") from None
    except YAMLError as fault:
        raise Refused(f"{path.name} is not YAML: {_first_line(fault)}") from None
    try:
        return RoundFile.model_validate(fields)
    except ValidationError as refusal:
        reasons = (
            f"{path.name}: {'.'.join(map(str, error['loc']))}: {error['msg']}"
            for error in refusal.errors()
        )
        raise Refused(*reasons) from None


def open_from(tx: SqlTransaction, file: RoundFile, library: FlowLibrary, today: date) -> Round:
    """The round, opened and kept. Raises `Refused` with everything that people were not told."""
    organisation = organisation_called(tx, file.organisation)
    flow = _flow(library, file.flow)
    sites, unknown = _sites(tx, file.sites)
    reasons = [f"there is no site with the code {code}" for code in unknown]
    reasons += _unspoken(file.languages)
    if any(question.kind in _FILES for question in flow.questions()):
        reasons.append(f"the flow {flow.name} asks for files, which a round does not keep")
    opened = open_round(_draft(file, organisation.id, sites), today)
    if isinstance(opened, RoundRefused):
        reasons += [WORDS[reason] for reason in opened.reasons]
    if reasons or isinstance(opened, RoundRefused):
        raise Refused(*reasons)
    tx.rounds.put(opened)
    return opened


def _draft(file: RoundFile, organisation_id: str, sites: tuple[Site, ...]) -> Round:
    return Round(
        id=new_id(),
        organisation_id=organisation_id,
        site_ids=tuple(site.id for site in sites),
        topics=file.topics,
        flow=file.flow,
        languages=file.languages,
        organiser=file.organiser,
        purpose=Wording(file.purpose),
        influence=file.influence,
        outcome_use=Wording(file.outcome_use),
        decisions=Wording(file.decisions),
        expected=Wording(file.expected),
        next_steps=tuple(
            NextStep(words=Wording(step.words), owner=step.owner, by=step.by)
            for step in file.next_steps
        ),
        reading_days=file.reading_days,
        opens=file.opens,
        closes=file.closes,
        feedback_by=file.feedback_by,
        feedback_how=Wording(file.feedback_how),
    )


def _flow(library: FlowLibrary, name: str) -> Flow:
    try:
        return library.get(name)
    except UnknownFlowError:
        known = ", ".join(library.names())
        raise Refused(f"there is no flow called {name}; there are {known}") from None


def _sites(tx: SqlTransaction, codes: tuple[str, ...]) -> tuple[tuple[Site, ...], list[str]]:
    found = {code: tx.sites.by_code(code) for code in codes}
    known = tuple(site for site in found.values() if site is not None)
    return known, [code for code, site in found.items() if site is None]


def _unspoken(languages: tuple[str, ...]) -> list[str]:
    ours = [language.code for language in LANGUAGES]
    return [
        f"{each} is no language of ours; they are {', '.join(ours)}"
        for each in languages
        if each not in ours
    ]


def _first_line(fault: Exception) -> str:
    return str(fault).partition("\n")[0]
