"""Companies and sites come from the terminal or a table; each row is taken, or refused with why."""

from pathlib import Path

import pytest

from service.foundations import records
from service.settings import read_settings
from service.site_rows import read_sites
from service.tables.comma_file import read_comma_file
from tests.service.terminal import Gehoor

HEADING = "code,name,country,kind,region,workers,risk_country,organisation,product,tier,name_hi\n"
QUARRY = (
    "RJ3,Rajnagar Quarry 3,IN,quarry,Rajasthan,220,yes,Sample Stone,sandstone,2,राजनगर खदान 3\n"
)
FACTORY = "XM1,Xiamen Slab Works,CN,factory,Fujian,400,yes,Sample Stone,granite,1,\n"


@pytest.fixture
def supplied(installed: Gehoor) -> Gehoor:
    assert installed("organisations", "add", "--name", "Sample Stone").status == 0
    return installed


def _table(tmp_path: Path, text: str) -> str:
    path = tmp_path / "sites.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_table_of_sites_is_read_with_names_and_links(supplied: Gehoor, tmp_path: Path) -> None:
    read = supplied("sites", "import", _table(tmp_path, HEADING + QUARRY + FACTORY))
    assert read.status == 0
    assert "2 sites added, 0 changed, 2 links kept." in read.out
    with records(read_settings()) as kept:
        site, links = kept.read(lambda tx: (tx.sites.by_code("rj3"), tuple(tx.sites.links())))
    assert site is not None
    assert site.name_in("hi") == "राजनगर खदान 3"
    assert (site.workers, site.is_risk_country) == (220, True)
    assert {(link.product, link.tier) for link in links} == {("sandstone", 2), ("granite", 1)}


def test_reading_a_table_again_changes_what_changed_and_adds_nothing(
    supplied: Gehoor, tmp_path: Path
) -> None:
    supplied("sites", "import", _table(tmp_path, HEADING + QUARRY + FACTORY))
    again = supplied(
        "sites", "import", _table(tmp_path, HEADING + QUARRY + FACTORY.replace("400", "500"))
    )
    assert "0 sites added, 1 changed" in again.out
    with records(read_settings()) as kept:
        assert len(kept.read(lambda tx: tuple(tx.sites.sites()))) == 2
        assert len(kept.read(lambda tx: tuple(tx.sites.links()))) == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("b-d,Name,IN,,,,,,,,\n", "row 3: code: has letters a-z and digits only"),
        ("AB1,,IN,,,,,,,,\n", "row 3: name: is missing"),
        ("AB1,Name,India,,,,,,,,\n", "row 3: country: should be a country's two letters"),
        ("AB1,Name,IN,cave,,,,,,,\n", "row 3: kind: input should be 'factory'"),
        ("AB1,Name,IN,,,many,,,,,\n", "row 3: workers: should be a whole number"),
        ("AB1,Name,IN,,,,perhaps,,,,\n", "row 3: risk_country: should be yes or no"),
        (
            "AB1,Name,IN,,,,,Nobody,,,\n",
            "row 3: organisation: there is no organisation called Nobody",
        ),
        ("RJ3,Other,IN,,,,,,,,\n", "row 3: code: RJ3 stands in row 2 with other details"),
        ("AB1,Name\n", "row 3: it has more or fewer fields than the heading"),
    ],
)
def test_a_row_that_is_wrong_is_refused_with_why_and_the_others_are_kept(
    supplied: Gehoor, tmp_path: Path, row: str, reason: str
) -> None:
    read = supplied("sites", "import", _table(tmp_path, HEADING + QUARRY + row + FACTORY))
    assert read.status == 1
    assert reason in read.err
    assert "2 sites added" in read.out


def test_every_fault_of_a_row_is_told(supplied: Gehoor, tmp_path: Path) -> None:
    read = supplied("sites", "import", _table(tmp_path, HEADING + "?,Name,x,y,,z,,,,,\n"))
    assert len(read.err.splitlines()) == 4


def test_one_site_may_stand_in_several_chains(supplied: Gehoor, tmp_path: Path) -> None:
    supplied("organisations", "add", "--name", "Other Stone")
    both = QUARRY + QUARRY.replace("Sample Stone", "Other Stone")
    assert (
        "1 sites added, 0 changed, 2 links kept."
        in supplied("sites", "import", _table(tmp_path, HEADING + both)).out
    )


def test_a_table_that_is_not_there_is_said_to_be_missing(supplied: Gehoor, tmp_path: Path) -> None:
    read = supplied("sites", "import", str(tmp_path / "none.csv"))
    assert read.status == 1
    assert "there is no file" in read.err


def test_a_heading_that_is_not_one_refuses_the_table(supplied: Gehoor, tmp_path: Path) -> None:
    read = supplied("sites", "import", _table(tmp_path, "code,nmae,country\nA1,Name,IN\n"))
    assert read.status == 1
    assert "lacks the column name" in read.err
    assert "no column nmae" in read.err


def test_semicolons_and_a_byte_order_mark_are_read_as_well() -> None:
    text = "\ufeffcode;name;country\nA1;Quarry, old;IN\n"
    read = read_sites(read_comma_file("sites.csv", text.encode()))
    assert read.told == ()
    assert read.rows[0][1].name == "Quarry, old"


def test_a_site_is_added_by_hand(supplied: Gehoor) -> None:
    added = supplied(
        "sites", "add", "--code", "PT1", "--name", "Évora", "--country", "pt",
        "--local-name", "pt_BR=Pedreira de Évora", "--organisation", "Sample Stone",
    )  # fmt: skip
    assert added.status == 0
    assert "PT1" in supplied("sites", "list").out
    assert "Sample Stone: 1 sites" in supplied("organisations", "list").out


def test_a_sites_poster_has_its_links(supplied: Gehoor, monkeypatch: pytest.MonkeyPatch) -> None:
    supplied("sites", "add", "--code", "PT1", "--name", "Évora", "--country", "PT")
    monkeypatch.setenv("GEHOOR_WEB_PUBLIC_URL", "https://speak.example/")
    shown = supplied("sites", "links", "pt1")
    assert "https://speak.example/s/PT1\n" in shown.out
    assert "█" in shown.out
    assert "gehoor sites list" in supplied("sites", "links", "XX").err


def test_a_companys_name_is_its_own(supplied: Gehoor) -> None:
    assert supplied("organisations", "add", "--name", "SAMPLE stone").status == 1
    assert "B or C" in supplied("organisations", "add", "--name", "X", "--category", "Z").err
