"""The desk with a fixed list in place of the look-up: what a key press costs when finding costs nothing.

`python -m tests.bench.fixed HOME` runs it; the list differs from key to key, so that every row is painted anew.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Any

from ordersdesk.customers.finding import find_queries
from ordersdesk.customers.finding.find_queries import Found
from screens.start import run


def fixed(_desk: Any, text: str, **_options: Any) -> list[Found]:
    """Return twenty rows at once."""
    name, place = f"{text} 上海明源办公用品有限公司", "浦东区张江路…"
    return [
        Found(row, f"C{row:07d}", f"{name} {row}", "浦东", "small", "", "n", text, False, "王芳", "138****8000", place)
        for row in range(20)
    ]


if __name__ == "__main__":
    find_queries.find = fixed
    gc.disable()  # as the command does
    sys.exit(run(home=Path(sys.argv[1]), db=""))
