"""When a bug ends the desk: the screen says so without showing anybody's data, a report file holds the rest."""

from __future__ import annotations

import os
import platform
import traceback
from datetime import datetime
from pathlib import Path

from ordersdesk.foundation.versions import version_of


def write_report(home: Path, error: BaseException, *, at: datetime, screen: str) -> Path | None:
    """Write what support needs (no local variables), readable by its owner only; None when the disk refuses."""
    path = home / f"crash-{at:%Y%m%d-%H%M%S}.txt"
    lines = [
        f"ordersdesk {version_of('ordersdesk')}, textual {version_of('textual')}, Python {platform.python_version()}",
        f"{at.isoformat()} on {platform.platform()}",
        f"screen: {screen}",
        "",
        *traceback.format_exception(error),
    ]
    try:
        home.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
    except OSError:
        return None
    return path
