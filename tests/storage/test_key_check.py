"""A database opens under its own key ring alone."""

from datetime import timedelta

import pytest

from sealing.key_ring import KeyRing, new_key_ring
from storage.database import Database
from storage.errors import WrongKeyRing
from storage.key_check import NAME
from storage.tables import INSTALLATION
from tests.storage.ground import KEY_RING, TODAY, Ground


def test_the_first_ring_is_the_databases_own(database_url: str) -> None:
    Database.open(database_url, KEY_RING).close()
    Database.open(database_url, KEY_RING).close()
    with pytest.raises(WrongKeyRing, match="restore the key ring"):
        Database.open(database_url, new_key_ring(TODAY))


def test_the_right_keys_with_another_pepper_are_another_ring(database_url: str) -> None:
    Database.open(database_url, KEY_RING).close()
    with pytest.raises(WrongKeyRing):
        Database.open(database_url, KeyRing(pepper=bytes(32), keys=KEY_RING.keys))


def test_a_rotated_ring_opens_also_once_the_old_key_is_off_it(database_url: str) -> None:
    Database.open(database_url, KEY_RING).close()
    rotated = KEY_RING.rotated(TODAY + timedelta(days=365))
    Database.open(database_url, rotated).close()
    Database.open(database_url, rotated.without(KEY_RING.keys[0].id)).close()
    with pytest.raises(WrongKeyRing):
        Database.open(database_url, KEY_RING)


def test_a_wrong_ring_changes_nothing(database_url: str) -> None:
    def kept() -> list[bytes]:
        ground = Ground(database_url)
        with ground.engine.connect() as connection:
            rows = connection.execute(INSTALLATION.select().where(INSTALLATION.c.name == NAME))
            values = [row.value for row in rows]
        ground.close()
        return values

    Database.open(database_url, KEY_RING).close()
    before = kept()
    with pytest.raises(WrongKeyRing):
        Database.open(database_url, new_key_ring(TODAY))
    assert kept() == before != []
