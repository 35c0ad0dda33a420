"""Home: one list of what waits for me; Enter opens it, F2 takes a new order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import getters, on
from textual.app import ComposeResult

from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.kinds import KINDS
from screens.ground.areas import APPROVALS, DISPATCH, INTAKE
from screens.home.waiting import Opens, Waits, figures, note, read
from screens.seat.desk import OrderDesk
from screens.shell.screen import DeskScreen
from screens.widgets.keybar import Hint
from screens.widgets.laying import BLANK, Line, Span, paragraph
from screens.widgets.lines import Lines
from screens.widgets.rows import Column
from screens.widgets.sheet import Sheet

COLUMNS = (
    Column(N_("What"), 13),
    Column(N_("Who")),
    Column(N_("Why")),
    Column(N_("Since"), 13, drop=1),
)
NOTHING = N_("There is nothing to do.")
FREE = N_("Nothing waits for you. F2 takes an order.")


class HomeScreen(DeskScreen):
    """Read anew each time one comes back to it."""

    NAME = N_("Home")
    ABOUT = N_("What waits for you, most urgent first. Enter opens the line.")
    DEFAULT_CSS = """
    HomeScreen #figures { height: 3; margin: 1 0 0 0; }
    HomeScreen Lines { height: 1fr; }
    HomeScreen #detail { height: 3; }
    """
    app = getters.app(OrderDesk)

    def body(self) -> ComposeResult:
        """The day in figures, and the list."""
        empty = FREE if self.app.seat and INTAKE in self.app.seat.areas else NOTHING
        for part in (Sheet(id="figures"), Lines(COLUMNS, empty=empty, id="waiting"), Sheet(id="detail")):
            part.can_focus = part.id == "waiting"
            yield part

    def on_screen_resume(self) -> None:
        """Read what waits now."""
        if self.app.seat:
            self.app.run_errand(
                self, partial(read, self.app.desk, self.app.home), what=_("what waits"), then=self._show
            )

    def on_language(self) -> None:
        """Read it again in the other language."""
        self.on_screen_resume()

    def _show(self, waits: Waits) -> None:
        policy = self.app.desk.policy
        self.query_one("#figures", Sheet).show(lambda width: _day(figures(waits.figures, policy), width))
        self.query_one(Lines).show_rows(waits.rows, keep=True)

    def verb_hints(self) -> Sequence[Hint]:
        """To the lists of documents that have no board of their own; an administrator to the users (USR-7)."""
        roles = self.app.desk.user.roles
        kinds = ((name, kind) for name, kind in KINDS.items() if kind.is_for(roles))
        lists = [Hint(kind.key, _(kind.plural), rank=6, do=partial(self.app.show_list, name)) for name, kind in kinds]
        if self.app.has_area("users"):
            lists.append(Hint("u", _("Users"), rank=6, do=partial(self.app.go_to, "users")))
        return lists

    @on(Lines.Moved, "#waiting")
    def _at(self, event: Lines.Moved) -> None:
        told = event.row.cells[1:3] if event.row else ()
        self.query_one("#detail", Sheet).show(lambda width: [BLANK, *paragraph("  ".join(told), width)])

    @on(Lines.Chosen, "#waiting")
    async def _open(self, event: Lines.Chosen) -> None:
        opens: Opens = event.row.data
        if opens.what == "call":
            await self.app.resume_call(opens.which)
        elif opens.notice:
            work = partial(note, self.app.desk, opens.notice)
            self.app.run_errand(self, work, what=_("the notice"), then=lambda _done: self.app.show_order(opens.which))
        elif opens.what == "order":
            await self.app.show_order(opens.which)
        elif opens.what == "slip":
            self.app.show_slip(opens.which)
        elif opens.what == "sheet":
            self.app.show_sheet(opens.which)
        elif opens.what in KINDS:
            await self.app.show_document(opens.what, opens.which)
        elif opens.what == "customer":
            await self.app.show_customer(opens.customer_id)
        elif opens.what in (APPROVALS, DISPATCH):
            await self.app.go_to(opens.what)
        else:
            await self.app.show_book(opens.filter)


def _day(told: Sequence[tuple[str, str]], width: int) -> list[Line]:
    spans: list[Span] = []
    for name, figure in told:
        spans += [(figure, "accent"), (f" {name}    ", "label")]
    return [tuple(spans), BLANK, *paragraph(_("What waits"), width, role="title")]
