"""The shelf of tokens: what comes back, and what a thief of the database reads."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from accounts.api_tokens import NewApiToken, Scope, new_api_token
from storage.tables import API_TOKENS
from tests.storage.ground import KEY_RING, TODAY, Ground, organisation


def token_for(owner: str, today: date = TODAY) -> NewApiToken:
    made = new_api_token(KEY_RING, owner, (Scope.RELEASES, Scope.SCORE), today)
    assert isinstance(made, NewApiToken)
    return made


def test_a_token_comes_back_as_it_was_kept_and_is_gone_when_it_was_dropped(ground: Ground) -> None:
    owner = organisation()
    one, other = token_for(owner.id).kept, token_for(owner.id).kept
    used = one.used(TODAY + timedelta(days=1))
    with ground.writing() as tx:
        tx.sites.put_organisation(owner)
        tx.api_tokens.put(one)
        tx.api_tokens.put(other)
        tx.api_tokens.put(used)
    with ground.reading() as tx:
        assert tx.api_tokens.by_digest(one.digest) == used
        assert tx.api_tokens.by_digest("nobody") is None
        assert set(tx.api_tokens.every()) == {used, other}
        assert tx.api_tokens.digests() == {one.digest, other.digest}
    with ground.writing() as tx:
        assert tx.api_tokens.drop(one.id)
        assert not tx.api_tokens.drop(one.id)
    with ground.reading() as tx:
        assert tx.api_tokens.by_digest(one.digest) is None


def test_a_token_belongs_to_an_organisation_that_there_is(ground: Ground) -> None:
    with pytest.raises(DBAPIError), ground.writing() as tx:
        tx.api_tokens.put(token_for(organisation().id).kept)


def test_a_thief_reads_neither_the_token_nor_what_it_is_good_for(ground: Ground) -> None:
    owner = organisation()
    new = token_for(owner.id)
    with ground.writing() as tx:
        tx.sites.put_organisation(owner)
        tx.api_tokens.put(new.kept)
    with ground.engine.connect() as connection:
        (row,) = connection.execute(select(API_TOKENS)).all()
    stolen = repr(tuple(row))
    for secret in (new.token, new.token[7:], "releases", str(new.kept.expires_on)):
        assert secret not in stolen
