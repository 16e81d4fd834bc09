"""The web form under many people at once: steps a second, how late the last are, whole reports."""

import re
from collections.abc import Iterator
from typing import Any

import orjson

from bench.plan import Plan
from bench.programs import Program, ProgramFailedError, output_of, python, running
from bench.rows import Row, row

_SECONDS = 6.0
_REPORTS = 512
"""Prepared to be posted at once."""
_CROWD = 384
"""Those of a reserve of 512 that are left once each of 64 people has sent one."""
_ONE_EACH = 0.01
_SECONDS_OVER = 90.0
_LEAST_STEPS = 1_000
_LEAST_REPORTS = 200
_MOST_LATE_MS = 100
_FIRST_PAGE_BYTES = 60_000
_PAGE_BYTES = 15_000
_CHEAP = "receipts ready beforehand; a receipt's own cost is a row of `sealing`"


def measure(plan: Plan) -> Iterator[Row]:
    """With 8 and with 64 people, each answer durable and encrypted; pages by their size."""
    for clients in (8, 64):
        tallies = [_tally(plan, clients, number) for number in range(plan.rounds)]
        yield from _rows(clients, tallies)
    yield from _crowd(plan)
    yield row(
        "first page with all that it loads",
        "B",
        [tallies[-1]["first_page_bytes"]],
        at_most=_FIRST_PAGE_BYTES,
    )
    yield row("largest later page", "B", [tallies[-1]["largest_page_bytes"]], at_most=_PAGE_BYTES)


def _rows(clients: int, tallies: list[dict[str, Any]]) -> Iterator[Row]:
    def rate(what: str) -> list[float]:
        return [tally[what] / tally["seconds"] for tally in tallies]

    at_once = f"{clients} people at once"
    is_many = clients == 64
    yield row(
        f"web form, {at_once}",
        "steps/s",
        rate("steps"),
        at_least=_LEAST_STEPS if is_many else None,
        note="a step is a post and the page that follows",
    )
    late = [tally["p99_ms"] for tally in tallies]
    yield row(f"web form, {at_once}, p99", "ms", late, at_most=_MOST_LATE_MS if is_many else None)
    posted = [tally["posted"] / tally["posting_seconds"] for tally in tallies]
    yield row(
        f"reports posted, {at_once}", "reports/s", posted, at_least=_LEAST_REPORTS, note=_CHEAP
    )
    yield row(f"reports begun and sent, {at_once}", "reports/s", rate("reports"), note=_CHEAP)
    failures = [tally["failures"] for tally in tallies]
    yield row(f"reports, {at_once}, failed", "reports", failures, at_most=0)
    costs = [tally["microseconds"] for tally in tallies]
    yield row(f"web form, {at_once}, processor", "µs/step", costs)


def _crowd(plan: Plan) -> Iterator[Row]:
    """Whole reports at once with receipts as they really are, from the reserve of a house that has
    run for some minutes."""
    tally = _tally(plan, 64, 0, receipts="reserve", seconds=_ONE_EACH, reports=_CROWD)
    yield row(
        f"{tally['posted']} reports posted at once, real receipts, 64 people at once",
        "reports/s",
        [tally["posted"] / tally["posting_seconds"]],
        at_least=_LEAST_REPORTS,
        note=f"{tally['failures']} failed",
    )


def _tally(
    plan: Plan,
    clients: int,
    number: int,
    *,
    receipts: str = "cheap",
    seconds: float = _SECONDS,
    reports: int = _REPORTS,
) -> dict[str, Any]:
    state = plan.folder / f"web-{clients}-{receipts}-{number}"
    state.mkdir()
    log = state / "log"
    settings = {"PEERS_STATE": str(state), "PEERS_API": "", "BENCH_RECEIPTS": receipts}
    with running(python("bench.house"), log=log, environment=settings) as house:
        before = house.processor_seconds
        told = (_address(house), str(clients), str(seconds), str(max(1, reports // clients)))
        command = python("bench.web_people", *told)
        said = output_of(command, log=log, processor=1, seconds=_SECONDS + _SECONDS_OVER)
        tally: dict[str, Any] = orjson.loads(said.splitlines()[-1])
        tally["microseconds"] = (
            1e6 * (house.processor_seconds - before) / max(1, tally["all_steps"])
        )
    return tally


def _address(house: Program) -> str:
    found = re.search(r"http://[\d.:]+\d", house.first_line)
    if found is None:
        raise ProgramFailedError("the house did not say where it is")
    return found[0]
