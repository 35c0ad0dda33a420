"""The confirmation sheet of one order: read it, make the PDF, note that it went out and came back (ORD-6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from textual import getters
from textual.app import ComposeResult

from ordersdesk.changing import sheet_returned
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.machine.own_files import private_folder
from ordersdesk.foundation.policy.roles import DESK_ROLES
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.orders.assessment.sheet_rules import RETURNED, SENT, SHEETS
from ordersdesk.orders.book import page_queries
from ordersdesk.orders.model.queries import Summary
from ordersdesk.orders.sheets.actions import ALIVE, HOWS, Tracked, send_sheet
from ordersdesk.orders.sheets.form import sheet_of
from ordersdesk.orders.terms.flow import ORDER_FLOW
from ordersdesk.printing.devices.plain import text
from ordersdesk.printing.filing import keep
from ordersdesk.printing.forms.form import Form as Paper
from ordersdesk.printing.pages.typesetting import pdf
from screens.forms.asking_screen import AskingScreen
from screens.forms.choices import Choice
from screens.forms.form_field import FormField, Kind
from screens.forms.question import Question
from screens.seat.desk import OrderDesk
from screens.widgets.keybar import Hint
from screens.widgets.laying import Line
from screens.widgets.sheet import Sheet

WAYS = [Choice(how, label) for how, label in HOWS.items()]


@dataclass(frozen=True)
class Read:
    """The sheet and where it stands."""

    paper: Paper
    head: Summary


class SheetScreen(AskingScreen):
    """The sheet as text, with a key for each thing that happens to it."""

    NAME = N_("Confirmation sheet")
    ABOUT = N_("P makes a PDF in a folder, S notes that it was sent, B that it is back and signed.")
    DEFAULT_CSS = """
    SheetScreen Sheet { height: 1fr; }
    """
    MAIN = "Sheet"
    app = getters.app(OrderDesk)

    def __init__(self, number: str) -> None:
        super().__init__()
        self._number = number
        self._read: Read | None = None

    def body(self) -> ComposeResult:
        """The sheet, and what is asked: into which folder, or how it was sent."""
        yield Sheet()
        yield Question()

    def top_title(self) -> str:
        """The sheet by the number of its order."""
        return f"{_(self.NAME)} {self._number}"

    def on_screen_resume(self) -> None:
        """Read it as it is now."""
        self.app.run_errand(
            self,
            partial(_read, self.app.desk, self._number),
            what=_("the confirmation sheet"),
            then=self._show,
        )

    def _show(self, read: Read) -> None:
        self._read = read
        self.query_one(Sheet).show(partial(_lines, read.paper))
        if not self.is_asking:
            self.query_one(Sheet).focus()
        self.refresh_bindings()

    # --- keys

    def verb_hints(self) -> Sequence[Hint]:
        """The PDF always; sent and back as the sheet's track and the user's roles allow."""
        if self._read is None or self.is_asking:
            return ()
        head, hints = self._read.head, [Hint("p", _("PDF"), do=self._ask_folder)]
        if head.state in ALIVE and self.app.desk.user.roles & DESK_ROLES:
            if head.sheet != RETURNED:
                hints.append(Hint("s", _("Sent"), do=self._ask_how))
            if head.sheet == SENT:
                hints.append(Hint("b", _("Back and signed"), do=self._is_back))
        return hints

    def _is_back(self) -> None:
        work = partial(sheet_returned, self.app.desk, number=self._number)
        self.app.run_errand(self, work, what=_("the confirmation sheet"), then=self._tracked)

    async def _ask_folder(self) -> None:
        usual = str(self.app.home / "papers")
        folder = FormField("file", N_("Folder"), required=True, default=usual, rule="SLP-3")
        await self.question.ask([folder], self._file)

    async def _ask_how(self) -> None:
        how = FormField("how", N_("Sent by"), required=True, kind=Kind.CHOICE, choices=WAYS, rule="ORD-6")
        await self.question.ask([how], self._send)

    # --- what happens

    def _file(self, answers: Mapping[str, str]) -> None:
        assert self._read is not None
        folder = Path(answers["file"]).expanduser()
        work = partial(_filed, self._read.paper, folder, self.app.home)
        self.app.run_errand(self, work, what=_("printing"), then=self._filed)

    async def _filed(self, path: Path) -> None:
        await self.close_question()
        self.say(_("Printed to {file}.").format(file=path), "good")

    def _send(self, answers: Mapping[str, str]) -> None:
        work = partial(send_sheet, self.app.desk, number=self._number, how=answers["how"])
        self.app.run_errand(self, work, what=_("the confirmation sheet"), then=self._tracked)

    async def _tracked(self, done: Tracked) -> None:
        await self.close_question()
        told = _("The sheet is {sheet}; the order is {state}.").format(
            sheet=_(SHEETS[done.sheet]), state=_(ORDER_FLOW.states[done.state])
        )
        if done.late and done.promised_on:
            told += " " + _("Promised now: {day}.").format(day=short_day(done.promised_on))
        self.say(told, "good")
        self.on_screen_resume()


def _read(desk: Desk, number: str) -> Read:
    return Read(sheet_of(desk, number), page_queries.by_number(desk, number).head)


def _lines(paper: Paper, width: int) -> list[Line]:
    return [((line, ""),) for line in text(paper, cells=max(width, 60)).split("\n")]


def _filed(paper: Paper, folder: Path, home: Path) -> Path:
    """Make the PDF; the desk's own folder is made when it is not there, another one is not."""
    if folder == home / "papers":
        private_folder(folder)
    return keep(folder / f"{paper.number}.pdf", pdf(paper, home / "forms"), replace=True)
