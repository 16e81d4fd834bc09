"""Where the key ring comes from: a file, a value in the environment, or a command's output.

Called by the wiring at start and by the command line. All three hold the same JSON text:

    {"format": "gehoor key ring", "version": 1, "pepper": "<base64>",
     "keys": [{"made": "2026-11-20", "secret": "<base64>"}, …]}          newest key first

How it may change: another version number, with the older reader kept. Fields that are not
known are refused, because a misspelt one would be a key that is silently not there.

Losing the ring loses every draft and every receipt; whoever copies it reads the drafts. So a
file that others could read is refused, and every refusal says what to do.
"""

import base64
import json
import os
import shlex
import stat
import subprocess  # nosec B404  # no shell, see below
from datetime import date
from pathlib import Path
from typing import Any

from sealing.failures import KeyRingUnusable
from sealing.key_ring import KeyRing, RowKey, new_key_ring

_FORMAT = "gehoor key ring"
_VERSION = 1
_MODE = 0o600
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_MAX_BYTES = 1024 * 1024
_PATIENCE_SECONDS = 30


def dump_key_ring(ring: KeyRing) -> str:
    """Gives the ring as JSON text. It is the secret itself: never log or show it."""
    keys = [{"made": key.made.isoformat(), "secret": _to_text(key.secret)} for key in ring.keys]
    fields = {"format": _FORMAT, "version": _VERSION, "pepper": _to_text(ring.pepper)}
    return json.dumps({**fields, "keys": keys}, indent=2) + "\n"


def parse_key_ring(text: str, source: str = "the key ring") -> KeyRing:
    """Gives the ring of a JSON text; raises KeyRingUnusable, which names the source."""
    try:
        return _ring(json.loads(text))
    except KeyRingUnusable:
        raise
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KeyRingUnusable(
            f"{source} is damaged: restore it from a backup, or make a new one with "
            "`gehoor init` if nothing was sealed under it yet"
        ) from None


def load_key_ring(path: Path) -> KeyRing:
    """Gives the ring in this file; raises KeyRingUnusable when it is missing, open or damaged."""
    return parse_key_ring(_read_private(path), f"the key ring {path}")


def create_key_ring(path: Path, today: date) -> KeyRing:
    """Gives a new ring, written to a new file of mode 0600; refuses to overwrite one."""
    ring = new_key_ring(today)
    try:
        _write(path, dump_key_ring(ring))
    except FileExistsError:
        raise KeyRingUnusable(f"{path} exists already: it is never overwritten") from None
    except OSError as error:
        raise _unwritable(path, error) from None
    return ring


def save_key_ring(ring: KeyRing, path: Path) -> None:
    """Replaces the file in one step, so that a crash leaves the old ring or the new one."""
    beside = path.with_name(path.name + ".new")
    try:
        beside.unlink(missing_ok=True)
        _write(beside, dump_key_ring(ring))
        beside.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise _unwritable(path, error) from None


def read_from_command(command: str) -> KeyRing:
    """Gives the ring that a command prints, such as that of a secret store.

    The command is the operator's own setting, never anything that people typed, and no shell
    reads it (hence the two marks for the security linter in this module). Raises
    KeyRingUnusable when it fails, takes more than 30 seconds or prints something else.
    """
    try:
        done = subprocess.run(  # nosec B603  # the operator's own
            shlex.split(command),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=_PATIENCE_SECONDS,
        )
        text = done.stdout.decode()
    except (OSError, ValueError, IndexError, subprocess.SubprocessError) as error:
        raise KeyRingUnusable(
            f"the command for the key ring failed ({type(error).__name__}): run it by hand as "
            "the user that Gehoor runs as, and see that it prints the key ring and nothing else"
        ) from None
    return parse_key_ring(text, "what the command for the key ring printed")


def _read_private(path: Path) -> str:
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if mode & _OTHERS:
                raise KeyRingUnusable(
                    f"others can read the key ring {path}: run `chmod 600 {path}`, and if it "
                    "was open for long, rotate with `gehoor keys rotate`"
                )
            return file.read(_MAX_BYTES).decode()
    except FileNotFoundError:
        raise KeyRingUnusable(
            f"there is no key ring at {path}: make one with `gehoor init`, or restore yours "
            "from a backup"
        ) from None
    except OSError as error:
        raise KeyRingUnusable(
            f"the key ring {path} cannot be read ({error.strerror}): give it to the user that "
            "Gehoor runs as, with mode 600"
        ) from None
    except UnicodeDecodeError:
        return ""


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unwritable(path: Path, error: OSError) -> KeyRingUnusable:
    return KeyRingUnusable(f"the key ring {path} cannot be written ({error.strerror})")


def _ring(fields: dict[str, Any]) -> KeyRing:
    if set(fields) != {"format", "version", "pepper", "keys"} or fields["format"] != _FORMAT:
        raise ValueError
    if fields["version"] != _VERSION:
        raise KeyRingUnusable(
            f"the key ring has version {fields['version']}, this Gehoor knows {_VERSION}: "
            "run the Gehoor that wrote it"
        )
    keys = tuple(_row_key(key) for key in fields["keys"])
    return KeyRing(pepper=_from_text(fields["pepper"]), keys=keys)


def _row_key(fields: dict[str, Any]) -> RowKey:
    if set(fields) != {"made", "secret"}:
        raise ValueError
    return RowKey(secret=_from_text(fields["secret"]), made=date.fromisoformat(fields["made"]))


def _to_text(secret: bytes) -> str:
    return base64.b64encode(secret).decode("ascii")


def _from_text(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
