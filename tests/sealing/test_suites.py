import hashlib
import json
import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhpke import AEADId, CipherSuite, KDFId, KEMId, KEMKey

from sealing.failures import Malformed, Tampered
from sealing.suites import Suite, key_pair, new_key_pair, unwrap, wrap, wrapped_length
from tests.sealing import independent

CONTENT_KEY = bytes(range(32))
INFO = b"where this belongs"

# the X-Wing draft's own first test vector
DRAFT = json.loads(
    (Path(__file__).parent / "vectors" / "x_wing_draft.json").read_text(encoding="ascii")
)
DRAFT_SEED = bytes.fromhex(DRAFT["seed"])


@pytest.mark.parametrize("suite", Suite)
def test_a_wrapped_key_opens_for_its_holder_in_its_place(suite: Suite) -> None:
    pair = new_key_pair(suite)

    wrapped = wrap(suite, CONTENT_KEY, pair.public_key, INFO)

    assert len(wrapped) == wrapped_length(suite)
    assert unwrap(pair, wrapped, INFO) == CONTENT_KEY


@pytest.mark.parametrize("suite", Suite)
def test_a_wrapped_key_does_not_open_in_another_place_or_for_another_holder(suite: Suite) -> None:
    pair = new_key_pair(suite)
    wrapped = wrap(suite, CONTENT_KEY, pair.public_key, INFO)

    with pytest.raises(Tampered):
        unwrap(pair, wrapped, b"somewhere else")
    with pytest.raises(Tampered):
        unwrap(new_key_pair(suite), wrapped, INFO)


def test_an_x_wing_key_is_expanded_as_the_draft_says() -> None:
    public_key = key_pair(Suite.X_WING, DRAFT_SEED).public_key

    assert public_key.hex().startswith(DRAFT["public_key_starts"])
    assert public_key.hex().endswith(DRAFT["public_key_ends"])
    assert public_key == independent.x_wing_public(DRAFT_SEED)


def test_x_wing_by_hand_gives_the_drafts_shared_secret() -> None:
    """So the second implementation, against which ours is held, is itself held to the draft."""
    encapsulated = bytes.fromhex("".join(DRAFT["ciphertext"]))

    shared = independent.x_wing_decapsulate(DRAFT_SEED, encapsulated)

    assert shared.hex() == DRAFT["shared_secret"]


def test_an_independent_hpke_library_opens_an_x25519_wrap() -> None:
    pair = new_key_pair(Suite.X25519)
    wrapped = wrap(Suite.X25519, CONTENT_KEY, pair.public_key, INFO)
    theirs = CipherSuite.new(KEMId.DHKEM_X25519_HKDF_SHA256, KDFId.HKDF_SHA256, AEADId.AES256_GCM)

    context = theirs.create_recipient_context(
        wrapped[:32], KEMKey.from_pyca_cryptography_key(pair.native), info=INFO
    )

    assert context.open(wrapped[32:]) == CONTENT_KEY


def test_we_open_what_an_independent_hpke_library_wrapped() -> None:
    pair = new_key_pair(Suite.X25519)
    theirs = CipherSuite.new(KEMId.DHKEM_X25519_HKDF_SHA256, KDFId.HKDF_SHA256, AEADId.AES256_GCM)
    public = KEMKey.from_pyca_cryptography_key(pair.native.public_key())

    encapsulated, context = theirs.create_sender_context(public, info=INFO)

    assert unwrap(pair, encapsulated + context.seal(CONTENT_KEY), INFO) == CONTENT_KEY


@pytest.mark.parametrize(
    ("suite", "kem"), [(Suite.X_WING, independent.X_WING), (Suite.X25519, independent.X25519)]
)
def test_hpke_by_hand_opens_a_wrap(suite: Suite, kem: int) -> None:
    pair = new_key_pair(suite)

    wrapped = wrap(suite, CONTENT_KEY, pair.public_key, INFO)

    assert independent.hpke_open(kem, pair.seed, wrapped, INFO) == CONTENT_KEY


@settings(deadline=None)
@given(st.binary(max_size=40))
def test_bytes_of_another_length_are_no_public_key(data: bytes) -> None:
    for suite in Suite:
        if len(data) != 32 or suite is Suite.X_WING:
            with pytest.raises(Malformed):
                wrap(suite, CONTENT_KEY, data, INFO)


def test_a_public_key_that_would_hide_nothing_is_refused() -> None:
    lattice = new_key_pair(Suite.X_WING).public_key[:1184]

    for suite, public_key in ((Suite.X25519, bytes(32)), (Suite.X_WING, lattice + bytes(32))):
        with pytest.raises(Malformed):
            wrap(suite, CONTENT_KEY, public_key, INFO)


def test_lattice_numbers_that_are_too_large_are_no_public_key() -> None:
    curve = new_key_pair(Suite.X25519).public_key

    with pytest.raises(Malformed):
        wrap(Suite.X_WING, CONTENT_KEY, b"\xff" * 1184 + curve, INFO)


def test_a_seed_of_another_length_makes_no_key() -> None:
    with pytest.raises(Malformed):
        key_pair(Suite.X_WING, bytes(31))


@pytest.mark.parametrize("suite", Suite)
def test_a_private_key_is_neither_shown_nor_pickled(suite: Suite) -> None:
    pair = key_pair(suite, hashlib.sha256(b"a secret").digest())

    assert pair.seed.hex() not in repr(pair)
    assert str(pair.seed) not in repr(pair)
    with pytest.raises(TypeError):
        pickle.dumps(pair)
