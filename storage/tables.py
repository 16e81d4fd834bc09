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
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    false,
)

from storage.columns import CODE, ID, PSEUDONYM
from storage.columns import METADATA as METADATA
from storage.log_tables import CHECKPOINTS as CHECKPOINTS
from storage.log_tables import LOG_ENTRIES as LOG_ENTRIES
from storage.log_tables import TOMBSTONES as TOMBSTONES

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

DELIVERIES = Table(
    "deliveries",
    METADATA,
    Column("id", ID, primary_key=True),
    # "mail", or a webhook's id. When it is tried again is sealed: moments tell who was there.
    Column("line", ID, nullable=False),
    Column("state", CODE, nullable=False),
    Column("changed_on", Date, nullable=False),
    Column("details_sealed", LargeBinary, nullable=False),
    Index("ix_deliveries_line", "line", "state"),
    Index("ix_deliveries_state", "state", "changed_on"),
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
    # A pseudonym of the code: posters show codes, and would else tell which site a row is.
    Column("code", PSEUDONYM, nullable=False, unique=True),
    Column("details_sealed", LargeBinary, nullable=False),
)

SUPPLY_LINKS = Table(
    "supply_links",
    METADATA,
    Column("id", PSEUDONYM, primary_key=True),
    Column("organisation_id", ID, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("site_id", ID, ForeignKey("sites.id"), nullable=False, index=True),
    Column("details_sealed", LargeBinary, nullable=False),
)

REFERRALS = Table(
    "referrals",
    METADATA,
    Column("id", ID, primary_key=True),
    # A pseudonym of the country: which countries are covered is nobody's business.
    Column("country", PSEUDONYM, nullable=False, index=True),
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

WEBHOOKS = Table(
    "webhooks",
    METADATA,
    Column("id", ID, primary_key=True),
    # None: the house's own.
    Column("organisation_id", ID, ForeignKey("organisations.id"), index=True),
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
    Column("due_on", Date, index=True),
    Column("erase_on", Date, index=True),
    # The last day on which nothing of it is erased; why, and who wanted it, is sealed.
    Column("held_until", Date, index=True),
    Column("reporter_key", LargeBinary, nullable=False),
    Column("details_sealed", LargeBinary, nullable=False),
    Column("envelope", LargeBinary, nullable=False),
)

CASE_ORGANISATIONS = Table(
    "case_organisations",
    METADATA,
    Column("organisation_id", ID, ForeignKey("organisations.id"), primary_key=True),
    Column("quarter", String(7), primary_key=True),
    Column("case_ref", ID, ForeignKey("cases.ref"), primary_key=True, index=True),
    # What a release counts, so that no case is opened for it (storage.report_lines).
    Column("report_sealed", LargeBinary, nullable=False),
    # Whether it stands in a page as well, as it is here.
    Column("is_gathered", Boolean, nullable=False, server_default=false()),
    Index("ix_case_organisations_apart", "is_gathered", "organisation_id", "quarter"),
)

REPORT_PAGES = Table(
    "report_pages",
    METADATA,
    Column("organisation_id", ID, ForeignKey("organisations.id"), primary_key=True),
    Column("quarter", String(7), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("reports_sealed", LargeBinary, nullable=False),
)

CASE_HELPERS = Table(
    "case_helpers",
    METADATA,
    Column("lookup", PSEUDONYM, primary_key=True),
    Column("case_ref", ID, ForeignKey("cases.ref"), nullable=False, index=True),
    Column("since", Date, nullable=False),
    Column("recipient", LargeBinary, nullable=False),
)

COMPANY_REQUESTS = Table(
    "company_requests",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("case_ref", ID, ForeignKey("cases.ref"), nullable=False, index=True),
    Column("organisation_id", ID, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("details_sealed", LargeBinary, nullable=False),
)

CASE_READERS = Table(
    "case_readers",
    METADATA,
    Column("handler_id", ID, ForeignKey("handlers.id"), primary_key=True),
    Column("case_ref", ID, ForeignKey("cases.ref"), primary_key=True, index=True),
    Column("is_open", Boolean, nullable=False),
    Column("urgency_rank", SmallInteger, nullable=False),
    # A case that owes nothing sorts last: the day after all others.
    Column("due_or_never", Date, nullable=False),
    Column("status", CODE, nullable=False),
    Column("theme", CODE, nullable=False),
    Column("site_id", ID),
    Index(
        "ix_case_readers_inbox",
        "handler_id",
        "is_open",
        "urgency_rank",
        "due_or_never",
        "case_ref",
    ),
    Index("ix_case_readers_due", "handler_id", "is_open", "due_or_never"),
)

READER_COUNTS = Table(
    "reader_counts",
    METADATA,
    Column("handler_id", ID, primary_key=True),
    Column("status", CODE, primary_key=True),
    Column("number", Integer, nullable=False),
)

CASE_BLOBS = Table(
    "case_blobs",
    METADATA,
    Column("blob", ID, primary_key=True),
    Column("case_ref", ID, ForeignKey("cases.ref"), nullable=False, index=True),
)

LETTERS = Table(
    "letters",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("case_ref", ID, ForeignKey("cases.ref"), nullable=False, index=True),
    Column("day", Date, nullable=False),
    Column("is_from_reporter", Boolean, nullable=False),
    Column("envelope", LargeBinary, nullable=False),
)

CASE_PAPERS = Table(
    "case_papers",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("case_ref", ID, ForeignKey("cases.ref"), nullable=False, index=True),
    Column("kind", CODE, nullable=False),
    Column("author_id", ID, nullable=False),
    Column("day", Date, nullable=False),
    Column("envelope", LargeBinary, nullable=False),
)

SUMMARIES = Table(
    "summaries",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("case_ref", ID, ForeignKey("cases.ref"), nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("language", CODE, nullable=False),
    Column("state", CODE, nullable=False),
    Column("day", Date, nullable=False),
    Column("shared_words_sealed", LargeBinary),
    Column("envelope", LargeBinary, nullable=False),
)

RELEASES = Table(
    "releases",
    METADATA,
    Column("organisation_id", ID, ForeignKey("organisations.id"), primary_key=True),
    Column("quarter", String(7), primary_key=True),
    Column("details_sealed", LargeBinary, nullable=False),
)

# --- consultations ------------------------------------------------------------------------

ROUNDS = Table(
    "rounds",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("organisation_id", ID, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("status", CODE, nullable=False),
    Column("opens", Date),
    Column("closes", Date),
    Column("feedback_by", Date),
    Column("details_sealed", LargeBinary, nullable=False),
)

INVITATIONS = Table(
    "invitations",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("round_id", ID, ForeignKey("rounds.id"), nullable=False, index=True),
    Column("token_digest", PSEUDONYM, nullable=False, unique=True),
    Column("details_sealed", LargeBinary, nullable=False),
)

RATINGS = Table(
    "ratings",
    METADATA,
    Column("round_id", ID, ForeignKey("rounds.id"), primary_key=True),
    Column("participant", ID, primary_key=True),
    Column("site_id", ID, primary_key=True, index=True),
    Column("theme", CODE, primary_key=True),
    Column("details_sealed", LargeBinary, nullable=False),
)

CONTRIBUTIONS = Table(
    "contributions",
    METADATA,
    Column("round_id", ID, ForeignKey("rounds.id"), primary_key=True),
    Column("participant", ID, primary_key=True),
    Column("envelope", LargeBinary, nullable=False),
)

# --- monitoring ---------------------------------------------------------------------------

SIGNALS = Table(
    "signals",
    METADATA,
    Column("kind", CODE, primary_key=True),
    Column("reference", String(60), primary_key=True),
    Column("subject_kind", CODE, primary_key=True),
    Column("subject_id", ID, primary_key=True),
    Column("theme", CODE, primary_key=True),
    Column("quarter", String(7), nullable=False),
    Column("details_sealed", LargeBinary, nullable=False),
    Index("ix_signals_cell", "subject_kind", "subject_id", "theme", "quarter", "reference"),
)

TALLIES = Table(
    "tallies",
    METADATA,
    Column("subject_kind", CODE, primary_key=True),
    Column("subject_id", ID, primary_key=True),
    Column("theme", CODE, primary_key=True),
    Column("quarter", String(7), primary_key=True),
    Column("kind", CODE, primary_key=True),
    Column("standing", CODE, primary_key=True),
    Column("details_sealed", LargeBinary, nullable=False),
    # What is counted of each signal, so that one more report opens no other (storage.tally_lines).
    Column("lines_sealed", LargeBinary),
)

FINDINGS = Table(
    "findings",
    METADATA,
    Column("id", String(80), primary_key=True),
    Column("subject_kind", CODE, nullable=False),
    Column("subject_id", ID, nullable=False),
    Column("theme", CODE, nullable=False),
    Column("details_sealed", LargeBinary, nullable=False),
    Index("ix_findings_subject", "subject_kind", "subject_id"),
)

INVOLVEMENTS = Table(
    "involvements",
    METADATA,
    Column("organisation_id", ID, ForeignKey("organisations.id"), primary_key=True),
    Column("finding_id", String(80), primary_key=True),
    Column("details_sealed", LargeBinary, nullable=False),
)

HEAT_MAPS = Table(
    "heat_maps",
    METADATA,
    Column("organisation_id", ID, primary_key=True),
    Column("viewer", CODE, primary_key=True),
    Column("day", Date, nullable=False),
    Column("details_sealed", LargeBinary, nullable=False),
)

PRIORITIES = Table(
    "priorities",
    METADATA,
    Column("organisation_id", ID, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("details_sealed", LargeBinary, nullable=False),
)

SITE_READERS = Table(
    "site_readers",
    METADATA,
    Column("site_id", ID, primary_key=True),
    Column("quarter", String(7), primary_key=True),
    Column("readers", Integer, nullable=False),
)

SITE_AWARENESS = Table(
    "site_awareness",
    METADATA,
    Column("site_id", ID, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("asked", Integer, nullable=False),
    Column("aware", Integer, nullable=False),
)

ATTESTATIONS = Table(
    "attestations",
    METADATA,
    Column("organisation_id", ID, ForeignKey("organisations.id"), primary_key=True),
    Column("question", CODE, primary_key=True),
    Column("component", CODE, primary_key=True),
    Column("details_sealed", LargeBinary, nullable=False),
)

FIGURES = Table(
    "figures",
    METADATA,
    Column("organisation_id", ID, ForeignKey("organisations.id"), primary_key=True),
    Column("kind", CODE, primary_key=True),
    # A quarter, or the id of a round.
    Column("name", ID, primary_key=True),
    Column("details_sealed", LargeBinary, nullable=False),
)

# --- signing in ---------------------------------------------------------------------------

ACCOUNTS = Table(
    "accounts",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("name_digest", PSEUDONYM, nullable=False, unique=True),
    Column("role", CODE, nullable=False),
    Column("organisation_id", ID, ForeignKey("organisations.id")),
    # The step of the last code that was used (RFC 6238) tells the half minute of a sign-in.
    Column("last_step_sealed", LargeBinary),
    Column("proofs_sealed", LargeBinary, nullable=False),
    Column("identity_sealed", LargeBinary),
)

FAILURES = Table(
    "failures",
    METADATA,
    Column("key", PSEUDONYM, primary_key=True),
    Column("last_on", Date, nullable=False, index=True),
    Column("details_sealed", LargeBinary, nullable=False),
)

LOGINS = Table(
    "logins",
    METADATA,
    Column("digest", PSEUDONYM, primary_key=True),
    Column("account_id", ID, ForeignKey("accounts.id"), nullable=False, index=True),
    Column("started_on", Date, nullable=False, index=True),
    Column("details_sealed", LargeBinary, nullable=False),
)

API_TOKENS = Table(
    "api_tokens",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("organisation_id", ID, ForeignKey("organisations.id"), nullable=False, index=True),
    # Keyed, so that nobody can try a token on a stolen copy.
    Column("digest", PSEUDONYM, nullable=False, unique=True),
    Column("details_sealed", LargeBinary, nullable=False),
)
