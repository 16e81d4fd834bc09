"""What a company's consultation rounds prove (C55, C79, C82).

Read by `facts`. A round that is not over, that was called off, or that only told people what had
been decided proves nothing; neither does one in which nobody took part.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from consultations.invitation import Invitation, InvitationStatus, Represents
from consultations.round import Round, RoundStatus
from monitoring.evaluation.register_facts import ConsultationFact, Topic
from monitoring.ports import Shelves
from register.sites import Site, SiteKind

OVER = frozenset({RoundStatus.CLOSED, RoundStatus.ANSWERED, RoundStatus.EVALUATED})

OUTSIDERS = frozenset(
    {
        Represents.UNION,
        Represents.NEIGHBOURS,
        Represents.WOMEN,
        Represents.CHILDREN,
        Represents.MINORITY,
        Represents.NATURE,
        Represents.ORGANISATION,
    }
)
"""Who speaks for others than the workers of the site themselves, as participants said (C58)."""


def consultations_of(
    tx: Shelves, organisation_id: str, sites: Iterable[Site]
) -> Iterator[ConsultationFact]:
    """The organisation's own rounds that are over, the latest first."""
    abroad = {site.id for site in sites if site.kind is not SiteKind.OFFICE}
    for round_ in tx.rounds.of_organisation(organisation_id):
        if _is_consultation(round_):
            taking_part = tuple(_taking_part(tx, round_))
            if taking_part:
                yield _fact(round_, taking_part, abroad)


def _is_consultation(round_: Round) -> bool:
    was_held = round_.status in OVER and not round_.called_off_because
    return was_held and round_.influence is not None and round_.influence.is_consultation


def _taking_part(tx: Shelves, round_: Round) -> Iterator[Invitation]:
    """Who rated where the round asked for ratings; else who accepted and did not leave (C62)."""
    invited = tx.invitations.of_round(round_.id)
    rated = {each.participant for each in tx.ratings.of_round(round_.id)}
    for invitation in invited:
        has_accepted = invitation.status is InvitationStatus.ACCEPTED
        if invitation.participant in rated or (has_accepted and not rated):
            yield invitation


def _fact(round_: Round, taking_part: tuple[Invitation, ...], abroad: set[str]) -> ConsultationFact:
    feedback = round_.feedback
    told: date | None = feedback.day if feedback else None
    return ConsultationFact(
        reference=round_.id,
        topics=frozenset(Topic(each.value) for each in round_.topics),
        stakeholders=len({each.participant for each in taking_part}),
        from_outside=any(each.represents in OUTSIDERS for each in taking_part),
        in_producing_countries=bool(abroad.intersection(round_.site_ids)),
        together_with_others=bool(round_.together_with),
        told_outcome=told,
        says_how_used=feedback is not None and feedback.says_how_used,
    )
