"""The key ring of a running house: it learns of a new key without a restart.

`gehoor keys rotate` puts a new key into the key ring's file and then seals rows anew, while other
processes serve. A process that meets a key it does not know looks whether the file has changed;
and it looks every few seconds, so that it soon seals under the new key itself. Keys from the
environment or a command are read once: rotate those where they are kept (docs/operating.md).
"""

import asyncio
from pathlib import Path

import structlog

from sealing.failures import KeyRingUnusable, UnknownRowKey
from sealing.key_ring import KeyRing
from sealing.key_ring_file import load_key_ring

SECONDS_BETWEEN_LOOKS = 3.0
"""How much longer rows may be sealed under the older key after a rotation."""

log = structlog.get_logger("service")


class LivingKeyRing(KeyRing):
    """A key ring that follows its file. May be used from any thread."""

    __slots__ = ("_mark", "_path")

    _path: Path
    _mark: tuple[int, int] | None

    def __init__(self, path: Path) -> None:
        """Raises `KeyRingUnusable`, which says what to do."""
        mark = _mark(path)
        ring = load_key_ring(path)
        super().__init__(pepper=ring.pepper, keys=ring.keys)
        self._put(_path=path, _mark=mark)

    def open_row(self, table: str, column: str, row_id: str, data: bytes) -> bytes:
        """As `KeyRing.open_row`; an unknown key is looked up in the file first."""
        try:
            return KeyRing.open_row(self, table, column, row_id, data)
        except UnknownRowKey:
            if not self.learn():
                raise
        return KeyRing.open_row(self, table, column, row_id, data)

    def is_current(self, data: bytes) -> bool:
        """As `KeyRing.is_current`; an unknown key is looked up in the file first."""
        try:
            return KeyRing.is_current(self, data)
        except UnknownRowKey:
            if not self.learn():
                raise
        return KeyRing.is_current(self, data)

    def learn(self) -> bool:
        """Take the keys of a file that has changed; False where it has not, or is not ours."""
        mark = _mark(self._path)
        if mark is None or mark == self._mark:
            return False
        try:
            found = load_key_ring(self._path)
        except KeyRingUnusable:
            log.warning("key_ring_not_read", hint="the keys that are known are used on")
            return False
        if found.pepper != self.pepper:
            log.error("key_ring_of_another_installation", hint="put the right one back")
            return False
        # What opens is widened before what seals is changed: no moment in between is wrong.
        self._put(by_head={**self.by_head, **found.by_head})
        self._put(keys=found.keys)
        self._put(_mark=mark)
        log.info("key_ring_learned", keys=len(found.keys))
        return True

    def _put(self, **fields: object) -> None:
        """Values that are frozen for everybody else."""
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    async def keep_fresh(self) -> None:
        """Look every few seconds until cancelled."""
        while True:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
            await asyncio.to_thread(self.learn)


def _mark(path: Path) -> tuple[int, int] | None:
    """What changes when the file is replaced; None where it cannot be looked at."""
    try:
        looked = path.stat()
    except OSError:
        return None
    return looked.st_ino, looked.st_mtime_ns
