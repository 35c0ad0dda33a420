"""What a command prints: tables and sheets for people, JSON for programs, a progress bar for those who wait."""

from __future__ import annotations

import dataclasses
import json
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from datetime import time as clock_time
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar, cast

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ordersdesk.cli.kit.grid import Grid, cell
from ordersdesk.foundation.texts.language import _, word_list
from ordersdesk.foundation.texts.texts import escaped, shown
from ordersdesk.printing.devices.cells import width as cells_of
from ordersdesk.printing.devices.cells import wrapped

T = TypeVar("T")
PIPED = 10_000  # columns of an output nobody looks at: nothing is cut or folded in a pipe
NOTICEABLE = 1.0  # seconds before a progress bar appears


def plain(value: Any) -> Any:
    """Return a value as JSON has it: money and days as text, records as objects."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if dump := getattr(cast(Any, value), "model_dump", None):  # a stored document
        return plain(dump())
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in cast("Mapping[object, object]", value).items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in cast("Sequence[object]", value)]
    if isinstance(value, set | frozenset):
        return sorted(str(entry) for entry in cast("frozenset[object]", value))
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime | clock_time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def tell_json(value: Any) -> None:
    """Print a value for programs."""
    print(escaped(json.dumps(plain(value), ensure_ascii=False, indent=2)))


def say(text: str) -> None:
    """Print a sentence, broken between words on a terminal; whatever customers typed is harmless in it."""
    safe = shown(text)
    lines = wrapped(safe, console().width) if sys.stdout.isatty() else [safe]
    print("\n".join(lines))


def within(found: Sequence[T], limit: int) -> Sequence[T]:
    """Return so many of what was found; that there is more is said on stderr, never kept silent."""
    if len(found) > limit:
        text = _("There are more than {limit}: add to the text, or raise --limit.").format(limit=limit)
        print(text, file=sys.stderr)
    return found[:limit]


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Let the command end as done: the reader has seen enough."""
        raise BrokenPipeError


def console() -> Console:
    """Return the console on stdout: as wide as the terminal, unbounded in a pipe."""
    width = None if sys.stdout.isatty() else PIPED
    return _Console(highlight=False, markup=False, emoji=False, width=width)


def tell_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str = "", widest: int = 0) -> None:
    """Print rows under column names; amounts and counts stand right, cells beyond the widest are folded.

    On a narrow terminal texts are folded and the last of them left out, with a word; a number never is cut or folded.
    """
    filled = [list(row) for row in rows]
    if not filled:
        say(empty or _("Nothing found."))
        return
    printed = console()
    grid = Grid(columns, filled, widest)
    kept = grid.fitting(printed.width)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for one in kept:
        table.add_column(Text(one.title), justify="right" if one.right else "left", width=one.width, overflow="fold")
    for row in range(len(filled)):
        table.add_row(*(Text("\n".join(one.lines(row))) for one in kept))
    printed.print(table)
    if left_out := [one.title for one in grid.columns if one not in kept]:
        say(_("No room for: {columns}. A wider terminal or --json shows all.").format(columns=word_list(left_out)))


def tell_sheet(facts: Iterable[tuple[str, object]]) -> None:
    """Print one thing as names and values, what is empty left out."""
    table = Table(box=None, show_header=False, pad_edge=False)
    printed = console()
    told = [(name, cell(value)) for name, value in facts if value not in (None, "")]
    room = printed.width - max((cells_of(name) for name, _value in told), default=0) - 1
    for name, value in told:
        table.add_row(Text(name, style="dim"), Text("\n".join(wrapped(value, room)), overflow="fold"))
    printed.print(table)


@contextmanager
def progress(doing: str) -> Generator[Callable[[int, int], None]]:
    """Give a function to call with (done, of): a bar shows on a terminal's stderr when it lasts over a second."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True, highlight=False), transient=True)
    task = bar.add_task(doing, total=None)
    soon = threading.Timer(NOTICEABLE, bar.start)
    soon.start()
    try:
        yield lambda done, of: bar.update(task, completed=done, total=of or None)
    finally:
        soon.cancel()
        soon.join()
        bar.stop()
