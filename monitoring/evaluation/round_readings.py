"""What consultation rounds show. Without an answer to participants a round shows nothing (C79).

Used by `fact_readings`, which says which question asks for which kind of round.
"""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

from flows.values import Text
from locales.marking import N_
from monitoring.evaluation.evidence import Source
from monitoring.evaluation.reading import Read, Reading, shows
from monitoring.evaluation.register_facts import ConsultationFact, RegisterFacts, Topic
from register.spans import Span

SEVERAL = 2
"""Stakeholders at least where the framework asks for several."""
TWO_YEARS = Span(months=24)
"""How far apart regular rounds may lie (M112)."""


def consulted(topic: Topic, is_right: Callable[[ConsultationFact], bool], msgid: str) -> Read:
    """Rounds on a topic. Without an answer to participants a round shows nothing (C55, C79)."""

    def read(facts: RegisterFacts, today: date) -> Iterator[Reading]:
        for each in _told(facts, topic, today):
            if is_right(each) and each.told_outcome is not None:
                yield shows(
                    Source.CONSULTATION, each.reference, Text(msgid=msgid), each.told_outcome
                )

    return read


def _told(facts: RegisterFacts, topic: Topic, today: date) -> Iterator[ConsultationFact]:
    for each in facts.consultations:
        if topic in each.topics and each.told_outcome is not None and each.told_outcome <= today:
            yield each


def by_anybody(each: ConsultationFact) -> bool:
    """Anybody took part at all."""
    return each.stakeholders > 0


def abroad_alone(each: ConsultationFact) -> bool:
    """Several people in producing countries, asked by the company itself."""
    return _abroad(each) and not each.together_with_others


def abroad_together(each: ConsultationFact) -> bool:
    """Several people in producing countries, asked with other companies."""
    return _abroad(each) and each.together_with_others


def _abroad(each: ConsultationFact) -> bool:
    return each.in_producing_countries and each.stakeholders >= SEVERAL


def with_outsiders(each: ConsultationFact) -> bool:
    """NGOs, unions or other outsiders took part."""
    return each.from_outside


def alone(each: ConsultationFact) -> bool:
    """The company held it itself."""
    return not each.together_with_others


def with_use_told(each: ConsultationFact) -> bool:
    """Participants were told how their input was used."""
    return each.says_how_used


def regular(facts: RegisterFacts, today: date) -> Iterator[Reading]:
    """Two rounds that are at most two years apart, the newer one with its own day."""
    days = sorted(
        (each.told_outcome, each.reference)
        for each in _told(facts, Topic.EVALUATION, today)
        if each.told_outcome is not None
    )
    for (earlier, _), (later, reference) in pairwise(days):
        if earlier < later <= TWO_YEARS.after(earlier):
            summary = Text(msgid=N_("Stakeholders were asked again within two years."))
            yield shows(Source.CONSULTATION, reference, summary, later)
