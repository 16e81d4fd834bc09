"""What the modules of tables share: the list of all tables, and the kinds of clear columns."""

from sqlalchemy import MetaData, String

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
