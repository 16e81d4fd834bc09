"""Identities that the tests of this package share; making them costs more than using them."""

from collections.abc import Mapping

import pytest

from sealing.identities import Identity, new_identity
from sealing.receipts import MintedReceipt, ReceiptTerms, ReporterKey, derive, mint
from sealing.recipients import RecipientKind
from sealing.stretching import TEST_COST
from sealing.suites import Suite

TERMS = ReceiptTerms(salt=b"a salt that only tests know", cost=TEST_COST)
KINDS = (RecipientKind.HANDLER, RecipientKind.TEAM, RecipientKind.RECOVERY)


@pytest.fixture(scope="session")
def anna() -> Identity:
    return new_identity()


@pytest.fixture(scope="session")
def ben() -> Identity:
    return new_identity()


@pytest.fixture(scope="session")
def crowd() -> Mapping[tuple[RecipientKind, Suite], Identity]:
    """One identity of each kind in each suite."""
    return {(kind, suite): new_identity(kind, suite) for kind in KINDS for suite in Suite}


@pytest.fixture(scope="session")
def minted() -> MintedReceipt:
    return mint(TERMS)


@pytest.fixture(scope="session")
def reporter(minted: MintedReceipt) -> ReporterKey:
    return derive(minted.receipt, TERMS)
