"""The order book: type to filter, page through any number of orders, Enter opens one (ORD-9)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import N_, NP_, _, ngettext
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.orders.book import queries as book
from ordersdesk.orders.book.queries import Entry, Filter
from ordersdesk.orders.book.waiting_queries import waited_for
from ordersdesk.orders.terms.flow import ORDER_FLOW
from ordersdesk.orders.terms.labels import DELIVERY
from ordersdesk.people.names import person
from screens.book.filter_line import FilterLine
from screens.book.filters import Chip, choices
from screens.ground.keys import bindings
from screens.ground.search_thread import Answered, SearchFailed
from screens.ground.typed_ahead import Hold
from screens.seat.desk import OrderDesk
from screens.shell.screen import DeskScreen
from screens.widgets.lines import Lines
from screens.widgets.rows import Column, Row
from screens.widgets.words import Words

COLUMNS = (
    Column(NP_("document", "Number"), 15),
    Column(N_("State"), 9),
    Column(N_("Customer"), least=20),
    Column(N_("Promise"), 18, drop=1),
    Column(N_("Total"), 11, right=True),
    Column(N_("Agent"), 8, drop=3),
    Column(N_("Phone"), 13, drop=4),
    Column(N_("Route"), 10, drop=5),
    Column(N_("Delivery"), 18, drop=6),
)
PARTS = {"morning": N_("a.m."), "afternoon": N_("p.m.")}
TONES = {"review": "accent", "rejected": "warn", "cancelled": "muted", "closed": "muted"}


class BookScreen(DeskScreen):
    """The cursor stays in the filter; arrows and pages move in the list."""

    NAME = N_("Order book")
    ABOUT = N_("Type a number or a name; F4 offers conditions. Enter opens the order under the cursor.")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("up", "down", "page_up", "page_down", "choose")]
    DEFAULT_CSS = """
    BookScreen Lines { height: 1fr; scrollbar-gutter: stable; }
    BookScreen #counted { height: 1; width: 100%; text-align: right; }
    """
    app = getters.app(OrderDesk)

    def __init__(self) -> None:
        super().__init__()
        self._shown: Filter | None = None
        self._hold: Hold | None = None

    def body(self) -> ComposeResult:
        """Filter, count, list."""
        yield FilterLine(self._choices)
        yield Words("", id="counted", classes="muted")
        orders = Lines(COLUMNS, empty=N_("No order fits."), id="orders")
        orders.can_focus = False
        yield orders

    def on_screen_resume(self) -> None:
        """Read the book as it is now."""
        self._read(self.query_one(FilterLine).wanted)

    def on_language(self) -> None:
        """Read it in the other language."""
        self.on_screen_resume()

    def filter_by(self, wanted: Filter) -> None:
        """Show what this filter finds."""
        self.query_one(FilterLine).take(wanted)

    @on(FilterLine.Changed)
    def _filtered(self, event: FilterLine.Changed) -> None:
        self._read(event.filter)

    def _read(self, wanted: Filter) -> None:
        if self.app.seat:
            self.app.search.ask(self, "book", wanted.text, partial(_counted, self.app.desk, wanted))

    def on_answered(self, event: Answered) -> None:
        """The first page and the count are there; the other pages are read as they are looked at."""
        if self.app.search.is_newest(event.question):
            wanted, count, first = event.answer
            source = partial(_rows, self.app.desk, wanted, first)
            self.query_one("#orders", Lines).show(source, count)
            self.query_one("#counted", Words).show(
                lambda: ngettext("{count} order", "{count} orders", count).format(count=f"{count:,}")
            )
            self._shown = wanted
            hold, self._hold = self._hold, None
            if hold and hold.release():
                self._orders.action_choose()

    def on_search_failed(self, event: SearchFailed) -> None:
        """Say so; the list stays as it was."""
        event.tell(self.say)

    def _choices(self) -> list[Chip]:
        return choices(self.app.desk, waited_for(self.app.desk))

    @property
    def _orders(self) -> Lines:
        return self.query_one("#orders", Lines)

    @on(Input.Submitted)
    def _enter(self) -> None:
        """Enter is never answered by an older list: it waits for the one to what is typed."""
        if self._shown == self.query_one(FilterLine).wanted:
            self._orders.action_choose()
        else:
            self._hold = self.app.hold_keyboard(_("the search"), owner=self)

    @on(Lines.Chosen, "#orders")
    async def _open(self, event: Lines.Chosen) -> None:
        await self.app.show_order(event.row.key)

    def action_choose(self) -> None:
        """Open the order under the cursor."""
        self._orders.action_choose()

    def action_up(self) -> None:
        """One order up."""
        self._orders.action_up()

    def action_down(self) -> None:
        """One order down."""
        self._orders.action_down()

    def action_page_up(self) -> None:
        """One screenful up."""
        self._orders.action_page_up()

    def action_page_down(self) -> None:
        """One screenful down."""
        self._orders.action_page_down()


def _counted(desk: Desk, wanted: Filter) -> tuple[Filter, int, Sequence[Row]]:
    """Count and read the first page, in the search thread."""
    return wanted, book.count(desk, wanted), _rows(desk, wanted, (), 0, 100)


def _rows(desk: Desk, wanted: Filter, first: Sequence[Row], offset: int, limit: int) -> Sequence[Row]:
    if offset == 0 and first:
        return first
    return [_row(desk, entry) for entry in book.page(desk, wanted, offset=offset, limit=limit)]


def _row(desk: Desk, entry: Entry) -> Row:
    part = _("by {latest}").format(latest=entry.latest) if entry.latest else _(PARTS.get(entry.promised_part, ""))
    promise = f"{short_day(entry.promised_on)} {part}".strip() if entry.promised_on else ""
    delivery = _(DELIVERY.get(entry.delivery, entry.delivery))
    cells = (
        entry.number, _(ORDER_FLOW.states[entry.state]), entry.customer, promise, formatted(entry.total),
        person(desk, entry.agent), entry.phone, entry.route, delivery,
    )  # fmt: skip
    return Row(entry.number, cells, tone="warn" if entry.is_late(desk) else TONES.get(entry.state, ""))
