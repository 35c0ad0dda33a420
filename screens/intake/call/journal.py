"""The journal of an intake: a small file rewritten at every key, so that a killed desk loses at most the last one.

The file is replaced whole, never half: a process may die at any instruction. What is accepted field by field goes to
the database as well, where another desk can take it up.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from ordersdesk.foundation.machine.own_files import private_folder
from screens.intake.call.work import Work

FOLDER = "intakes"


class Journal:
    """Keeps the unfinished intakes of one user in the desk's home folder."""

    def __init__(self, home: Path, login: str) -> None:
        self._folder = home / FOLDER / _safe(login)

    def keep(self, work: Work) -> None:
        """Write an intake as it is now; an empty one leaves no file."""
        if work.is_empty:
            self.forget(work.key)
            return
        for folder in (self._folder.parent, self._folder):
            private_folder(folder)
        path = self._path(work.key)
        fresh = path.with_suffix(".new")
        text = json.dumps(work.as_data(), ensure_ascii=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(text)
        fresh.replace(path)

    def forget(self, key: str) -> None:
        """The intake is an order, parked or given up: its file goes; one that cannot go is offered again."""
        with contextlib.suppress(OSError):
            self._path(key).unlink()

    def unfinished(self) -> list[Work]:
        """Return the intakes that were not finished, newest first; a file that cannot be read is left alone."""
        found: list[tuple[float, Work]] = []
        for path in self._folder.glob("*.json"):
            with contextlib.suppress(OSError, ValueError, TypeError, AttributeError, RecursionError):
                data: dict[str, Any] = json.loads(path.read_text(encoding="ascii"))
                found.append((path.stat().st_mtime, Work.from_data(data)))
        return [work for _when, work in sorted(found, key=lambda pair: -pair[0])]

    def _path(self, key: str) -> Path:
        return self._folder / f"{_safe(key)}.json"


def _safe(name: str) -> str:
    return "".join(char if char.isascii() and (char.isalnum() or char in "._-") else "_" for char in name) or "_"
