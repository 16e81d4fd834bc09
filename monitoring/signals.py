"""Signals: what a case, a rating, an indicator, an audit or a document says of a place and a theme.

Made in the transaction that changes a case or keeps a rating; counted by `monitoring.tallies`;
gathered into findings by `monitoring.risk.findings`. Several kinds beside each other are the
point: an audit is a snapshot, a complaint a voice, a number neither (M110). A signal carries no
words and no name, only a pseudonym that tells people from messages (K7).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from consultations.ratings import StakeholderRating, latest
from monitoring.risk.first_estimate import first_estimate, limited
from monitoring.risk.scales import LOWEST
from monitoring.risk.severity import Weight
from monitoring.standing import Standing, standing_of
from register.case import Case
from register.particulars import Group, Theme


class SubjectKind(StrEnum):
    """What a finding can be about (R89). Stored: never reuse a value."""

    SITE = "site"
    CHAIN = "chain"
    ROW = "row"
    """Sites counted together in a release (K2); never the subject of a signal of its own."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Subject:
    """A site, or a chain of them, by its id."""

    kind: SubjectKind
    id: str


def at_site(site_id: str) -> Subject:
    """The site as a subject."""
    return Subject(kind=SubjectKind.SITE, id=site_id)


class SignalKind(StrEnum):
    """Where a signal comes from (M110). Stored: never reuse a value."""

    CASE = "case"
    RATING = "rating"
    INDICATOR = "indicator"
    AUDIT = "audit"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One source about one subject and theme. The same `reference` again replaces it."""

    kind: SignalKind
    reference: str
    """The case, the rating's round and participant, the indicator, audit or document."""
    voice: str = field(repr=False)
    """A pseudonym of who says it, so that people are counted and not messages (K7)."""
    subject: Subject
    theme: Theme
    day: date
    """When it was first heard."""
    standing: Standing = Standing.HEARD
    weight: Weight
    group: Group = Group.UNSAID


def signal_of_case(case: Case, *, voice: str) -> Signal | None:
    """What a case says, or None where no site is known: then it says nothing of a place.

    `voice` tells this reporter from others and nothing else; the case's own reference where
    reporters cannot be told apart.
    """
    if case.site_id is None:
        return None
    standing = standing_of(case)
    return Signal(
        kind=SignalKind.CASE,
        reference=case.ref,
        voice=voice,
        subject=at_site(case.site_id),
        theme=case.theme,
        day=case.filed_on,
        standing=standing,
        weight=_weight(case, standing),
        group=case.particulars.group,
    )


def _weight(case: Case, standing: Standing) -> Weight:
    """What a handler made of it; before that, the first estimate."""
    made = case.classification
    if made is None:
        return first_estimate(case.particulars, standing)
    return Weight(
        gravity=made.gravity,
        scope=made.scope,
        irremediability=made.irremediability,
        likelihood=limited(made.likelihood, standing),
    )


def signals_of_ratings(ratings: Iterable[StakeholderRating]) -> tuple[Signal, ...]:
    """One signal for each participant, site and theme, so that a rating is counted as a source.

    What the ratings weigh together is `monitoring.risk.stakeholders`; the grades here only show.
    """
    return tuple(
        Signal(
            kind=SignalKind.RATING,
            reference=f"{rating.round_id}.{rating.participant}",
            voice=rating.participant,
            subject=at_site(rating.site_id),
            theme=rating.theme,
            day=rating.day,
            weight=Weight(
                gravity=rating.gravity or LOWEST,
                scope=rating.scope or LOWEST,
                irremediability=rating.irremediability or LOWEST,
                likelihood=rating.likelihood or LOWEST,
            ),
        )
        for rating in latest(ratings)
    )
