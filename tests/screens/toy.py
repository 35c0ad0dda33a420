"""A toy desk: a door, a home, an intake with a slow search, and a page of what came of it. No business, no database."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from textual import getters, on
from textual.app import ComposeResult

from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.clock import FixedClock
from screens.forms.field import Field
from screens.forms.finder import Finder
from screens.forms.form import Form
from screens.forms.form_field import Choice, FormField, Kind
from screens.ground.keys import bindings
from screens.shell.app import DeskApp, run
from screens.shell.screen import DeskScreen
from screens.widgets.keybar import Hint
from screens.widgets.lines import Lines
from screens.widgets.rows import Column, Row
from screens.widgets.status import Facts
from screens.widgets.words import Words

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

# Names that break careless screens: markup, an action, escape codes, Chinese, right-to-left, invisible characters.
CALLERS = [
    ("13800", "Wang [/] Trading"),
    ("13801", "[@click=app.quit]Quit[/] Ltd"),
    ("13802", "\x1b[31mRed\x1b[0m \x07Bell"),
    ("13803", "上海办公用品有限公司浦东分公司"),
    ("13804", "abc \u202egnitirw\u202c ‮שלום"),
    ("13805", "zero\u200bwidth\u2066x\u2069"),
]
WAYS = (Choice("van", "Our van"), Choice("vat", "Customer's van"), Choice("post", "By post"))


def callers(text: str) -> Sequence[Row]:
    """Find callers by the beginning of their number."""
    return [Row(number, (number, name), data=name) for number, name in CALLERS if number.startswith(text)]


def a_number(text: str) -> str:
    """Take whole numbers only."""
    if not text.isdigit():
        raise Refused("ORD-1", "That is not a number.", mend="Type digits.", field="boxes")
    return f"{int(text) * 12} pieces"


class Door(DeskScreen):
    """Signing in."""

    NAME = "Sign in"
    app = getters.app(DeskApp)

    def body(self) -> ComposeResult:
        yield Form(
            [FormField("login", "Name", required=True), FormField("word", "Password", kind=Kind.SECRET)],
            last_submits=True,
        )

    @on(Form.Submitted)
    async def _in(self, event: Form.Submitted) -> None:
        event.form.forget()
        await self.app.go_to(self.app.unlock() or "home")


class Home(DeskScreen):
    """Where one comes in."""

    NAME = "Home"
    ABOUT = "F2 takes an order."

    def body(self) -> ComposeResult:
        yield Words("Nothing waits.")

    def verb_hints(self) -> Sequence[Hint]:
        return [Hint("s", "Sing", do=lambda: self.say("verb: sing"))]


class Intake(DeskScreen):
    """Find the caller, fill in the rest, confirm."""

    NAME = "New order"
    ABOUT = "Type the number first."
    BINDINGS = bindings("confirm")
    app = getters.app(DeskApp)

    def body(self) -> ComposeResult:
        yield Finder(
            self._find,
            [Column("Number", 12), Column("Name")],
            id="caller",
            title="Caller",
            help="Type the beginning of the number.",
        )
        yield Words("", id="picked")
        yield Form(
            [
                FormField("road", "Road", required=True, help="Where the goods go."),
                FormField("boxes", "Boxes", kind=Kind.NUMBER, check=a_number, default="1"),
                FormField("way", "Way", kind=Kind.CHOICE, choices=WAYS),
                FormField("note", "Note", kind=Kind.NOTE),
            ],
            keep_as="intake",
        )

    def _find(self, text: str) -> Sequence[Row]:
        time.sleep(getattr(self.app, "slowness", 0.15))
        if text == "error":
            raise ValueError(text)
        return callers(text)

    @on(Finder.Picked)
    def _picked(self, event: Finder.Picked) -> None:
        self.query_one("#picked", Words).show(lambda: f"{event.row.key} {event.row.data}")
        self.query_one("#field-road", Field).input.focus()

    @on(Finder.Unknown)
    def _unknown(self, event: Finder.Unknown) -> None:
        self.query_one("#picked", Words).show(lambda: f"nobody: {event.text}")
        self.query_one("#field-road", Field).input.focus()

    @on(Form.Submitted)
    async def _done(self, event: Form.Submitted) -> None:
        lines = [self.query_one("#picked", Words).words]
        lines += [f"{key}={value}" for key, value in event.values.items()]
        self.app.run_errand(self, lambda: lines, what="saving", then=self._saved)

    async def _saved(self, lines: list[str]) -> None:
        self.query_one(Form).forget()
        await self.app.push_screen(Receipt(lines))


class Receipt(DeskScreen):
    """What came of it."""

    NAME = "Receipt"

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self._lines = lines

    def body(self) -> ComposeResult:
        yield Words(lambda: "\n".join(["RECEIPT", *self._lines]))


class Book(DeskScreen):
    """A hundred thousand rows."""

    NAME = "Orders"
    BINDINGS = bindings()

    def body(self) -> ComposeResult:
        yield Lines([Column("Number", 12), Column("Customer"), Column("Total", 12, right=True, drop=1)])

    def on_mount(self) -> None:
        self.query_one(Lines).show(self._rows, 100_000)

    def _rows(self, offset: int, limit: int) -> Sequence[Row]:
        numbers = range(offset, min(offset + limit, 100_000))
        return [Row(n, (f"SO{n:06}", CALLERS[n % 6][1], f"{n}.00"), tone="warn" * (n % 7 == 3)) for n in numbers]


class ToyApp(DeskApp):
    """The toy desk; `slowness` is how long a search takes."""

    slowness = 0.15
    intake = Intake

    def __init__(self, home: Path, **options: Any) -> None:
        super().__init__(Door, home=home, clock=FixedClock(AT), **options)
        self.facts = Facts(
            who=lambda: "Li Na 李娜", branch=lambda: "Pudong", time=lambda: "10:00", wave=lambda: "12:00"
        )
        for name, screen in {"home": Home, "intake": Intake, "book": Book}.items():
            self.offer_area(name, screen)


if __name__ == "__main__":
    sys.exit(run(ToyApp(Path(sys.argv[1]))))
