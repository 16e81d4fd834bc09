"""`gehoor backup` and `gehoor restore`: a copy of an installation, and an installation from one."""

from collections.abc import Mapping
from pathlib import Path

from sealing.failures import KeyRingUnusable
from sealing.key_ring import KeyRing
from sealing.key_ring_file import load_key_ring, save_key_ring
from service.clock import today
from service.commands.progress import ProgressLines
from service.commands.saying import say, say_all
from service.foundations import has_key_ring_elsewhere, open_key_ring, records
from service.refusals import Refused
from service.settings import PREFIX, Settings, read_settings
from storage.backup import BackupMade, BackupRefused
from storage.backup import backup as copy_installation
from storage.copying import Progress, Stage, Tell
from storage.restoring import RestoreRefusal, RestoreRefused, key_ring_in
from storage.restoring import restore as put_back

_STAGES: Mapping[Stage, str] = {
    Stage.CHECKING: "Checking the backup (files)",
    Stage.FILES: "Copying sealed files",
    Stage.DATABASE: "Copying the database (pages or rows)",
}
_NOTHING = "Nothing was touched."
_REFUSALS: Mapping[RestoreRefusal, str] = {
    RestoreRefusal.NO_BACKUP: "there is no whole backup in {source}: look whether the path is "
    "right",
    RestoreRefusal.LATER_VERSION: "a later version of Gehoor made this backup: install that "
    "version, then restore",
    RestoreRefusal.INCOMPLETE: "the backup is damaged: {what} is missing or was changed. Take "
    "another copy of it, or an older backup",
    RestoreRefusal.NO_KEY_RING: "there is no key ring, and without it nobody can read what is in "
    "the backup: put it at {key_ring} with mode 600, or name its file with --key-ring",
    RestoreRefusal.WRONG_KEY_RING: "this backup was sealed under another key ring than the one "
    "given: find the one that belongs to it",
    RestoreRefusal.HOME_NOT_EMPTY: "{home} has a database or sealed files already: set "
    + PREFIX
    + "HOME to a new folder",
    RestoreRefusal.DATABASE_NOT_EMPTY: "the database of "
    + PREFIX
    + "DATABASE_URL has rows already: make a new one",
}


def backup(target: Path, *, with_key_ring: bool) -> None:
    """Copy the installation, while it runs, to a folder that is not there yet or is empty."""
    settings = read_settings()
    key_ring_file = _key_ring_to_copy(settings) if with_key_ring else None
    with records(settings) as kept:
        try:
            made = copy_installation(
                kept.database,
                settings.home,
                target,
                today=today(),
                key_ring_file=key_ring_file,
                tell=_telling(),
            )
        except OSError as fault:
            raise Refused(
                f"no backup was made in {target} ({fault.strerror}): look whether there is room, "
                "and whether you may write there"
            ) from None
    if isinstance(made, BackupRefused):
        raise Refused(f"{target} is not empty: name a new folder. Nothing is ever overwritten")
    _say_made(made, target)


def restore(source: Path, key_ring_file: Path | None) -> None:
    """Put a backup into the home of the settings; refused before anything is touched."""
    settings = read_settings()
    ring = _ring_for(source, settings, key_ring_file)
    try:
        done = put_back(
            source, settings.home, ring, database_url=settings.database_url, tell=_telling()
        )
    except OSError as fault:
        raise Refused(
            f"the backup was not restored to the end ({fault.strerror}): look whether there is "
            f"room, remove what was begun in {settings.home}, and do it again"
        ) from None
    if isinstance(done, RestoreRefused):
        words = _REFUSALS[done.reason].format(
            source=source, home=settings.home, what=done.what, key_ring=settings.key_ring_file
        )
        raise Refused(f"{words}. {_NOTHING}")
    if ring is not None and not has_key_ring_elsewhere(settings):
        save_key_ring(ring, settings.key_ring_file)
    say_all(
        f"Restored the backup of {done.made}: {done.rows} rows and {done.files} sealed files in "
        f"{settings.home}.",
        "What came in after that day is not in it. Start with: gehoor run",
    )


def _key_ring_to_copy(settings: Settings) -> Path:
    if has_key_ring_elsewhere(settings):
        raise Refused(
            f"the key ring comes from {PREFIX}KEY_RING or a command, so there is no file of it to "
            "copy: leave out --with-key-ring"
        )
    return settings.key_ring_file


def _ring_for(source: Path, settings: Settings, named: Path | None) -> KeyRing | None:
    """The ring that was named, else the operator's, else the backup's own; None without any."""
    try:
        if named is not None:
            return load_key_ring(named)
        if has_key_ring_elsewhere(settings) or settings.key_ring_file.exists():
            return open_key_ring(settings)
        inside = key_ring_in(source)
        return None if inside is None else load_key_ring(inside)
    except KeyRingUnusable as refusal:
        raise Refused(f"{refusal}. {_NOTHING}") from None


def _telling() -> Tell:
    lines = ProgressLines(say)

    def tell(progress: Progress) -> None:
        lines.tell(_STAGES[progress.stage], progress.done, progress.total)

    return tell


def _say_made(made: BackupMade, target: Path) -> None:
    say(f"The backup is in {target}: {made.rows} rows and {made.files} sealed files.")
    if made.files_missing:
        say(f"{made.files_missing} files were erased while it was made, and are not in it.")
    if made.has_key_ring:
        say_all(
            "WARNING: the key ring is in it too. Whoever has this copy can read names of places,",
            "accounts and unfinished reports. Lock it away as you would the key ring itself.",
        )
    else:
        say_all(
            "The key ring is not in it, and without the key ring it cannot be restored. Keep a",
            "copy of the key ring, in another place than this one.",
        )
