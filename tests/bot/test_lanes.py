import asyncio

from structlog.testing import capture_logs

from bot.lanes import Lanes


async def test_one_key_runs_in_order_and_keys_run_at_once() -> None:
    lanes, done, gate = Lanes(), [], asyncio.Event()

    async def work(name: str, waits: bool = False) -> None:
        if waits:
            await gate.wait()
        done.append(name)

    lanes.put(1, lambda: work("1a", waits=True))
    lanes.put(1, lambda: work("1b"))
    lanes.put(2, lambda: work("2a"))
    lanes.put(3, lambda: work("opens"))
    lanes.put(3, lambda: _open(gate))
    await lanes.drain()
    assert done == ["2a", "opens", "1a", "1b"]


async def _open(gate: asyncio.Event) -> None:
    gate.set()


async def test_a_fault_is_logged_by_its_type_and_the_line_goes_on() -> None:
    lanes, done = Lanes(), []

    async def fails() -> None:
        raise RuntimeError("CANARY")

    async def works() -> None:
        done.append(1)

    with capture_logs() as logs:
        lanes.put(1, fails)
        lanes.put(1, works)
        await lanes.drain()
    assert done == [1]
    assert [log["fault"] for log in logs] == ["RuntimeError"]
    assert "CANARY" not in str(logs)


async def test_closing_drops_what_waits() -> None:
    lanes, done = Lanes(), []

    async def waits() -> None:
        await asyncio.Event().wait()

    async def works() -> None:
        done.append(1)

    lanes.put(1, waits)
    lanes.put(1, works)
    assert lanes.waiting(1) == 2
    await lanes.close()
    assert done == []
    assert lanes.waiting(1) == 0
    lanes.put(1, works)
    await lanes.drain()
    assert done == [1]
