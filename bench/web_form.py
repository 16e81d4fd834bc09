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


def _tally(plan: Plan, clients: int, number: int) -> dict[str, Any]:
    state = plan.folder / f"web-{clients}-{number}"
    state.mkdir()
    log = state / "log"
    settings = {"PEERS_STATE": str(state), "PEERS_API": "", "BENCH_RECEIPTS": "cheap"}
    with running(python("bench.house"), log=log, environment=settings) as house:
        before = house.processor_seconds
        reports = max(1, _REPORTS // clients)
        told = (_address(house), str(clients), str(_SECONDS), str(reports))
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
