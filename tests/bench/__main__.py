"""Measure the desk against baselines taken in the same run: `python -m tests.bench --keep DIR`.

Takes a quarter of an hour with a million customers at the first time, a few minutes after that; `--quick` takes two.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.live import Live
from rich.table import Table

from tests.bench import stores
from tests.bench.allocations import allocations
from tests.bench.crowds import crowds
from tests.bench.exposures import exposures
from tests.bench.figures import Figure
from tests.bench.imports import imports
from tests.bench.lookups import lookups
from tests.bench.papers import papers
from tests.bench.queues import queues
from tests.bench.submits import submits
from tests.bench.terminals import starts, typing, weights
from tests.bench.writers import writers

DIALECTS = ("sqlite", "postgresql")
COLUMNS = ("what", "at", "measured (median / p95)", "baseline", "ratio", "goal", "ok")

console = Console()


def _submit(asked: argparse.Namespace, dialect: str) -> Iterator[Figure]:
    with stores.shop(dialect) as desk:
        yield from submits(desk, count=250 if asked.quick else 1_000)


def _eight(asked: argparse.Namespace, dialect: str) -> Iterator[Figure]:
    with stores.shop(dialect) as desk:
        yield from writers(desk, seconds=4 if asked.quick else 20)


def _crowd(asked: argparse.Namespace, dialect: str) -> Iterator[Figure]:
    with stores.shop(dialect) as desk:
        yield from crowds(desk, sizes=(8, 12), seconds=4 if asked.quick else 20)


def _exposure(asked: argparse.Namespace, dialect: str) -> Iterator[Figure]:
    with stores.shop(dialect) as desk:
        yield from exposures(desk, orders=20_000 if asked.quick else 1_000_000, times=60 if asked.quick else 300)


def _queue(asked: argparse.Namespace, dialect: str) -> Iterator[Figure]:
    with stores.shop(dialect) as desk:
        yield from queues(desk, orders=40_000 if asked.quick else 1_000_000, times=60 if asked.quick else 300)


def _allocate(asked: argparse.Namespace, dialect: str) -> Iterator[Figure]:
    with stores.shop(dialect) as desk:
        yield from allocations(desk, orders=20_000 if asked.quick else 100_000, rounds=3 if asked.quick else 9)


def _import(asked: argparse.Namespace, _dialect: str) -> Iterator[Figure]:
    yield from imports(customers=5_000 if asked.quick else 50_000)


def _find(asked: argparse.Namespace, dialect: str) -> Iterator[Figure]:
    with stores.branch(dialect, asked.keep, customers=asked.customers, console=console) as desk:
        yield from lookups(desk, customers=asked.customers, times=60 if asked.quick else 300)


def _start(asked: argparse.Namespace, _dialect: str) -> Iterator[Figure]:
    with stores.branch("sqlite", asked.keep, customers=asked.customers, console=console):
        pass
    yield from starts(_home(asked), times=3 if asked.quick else 11, customers=asked.customers)


def _type(asked: argparse.Namespace, _dialect: str) -> Iterator[Figure]:
    with stores.branch("sqlite", asked.keep, customers=asked.customers, console=console):
        pass
    yield from typing(_home(asked), rounds=2 if asked.quick else 10, customers=asked.customers)


def _weigh(asked: argparse.Namespace, _dialect: str) -> Iterator[Figure]:
    with stores.branch("sqlite", asked.keep, customers=asked.customers, console=console):
        pass
    keys = (1_000, 3_000 if asked.quick else 10_000)
    yield from weights(_home(asked), keys=keys, customers=asked.customers)


def _print(asked: argparse.Namespace, _dialect: str) -> Iterator[Figure]:
    yield from papers(slips=250 if asked.quick else 1_000, many=1_000 if asked.quick else 10_000, times=3)


def _home(asked: argparse.Namespace) -> Path:
    return stores.home(asked.keep, customers=asked.customers)


Bench = Callable[[argparse.Namespace, str], Iterator[Figure]]
BENCHES: dict[str, tuple[Bench, tuple[str, ...]]] = {
    "submit": (_submit, DIALECTS),
    "writers": (_eight, DIALECTS),
    "crowd": (_crowd, DIALECTS),
    "exposure": (_exposure, DIALECTS),
    "approvals": (_queue, DIALECTS),
    "allocate": (_allocate, DIALECTS),
    "papers": (_print, ("sqlite",)),
    "import": (_import, ("sqlite",)),
    "lookup": (_find, DIALECTS),
    "start": (_start, ("sqlite",)),
    "typing": (_type, ("sqlite",)),
    "weight": (_weigh, ("sqlite",)),
}


def asked() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=BENCHES, help="one bench; may be given several times")
    parser.add_argument("--on", action="append", choices=DIALECTS, help="one database")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, 20,000 customers")
    parser.add_argument("--customers", type=int, default=None, help="customers to look up among (1,000,000)")
    parser.add_argument("--keep", type=Path, default=None, help="folder in which databases are kept for the next run")
    options = parser.parse_args()
    options.customers = options.customers or (20_000 if options.quick else 1_000_000)
    return options


def run(options: argparse.Namespace) -> list[Figure]:
    """Run what was asked for and show each line as soon as it is known."""
    table = Table(*COLUMNS)
    found: list[Figure] = []
    with Live(table, console=console, vertical_overflow="visible"):
        for name, (bench, dialects) in BENCHES.items():
            for dialect in dialects:
                if name in (options.only or BENCHES) and dialect in (options.on or DIALECTS):
                    for figure in bench(options, dialect):
                        found.append(figure)
                        table.add_row(*_cells(figure))
    return found


def _cells(figure: Figure) -> list[str]:
    ok = {True: "[green]yes[/]", False: "[red]no[/]", None: ""}[figure.ok]
    return [figure.what, figure.at, figure.measured, figure.baseline, figure.ratio, figure.goal, ok]


def main() -> None:
    """Run the benches."""
    options = asked()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed was compiled once, not at every start
    if options.keep is not None:
        options.keep.mkdir(parents=True, exist_ok=True)
        run(options)
        return
    with tempfile.TemporaryDirectory(prefix="benches") as folder:
        options.keep = Path(folder)
        run(options)


if __name__ == "__main__":
    main()
