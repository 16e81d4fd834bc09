"""A database to keep things in, of each kind."""

from collections.abc import Iterator

import pytest

from tests.storage.ground import Ground


@pytest.fixture
def ground(database_url: str) -> Iterator[Ground]:
    ground = Ground(database_url)
    yield ground
    ground.close()
