"""The shelf of what companies state themselves for their evaluation."""

from sqlalchemy import Connection, delete, select

from monitoring.evaluation.attestation import Attestation
from sealing.key_ring import KeyRing
from storage.sealed_values import SealedValues
from storage.statements import put
from storage.tables import ATTESTATIONS

_ATTESTATION = SealedValues(Attestation, "attestations", "details")
_KEY = ("organisation_id", "question", "component")


class SqlAttestationShelf:
    """Implements `monitoring.ports.AttestationShelf`."""

    def __init__(self, connection: Connection, key_ring: KeyRing) -> None:
        self._connection = connection
        self._key_ring = key_ring

    def put(self, organisation_id: str, attestation: Attestation) -> None:
        """Keep the statement, in the place of an earlier one about the same part."""
        key = (organisation_id, attestation.question, attestation.component)
        row = {
            **dict(zip(_KEY, key, strict=True)),
            "details_sealed": _ATTESTATION.seal(self._key_ring, "|".join(key), attestation),
        }
        put(self._connection, ATTESTATIONS, row, key=_KEY)

    def withdraw(self, organisation_id: str, question: str, component: str) -> None:
        """The company states it no longer."""
        self._connection.execute(
            delete(ATTESTATIONS).where(
                ATTESTATIONS.c.organisation_id == organisation_id,
                ATTESTATIONS.c.question == question,
                ATTESTATIONS.c.component == component,
            )
        )

    def of_organisation(self, organisation_id: str) -> tuple[Attestation, ...]:
        """All statements of an organisation, by question and part."""
        chosen = select(ATTESTATIONS).where(ATTESTATIONS.c.organisation_id == organisation_id)
        rows = self._connection.execute(
            chosen.order_by(ATTESTATIONS.c.question, ATTESTATIONS.c.component)
        )
        return tuple(
            _ATTESTATION.open(self._key_ring, "|".join(row[:3]), row.details_sealed) for row in rows
        )
