"""`python -m bench`: measure, and write one line of JSON for each figure.

    python -m bench                          everything of ours, in some minutes
    python -m bench --only engine,telegram   some of it
    python -m bench --peers FOLDER           rivals beside it, on the same machine in the same run
    python -m bench --full                   with a million stored cases too (an hour or more)

Ends with 1 where a figure is not as it should be. Figures of a shared machine swing: look at
medians, and at ratios within one run.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path

from bench.plan import PEERS_PYTHON_VARIABLE, PEERS_VARIABLE, Plan, peers_from_environment
from bench.rows import Row

MEASURES: Mapping[str, str] = {
    "engine": "bench.engine",
    "sealing": "bench.sealing_costs",
    "storage": "bench.storing",
    "starting": "bench.starting",
    "web": "bench.web_form",
    "telegram": "bench.telegram",
    "growth": "bench.growth",
    "pages": "bench.pages",
    "release": "bench.releasing",
    "joining": "bench.joining",
}
"""Each a module with `measure(plan)`, imported when it is its turn."""


def main() -> int:
    """Run what was asked for; 1 where a figure does not hold."""
    arguments = _arguments()
    names = arguments.only.split(",") if arguments.only else list(MEASURES)
    fails = False
    with tempfile.TemporaryDirectory(prefix="gehoor-bench-") as folder:
        plan = Plan(
            rounds=arguments.rounds,
            is_full=arguments.full,
            peers=arguments.peers or peers_from_environment(),
            peers_python=arguments.peers_python,
            folder=Path(folder),
        )
        for name in names:
            measure: Callable[[Plan], Iterator[Row]] = import_module(MEASURES[name]).measure
            for found in measure(plan):
                _say(found.line())
                fails = fails or found.holds is False
    return 1 if fails else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", default="", help="some of: " + ", ".join(MEASURES))
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each; medians are told")
    parser.add_argument("--full", action="store_true", help="with what takes long")
    parser.add_argument("--peers", type=Path, help=f"folder of rivals (or {PEERS_VARIABLE})")
    parser.add_argument(
        "--peers-python",
        default=os.environ.get(PEERS_PYTHON_VARIABLE, sys.executable),
        help=f"interpreter with what rivals need (or {PEERS_PYTHON_VARIABLE})",
    )
    found = parser.parse_args()
    unknown = set(filter(None, found.only.split(","))) - MEASURES.keys()
    if unknown:
        parser.error(f"there is no measure {', '.join(sorted(unknown))}")
    return found


def _say(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
