"""When a bug ends the desk or a command: a report for support, without anything a customer said."""

from __future__ import annotations

import os
import platform
import traceback
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from ordersdesk.foundation.machine.versions import version_of


def write_report(home: Path, error: BaseException, *, at: datetime, where: str) -> Path | None:
    """Write what support needs, readable by its owner only; None when the disk refuses."""
    path = _free(home, f"crash-{at:%Y%m%d-%H%M%S}")
    lines = [
        f"ordersdesk {version_of('ordersdesk')}, textual {version_of('textual')}, Python {platform.python_version()}",
        f"{at.isoformat()} on {platform.platform()}",
        f"at: {where}",
        "",
        *_told(error),
    ]
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        # The folder may be everybody's: what somebody laid there is never written into.
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
    except OSError:
        return None
    return path


def _free(folder: Path, name: str) -> Path:
    tried = (folder / f"{name}{again}.txt" for again in ("", *(f"-{count}" for count in range(2, 100))))
    return next((path for path in tried if not path.exists()), folder / f"{name}.txt")


def _told(error: BaseException | None) -> Iterator[str]:
    """Yield the errors, the first cause first, with their places; their texts may quote a customer and stay out."""
    while_handling = error.__cause__ or error.__context__ if error else None
    if while_handling is not None:
        yield from _told(while_handling)
        yield "then:"
    if error is not None:
        yield f"{type(error).__module__}.{type(error).__qualname__}"
        yield from (line.rstrip() for line in traceback.format_tb(error.__traceback__))
