"""`gehoor init`: what there must be before anybody can be heard. May be run again at any time.

Makes what is missing and leaves what is there: the home folder, the key ring, the database, the
recovery key, and the first teams. Keys are never overwritten.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from register.people import Team, TeamKind
from sealing.identifiers import new_id
from sealing.identities import new_identity
from sealing.key_ring_file import create_key_ring
from sealing.recipients import Recipient, RecipientKind
from sealing.recovery import recovery_text
from sealing.suites import Suite
from service.foundations import Records, has_key_ring_elsewhere, records
from service.refusals import Refused
from service.settings import PREFIX, Settings
from storage.people import NoRecoveryKey
from storage.transaction import SqlTransaction

HOME_MODE = 0o700
FIRST_TEAMS: tuple[tuple[TeamKind, str], ...] = (
    (TeamKind.REGULAR, "Case handlers"),
    (TeamKind.URGENT, "Urgent cases"),
    (TeamKind.APPEAL, "Appeals"),
    (TeamKind.OVERSIGHT, "Oversight"),
)
"""One of each kind: routing falls back from one to the next (`register.routing`)."""


class Made(StrEnum):
    """What `set_up` can make."""

    HOME = "home"
    KEY_RING = "key_ring"
    RECOVERY_KEY = "recovery_key"
    TEAMS = "teams"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """What was made now; the rest was there."""

    made: frozenset[Made]


def set_up(settings: Settings, today: date, show_recovery: Callable[[str], None]) -> SetUp:
    """Make what is missing. `show_recovery` gets the recovery key's printable text, once.

    The text is shown before the public half is stored: whatever interrupts this, there is never a
    stored key whose private half nobody has seen. Raises `Refused` where the key ring of an
    existing database is missing, and what opening the two raises.
    """
    made = set()
    if _make_home(settings.home):
        made.add(Made.HOME)
    if _make_key_ring(settings, today):
        made.add(Made.KEY_RING)
    with records(settings) as kept:
        if _make_recovery_key(kept, Suite(settings.key_exchange), show_recovery):
            made.add(Made.RECOVERY_KEY)
        if kept.write(_make_teams):
            made.add(Made.TEAMS)
    return SetUp(made=frozenset(made))


def recovery_key_of(tx: SqlTransaction) -> Recipient | None:
    """The public half of the recovery key; None before there is one."""
    try:
        return tx.people.keys().recovery
    except NoRecoveryKey:
        return None


def _make_home(home: Path) -> bool:
    if home.is_dir():
        return False
    try:
        home.mkdir(mode=HOME_MODE, parents=True)
    except OSError as fault:
        raise Refused(
            f"the folder {home} cannot be made ({fault.strerror}): make it yourself, or set "
            f"{PREFIX}HOME to another"
        ) from None
    home.chmod(HOME_MODE)
    return True


def _make_key_ring(settings: Settings, today: date) -> bool:
    path = settings.key_ring_file
    if has_key_ring_elsewhere(settings) or path.exists():
        return False
    if (settings.home / "gehoor.db").exists():
        raise Refused(
            f"there is a database in {settings.home} and no key ring at {path}: restore the key "
            "ring from its backup. A new one could not read what is in the database"
        )
    create_key_ring(path, today)
    return True


def _make_recovery_key(kept: Records, suite: Suite, show: Callable[[str], None]) -> bool:
    if kept.read(recovery_key_of) is not None:
        return False
    identity = new_identity(RecipientKind.RECOVERY, suite)
    show(recovery_text(identity))
    kept.write(lambda tx: tx.people.put_recovery(identity.recipient))
    return True


def _make_teams(tx: SqlTransaction) -> bool:
    if tx.people.staff().teams:
        return False
    for kind, name in FIRST_TEAMS:
        tx.people.put_team(Team(id=new_id(), name=name, kind=kind))
    return True
