"""When a command meets a fault of the program: one sentence, and a report for whoever looks after the desk."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ordersdesk.foundation.machine.crash import write_report
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.time.clock import SystemClock

FAULT = 70  # EX_SOFTWARE: not a refusal, so that scripts can tell them apart


def tell_fault(fault: Exception, args: Sequence[str]) -> int:
    """Write the report and say where it is; the exit code is 70."""
    report: Path | None = None
    command = " ".join(word for word in args[:2] if word.isascii() and word.isalpha())
    with contextlib.suppress(OSError):  # a machine without any place to write has no report
        report = write_report(Path(tempfile.gettempdir()), fault, at=SystemClock().now(), where=command)
    print(_("The program made a fault and stopped; what was being done is not done."), file=sys.stderr)
    if report:
        print(_("Give this report to whoever looks after the desk: {file}").format(file=report), file=sys.stderr)
    return FAULT
