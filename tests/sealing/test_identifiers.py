import hashlib
import re

from sealing.identifiers import digest_token, new_id, new_token


def test_ids_are_26_letters_and_never_the_same() -> None:
    ids = {new_id() for _ in range(1000)}

    assert len(ids) == 1000
    assert all(re.fullmatch("[a-z2-7]{26}", one) for one in ids)


def test_tokens_are_safe_in_an_address_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(1000)}

    assert len(tokens) == 1000
    assert all(re.fullmatch("[A-Za-z0-9_-]{32}", token) for token in tokens)


def test_what_is_stored_of_a_token_is_its_sha_256() -> None:
    assert digest_token("a token") == hashlib.sha256(b"a token").hexdigest()
