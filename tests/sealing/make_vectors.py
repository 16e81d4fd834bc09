"""Writes the envelope vectors, one file for each attack, each stating what must come of it.

    python -m tests.sealing.make_vectors

Vectors are made once and then kept: they prove that today's program opens what an earlier one
sealed. The script therefore writes only the files that are missing. Every key in them is made
for this purpose and protects nothing.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sealing.content import case_ref_bytes
from sealing.envelope import SealedEnvelope, SealedPart, header
from sealing.identities import Identity, identity_of, new_identity
from sealing.opening import rewrap
from sealing.receipts import Receipt, ReceiptTerms, derive
from sealing.recipients import Recipient, RecipientKind
from sealing.seal import add_part, seal
from sealing.stretching import TEST_COST
from sealing.suites import Suite, unwrap
from tests.sealing.independent import wrap_info, wraps_of

FOLDER = Path(__file__).parent / "vectors" / "envelopes"
CASE = "mf2xg5dsmfwgc3tpmnugk43uzi"
OTHER_CASE = "nbswy3dpo5xxe3denbuxg2lozi"
ACCOUNT = (
    "They lock the doors at night. Ils ferment les portes la nuit. रात को ताला लगता है।".encode()
)
VAULT = b"name and telephone number"
LINE = 96
TERMS = ReceiptTerms(salt=b"salt of the vectors, not secret!", cost=TEST_COST)
RECEIPT = Receipt(digits="27182818284590459")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """An envelope, the key that tries to open it, and what must come of it."""

    name: str
    claim: str
    expect: str
    data: bytes
    identity: Identity | None = None  # None: the reporter, with the receipt
    case_ref: str = CASE
    part: str = "account"
    content: bytes | None = None


def key_fields(identity: Identity | None) -> dict[str, str]:
    """The private key as the vector shows it."""
    if identity is None:
        return {"receipt": RECEIPT.digits, "salt": TERMS.salt.hex()}
    who = identity.recipient
    return {"kind": who.kind, "suite": who.suite, "id": who.id, "seed": identity.keys.seed.hex()}


def as_json(vector: Vector) -> str:
    """The vector as text, with the long bytes in lines."""
    digits = vector.data.hex()
    fields = {
        "claim": vector.claim,
        "expect": vector.expect,
        "case_ref": vector.case_ref,
        "part": vector.part,
        "key": key_fields(vector.identity),
        "content": None if vector.content is None else vector.content.hex(),
        "envelope": [digits[at : at + LINE] for at in range(0, len(digits), LINE)],
    }
    return json.dumps(fields, indent=1, ensure_ascii=False) + "\n"


def seeded(letter: str, kind: RecipientKind, suite: Suite) -> Identity:
    """An identity that can be recognised in a dump."""
    return identity_of(kind, suite, letter.encode() * 32)


ANNA = seeded("a", RecipientKind.HANDLER, Suite.X_WING)
BEN = seeded("b", RecipientKind.HANDLER, Suite.X_WING)
CARLA = seeded("c", RecipientKind.HANDLER, Suite.X25519)
TEAM = seeded("t", RecipientKind.TEAM, Suite.X_WING)
SAFE = seeded("r", RecipientKind.RECOVERY, Suite.X_WING)
STRANGER = new_identity()
REPORTER = derive(RECEIPT, TERMS)


def to(*who: Identity) -> list[Recipient]:
    """The public halves."""
    return [identity.recipient for identity in who]


def with_part(envelope: SealedEnvelope, part: SealedPart) -> bytes:
    """The envelope with its first part replaced."""
    return replace(envelope, parts=(part, *envelope.parts[1:])).encode()


def valid() -> Iterator[Vector]:
    """Envelopes that open."""
    for suite, who in ((Suite.X_WING, ANNA), (Suite.X25519, CARLA)):
        yield Vector(
            name=f"opens_{suite.name.lower()}",
            claim=f"sealed to one handler with {suite.value}",
            expect="opens",
            data=seal(CASE, {"account": ACCOUNT}, to(who)).encode(),
            identity=who,
            content=ACCOUNT,
        )
    everyone = [*to(ANNA, CARLA, TEAM, SAFE), REPORTER.recipient(Suite.X_WING)]
    whole = add_part(seal(CASE, {"account": ACCOUNT}, everyone), "identity", VAULT, to(ANNA, SAFE))
    for name, who in (("handler", CARLA), ("team", TEAM), ("recovery", SAFE), ("reporter", None)):
        yield Vector(
            name=f"opens_{name}_among_many",
            claim=f"two parts and five recipients in both suites; opened by the {name}",
            expect="opens",
            data=whole.encode(),
            identity=who,
            content=ACCOUNT,
        )
    yield Vector(
        name="reporter_and_vault",
        claim="the identity vault is not wrapped to the reporter",
        expect="not_addressed",
        data=whole.encode(),
        part="identity",
    )
    yield Vector(
        name="opens_reporter_x25519",
        claim="the same receipt gives a key in the other suite",
        expect="opens",
        data=seal(CASE, {"letter": b""}, [REPORTER.recipient(Suite.X25519)]).encode(),
        part="letter",
        content=b"",
    )


def not_for_this_key(two: SealedEnvelope) -> Iterator[Vector]:
    """Envelopes that are in order and not for the one who asks."""
    yield Vector(
        name="wrong_recipient",
        claim="the key is not among the recipients",
        expect="not_addressed",
        data=two.encode(),
        identity=STRANGER,
    )
    removed = rewrap(two, ANNA, to(ANNA))
    yield Vector(
        name="recipient_removed",
        claim="rewrapped without this recipient, under a new content key",
        expect="not_addressed",
        data=removed.encode(),
        identity=BEN,
    )
    old = two.parts[0].wrap_for(BEN.id)
    new = removed.parts[0]
    put_back = replace(new, wraps=(*new.wraps, old)) if old else new
    yield Vector(
        name="recipient_removed_and_put_back",
        claim="the removed recipient's old wrap is put back into the new envelope",
        expect="tampered",
        data=with_part(removed, put_back),
        identity=BEN,
    )
    yield Vector(
        name="no_such_part",
        claim="the part that is asked for is not there",
        expect="no_such_part",
        data=two.encode(),
        identity=ANNA,
        part="identity",
    )


def moved_or_swapped(two: SealedEnvelope) -> Iterator[Vector]:
    """Whole pieces that are genuine, in another place than their own."""
    part = two.parts[0]
    first, second = part.wraps
    both = seal(CASE, {"account": ACCOUNT, "identity": VAULT}, to(ANNA, BEN))
    account, vault = both.parts
    again = seal(CASE, {"account": b"another text"}, to(ANNA, BEN)).parts[0]
    foreign = seal(CASE, {"account": b""}, to(CARLA)).parts[0].wraps[0]
    crossed = (replace(first, wrapped=second.wrapped), replace(second, wrapped=first.wrapped))
    for name, claim, data in (
        (
            "swapped_parts",
            "two parts have exchanged names",
            replace(
                both,
                parts=(replace(account, name="identity"), replace(vault, name="account")),
            ).encode(),
        ),
        (
            "swapped_content",
            "two parts have exchanged contents",
            with_part(both, replace(account, ciphertext=vault.ciphertext, nonce=vault.nonce)),
        ),
        (
            "wraps_swapped",
            "two recipients' wraps are swapped",
            with_part(two, replace(part, wraps=crossed)),
        ),
        (
            "recipients_reordered",
            "the same wraps in another order",
            with_part(two, replace(part, wraps=(second, first))),
        ),
        (
            "recipient_stripped",
            "a recipient was cut out by someone without a key",
            with_part(two, replace(part, wraps=(first,))),
        ),
        (
            "recipient_added",
            "a wrap of another envelope was added by someone without a key",
            with_part(two, replace(part, wraps=(*part.wraps, foreign))),
        ),
        (
            "wraps_of_another_envelope",
            "the wraps of another envelope of the same case",
            with_part(two, replace(part, wraps=again.wraps)),
        ),
    ):
        yield Vector(name=name, claim=claim, expect="tampered", data=data, identity=ANNA)
    yield Vector(
        name="moved_to_another_case",
        claim="genuine, in the row of another case",
        expect="tampered",
        data=two.encode(),
        identity=ANNA,
        case_ref=OTHER_CASE,
    )
    relabelled = replace(first, recipient_id=STRANGER.id)
    yield Vector(
        name="wrap_relabelled",
        claim="a wrap bears the id of another recipient, who tries to open it",
        expect="tampered",
        data=with_part(two, replace(part, wraps=(relabelled, second))),
        identity=STRANGER,
    )
    yield Vector(
        name="kind_changed",
        claim="a handler's wrap calls itself a team's",
        expect="tampered",
        data=with_part(
            two, replace(part, wraps=(replace(first, kind=TEAM.recipient.kind), second))
        ),
        identity=ANNA,
    )


def flipped(two: SealedEnvelope) -> Iterator[Vector]:
    """One bit is wrong, in each of the places that have no meaning by themselves."""
    part = two.parts[0]

    def flip(data: bytes, at: int) -> bytes:
        changed = bytearray(data)
        changed[at] ^= 1
        return bytes(changed)

    def in_wrap(which: int, at: int) -> SealedPart:
        wraps = list(part.wraps)
        wraps[which] = replace(wraps[which], wrapped=flip(wraps[which].wrapped, at))
        return replace(part, wraps=tuple(wraps))

    for name, change in (
        ("lattice", in_wrap(0, 0)),
        ("curve", in_wrap(0, 1100)),
        ("wrapped_key", in_wrap(0, 1130)),
        ("other_wrap", in_wrap(1, 0)),
        ("commitment", replace(part, commitment=flip(part.commitment, 0))),
        ("nonce", replace(part, nonce=flip(part.nonce, 0))),
        ("ciphertext", replace(part, ciphertext=flip(part.ciphertext, 0))),
        ("tag", replace(part, ciphertext=flip(part.ciphertext, -1))),
    ):
        yield Vector(
            name=f"flipped_{name}",
            claim=f"one bit differs in the {name.replace('_', ' ')}",
            expect="tampered",
            data=with_part(two, change),
            identity=ANNA,
        )
    yield Vector(
        name="ciphertext_shortened",
        claim="the ciphertext lost a byte and its length says so",
        expect="tampered",
        data=with_part(two, replace(part, ciphertext=part.ciphertext[:-1])),
        identity=ANNA,
    )
    yield Vector(
        name="ciphertext_empty",
        claim="the ciphertext is gone",
        expect="tampered",
        data=with_part(two, replace(part, ciphertext=b"")),
        identity=ANNA,
    )


def dishonest_sealer(two: SealedEnvelope) -> Iterator[Vector]:
    """Made by someone who knows the content key and does not follow the format."""
    part = two.parts[0]
    slot = wraps_of(part.encode())[1][ANNA.id][0]
    key = unwrap(ANNA.keys, part.wraps[0].wrapped, wrap_info(CASE, part.name, slot))

    def sealed(commitment: bytes, padded: bytes) -> bytes:
        bound = case_ref_bytes(CASE) + header(part.name, part.wraps, commitment, part.nonce)
        made = replace(
            part,
            commitment=commitment,
            ciphertext=AESGCM(key).encrypt(part.nonce, padded, bound),
        )
        return with_part(two, made)

    for name, claim, commitment, padded in (
        ("wrong_commitment", "the commitment is to another key", bytes(32), b"a\x80"),
        ("wrong_padding", "the padding has no mark", part.commitment, b"a" + bytes(99)),
        ("no_padding", "there is nothing at all inside", part.commitment, b""),
    ):
        data = sealed(commitment, padded)
        yield Vector(name=name, claim=claim, expect="tampered", data=data, identity=ANNA)


def malformed(two: SealedEnvelope) -> Iterator[Vector]:
    """Bytes that are not an envelope of this version."""
    data = two.encode()
    part_at = 9  # magic 3, version 1, count 1, length 4
    name_at = part_at + 5
    count_at = name_at + len("account")
    wrap_at = count_at + 1
    length_at = wrap_at + 19

    def put(at: int, *values: int) -> bytes:
        return data[:at] + bytes(values) + data[at + len(values) :]

    def grown(extra: bytes) -> bytes:
        length = int.from_bytes(data[5:part_at], "big") + len(extra)
        return data[:5] + length.to_bytes(4, "big") + data[part_at:] + extra

    wrap_bytes = data[wrap_at : length_at + 2 + 1168]
    after_wraps = wrap_at + 2 * len(wrap_bytes)
    twice = wrap_bytes + wrap_bytes + data[after_wraps:]
    nobody = data[part_at:count_at] + b"\0" + data[after_wraps:]
    nameless = data[part_at : part_at + 4] + b"\0" + data[count_at:]
    doubled = b"GHE\x01\x02" + data[5:] + data[5:]
    for name, claim, reason, changed in (
        ("empty", "no bytes at all", "truncated", b""),
        ("not_an_envelope", "other letters at the start", "not_ours", put(0, 0x50)),
        ("not_a_part", "other letters at the start of the part", "not_ours", put(part_at, 0x50)),
        ("old_version", "version 0", "unknown_version", put(3, 0)),
        ("new_version", "version 2", "unknown_version", put(3, 2)),
        ("old_version_of_part", "version 0 of a part", "unknown_version", put(part_at + 3, 0)),
        ("unknown_suite", "a KEM that is none of ours", "unknown_suite", put(wrap_at + 1, 0, 0x10)),
        ("unknown_kind", "a kind of recipient that is none", "unknown_kind", put(wrap_at, 9)),
        ("truncated_by_one", "the last byte is missing", "truncated", data[:-1]),
        ("truncated_in_wrap", "cut off in the middle of a wrap", "truncated", data[:600]),
        ("truncated_head", "three bytes", "truncated", data[:3]),
        ("trailing_byte", "one byte more", "trailing_bytes", data + b"\0"),
        ("trailing_byte_in_part", "one byte more within the part", "trailing_bytes", grown(b"\0")),
        ("no_parts", "an envelope of nothing", "out_of_range", b"GHE\x01\x00"),
        ("no_recipients", "a part for nobody", "out_of_range", data[:5] + _prefixed(nobody)),
        ("too_few_parts", "a count that stops before the end", "trailing_bytes", put(4, 0)),
        ("too_many_parts", "a count that goes past the end", "truncated", put(4, 2)),
        ("capital_in_name", "a part name that is not plain", "out_of_range", put(name_at, 0x41)),
        ("accent_in_name", "a part name that is not ASCII", "out_of_range", put(name_at, 0xE9)),
        ("empty_name", "a part without a name", "out_of_range", data[:5] + _prefixed(nameless)),
        ("wrong_wrap_length", "the other suite's wrap", "out_of_range", put(wrap_at + 1, 0, 0x20)),
        ("recipient_twice", "one recipient in two slots", "repeated", data[:wrap_at] + twice),
        ("part_twice", "two parts of one name", "repeated", doubled),
    ):
        expect = f"malformed:{reason}"
        yield Vector(name=name, claim=claim, expect=expect, data=changed, identity=ANNA)


def _prefixed(part: bytes) -> bytes:
    return len(part).to_bytes(4, "big") + part


def vectors() -> Iterator[Vector]:
    """All of them."""
    two = seal(CASE, {"account": ACCOUNT}, to(ANNA, BEN))
    yield from valid()
    for family in (not_for_this_key, moved_or_swapped, flipped, dishonest_sealer, malformed):
        yield from family(two)


def main() -> None:
    """Writes the vectors that are not there yet."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for vector in vectors():
        path = FOLDER / f"{vector.name}.json"
        if not path.exists():
            path.write_text(as_json(vector), encoding="utf-8")


if __name__ == "__main__":
    main()
