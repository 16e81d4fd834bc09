"""Sealing: the only thing that intake, the channels and the register can do with content.

    envelope = seal(case_ref, {"account": words}, [handler, team, recovery, reporter.recipient])
    envelope = add_part(envelope, "identity", vault, [handler, recovery])

Each part has a content key of its own, so parts can differ in who opens them: the identity
vault lies apart from the account (`L4`), a letter is also for the reporter. Sealing needs no
secret and cannot be undone by the one who did it. Sealing a part to three X-Wing recipients
takes well under a millisecond; content is at most 1 MiB less one byte, files go to `blobs`.
"""

from collections.abc import Mapping, Sequence

from sealing.content import MAX_CONTENT_BYTES, encrypt_part
from sealing.envelope import MAX_CASE_REF_BYTES, MOST, SealedEnvelope, SealedPart, is_part_name
from sealing.failures import Unsealable
from sealing.recipients import Recipient


def seal(
    case_ref: str, parts: Mapping[str, bytes], recipients: Sequence[Recipient]
) -> SealedEnvelope:
    """Gives an envelope of these parts, each of which every one of the recipients can open.

    Raises Unsealable when there is no part or no recipient, when a recipient stands there
    twice, when a reference or a content is too long, or when a name is not a plain one.
    """
    if not parts:
        raise Unsealable("an envelope needs a part")
    sealed = tuple(seal_part(case_ref, name, parts[name], recipients) for name in parts)
    return SealedEnvelope(case_ref=case_ref, parts=sealed)


def add_part(
    envelope: SealedEnvelope, name: str, content: bytes, recipients: Sequence[Recipient]
) -> SealedEnvelope:
    """Gives the envelope with one more part, which may have recipients of its own.

    Raises Unsealable as `seal` does, and when the envelope has a part of this name already.
    """
    if name in envelope.names:
        raise Unsealable(f"the envelope already has a part {name!r}")
    added = seal_part(envelope.case_ref, name, content, recipients)
    return SealedEnvelope(case_ref=envelope.case_ref, parts=(*envelope.parts, added))


def seal_part(
    case_ref: str, name: str, content: bytes, recipients: Sequence[Recipient]
) -> SealedPart:
    """Gives one sealed part that is stored by itself; raises as `seal` does."""
    _check(case_ref, name, content, recipients)
    return encrypt_part(case_ref, name, content, recipients)


def _check(case_ref: str, name: str, content: bytes, recipients: Sequence[Recipient]) -> None:
    if not is_part_name(name):
        raise Unsealable("a part's name has 1 to 64 lower-case letters, digits or _.:-")
    if not 1 <= len(case_ref.encode()) <= MAX_CASE_REF_BYTES:
        raise Unsealable(f"a case reference has 1 to {MAX_CASE_REF_BYTES} bytes")
    if len(content) > MAX_CONTENT_BYTES:
        raise Unsealable(f"a part holds at most {MAX_CONTENT_BYTES} bytes; files go to blobs")
    if not 1 <= len(recipients) <= MOST:
        raise Unsealable(f"a part needs 1 to {MOST} recipients: nobody could open it")
    if len({recipient.id for recipient in recipients}) != len(recipients):
        raise Unsealable("a recipient is named twice")
