"""What rounds, invitations and ratings need of a store. Implemented by `storage`.

All methods are sync and short; they run inside one transaction and may be run again.
"""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from consultations.invitation import Invitation
from consultations.ratings import StakeholderRating
from consultations.round import Round


class RoundShelf(Protocol):
    """Rounds, by id and by organisation."""

    def get(self, round_id: str) -> Round | None:
        """The round, or None."""
        ...

    def put(self, round_: Round) -> None:
        """Keep the round as it is now, new or changed."""
        ...

    def of_organisation(self, organisation_id: str) -> tuple[Round, ...]:
        """All rounds of an organisation, the latest opening day first, drafts before all."""
        ...

    def open_past(self, today: date) -> tuple[Round, ...]:
        """Open rounds whose closing day is before `today`: the service closes them."""
        ...

    def feedback_overdue(self, today: date) -> tuple[Round, ...]:
        """Rounds whose participants were promised word before `today` and had none (C79)."""
        ...


class InvitationShelf(Protocol):
    """Invitations, by the digest of their token. The label is sealed by the store."""

    def by_token(self, token_digest: str) -> Invitation | None:
        """The invitation under `sealing.identifiers.digest_token(token)`, or None."""
        ...

    def get(self, invitation_id: str) -> Invitation | None:
        """The invitation, or None."""
        ...

    def put(self, invitation: Invitation) -> None:
        """Keep the invitation as it is now, new or changed."""
        ...

    def of_round(self, round_id: str) -> tuple[Invitation, ...]:
        """All invitations of a round, in no telling order (by id)."""
        ...


class RatingShelf(Protocol):
    """Ratings; at most one for each round, participant, site and theme."""

    def replace(
        self, round_id: str, participant: str, site_id: str, ratings: Sequence[StakeholderRating]
    ) -> None:
        """Put these in the place of all that the participant rated at this site in this round.

        A theme that the participant did not choose again is gone: they changed their mind.
        """
        ...

    def remove(self, round_id: str, participant: str) -> None:
        """Forget what a participant rated: they left and took it along (C62)."""
        ...

    def of_round(self, round_id: str) -> tuple[StakeholderRating, ...]:
        """All ratings of one round."""
        ...

    def of_sites(self, site_ids: Sequence[str]) -> tuple[StakeholderRating, ...]:
        """All ratings of these sites, of every round."""
        ...
