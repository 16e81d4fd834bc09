"""Where people in the sample can turn besides us, marked as a sample. Called by `making`."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from service.demo.naming import marked, sample_id
from service.referrals.reading import DirectoryRead, keep_directory, read_directory
from storage.transaction import SqlTransaction

_FILE = Path(__file__).with_name("referrals.yaml")


def put_referrals(tx: SqlTransaction, today: date) -> None:
    """Keep the sample's entries, as if they had been checked on the day it is made."""
    entries = tuple(
        replace(
            entry,
            id=sample_id("referral", str(number)),
            name=_marked(entry.name),
            checked_on=today,
        )
        for number, entry in enumerate(read_directory(_FILE, today).entries)
    )
    keep_directory(tx, DirectoryRead(entries=entries))


def _marked(name: Mapping[str, str]) -> Mapping[str, str]:
    return {language: marked(words, language or "en") for language, words in name.items()}
