"""The eight effectiveness criteria, as far as a mechanism's own records show them (G12).

Theory: UN Guiding Principle 31. A criterion is shown by what was set up *and* by how it is lived,
with the day from which on it is shown; it is refuted by limits that were missed or duties that
are overdue, never by a complaint that came in (S5). Used by `fact_readings`.

Worked example (predictable): the limits are published; of forty that have passed thirty-six were
kept, nine in ten, so it is shown. Another one missed makes thirty-six of forty-one: refuted. A
forty-second complaint of yesterday has no limit that has passed and changes nothing.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from flows.values import Text
from locales.marking import N_
from monitoring.evaluation.evidence import Source
from monitoring.evaluation.reading import Fact, Read, Reading, refutes, shows
from monitoring.evaluation.register_facts import Kept, RegisterFacts, Topic

KEPT_AT_LEAST = Fraction(9, 10)
"""Of the limits that have passed; fewer kept is not predictable. Our own figure."""
ENTRIES_AT_LEAST = 2
"""Kinds of entry (G18)."""
_MECHANISM = "mechanism"


def _legitimate(facts: RegisterFacts, _today: date) -> Iterator[Reading]:
    """Independent handlers, and trust that was measured, not assumed (G4, G9)."""
    measured = facts.mechanism.trust_measured
    if facts.mechanism.independent_handlers and measured is not None:
        summary = Text(msgid=N_("Handlers are independent, and trust was measured."))
        yield shows(Source.REGISTER, _MECHANISM, summary, measured)


def _accessible(facts: RegisterFacts, today: date) -> Iterator[Reading]:
    """Several entries, open to outsiders, in the languages of every site (G2, G17, G18)."""
    mechanism = facts.mechanism
    if (
        mechanism.open_to_outsiders
        and mechanism.entries >= ENTRIES_AT_LEAST
        and mechanism.languages.whole > 0
        and mechanism.languages.part == mechanism.languages.whole
    ):
        summary = Text(msgid=N_("Open to all, in several ways, in the languages of every site."))
        yield shows(Source.REGISTER, _MECHANISM, summary, today)


def _predictable(facts: RegisterFacts, today: date) -> Iterator[Reading]:
    """Published limits that are kept (G7, L1)."""
    mechanism = facts.mechanism
    kept = (mechanism.acknowledged, mechanism.answered)
    if any(_is_broken(each) for each in kept):
        yield refutes(_MECHANISM, Text(msgid=N_("Too many time limits were missed.")), today)
    until = [each.until for each in kept if each.until is not None]
    if mechanism.limits_published is not None and until:
        summary = Text(msgid=N_("Time limits are published and kept."))
        yield shows(Source.REGISTER, _MECHANISM, summary, min(*until, today))


def _is_broken(kept: Kept) -> bool:
    return kept.share is not None and kept.share < KEPT_AT_LEAST


def _equitable(facts: RegisterFacts, today: date) -> Iterator[Reading]:
    """Both sides are heard, and an appeal goes to others (G13, G15)."""
    heard = facts.mechanism.both_sides_heard
    if heard.overdue:
        yield refutes(_MECHANISM, Text(msgid=N_("Not everybody was heard in time.")), today)
    if facts.mechanism.appeal_possible and heard.last_done is not None:
        summary = Text(msgid=N_("Both sides are heard, and an appeal is possible."))
        yield shows(Source.REGISTER, _MECHANISM, summary, min(heard.last_done, today))


def _transparent(facts: RegisterFacts, today: date) -> Iterator[Reading]:
    """People hear how it goes in time, and figures are public (L1, M113)."""
    answered, published = facts.mechanism.answered, facts.mechanism.figures_published
    if _is_broken(answered):
        summary = Text(msgid=N_("Too often people did not hear in time how it goes."))
        yield refutes(_MECHANISM, summary, today)
    if answered.in_time and published is not None:
        summary = Text(msgid=N_("People hear how it goes, and figures are public."))
        yield shows(Source.REGISTER, _MECHANISM, summary, published)


def _rights_compatible(facts: RegisterFacts, today: date) -> Iterator[Reading]:
    """No right is given up, and those harmed judge the remedy (G8, G14)."""
    judged = facts.mechanism.remedy_judged
    if judged.overdue:
        summary = Text(msgid=N_("Those harmed were not asked in time whether the remedy is right."))
        yield refutes(_MECHANISM, summary, today)
    if facts.mechanism.keeps_court_rights and judged.last_done is not None:
        summary = Text(msgid=N_("No right is given up; those harmed say if the remedy is right."))
        yield shows(Source.REGISTER, _MECHANISM, summary, min(judged.last_done, today))


def _learning(facts: RegisterFacts, _today: date) -> Iterator[Reading]:
    """What came in was reviewed and changed something (G23, L3)."""
    reviewed = facts.mechanism.last_review
    if reviewed is not None:
        summary = Text(msgid=N_("What came in was reviewed, and it is written what changes."))
        yield shows(Source.REGISTER, _MECHANISM, summary, reviewed)


def _dialogue(facts: RegisterFacts, _today: date) -> Iterator[Reading]:
    """Those it is for were asked about the mechanism and told what came of it (C79)."""
    summary = Text(msgid=N_("Those it is for were asked about the way to complain."))
    for each in facts.consultations:
        if Topic.MECHANISM in each.topics and each.stakeholders and each.told_outcome is not None:
            yield shows(Source.CONSULTATION, each.reference, summary, each.told_outcome)


READINGS: Mapping[Fact, Read] = {
    Fact.LEGITIMATE: _legitimate,
    Fact.ACCESSIBLE: _accessible,
    Fact.PREDICTABLE: _predictable,
    Fact.EQUITABLE: _equitable,
    Fact.TRANSPARENT: _transparent,
    Fact.RIGHTS_COMPATIBLE: _rights_compatible,
    Fact.LEARNING: _learning,
    Fact.DIALOGUE: _dialogue,
}
