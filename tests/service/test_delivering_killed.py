"""A process that is killed while a post is on its way: it is sent again, under the same id."""

import asyncio
import json
import signal
from datetime import timedelta
from pathlib import Path

import pytest

from register.alerts import Alert, AlertKind
from register.routing import Urgency
from sealing.identifiers import new_id
from sealing.stretching import TEST_COST
from service.clock import now, today
from service.delivering.postman import LEASE, Postman
from service.foundations import records
from service.installation import set_up
from service.settings import read_settings
from service.webhook_list import add_webhook
from service.wiring import open_house
from tests.service.test_running import running
from tests.webhook_receiver import Receiver


@pytest.fixture
def furnished(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GEHOOR_WEBHOOKS_TO_LOOPBACK", "true")
    set_up(read_settings(), today(), lambda _text: None)
    return home


def _work_for(address: str) -> str:
    """A webhook, and an alert that it is to be told of; gives the case's reference."""
    case_ref = new_id()
    alert = Alert(
        kind=AlertKind.NEW_CASE, case_ref=case_ref, urgency=Urgency.URGENT, to=("a" * 26,)
    )
    with records(read_settings()) as kept:
        kept.write(
            lambda tx: add_webhook(
                tx, address, organisation=None, today=today(), allows_loopback=True
            )
        )
        kept.write(lambda tx: tx.outbox.put(alert, today()))
    return case_ref


async def test_it_is_sent_at_least_once_and_always_under_one_id(furnished: Path) -> None:
    receiver, arrived = Receiver(), asyncio.Event()
    receiver.on_post, receiver.hang = arrived.set, True
    await receiver.start()
    case_ref = await asyncio.to_thread(_work_for, receiver.address)
    first = running(furnished)
    process, _ = await asyncio.to_thread(first.__enter__)
    try:
        await asyncio.wait_for(arrived.wait(), 120)
        process.send_signal(signal.SIGKILL)
        await asyncio.to_thread(process.wait)
    finally:
        await asyncio.to_thread(first.__exit__, None, None, None)
    receiver.hang = False

    # Whoever comes next waits until the lease of the dead one is over, and then sends it.
    at_once = open_house(read_settings(), receipt_cost=TEST_COST)
    assert await Postman(at_once).look() == 0
    await at_once.close()
    later = open_house(
        read_settings(), clock=lambda: now() + LEASE + timedelta(days=1), receipt_cost=TEST_COST
    )
    assert await Postman(later).look() == 1
    assert await Postman(later).look() == 0
    await later.close()
    await receiver.stop()

    assert len(receiver.got) == 2
    assert len(set(receiver.ids)) == 1
    assert [set(json.loads(body)) for _, body in receiver.got] == [{"id", "kind", "day"}] * 2
    assert case_ref not in "".join(receiver.heard)
