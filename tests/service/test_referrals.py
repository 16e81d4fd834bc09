"""Where people can turn: the operator's file in, with every fault told, and what is due."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from register.referrals import Referral, ReferralKind
from service.clock import today
from service.foundations import records
from service.referrals.reading import read_directory
from service.referrals.template import known_numbers, template
from service.settings import read_settings
from tests.service.terminal import Gehoor

TODAY = date(2026, 11, 24)
ENTRY = '  - {country: IN, kind: emergency, name: {en: Emergency}, reach: "112"'


def _file(tmp_path: Path, text: str) -> str:
    path = tmp_path / "referrals.yaml"
    path.write_text(text, "utf-8")
    return str(path)


def _kept() -> list[Referral]:
    with records(read_settings()) as kept:
        return kept.read(lambda tx: list(tx.referrals.every()))


def test_entries_are_kept_and_a_file_says_all_there_is_about_its_countries(
    installed: Gehoor, tmp_path: Path
) -> None:
    other = ENTRY.replace("IN", "CN")
    first = f"referrals:\n{ENTRY}}}\n{ENTRY.replace('112', '113')}}}\n{other}}}\n"
    read = installed("referrals", "import", _file(tmp_path, first))
    assert "3 entries kept, of CN, IN." in read.out
    installed("referrals", "import", _file(tmp_path, f"referrals:\n{ENTRY}}}\n"))
    assert sorted((each.country, each.reach_in("en")) for each in _kept()) == [
        ("CN", "112"),
        ("IN", "112"),
    ]


def test_what_was_not_checked_or_long_ago_is_due(installed: Gehoor, tmp_path: Path) -> None:
    old = today() - timedelta(days=400)
    fresh = f"{ENTRY.replace('112', '1')}, checked_on: {today()}}}\n"
    stale = f"{ENTRY.replace('112', '2')}, checked_on: {old}, languages: [hi]}}\n"
    read = installed(
        "referrals", "import", _file(tmp_path, f"referrals:\n{fresh}{stale}{ENTRY}}}\n")
    )
    assert "1 were never checked and are shown to nobody in need" in read.out
    due = installed("referrals", "list", "--due").out
    assert "Emergency: 2" in due
    assert f"hi; checked on {old}  DUE FOR A CHECK" in due
    assert "languages not known; never checked  DUE FOR A CHECK" in due
    assert "Emergency: 1\n" not in due
    assert "There is none of these." in installed("referrals", "list", "--country", "TR").out


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (ENTRY.replace('"112"', "0112") + "}", "reach: should stand between quotation marks"),
        (ENTRY.replace("IN", "India") + "}", "country: should be two letters"),
        (ENTRY.replace("emergency", "police") + "}", "kind: input should be 'emergency'"),
        (ENTRY.replace("en:", "xx:") + "}", "name: xx is no language of ours"),
        (ENTRY + ", phone: '1'}", "phone: is no such field"),
        (ENTRY + ", checked_on: 2999-01-01}", "checked_on: is a day that has not come yet"),
        (ENTRY + ", checked_on: soon}", "checked_on: should be a day"),
        (ENTRY.replace('"112"', '"11\\u202e2"') + "}", "reach: holds signs that cannot be seen"),
        ("  - just words", "entry: "),
    ],
)
def test_every_fault_of_an_entry_is_told_and_nothing_is_kept(
    installed: Gehoor, tmp_path: Path, entry: str, reason: str
) -> None:
    read = installed("referrals", "import", _file(tmp_path, f"referrals:\n{ENTRY}}}\n{entry}\n"))
    assert read.status == 1
    assert f"entry 2: {reason}" in read.err
    assert _kept() == []


@pytest.mark.parametrize("text", ["", "[]", "other: []", "referrals: [", "referrals: {a: 1}"])
def test_a_file_that_is_no_directory_is_refused(
    installed: Gehoor, tmp_path: Path, text: str
) -> None:
    assert installed("referrals", "import", _file(tmp_path, text)).status == 1
    assert installed("referrals", "import", str(tmp_path / "none.yaml")).status == 1


def test_the_template_has_what_is_known_unchecked_and_room_for_the_rest(
    installed: Gehoor, tmp_path: Path
) -> None:
    installed("sites", "add", "--code", "RJ3", "--name", "Quarry", "--country", "IN")
    path = tmp_path / "begin.yaml"
    assert installed("referrals", "template", "--to", str(path)).status == 0
    entries = read_directory(path, TODAY).entries
    assert {each.country for each in entries} == {"IN"}
    assert all(each.checked_on is None for each in entries)
    text = path.read_text("utf-8")
    assert "CHECK BEFORE YOU RELY ON IT" in text
    assert all(f"kind: {kind}" in text for kind in ReferralKind)
    again = installed("referrals", "template", "--to", str(path))
    assert "is there already" in again.err


def test_every_number_that_comes_with_the_product_says_where_it_was_read(tmp_path: Path) -> None:
    numbers = known_numbers()
    assert all(each.source and each.reach for each in numbers)
    path = tmp_path / "all.yaml"
    path.write_text(template(each.country for each in numbers), "utf-8")
    assert len(read_directory(path, TODAY).entries) == len(numbers)


def test_a_template_of_no_country_is_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "none.yaml"
    path.write_text(template(()), "utf-8")
    assert read_directory(path, TODAY).entries == ()
