"""The command `ordersdesk`: one module per group of commands; each parses, calls a room and prints."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line and leave with its exit code: 0 done, 1 refused, 2 wrongly called, 70 a fault of its own."""
    from ordersdesk.cli.desks.quick import quick

    os.umask(0o077)  # whatever it makes is its owner's only
    args = sys.argv[1:]
    try:
        code = quick(args)
        if code is None:
            from ordersdesk.cli.app import run

            code = run(args)
    except Exception as fault:
        from ordersdesk.cli.frame.faults import tell_fault

        code = tell_fault(fault, args)
    sys.exit(code)
