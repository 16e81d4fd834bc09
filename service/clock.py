"""The time, as the rest of the house gets it: passed in, never asked for."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """This day, in UTC: deadlines count in days, and a day more or less harms nobody."""
    return now().date()
