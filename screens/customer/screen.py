"""Looking a customer up by anything a caller says; Enter opens the card, nobody found makes a new one (CUS-2)."""

from __future__ import annotations

from collections.abc import Sequence

from textual import getters, on
from textual.app import ComposeResult

from ordersdesk.customers.finding.find_queries import Found, find
from ordersdesk.customers.model.rules import WHY_LABELS
from ordersdesk.foundation.policy.roles import DESK_ROLES
from ordersdesk.foundation.texts.language import N_, _
from screens.customer.making import MakingScreen
from screens.forms.finder import ASKED, Finder
from screens.seat.desk import OrderDesk
from screens.shell.screen import DeskScreen
from screens.widgets.keybar import Hint
from screens.widgets.rows import Column, Row

COLUMNS = (
    Column(N_("Number"), 8),
    Column(N_("Name"), least=24),
    Column(N_("Found by"), 9),
    Column(N_("Contact"), 10, drop=2),
    Column(N_("Phone"), 14, drop=1),
    Column(N_("Territory"), 12, drop=3),
    Column(N_("Address"), 18, drop=4),
)


class CustomerScreen(DeskScreen):
    """The cursor stays in the search; the list says why each customer is there."""

    NAME = N_("Customers")
    ABOUT = N_(
        "Phone or any part of it, number, name, pinyin or initials, contact, address. "
        "Enter opens the customer; when nobody is found, Enter makes a new one."
    )
    DEFAULT_CSS = "CustomerScreen Finder { height: 1fr; }"
    app = getters.app(OrderDesk)

    def body(self) -> ComposeResult:
        """The search."""
        empty = N_("Nobody found: Enter makes a new customer")
        yield Finder(self._find, COLUMNS, id="customers", title=self.NAME, help=self.ABOUT, empty=empty)

    def verb_hints(self) -> Sequence[Hint]:
        """Make a new customer."""
        may = bool(self.app.desk.user.roles & DESK_ROLES)
        return [Hint("ctrl+n", _("New customer"), do=self._make)] if may else []

    async def _make(self) -> None:
        """Make a new customer from what is typed."""
        await self.app.push_screen(MakingScreen(self.query_one(Finder).text))

    def _find(self, text: str) -> Sequence[Row]:
        return [_row(found) for found in find(self.app.desk, text, limit=ASKED)]

    @on(Finder.Picked)
    async def _picked(self, event: Finder.Picked) -> None:
        await self.app.show_customer(event.row.data)

    @on(Finder.Unknown)
    async def _unknown(self, event: Finder.Unknown) -> None:
        if event.text and self.verb_hints():
            await self._make()


def _row(found: Found) -> Row:
    tone = "warn" if found.blocked else ""
    why = _(WHY_LABELS.get(found.why, found.why))
    cells = (found.number, found.name, why, found.contact, found.phone, found.territory, found.address)
    return Row(found.number, cells, tone=tone, data=found.id)
