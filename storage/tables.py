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

# --- places and people --------------------------------------------------------------------

ORGANISATIONS = Table(
    "organisations",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("details_sealed", LargeBinary, nullable=False),
)

SITES = Table(
    "sites",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("details_sealed", LargeBinary, nullable=False),
)

SUPPLY_LINKS = Table(
    "supply_links",
    METADATA,
    Column("organisation_id", ID, ForeignKey("organisations.id"), primary_key=True),
    Column("site_id", ID, ForeignKey("sites.id"), primary_key=True, index=True),
    Column("details_sealed", LargeBinary, nullable=False),
)

TEAMS = Table(
    "teams",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("details_sealed", LargeBinary, nullable=False),
)

HANDLERS = Table(
    "handlers",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("recipient", LargeBinary),
    Column("details_sealed", LargeBinary, nullable=False),
)

OFFICERS = Table(
    "officers",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("organisation_id", ID, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("details_sealed", LargeBinary, nullable=False),
)

INSTALLATION = Table(
    "installation",
    METADATA,
    Column("name", CODE, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

# --- cases --------------------------------------------------------------------------------

CASES = Table(
    "cases",
    METADATA,
    Column("ref", ID, primary_key=True),
    Column("lookup", PSEUDONYM, nullable=False, unique=True),
    Column("site_id", ID, index=True),
    Column("theme", CODE, nullable=False),
    Column("status", CODE, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("filed_on", Date, nullable=False, index=True),
    Column("due_on", Date),
    Column("erase_on", Date, index=True),
    Column("log_length", Integer, nullable=False),
    Column("reporter_key", LargeBinary, nullable=False),
    Column("details_sealed", LargeBinary, nullable=False),
    Column("envelope", LargeBinary, nullable=False),
)

CASE_ORGANISATIONS = Table(
    "case_organisations",
    METADATA,
    Column("organisation_id", ID, ForeignKey("organisations.id"), primary_key=True),
    Column("case_ref", ID, ForeignKey("cases.ref"), primary_key=True, index=True),
)

CASE_HANDLERS = Table(
    "case_handlers",
    METADATA,
    Column("handler_id", ID, ForeignKey("handlers.id"), primary_key=True),
    Column("case_ref", ID, ForeignKey("cases.ref"), primary_key=True, index=True),
    Column("is_open", Boolean, nullable=False),
    Column("due_on", Date),
    Index("ix_case_handlers_inbox", "handler_id", "is_open", "due_on", "case_ref"),
)

LETTERS = Table(
    "letters",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("case_ref", ID, ForeignKey("cases.ref"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("sent_on", Date, nullable=False),
    Column("from_reporter", Boolean, nullable=False),
    Column("envelope", LargeBinary, nullable=False),
    UniqueConstraint("case_ref", "number"),
)

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
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
)
