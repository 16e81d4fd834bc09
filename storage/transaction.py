"""One unit of work on the database: every shelf, on one connection.

Implements `intake.ports.Transaction`. Shelves are made when they are first asked for: most steps
of a conversation touch two of them.
"""

from functools import cached_property

from sqlalchemy import Connection

from sealing.key_ring import KeyRing
from storage.accounts import SqlAccountShelf, SqlLoginShelf
from storage.api_tokens import SqlApiTokenShelf
from storage.attestations import SqlAttestationShelf
from storage.cases import SqlCaseShelf
from storage.consultations import (
    SqlContributionShelf,
    SqlInvitationShelf,
    SqlRatingShelf,
    SqlRoundShelf,
)
from storage.deliveries import SqlDeliveryShelf, SqlWebhookShelf
from storage.dialogues import SqlDialogueShelf, SqlOutboxShelf, SqlUpdateShelf
from storage.figures import SqlFigureShelf
from storage.hearings import SqlHearingShelf
from storage.helpers import SqlHelperShelf
from storage.leases import SqlLeaseShelf
from storage.letters import SqlLetterShelf, SqlSummaryShelf
from storage.logs import SqlLogShelf
from storage.monitoring import (
    SqlAssessmentShelf,
    SqlFindingShelf,
    SqlInvolvementShelf,
)
from storage.papers import SqlPaperShelf
from storage.people import SqlPeopleShelf
from storage.places import SqlSiteShelf
from storage.referrals import SqlReferralShelf
from storage.releases import SqlReleaseShelf
from storage.requests import SqlRequestShelf
from storage.signals import SqlSignalShelf


class SqlTransaction:
    """All shelves of one unit of work."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    @cached_property
    def dialogues(self) -> SqlDialogueShelf:
        """Conversations under way."""
        return SqlDialogueShelf(self._connection)

    @cached_property
    def updates(self) -> SqlUpdateShelf:
        """Updates that were taken."""
        return SqlUpdateShelf(self._connection)

    @cached_property
    def outbox(self) -> SqlOutboxShelf:
        """What is to be said outside."""
        return SqlOutboxShelf(self._connection, self._key_ring)

    @cached_property
    def deliveries(self) -> SqlDeliveryShelf:
        """What is on its way outside."""
        return SqlDeliveryShelf(self._connection, self._key_ring)

    @cached_property
    def webhooks(self) -> SqlWebhookShelf:
        """Whose systems are told."""
        return SqlWebhookShelf(self._connection, self._key_ring)

    @cached_property
    def sites(self) -> SqlSiteShelf:
        """Sites, organisations, supply links."""
        return SqlSiteShelf(self._connection, self._key_ring)

    @cached_property
    def referrals(self) -> SqlReferralShelf:
        """Where people can turn besides us."""
        return SqlReferralShelf(self._connection, self._key_ring)

    @cached_property
    def people(self) -> SqlPeopleShelf:
        """Handlers, teams, officers."""
        return SqlPeopleShelf(self._connection, self._key_ring)

    @cached_property
    def cases(self) -> SqlCaseShelf:
        """Cases and their envelopes."""
        return SqlCaseShelf(self._connection, self._key_ring)

    @cached_property
    def letters(self) -> SqlLetterShelf:
        """Letters both ways."""
        return SqlLetterShelf(self._connection)

    @cached_property
    def papers(self) -> SqlPaperShelf:
        """What handlers write for each other."""
        return SqlPaperShelf(self._connection)

    @cached_property
    def summaries(self) -> SqlSummaryShelf:
        """Summaries for companies."""
        return SqlSummaryShelf(self._connection, self._key_ring)

    @cached_property
    def helpers(self) -> SqlHelperShelf:
        """Helpers who follow along."""
        return SqlHelperShelf(self._connection)

    @cached_property
    def requests(self) -> SqlRequestShelf:
        """What companies are asked."""
        return SqlRequestShelf(self._connection, self._key_ring)

    @cached_property
    def log(self) -> SqlLogShelf:
        """The logs of cases."""
        return SqlLogShelf(self._connection, self._key_ring)

    @cached_property
    def releases(self) -> SqlReleaseShelf:
        """Figures that may be seen."""
        return SqlReleaseShelf(self._connection, self._key_ring)

    @cached_property
    def rounds(self) -> SqlRoundShelf:
        """Consultation rounds."""
        return SqlRoundShelf(self._connection, self._key_ring)

    @cached_property
    def invitations(self) -> SqlInvitationShelf:
        """Invitations to rounds."""
        return SqlInvitationShelf(self._connection, self._key_ring)

    @cached_property
    def ratings(self) -> SqlRatingShelf:
        """What participants rated."""
        return SqlRatingShelf(self._connection, self._key_ring)

    @cached_property
    def contributions(self) -> SqlContributionShelf:
        """What participants wrote beside their ratings."""
        return SqlContributionShelf(self._connection)

    @cached_property
    def signals(self) -> SqlSignalShelf:
        """Signals and their tallies."""
        return SqlSignalShelf(self._connection, self._key_ring)

    @cached_property
    def findings(self) -> SqlFindingShelf:
        """Findings with their judgements."""
        return SqlFindingShelf(self._connection, self._key_ring)

    @cached_property
    def involvements(self) -> SqlInvolvementShelf:
        """How organisations are tied to findings."""
        return SqlInvolvementShelf(self._connection, self._key_ring)

    @cached_property
    def assessments(self) -> SqlAssessmentShelf:
        """Heat maps and priorities that were worked out."""
        return SqlAssessmentShelf(self._connection, self._key_ring)

    @cached_property
    def attestations(self) -> SqlAttestationShelf:
        """What companies state themselves."""
        return SqlAttestationShelf(self._connection, self._key_ring)

    @cached_property
    def figures(self) -> SqlFigureShelf:
        """Figures that companies have been shown."""
        return SqlFigureShelf(self._connection, self._key_ring)

    @cached_property
    def hearings(self) -> SqlHearingShelf:
        """How sites are heard."""
        return SqlHearingShelf(self._connection, self._key_ring)

    @cached_property
    def leases(self) -> SqlLeaseShelf:
        """Who does scheduled work."""
        return SqlLeaseShelf(self._connection)

    @cached_property
    def accounts(self) -> SqlAccountShelf:
        """Who may sign in."""
        return SqlAccountShelf(self._connection, self._key_ring)

    @cached_property
    def logins(self) -> SqlLoginShelf:
        """Who is signed in."""
        return SqlLoginShelf(self._connection, self._key_ring)

    @cached_property
    def api_tokens(self) -> SqlApiTokenShelf:
        """What companies' programs show."""
        return SqlApiTokenShelf(self._connection, self._key_ring)
