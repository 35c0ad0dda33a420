"""Let everything go wrong for some minutes, then compare all that was told with the book; exit code 1 if it lies."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.chaos.reckoning import told, wrong
from tests.chaos.shop import Shop

DESKS = 4
PAUSE = (0.1, 0.9)  # seconds between two things that go wrong
SHOWN = 20


def run(dialect: str, *, seconds: float, desks: int = DESKS) -> list[str]:
    """Run the chaos on one database, print what happened, and return what is not as it was told."""
    with tempfile.TemporaryDirectory(prefix="odchaos", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as somebody else when this runs as root
        with Shop(dialect, Path(folder) / "home") as shop:
            for _desk in range(desks):
                shop.hire()
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                time.sleep(random.uniform(*PAUSE))
                shop.go_wrong()
            for desk in [*shop.desks]:
                shop.kill(desk)
            found = list(wrong(shop))
            print(f"chaos on {dialect}, {seconds:.0f} s", *told(shop), f"not as told: {len(found)}", sep="\n  ")
    return found


def main() -> int:
    """Read the options and run."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=1.0, help="on each database")
    asked.add_argument("--on", choices=("sqlite", "postgresql", "both"), default="both")
    asked.add_argument("--desks", type=int, default=DESKS)
    asked.add_argument("--seed", type=int, help="what goes wrong; when each desk is hit differs all the same")
    given = asked.parse_args()
    random.seed(given.seed)
    found: list[str] = []
    for dialect in ("sqlite", "postgresql") if given.on == "both" else (given.on,):
        found += run(dialect, seconds=given.minutes * 60, desks=given.desks)
    print(*found[:SHOWN], sep="\n", file=sys.stderr)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
