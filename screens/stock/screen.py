"""The stock check: find an item by anything the caller says; the answer follows the cursor, a quantity sharpens it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from ordersdesk.catalogue.actions import EDITORS
from ordersdesk.catalogue.packs import pack
from ordersdesk.catalogue.queries import find, wares
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import N_, _
from screens.customer.changing import ChangingScreen
from screens.forms.finder import Finder
from screens.forms.form import Form
from screens.forms.form_field import FormField, Kind
from screens.ground.search_thread import Answered
from screens.item.changes import adding
from screens.item.screen import ItemScreen
from screens.seat.desk import OrderDesk
from screens.shell.screen import DeskScreen
from screens.stock.answers import StockAnswer, page, read
from screens.stock.items import Items
from screens.widgets.keybar import Hint
from screens.widgets.sheet import Sheet


class StockScreen(DeskScreen):
    """Type, read the answer; Enter asks how many, Enter again goes back to the next item."""

    NAME = N_("Stock check")
    ABOUT = N_(
        "Code, bar code, name, initials or brand. Enter asks how many are wanted; 5箱 or 3x count packs. "
        "Ctrl+F opens the item with its prices; planning adds one with Enter on a code that nothing has."
    )
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 – as Textual declares it
    DEFAULT_CSS = """
    StockScreen #parts { layout: vertical; }
    StockScreen #asking { height: 10; }
    StockScreen Finder { height: 1fr; }
    StockScreen Finder > DeskInput { margin: 0; }
    StockScreen #told { height: 1fr; margin: 1 0 0 0; }
    StockScreen.-wide #parts { layout: horizontal; }
    StockScreen.-wide #asking { width: 1fr; height: 100%; }
    StockScreen.-wide Finder { height: auto; }
    StockScreen.-wide Finder Lines { height: 22; }
    StockScreen.-wide #told { width: 1fr; height: 100%; margin: 0 0 0 3; }
    """
    app = getters.app(OrderDesk)

    def __init__(self) -> None:
        super().__init__()
        self._code = ""
        self._wanted = 1

    def body(self) -> ComposeResult:
        """Search and quantity, and the answer."""
        with Horizontal(id="parts"):
            with Vertical(id="asking"):
                yield Items(title=self.NAME, help=self.ABOUT)
                yield Form(
                    [FormField("quantity", N_("How many?"), kind=Kind.NUMBER, check=self._count, rule="ORD-1")],
                    last_submits=True,
                )
            yield Sheet(id="told")

    def verb_hints(self) -> Sequence[Hint]:
        """Open the item under the cursor."""
        return [Hint("ctrl+f", _("Item"), do=self._open_meant)]

    def _open_meant(self) -> None:
        """Open the page of the item under the cursor, or of the one the search is still looking for."""
        work = partial(_meant, self.app.desk, self.query_one(Finder).text, self._code)
        self.app.run_errand(self, work, what=_("the item"), then=self._open)

    def _open(self, code: str) -> None:
        if code:
            self.app.push_screen(ItemScreen(code))
        else:
            self.say(_("Type an item first."))

    @on(Items.At)
    def _at(self, event: Items.At) -> None:
        self._ask(event.code, 1)

    @on(Finder.Picked)
    def _picked(self, event: Finder.Picked) -> None:
        self._code = event.row.key
        self.query_one(Form).field("quantity").input.focus()

    @on(Finder.Unknown)
    async def _nothing(self, event: Finder.Unknown) -> None:
        if event.text and self.app.desk.user.roles & {*EDITORS}:
            await self.app.push_screen(ChangingScreen(adding(self.app.desk, event.text)))
            return
        self.app.set_aside()
        self.say(_("No item is found for “{text}”.").format(text=event.text), "warn")

    def _count(self, text: str) -> str:
        with self.app.desk.reading() as session:
            ware = wares(session, [self._code]).get(self._code)
        if ware is None:
            return ""
        pieces = pack(text, ware, largest=self.app.desk.policy.catalogue.largest_quantity)
        self._ask(self._code, pieces)
        return f"= {pieces} {ware.unit}"

    @on(Form.Submitted)
    def _asked(self, event: Form.Submitted) -> None:
        event.form.forget()
        finder = self.query_one(Finder)
        finder.input.focus()

    def _ask(self, code: str, wanted: int) -> None:
        self._code, self._wanted = code, wanted
        self.app.search.ask(self, "stock answer", code, partial(read, self.app.desk, code, wanted))

    def on_answered(self, event: Answered) -> None:
        """Show the answer to the newest question."""
        told: StockAnswer | None = event.answer
        if told is not None and self.app.search.is_newest(event.question):
            self.query_one("#told", Sheet).show(partial(page, told))

    def on_screen_resume(self) -> None:
        """Look again: somebody may have taken some meanwhile."""
        if self._code:
            self._ask(self._code, self._wanted)


def _meant(desk: Desk, text: str, code: str) -> str:
    """Return the item a text finds: the one the cursor is on if it is among them, else the first."""
    found = [item.code for item in find(desk, text)] if text else [code]
    return code if code in found else next(iter(found), "")
