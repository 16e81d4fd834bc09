"""The tables. What a thief of the database reads is written here, column by column.

Clear columns hold random ids, pseudonyms, coded particulars and days; everything else is sealed
(`…_sealed`, under the key ring) or an envelope (to handlers). No column holds a time, a name, an
address or words. Identifiers are random: there is no counter and no insertion order.

Every table that belongs to an organisation carries its id, so that a distributed PostgreSQL can
shard by it (design §9).
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
)

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = String(26)
PSEUDONYM = String(64)
CODE = String(40)

DIALOGUES = Table(
    "dialogues",
    METADATA,
    Column("id", PSEUDONYM, primary_key=True),
    Column("touched_on", Date, nullable=False, index=True),
    Column("awaits_handover", Boolean, nullable=False, index=True),
    Column("state_sealed", LargeBinary, nullable=False),
)

UPDATES = Table(
    "updates",
    METADATA,
    Column("id", PSEUDONYM, primary_key=True),
    Column("seen_on", Date, nullable=False, index=True),
)

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("kind", CODE, nullable=False),
    Column("due_on", Date, nullable=False, index=True),
    Column("tries", SmallInteger, nullable=False),
    Column("message_sealed", LargeBinary, nullable=False),
)
