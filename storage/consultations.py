"""Shelves of consultation rounds: rounds, invitations, ratings and what is written beside."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, select
from sqlalchemy.sql import ColumnElement

from consultations.invitation import Invitation
from consultations.ratings import StakeholderRating
from consultations.round import Round, RoundStatus
from sealing.envelope import SealedEnvelope
from sealing.key_ring import KeyRing
from storage.locks import hold, locking
from storage.sealed_values import SealedValues
from storage.statements import put
from storage.tables import CONTRIBUTIONS, INVITATIONS, RATINGS, ROUNDS

_ROUND = SealedValues(Round, "rounds", "details")
_INVITATION = SealedValues(Invitation, "invitations", "details")
_RATING = SealedValues(StakeholderRating, "ratings", "details")
_OWES_FEEDBACK = (RoundStatus.OPEN, RoundStatus.CLOSED, RoundStatus.CALLED_OFF)


class SqlRoundShelf:
    """Implements `consultations.ports.RoundShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    def get(self, round_id: str) -> Round | None:
        """The round, or None."""
        found = self._where(ROUNDS.c.id == round_id)
        return found[0] if found else None

    def put(self, round_: Round) -> None:
        """Keep the round as it is now, new or changed."""
        row = {
            "id": round_.id,
            "organisation_id": round_.organisation_id,
            "status": round_.status,
            "opens": round_.opens,
            "closes": round_.closes,
            "feedback_by": round_.feedback_by,
            "details_sealed": _ROUND.seal(self._key_ring, round_.id, round_),
        }
        put(self._connection, ROUNDS, row)

    def of_organisation(self, organisation_id: str) -> tuple[Round, ...]:
        """All rounds of an organisation, the latest opening day first, drafts before all."""
        rounds = self._where(ROUNDS.c.organisation_id == organisation_id)
        return tuple(sorted(rounds, key=_latest_first))

    def open_past(self, today: date) -> tuple[Round, ...]:
        """Open rounds whose closing day is before `today`: the service closes them."""
        return self._where(ROUNDS.c.status == RoundStatus.OPEN, ROUNDS.c.closes < today)

    def feedback_overdue(self, today: date) -> tuple[Round, ...]:
        """Rounds whose participants were promised word before `today` and had none (C79)."""
        return self._where(ROUNDS.c.status.in_(_OWES_FEEDBACK), ROUNDS.c.feedback_by < today)

    def _where(self, *conditions: ColumnElement[bool]) -> tuple[Round, ...]:
        chosen = select(ROUNDS.c.id, ROUNDS.c.details_sealed).where(*conditions)
        chosen = locking(self._connection, chosen.order_by(ROUNDS.c.id), shared=True)
        rows = self._connection.execute(chosen)
        return tuple(_ROUND.open(self._key_ring, row.id, row.details_sealed) for row in rows)


class SqlInvitationShelf:
    """Implements `consultations.ports.InvitationShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    def by_token(self, token_digest: str) -> Invitation | None:
        """The invitation under `sealing.identifiers.digest_token(token)`, or None."""
        return self._first(INVITATIONS.c.token_digest == token_digest)

    def get(self, invitation_id: str) -> Invitation | None:
        """The invitation, or None."""
        return self._first(INVITATIONS.c.id == invitation_id)

    def put(self, invitation: Invitation) -> None:
        """Keep the invitation as it is now, new or changed."""
        row = {
            "id": invitation.id,
            "round_id": invitation.round_id,
            "token_digest": invitation.token_digest,
            "details_sealed": _INVITATION.seal(self._key_ring, invitation.id, invitation),
        }
        put(self._connection, INVITATIONS, row)

    def of_round(self, round_id: str) -> tuple[Invitation, ...]:
        """All invitations of a round, in no telling order (by id)."""
        return self._where(INVITATIONS.c.round_id == round_id)

    def _first(self, condition: ColumnElement[bool]) -> Invitation | None:
        found = self._where(condition)
        return found[0] if found else None

    def _where(self, condition: ColumnElement[bool]) -> tuple[Invitation, ...]:
        chosen = select(INVITATIONS.c.id, INVITATIONS.c.details_sealed).where(condition)
        rows = self._connection.execute(
            locking(self._connection, chosen.order_by(INVITATIONS.c.id))
        )
        return tuple(_INVITATION.open(self._key_ring, row.id, row.details_sealed) for row in rows)


class SqlRatingShelf:
    """Implements `consultations.ports.RatingShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    def replace(
        self, round_id: str, participant: str, site_id: str, ratings: Sequence[StakeholderRating]
    ) -> None:
        """Put these in the place of all that the participant rated at this site in this round."""
        theirs = (
            RATINGS.c.round_id == round_id,
            RATINGS.c.participant == participant,
            RATINGS.c.site_id == site_id,
        )
        hold(self._connection, RATINGS.name, round_id, participant)
        self._connection.execute(delete(RATINGS).where(*theirs))
        for rating in ratings:
            name = _rating_name(rating.round_id, rating.participant, rating.site_id, rating.theme)
            row = {
                "round_id": rating.round_id,
                "participant": rating.participant,
                "site_id": rating.site_id,
                "theme": rating.theme,
                "details_sealed": _RATING.seal(self._key_ring, name, rating),
            }
            put(
                self._connection,
                RATINGS,
                row,
                key=("round_id", "participant", "site_id", "theme"),
            )

    def remove(self, round_id: str, participant: str) -> None:
        """Forget what a participant rated: they left and took it along (C62)."""
        theirs = (RATINGS.c.round_id == round_id, RATINGS.c.participant == participant)
        self._connection.execute(delete(RATINGS).where(*theirs))

    def of_round(self, round_id: str) -> tuple[StakeholderRating, ...]:
        """All ratings of one round."""
        return self._where(RATINGS.c.round_id == round_id)

    def of_sites(self, site_ids: Sequence[str]) -> tuple[StakeholderRating, ...]:
        """All ratings of these sites, of every round."""
        return self._where(RATINGS.c.site_id.in_(site_ids))

    def _where(self, condition: ColumnElement[bool]) -> tuple[StakeholderRating, ...]:
        chosen = select(RATINGS).where(condition).order_by(*RATINGS.primary_key.columns)
        return tuple(self._read(row) for row in self._connection.execute(chosen))

    def _read(self, row: Row[*tuple[Any, ...]]) -> StakeholderRating:
        name = _rating_name(row.round_id, row.participant, row.site_id, row.theme)
        return _RATING.open(self._key_ring, name, row.details_sealed)


class SqlContributionShelf:
    """Implements `intake.ports.ContributionShelf`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, round_id: str, participant: str, envelope: SealedEnvelope) -> None:
        """Keep it in place of what the participant sent before."""
        row = {
            "round_id": round_id,
            "participant": participant,
            "envelope": envelope.encode(),
        }
        put(self._connection, CONTRIBUTIONS, row, key=("round_id", "participant"))

    def remove(self, round_id: str, participant: str) -> None:
        """They left the round (C62)."""
        theirs = (CONTRIBUTIONS.c.round_id == round_id, CONTRIBUTIONS.c.participant == participant)
        self._connection.execute(delete(CONTRIBUTIONS).where(*theirs))

    def of_round(self, round_id: str) -> tuple[SealedEnvelope, ...]:
        """All of a round's, in no telling order."""
        chosen = select(CONTRIBUTIONS).where(CONTRIBUTIONS.c.round_id == round_id)
        rows = self._connection.execute(chosen.order_by(CONTRIBUTIONS.c.participant))
        return tuple(
            SealedEnvelope.decode(row.envelope, f"{row.round_id}.{row.participant}") for row in rows
        )


def _latest_first(round_: Round) -> tuple[int, str]:
    return (-round_.opens.toordinal() if round_.opens else -date.max.toordinal(), round_.id)


def _rating_name(round_id: str, participant: str, site_id: str, theme: str) -> str:
    return f"{round_id}.{participant}.{site_id}.{theme}"
