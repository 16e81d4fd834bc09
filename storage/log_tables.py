"""The tables of the cases' logs, and of what is left of those whose records were erased.

Beside `storage.tables`, by whose rules they go, and which has all tables together.
"""

from sqlalchemy import Column, Date, Integer, SmallInteger, String, Table

from storage.columns import CODE, ID, METADATA, PSEUDONYM

_DIGEST = String(64)

LOG_ENTRIES = Table(
    "log_entries",
    METADATA,
    Column("case_ref", ID, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("day", Date, nullable=False),
    Column("role", CODE, nullable=False),
    Column("actor_id", ID),
    Column("action", CODE, nullable=False),
    Column("reason", CODE),
    Column("status", CODE, nullable=False),
    Column("previous", _DIGEST, nullable=False),
    Column("subject", ID),
    Column("digest", _DIGEST, nullable=False),
)

CHECKPOINTS = Table(
    "checkpoints",
    METADATA,
    Column("day", Date, primary_key=True),
    Column("cases", Integer, nullable=False),
    Column("digest", _DIGEST, nullable=False),
    Column("previous", _DIGEST, nullable=False),
    Column("format", SmallInteger, nullable=False, server_default="1"),
)

TOMBSTONES = Table(
    "tombstones",
    METADATA,
    # A pseudonym of the case: nobody can tell from it which case there was.
    Column("name", PSEUDONYM, primary_key=True),
    Column("length", Integer, nullable=False),
    Column("digest", _DIGEST, nullable=False),
    Column("last_on", Date, nullable=False),
    Column("closed_on", Date, nullable=False),
    Column("erased_on", Date, nullable=False),
    # Over all of it under the key ring, so that nobody can make one who has the database alone.
    Column("proof", PSEUDONYM, nullable=False),
)
