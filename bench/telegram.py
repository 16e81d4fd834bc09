"""A real bot under people who answer at once: updates a second, how late, how much memory.

Every answer is durable and encrypted before its reply. Our own people play by default; where a
folder of rivals is named, its load generator plays with the rivals and with us in the same run.
"""

import os
import shlex
import subprocess  # nosec B404 - starts the programs that the operator names
import sys
from collections.abc import Iterator
from typing import Any

import orjson

from bench.installation import CONVERSATION
from bench.plan import Plan
from bench.programs import ROOT, ProgramFailedError, python, running
from bench.rows import Row, row

_MOST_MEGABYTES = 150
_LEAST_WITH_LATENCY = 559
"""What aiogram reaches with 50 ms of latency."""
_SECONDS = 120.0
_RIVAL_SECONDS = 1_500.0
_RIVALS = {"aiogram-redis-aof": 4.0, "aiogram-memory": 2.0}
"""How many times as many updates as this rival are wanted."""
_CASES = ((200, 3, 0.0), (2_000, 1, 0.0), (200, 3, 50.0))
"""People, conversations of each, latency of the Bot API in milliseconds."""


def measure(plan: Plan) -> Iterator[Row]:
    """With 200 and 2,000 people, and with a slow Bot API; rivals where there are any."""
    for people, conversations, latency in _CASES:
        tallies = [_tally(plan, people, conversations, latency) for _ in range(plan.rounds)]
        yield from _rows(people, latency, tallies)
    if plan.peers is not None:
        yield from _beside_rivals(plan)


def _rows(people: int, latency: float, tallies: list[dict[str, Any]]) -> Iterator[Row]:
    def figures(name: str) -> list[float]:
        return [tally[name] for tally in tallies]

    case = f"telegram, {people} people" + (f", {latency:g} ms latency" if latency else "")
    least = _LEAST_WITH_LATENCY if latency else None
    yield row(case, "updates/s", figures("updates_per_s"), at_least=least)
    yield row(f"{case}, p50", "ms", figures("p50_ms"))
    yield row(f"{case}, p99", "ms", figures("p99_ms"))
    yield row(f"{case}, peak", "MB", figures("megabytes"), at_most=_MOST_MEGABYTES)
    yield row(f"{case}, processor", "µs/update", figures("microseconds"))
    yield row(f"{case}, without a receipt", "people", figures("unserved"), at_most=0)


def _tally(plan: Plan, people: int, conversations: int, latency: float) -> dict[str, Any]:
    number = len(list(plan.folder.iterdir()))
    state = plan.folder / f"telegram-{number}"
    state.mkdir()
    log = state / "log"
    told = (str(people), str(conversations), str(latency), str(_SECONDS))
    with running(python("bench.chat_people", *told), log=log, processor=1) as chats:
        settings = {"PEERS_STATE": str(state), "PEERS_API": chats.first_line}
        with running(
            python("bench.house"), log=log, environment={**settings, "BENCH_RECEIPTS": "cheap"}
        ) as house:
            before = house.processor_seconds
            said = chats.process.stdout.readline() if chats.process.stdout else b""
            tally: dict[str, Any] = orjson.loads(said)
            spent = house.processor_seconds - before
            tally["microseconds"] = 1e6 * spent / max(1, tally["replies"])
            tally["megabytes"] = house.most_memory_megabytes
            tally["unserved"] = tally["wanted"] - tally["receipts"]
    return tally


def _beside_rivals(plan: Plan) -> Iterator[Row]:
    for people in (200, 2_000):
        found = {each["variant"]: each for each in _rivals(plan, people)}
        for name, each in found.items():
            case = f"{name}, {people} people"
            yield _as_told(case, "updates/s", each["updates_per_s"], plan.rounds)
            yield _as_told(f"{case}, p99", "ms", each["p99_ms"], plan.rounds)
            yield _as_told(f"{case}, peak", "MB", each["rss_mb"], plan.rounds)
            yield _as_told(f"{case}, processor", "µs/update", each["bot_cpu_us"], plan.rounds)
        for name, times in _RIVALS.items():
            if name in found:
                yield from _ratios(people, name, times, found["gehoor"], found[name])


def _ratios(
    people: int, rival: str, times: float, ours: dict[str, Any], theirs: dict[str, Any]
) -> Iterator[Row]:
    """Medians beside each other. Processor time swings least where others use the machine too."""

    def ratio(over: dict[str, Any], under: dict[str, Any], figure: str) -> list[float]:
        return [over[figure][1] / under[figure][1]]

    unit = f"× {rival}"
    rates = ratio(ours, theirs, "updates_per_s")
    yield row(f"{people} people, updates", unit, rates, at_least=times)
    costs = ratio(theirs, ours, "bot_cpu_us")
    yield row(f"{people} people, updates for the same processor time", unit, costs, at_least=times)
    late = ratio(ours, theirs, "p99_ms")
    yield row(f"{people} people, p99", unit, late, at_most=1.0)


def _as_told(name: str, unit: str, figures: list[float], rounds: int) -> Row:
    """The load generator gives the lowest, the median and the highest."""
    low, median, high = figures
    return Row(name=name, unit=unit, median=median, low=low, high=high, rounds=rounds)


def _rivals(plan: Plan, people: int) -> list[dict[str, Any]]:
    if plan.peers is None:
        return []
    house = [
        "env",
        "BENCH_RECEIPTS=cheap",
        f"PYTHONPATH={ROOT}",
        sys.executable,
        "-m",
        "bench.house",
    ]
    found = plan.folder / f"rivals-{people}.json"
    command = [
        plan.peers_python,
        str(plan.peers / "bench_peers.py"),
        *("--own", "gehoor", str(CONVERSATION / "people.json"), shlex.join(house)),
        *("--variants", ",".join(("gehoor", *_RIVALS, "floor-aiohttp-aead"))),
        *("--users", str(people), "--runs", str(plan.rounds), "--json", str(found)),
    ]
    environment = {**os.environ, "PEERS_STATE": str(plan.folder / "rivals")}
    with (plan.folder / "rivals.log").open("ab") as log:
        done = subprocess.run(  # noqa: PLW1510 - a fault is told in our own words  # nosec B603
            command, env=environment, stdout=log, stderr=log, timeout=_RIVAL_SECONDS
        )
    if done.returncode or not found.exists():
        raise ProgramFailedError(f"the rivals did not run: see {plan.folder / 'rivals.log'}")
    results: list[dict[str, Any]] = orjson.loads(found.read_bytes())["results"]
    return results
