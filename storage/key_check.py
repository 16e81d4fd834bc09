"""Is this the key ring that the database was sealed under? Asked whenever one is opened.

A known word is kept in the database, sealed under the ring, with a pseudonym of it inside. Another
ring does not open it; a ring with the right row keys and another pepper opens it and gives another
pseudonym. Without this an installation that was started with a wrong ring would seal new drafts
beside old ones that nobody can read, and take everybody for a stranger.

Stored format, version 1: `installation.key_check` is a sealed row whose content is the pseudonym
of `_WORD`. It is sealed anew once the ring has a newer key, so that old keys can be taken off.
"""

from sqlalchemy import Connection, Engine

from sealing.failures import SealingError
from sealing.key_ring import KeyRing
from storage.engines import reading
from storage.errors import WrongKeyRing
from storage.installation import Installation
from storage.statements import put_if_new
from storage.tables import INSTALLATION

NAME = "key_check"
_PLACE = (INSTALLATION.name, "value", NAME)
_WORD = "gehoor 1"


def hold_key_ring_to(engine: Engine, key_ring: KeyRing) -> None:
    """Raises `WrongKeyRing` when the database was sealed under another ring.

    The first ring that a database is opened with is its own from then on.
    """
    with reading(engine).connect() as connection:
        kept = Installation(connection).get(NAME)
    if kept is None or (fits(kept, key_ring) and not key_ring.is_current(kept)):
        with engine.begin() as connection:
            kept = _renewed(connection, kept, key_ring)
    if not fits(kept, key_ring):
        raise WrongKeyRing(
            "this database was sealed under another key ring: restore the key ring that belongs to "
            "it (nothing was changed)"
        )


def fits(kept: bytes, key_ring: KeyRing) -> bool:
    """Whether what is kept in a database was sealed under this ring, with this pepper."""
    try:
        content = key_ring.open_row(*_PLACE, kept)
    except SealingError:
        return False
    return content == _pseudonym(key_ring)


def _renewed(connection: Connection, before: bytes | None, key_ring: KeyRing) -> bytes:
    """What is kept from now on; another process may have been first at a new database."""
    value = key_ring.seal_row(*_PLACE, _pseudonym(key_ring))
    if before is not None:
        Installation(connection).put(NAME, value)
        return value
    put_if_new(connection, INSTALLATION, {"name": NAME, "value": value}, key=("name",))
    return Installation(connection).get(NAME) or value


def _pseudonym(key_ring: KeyRing) -> bytes:
    return key_ring.pseudonym("key check", _WORD).encode()
