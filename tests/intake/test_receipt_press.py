"""Receipts lie ready for a crowd, are given once each, and nobody is refused when they run out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from intake.receipt_press import ReceiptPress
from sealing.receipts import ReceiptTerms
from sealing.stretching import TEST_COST

TERMS = ReceiptTerms(salt=bytes(32), cost=TEST_COST)
RESERVE = 20


@pytest.fixture
async def press() -> AsyncIterator[ReceiptPress]:
    press = ReceiptPress(TERMS, ready=2, reserve=RESERVE)
    keeping = asyncio.create_task(press.keep_reserve(rests=0.0))
    yield press
    keeping.cancel()
    with suppress(asyncio.CancelledError):
        await keeping
    await press.stop()


async def filled(press: ReceiptPress) -> None:
    async with asyncio.timeout(60):
        while press.in_stock < RESERVE:  # noqa: ASYNC110 - it tells nobody when it is full
            await asyncio.sleep(0)


async def test_the_reserve_is_filled_and_filled_again(press: ReceiptPress) -> None:
    await filled(press)
    for _ in range(RESERVE // 2):
        await press.take()
    await filled(press)


async def test_a_crowd_larger_than_the_reserve_gets_a_receipt_each(press: ReceiptPress) -> None:
    await filled(press)
    given = await asyncio.gather(*(press.take() for _ in range(2 * RESERVE)))
    assert len({minted.receipt.digits for minted in given}) == 2 * RESERVE


async def test_no_more_are_made_than_were_wished() -> None:
    press = ReceiptPress(TERMS, ready=0, reserve=3)
    await press.fill_reserve()
    keeping = asyncio.create_task(press.keep_reserve(rests=0.0))
    for _ in range(100):
        await asyncio.sleep(0)
    assert press.in_stock == 3
    keeping.cancel()
    await press.stop()
    assert press.in_stock == 0
