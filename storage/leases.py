"""Leases: which process does a piece of scheduled work, so that it is done once (design §9).

A lease is a row beside the other things there is one of. It names the period that was done last
and, while somebody works, who does and until when they may. Whoever dies at work is followed by
another when the lease runs out. Called by `service.chores`.

Stored format, version 1: a JSON object {"v": 1, "done", "holder", "until"}; `until` in whole
seconds since 1970. A field may be added with a default; none changes its meaning.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import orjson
from sqlalchemy import Connection, bindparam, select, update

from storage.errors import StorageError
from storage.statements import put_if_new
from storage.tables import INSTALLATION

CLOCK_SLACK = timedelta(days=2)
"""How far ahead of this process's clock another's may be, with a period's length."""
_VERSION = 1
_READ = select(INSTALLATION.c.value).where(INSTALLATION.c.name == bindparam("name"))
_SWAP = (
    update(INSTALLATION)
    .where(INSTALLATION.c.name == bindparam("lease"), INSTALLATION.c.value == bindparam("before"))
    .values(value=bindparam("after"))
)


class UnreadableLeaseError(StorageError):
    """A lease does not have the shape that this version knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Where one piece of work stands."""

    done: str = ""
    """The last period that was done, such as `2026-11-20`. Periods sort as they follow."""
    holder: str = ""
    """The process at work, or the one that put it off; empty for nobody."""
    until: int = 0
    """Until when nobody else begins, in seconds since 1970."""

    def is_free(self, period: str, now: datetime) -> bool:
        """Whether this period is still to be done and nobody is at it.

        What a clock wrote that was far ahead does not count once it is right again: else nothing
        would be done until that day has come.
        """
        beyond = now + CLOCK_SLACK
        is_done = period <= self.done < beyond.isoformat()
        return not is_done and not now.timestamp() < self.until <= beyond.timestamp()


class SqlLeaseShelf:
    """Every lease, by the name of its work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def is_due(self, name: str, period: str, now: datetime) -> bool:
        """Whether `take` would give it now; for looking first without writing."""
        return _read(self._value(name)).is_free(period, now)

    def last_done(self, name: str) -> str:
        """The last period that was done; empty for none."""
        return _read(self._value(name)).done

    def take(self, name: str, *, period: str, holder: str, now: datetime, lasts: timedelta) -> bool:
        """The work is the holder's for as long as it lasts; False where it is done or taken."""
        before = self._value(name)
        lease = _read(before)
        if not lease.is_free(period, now):
            return False
        until = int((now + lasts).timestamp())
        return self._swap(name, before, replace(lease, holder=holder, until=until))

    def finish(self, name: str, *, period: str, holder: str) -> bool:
        """The period is done. False where the lease ran out and another took it."""
        before = self._value(name)
        if _read(before).holder != holder:
            return False
        return self._swap(name, before, Lease(done=period))

    def release(self, name: str, *, holder: str) -> bool:
        """Anybody may begin again, also in this period. False as for `finish`."""
        before = self._value(name)
        lease = _read(before)
        if lease.holder != holder:
            return False
        return self._swap(name, before, Lease(done=lease.done))

    def put_off(self, name: str, *, holder: str, until: datetime) -> bool:
        """It did not work out: nobody tries again before `until`. False as for `finish`."""
        before = self._value(name)
        lease = _read(before)
        if lease.holder != holder:
            return False
        return self._swap(name, before, replace(lease, until=int(until.timestamp())))

    def _value(self, name: str) -> bytes | None:
        return self._connection.execute(_READ, {"name": _row(name)}).scalar_one_or_none()

    def _swap(self, name: str, before: bytes | None, lease: Lease) -> bool:
        """Put the lease in place of the one that was read; False if somebody was faster."""
        after = _written(lease)
        if before is None:
            return put_if_new(
                self._connection, INSTALLATION, {"name": _row(name), "value": after}, key=("name",)
            )
        given = {"lease": _row(name), "before": before, "after": after}
        return self._connection.execute(_SWAP, given).rowcount == 1


def _row(name: str) -> str:
    return f"lease.{name}"


def _written(lease: Lease) -> bytes:
    fields = {"v": _VERSION, "done": lease.done, "holder": lease.holder, "until": lease.until}
    return orjson.dumps(fields)


def _read(value: bytes | None) -> Lease:
    if value is None:
        return Lease()
    fields = orjson.loads(value)
    if fields["v"] != _VERSION:
        raise UnreadableLeaseError(f"lease format {fields['v']} is not known")
    return Lease(done=fields["done"], holder=fields["holder"], until=fields["until"])
