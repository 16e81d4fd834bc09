"""The shelves of sites, organisations and links, and of the people who handle cases."""

import asyncio
from dataclasses import replace

import pytest

from register.people import ConflictOfInterest, Officer, TieTo
from sealing.identities import new_identity
from sealing.key_ring import new_key_ring
from sealing.recipients import RecipientKind
from storage.database import Database
from storage.errors import StorageConflict, StorageError
from storage.people import NoRecoveryKey
from tests.storage.ground import (
    KEY_RING,
    TEAM,
    TODAY,
    Ground,
    handler,
    link,
    organisation,
    site,
)

RECOVERY = new_identity(RecipientKind.RECOVERY).recipient
TIE = ConflictOfInterest(tie=next(iter(TieTo)), subject="s" * 26, declared_on=TODAY)


def test_places_come_back_as_they_were_kept(ground: Ground) -> None:
    quarry, factory, importer = site(code="RJ3"), site(), organisation()
    with ground.writing() as tx:
        tx.sites.put_organisation(importer)
        tx.sites.put_site(quarry)
        tx.sites.put_site(factory)
        tx.sites.put_link(link(importer.id, quarry.id))
    with ground.reading() as tx:
        assert tx.sites.site(quarry.id) == quarry
        assert tx.sites.by_code("rj3") == quarry
        assert tx.sites.by_code("nowhere") is None
        assert tx.sites.organisation(importer.id) == importer
        assert list(tx.sites.sites()) == sorted((quarry, factory), key=lambda each: each.id)
        assert list(tx.sites.organisations()) == [importer]
        assert list(tx.sites.links()) == [link(importer.id, quarry.id)]
        assert tx.sites.sites_of(importer.id) == (quarry,)
        assert tx.sites.sites_of(organisation().id) == ()


def test_a_place_that_changed_takes_the_place_of_the_one_before(ground: Ground) -> None:
    quarry = site()
    with ground.writing() as tx:
        tx.sites.put_site(quarry)
        tx.sites.put_site(replace(quarry, workers=5))
    with ground.reading() as tx:
        assert list(tx.sites.sites()) == [replace(quarry, workers=5)]


def test_the_same_link_twice_is_one_and_another_tier_is_another(ground: Ground) -> None:
    quarry, importer = site(), organisation()
    near, far = link(importer.id, quarry.id, tier=1), link(importer.id, quarry.id, tier=3)
    with ground.writing() as tx:
        tx.sites.put_organisation(importer)
        tx.sites.put_site(quarry)
        for each in (near, far, near):
            tx.sites.put_link(each)
    with ground.reading() as tx:
        assert set(tx.sites.links()) == {near, far}
        assert tx.sites.sites_of(importer.id) == (quarry,)
    with ground.writing() as tx:
        tx.sites.remove_link(near)
        tx.sites.remove_link(near)
    with ground.reading() as tx:
        assert set(tx.sites.links()) == {far}


def test_a_link_to_a_place_that_is_not_there_is_refused(ground: Ground) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign"), ground.writing() as tx:
        tx.sites.put_link(link(organisation().id, site().id))


def test_two_sites_cannot_have_one_code(database_url: str) -> None:
    database = Database.open(database_url, KEY_RING)
    try:
        asyncio.run(database.transaction(lambda tx: tx.sites.put_site(site(code="RJ3"))))
        with pytest.raises(StorageConflict):
            asyncio.run(database.transaction(lambda tx: tx.sites.put_site(site(code="rj3"))))
    finally:
        database.close()


def test_each_change_of_places_and_of_people_shows_in_its_number(ground: Ground) -> None:
    quarry, importer = site(), organisation()
    changes = (
        lambda tx: tx.sites.put_organisation(importer),
        lambda tx: tx.sites.put_site(quarry),
        lambda tx: tx.sites.put_link(link(importer.id, quarry.id)),
        lambda tx: tx.sites.remove_link(link(importer.id, quarry.id)),
        lambda tx: tx.people.put_team(TEAM),
        lambda tx: tx.people.put_handler(handler(), None),
        lambda tx: tx.people.put_recovery(RECOVERY),
    )
    for change in changes:
        with ground.reading() as tx:
            before = tx.sites.revision() + tx.people.revision()
        with ground.writing() as tx:
            change(tx)
        with ground.reading() as tx:
            assert tx.sites.revision() + tx.people.revision() > before


def test_people_and_their_keys_come_back(ground: Ground) -> None:
    asha, ben, key = handler(), handler(), new_identity().recipient
    with ground.writing() as tx:
        tx.people.put_team(TEAM)
        tx.people.put_handler(asha, key)
        tx.people.put_handler(ben, None)
        tx.people.put_recovery(RECOVERY)
    with ground.writing() as tx:
        tx.people.put_handler(replace(asha, name="Asha Other"), None)
    with ground.reading() as tx:
        staff = tx.people.staff()
        assert staff.teams == (TEAM,)
        assert {each.id for each in staff.handlers} == {asha.id, ben.id}
        assert staff.recovery_id == RECOVERY.id
        assert tx.people.handler(asha.id) == replace(asha, name="Asha Other")
        assert tx.people.keys().handlers == {asha.id: key}
        assert tx.people.keys().recovery == RECOVERY
        assert tx.people.handler("n" * 26) is None


def test_officers_come_back(ground: Ground) -> None:
    importer = organisation()
    officer = Officer(id="o" * 26, name="Olga Sample", organisation_id=importer.id)
    with ground.writing() as tx:
        tx.sites.put_organisation(importer)
        tx.people.put_officer(officer)
    with ground.reading() as tx:
        assert tx.people.officer(officer.id) == officer
        assert tx.people.officers() == (officer,)
        assert tx.people.officer("n" * 26) is None


def test_a_declared_tie_is_added_to_those_before(ground: Ground) -> None:
    asha = handler(ties=(TIE,))
    with ground.writing() as tx:
        tx.people.put_handler(asha, None)
        tx.people.declare(asha.id, replace(TIE, subject="t" * 26))
    with ground.reading() as tx:
        kept = tx.people.handler(asha.id)
        assert kept is not None
        assert [tie.subject for tie in kept.ties] == ["s" * 26, "t" * 26]
    with pytest.raises(StorageError, match="no handler"), ground.writing() as tx:
        tx.people.declare("n" * 26, TIE)


def test_without_a_recovery_key_nothing_is_filed(ground: Ground) -> None:
    with ground.reading() as tx, pytest.raises(NoRecoveryKey):
        tx.people.keys()


def test_another_key_ring_finds_no_site_by_its_code(ground: Ground) -> None:
    with ground.writing() as tx:
        tx.sites.put_site(site(code="RJ3"))
    stranger = Ground(ground.url, new_key_ring(TODAY))
    with stranger.reading() as tx:
        assert tx.sites.by_code("RJ3") is None
    stranger.close()
