"""How long an answer takes tells nobody whether a name exists, or which part was right.

Statistics, not stopwatches: kinds of tries are interleaved, their medians compared, and the
measure is the stretching itself (Argon2), timed in the same rounds. An answer that left it out
would differ by the whole of it; half of it is what is allowed. What differs is measured again, up
to three times: a busy machine disturbs now this kind and now that one, and what is really left out
is missing every time.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import Any

import pytest

from accounts.account import Account, Credentials, NewAccount, new_officer_account
from accounts.patience import FORGET_AFTER
from intake.arrivals import Channel, OpenCase
from intake.files import FileDesk
from intake.guess_limit import GuessLimit
from intake.receipt_press import ReceiptPress
from intake.reception import Reception
from intake.screens import CaseShown
from sealing.check_digit import check_digit
from sealing.receipts import ReceiptTerms
from sealing.stretching import Argon2Cost, stretch
from tests.house import IMPORTER
from tests.web.inside_house import OLGA, PASSPHRASE, Inside
from web.sign_in.doorkeeper import Doorkeeper, Entered, EntryRefused, Typed

COST = Argon2Cost(memory_kib=16 * 1024, passes=3, lanes=1)
ROUNDS = 15
SERIES = 3

Try = Callable[[], Awaitable[object]]


async def medians(tries: Mapping[str, Try]) -> Mapping[str, float]:
    """Seconds of each kind, tried in turns; the order is turned round every other round."""
    took: dict[str, list[float]] = {name: [] for name in tries}
    for number in range(ROUNDS):
        names = tuple(tries)[:: 1 if number % 2 else -1]
        for name in names:
            began = perf_counter()
            await tries[name]()
            took[name].append(perf_counter() - began)
    return {name: median(seconds) for name, seconds in took.items()}


async def only_stretched() -> None:
    stretch(b"a pass phrase", b"s" * 16, COST, 32)


async def assert_equal(tries: Mapping[str, Try]) -> None:
    """No two kinds differ by what the stretching costs."""
    for _ in range(SERIES):
        found = await medians({"stretching": only_stretched, **tries})
        measure = found.pop("stretching")
        if max(found.values()) - min(found.values()) < measure / 2:
            return
    raise AssertionError(f"told apart by {found}, where stretching takes {measure}")


async def test_the_measure_sees_a_stretching_that_is_left_out() -> None:
    async def leaks() -> None:
        return None

    with pytest.raises(AssertionError):
        await assert_equal({"is": only_stretched, "is not": leaks})


async def test_a_sign_in_takes_as_long_whichever_part_is_wrong(inside: Inside) -> None:
    house = inside.house
    active, retired = _account(inside, "Olga Again"), _account(inside, "Gone Officer")
    retired = replace(retired, is_active=False)

    def put(tx: Any) -> None:
        for account in (active, retired):
            tx.accounts.put(account)

    await house.database.transaction(put)
    keeper = Doorkeeper(house.database, house.key_ring, house.clock, cost=COST)

    def trying(name: str, passphrase: str, code: str) -> Try:
        async def enter() -> None:
            # A day later no try before counts.
            house.clock.now += FORGET_AFTER + timedelta(seconds=1)
            entered = await keeper.enter(Typed(name=name, passphrase=passphrase, code=code))
            assert entered == EntryRefused()

        return enter

    await assert_equal(
        {
            "nobody": trying("Nobody At All", PASSPHRASE, "000000"),
            "wrong pass phrase": trying("Olga Again", "another pass phrase", "000000"),
            "wrong code": trying("Olga Again", PASSPHRASE, "no code"),
            "switched off": trying("Gone Officer", PASSPHRASE, "no code"),
        }
    )
    inside.accounts[active.id] = active
    right = Typed(name="Olga Again", passphrase=PASSPHRASE, code=inside.code(active.id))
    assert isinstance(await keeper.enter(right), Entered)


def _account(inside: Inside, name: str) -> Account:
    officer = replace(OLGA, id=name.lower().replace(" ", "").ljust(26, "a"), name=name)
    assert officer.organisation_id == IMPORTER.id
    made = new_officer_account(
        officer,
        Credentials(name=name, passphrase=PASSPHRASE),
        key_ring=inside.house.key_ring,
        service_name="Gehoor",
        cost=COST,
    )
    assert isinstance(made, NewAccount)
    return made.account


async def test_a_receipt_takes_as_long_whether_it_is_one_or_not(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = inside.house
    terms = ReceiptTerms(salt=house.key_ring.salt("receipts"), cost=COST)
    monkeypatch.setattr(Inside, "terms", terms)
    filed = await inside.filed()
    right = filed.receipt.receipt.digits
    reception = Reception(
        storage=house.database,
        blobs=house.blobs,
        hall=house.reception._hall,
        press=ReceiptPress(terms, ready=0),
        guesses=GuessLimit(per_second=1e6, most=1e6),
        files=FileDesk(house.blobs, most_bytes=1),
        clock=house.clock,
    )
    monkeypatch.setattr(house, "reception", reception)
    seen: dict[str, set[bool]] = {}

    def looking(kind: str, digits: str) -> Try:
        typed = digits + check_digit(digits)

        async def look() -> None:
            reply = await house.take(kind, OpenCase(receipt=typed), channel=Channel.WEB)
            opened = any(isinstance(screen, CaseShown) for screen in reply.screens)
            seen.setdefault(kind, set()).add(opened)

        return look

    one_off = right[:15] + str((int(right[15]) + 1) % 10)
    await assert_equal(
        {
            "right": looking("right", right[:16]),
            "one digit off": looking("one digit off", one_off),
            "far off": looking("far off", "0123456789012345"),
        }
    )
    assert seen == {"right": {True}, "one digit off": {False}, "far off": {False}}
