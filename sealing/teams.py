"""A team's private key, entrusted to each of its members.

A handler team is one recipient whose private key every member can open with their own. Called
by the desk when a member joins or leaves. When one leaves, entrusting the same key to the
others is not enough: the team gets a new identity and its cases are rewrapped, because the one
who left has seen the key.
"""

from collections.abc import Sequence

from sealing.content import decrypt_part
from sealing.envelope import SealedPart
from sealing.framing import Reader, read_whole
from sealing.identities import Identity, identity_of
from sealing.recipients import Recipient, kind_code, kind_of
from sealing.seal import seal_part
from sealing.suites import SEED_BYTES, suite_code, suite_of

_PART = "identity"


def entrust(identity: Identity, members: Sequence[Recipient]) -> bytes:
    """Gives the identity sealed to the members, as storage keeps it; raises Unsealable."""
    who = bytes([kind_code(identity.recipient.kind)])
    content = who + suite_code(identity.keys.suite).to_bytes(2) + identity.keys.seed
    return seal_part(identity.id, _PART, content, members).encode()


def receive(data: bytes, identity_id: str, member: Identity) -> Identity:
    """Gives the entrusted identity to a member.

    Raises NotAddressed to anyone else, Tampered when the data is of another identity, and
    Malformed.
    """
    part = SealedPart.decode(data)
    content = decrypt_part(identity_id, part, member.recipient, member.keys)
    return read_whole(content, _read)


def _read(reader: Reader) -> Identity:
    kind, suite = kind_of(reader.number(1)), suite_of(reader.number(2))
    return identity_of(kind, suite, reader.take(SEED_BYTES))
