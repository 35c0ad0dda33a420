"""The command `ordersdesk`: one module per group of commands; each parses, calls a room and prints."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code: 0 done, 1 refused, 2 wrongly called."""
    from ordersdesk.cli.quick import quick

    args = sys.argv[1:]
    code = quick(args)
    if code is None:
        from ordersdesk.cli.app import run

        code = run(args)
    sys.exit(code)
