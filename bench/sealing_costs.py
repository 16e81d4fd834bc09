"""What sealing costs beside the bare cryptography in it, and what a receipt costs."""

import os
from collections.abc import Iterator, Sequence

from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bench.plan import Plan
from bench.rows import Row, row
from bench.timing import microseconds
from sealing.envelope import SealedEnvelope
from sealing.identities import Identity, new_identity
from sealing.opening import open_part
from sealing.receipts import ReceiptTerms, mint
from sealing.recipients import RecipientKind
from sealing.seal import seal

_KINDS = (RecipientKind.HANDLER, RecipientKind.HANDLER, RecipientKind.RECOVERY)
_CONTENT = b"The pump house leaks into the drain and the water smells. " * 18
_MOST_TIMES_BARE = 1.5
_KINDS_OF_A_CASE = (*[RecipientKind.HANDLER] * 4, RecipientKind.RECOVERY)
_CASE_PARTS = {"account": _CONTENT, "identity": b"Meena Somebody, behind the mill"}
_MOST_TIMES_BARE_CASE = 2.0


def measure(plan: Plan) -> Iterator[Row]:
    """Sealing 1 kB to three X-Wing recipients and opening it, as multiples of the bare cost."""
    people = [new_identity(kind) for kind in _KINDS]
    recipients = [each.recipient for each in people]
    parts = {"account": _CONTENT}
    envelope = seal("a" * 26, parts, recipients)
    bare = _Bare(len(people))
    sealing, opening, costs = [], [], []
    for _ in range(plan.rounds):
        ours = microseconds(lambda: seal("a" * 26, parts, recipients))
        costs.append(ours)
        sealing.append(ours / microseconds(bare.seal))
        ours = microseconds(lambda: _open(envelope, people))
        opening.append(ours / microseconds(bare.open))
    yield row("seal to 3 recipients", "µs", costs)
    yield row("seal to 3 recipients", "× bare", sealing, at_most=_MOST_TIMES_BARE)
    yield row("open what was sealed to 3", "× bare", opening, at_most=_MOST_TIMES_BARE)
    yield from _case(plan)
    terms = ReceiptTerms(salt=os.urandom(32))
    receipts = [microseconds(lambda: mint(terms)) / 1000 for _ in range(plan.rounds)]
    yield row(
        "receipt (Argon2id, 64 MiB, 3 passes)",
        "ms",
        receipts,
        note="minted ahead in a thread; every guess costs this too",
    )


def _case(plan: Plan) -> Iterator[Row]:
    """A case as it is stored, with who told it, sealed to five: one handler opens all of it."""
    people = [new_identity(kind) for kind in _KINDS_OF_A_CASE]
    stored = seal("a" * 26, _CASE_PARTS, [each.recipient for each in people]).encode()
    handler, bare = people[0], [_Bare(len(people), each) for each in _CASE_PARTS.values()]

    def ours() -> None:
        envelope = SealedEnvelope.decode(stored, "a" * 26)
        for name in envelope.names:
            open_part(envelope, name, handler)

    def theirs() -> None:
        for each in bare:
            each.open_one()

    costs, ratios = [], []
    for _ in range(plan.rounds):
        costs.append(microseconds(ours))
        ratios.append(costs[-1] / microseconds(theirs))
    yield row("open a case sealed to 5 recipients", "µs", costs)
    yield row(
        "open a case sealed to 5 recipients",
        "× bare",
        ratios,
        at_most=_MOST_TIMES_BARE_CASE,
        note="read from its bytes, both parts opened by one of the five",
    )


def _open(envelope: SealedEnvelope, people: Sequence[Identity]) -> None:
    for each in people:
        open_part(envelope, "account", each)


class _Bare:
    """The same cryptography with nothing around it: a content key wrapped to everybody, and the
    content encrypted once."""

    def __init__(self, people: int, content: bytes = _CONTENT) -> None:
        self._content = content
        suite = (hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
        self._suite = hpke.Suite(*suite)
        self._keys = [_new_key() for _ in range(people)]
        self._public = [key.public_key() for key in self._keys]
        self._sealed = self.seal()

    def seal(self) -> tuple[list[bytes], bytes, bytes]:
        key, nonce = os.urandom(32), os.urandom(12)
        content = AESGCM(key).encrypt(nonce, self._content, b"x")
        wraps = [self._suite.encrypt(key, public, b"x") for public in self._public]
        return wraps, nonce, content

    def open(self) -> None:
        for number in range(len(self._keys)):
            self.open_one(number)

    def open_one(self, number: int = 0) -> None:
        wraps, nonce, content = self._sealed
        key = self._suite.decrypt(wraps[number], self._keys[number], b"x")
        AESGCM(key).decrypt(nonce, content, b"x")


def _new_key() -> hpke.MLKEM768X25519PrivateKey:
    return hpke.MLKEM768X25519PrivateKey(MLKEM768PrivateKey.generate(), X25519PrivateKey.generate())
