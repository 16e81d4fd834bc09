"""Opening, for handlers alone. Only the desk imports this module; a contract watches over it.

Opening lives apart from sealing and from keys so that it can move to the handler's own device
one day without the rest noticing.
"""

from collections.abc import Collection, Sequence

from sealing.content import decrypt_part
from sealing.envelope import SealedEnvelope, SealedPart
from sealing.identities import Identity
from sealing.recipients import Recipient
from sealing.seal import seal_part


def open_part(envelope: SealedEnvelope, part: str, identity: Identity) -> bytes:
    """Gives the content of the named part.

    Raises NoSuchPart, NotAddressed when the part is not wrapped to this identity, and
    Tampered when it is but was altered, or belongs to another case or place.
    """
    return _open(envelope.case_ref, envelope.part(part), identity)


def can_open(envelope: SealedEnvelope, part: str, identity: Identity) -> bool:
    """Tells whether the named part is there and addressed to this identity; opens nothing."""
    return part in envelope.names and identity.id in envelope.part(part).recipient_ids


def rewrap(
    envelope: SealedEnvelope,
    identity: Identity,
    recipients: Sequence[Recipient],
    *,
    parts: Collection[str] | None = None,
) -> SealedEnvelope:
    """Gives the envelope with the named parts (or all of them) sealed to these recipients alone.

    Adding and removing are the same work: the content is encrypted anew under a new content
    key, because one who was removed may have kept the old one. A copy of the old envelope, in
    a backup for instance, still opens for them, and so do file keys that they have read; no
    format can undo that.

    Raises NotAddressed when the identity cannot open one of the parts, and then nothing is
    changed; NoSuchPart, Tampered, and Unsealable as `seal` does.
    """
    for name in parts or ():
        envelope.part(name)
    chosen = envelope.names if parts is None else parts
    return SealedEnvelope(
        case_ref=envelope.case_ref,
        parts=tuple(
            _again(envelope.case_ref, part, identity, recipients) if part.name in chosen else part
            for part in envelope.parts
        ),
    )


def _open(case_ref: str, part: SealedPart, identity: Identity) -> bytes:
    return decrypt_part(case_ref, part, identity.recipient, identity.keys)


def _again(
    case_ref: str, part: SealedPart, identity: Identity, recipients: Sequence[Recipient]
) -> SealedPart:
    content = _open(case_ref, part, identity)
    return seal_part(case_ref, part.name, content, recipients)
