"""A login: one browser in which somebody is signed in, until it lapses.

The browser has a random token; kept is its digest alone. Every sign-in makes a new one, so that a
token planted beforehand opens nothing. Read on every page by `web.inside.present`.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from accounts.account import Account, AccountRole
from sealing.identifiers import digest_token, new_token

COOKIE = "desk"
IDLE = timedelta(minutes=15)
"""Without a page opened for so long, somebody else may sit there."""
LONGEST = timedelta(hours=8)
"""A working day; then the pass phrase is asked again, whatever happened."""
CLOCK_SLACK = timedelta(minutes=5)
"""How far a clock may have gone back (two machines, a correction) before nobody is signed in."""
TOUCH_AFTER = timedelta(minutes=1)
"""How far the kept time may lag behind, so that reading a page seldom writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """One login. Times are aware, in UTC; they tell about the desk, never about reporters."""

    digest: str
    account_id: str
    role: AccountRole
    started_at: datetime
    touched_at: datetime

    def is_live(self, now: datetime) -> bool:
        """Whether it still holds: neither idle nor too old.

        One from a time that is still to come does not: the clock was wrong then, and how long it
        has been idle cannot be said.
        """
        return -CLOCK_SLACK <= now - self.touched_at < IDLE and now - self.started_at < LONGEST

    def wants_touch(self, now: datetime) -> bool:
        """Whether the kept time is too far behind."""
        return now - self.touched_at >= TOUCH_AFTER

    def touched(self, now: datetime) -> "Login":
        """The login, used just now."""
        return replace(self, touched_at=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLogin:
    """A login to keep, and the token that goes to the browser and nowhere else."""

    login: Login
    token: str

    def __repr__(self) -> str:
        """Hides the token."""
        return f"NewLogin({self.login!r}, token=***)"


def new_login(account: Account, now: datetime) -> NewLogin:
    """A login that begins now."""
    token = new_token()
    login = Login(
        digest=digest_of(token),
        account_id=account.id,
        role=account.role,
        started_at=now,
        touched_at=now,
    )
    return NewLogin(login=login, token=token)


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return digest_token(token)
