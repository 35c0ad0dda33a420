"""The search of the stock check: it tells on which item the cursor stands, before anything is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import getters, on
from textual.message import Message

from ordersdesk.catalogue.queries import Found, find
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import N_
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.foundation.texts.texts import full_name
from ordersdesk.stock.queries import shelves
from screens.forms.finder import ASKED, Finder
from screens.seat.desk import OrderDesk
from screens.widgets.lines import Lines
from screens.widgets.rows import Column, Row

COLUMNS = (
    Column(N_("Code"), 10),
    Column(N_("Item"), least=24, inside=True),
    Column(N_("Brand"), 10, drop=2),
    Column(N_("Free"), 6, right=True),
    Column(N_("Price"), 9, right=True, drop=1),
)


class Items(Finder):
    """Posts `At` with the code of the item under the cursor."""

    app = getters.app(OrderDesk)

    @dataclass
    class At(Message):
        """The cursor stands on this item."""

        code: str

    def __init__(self, *, title: str, help: str) -> None:
        super().__init__(self._find, COLUMNS, id="items", title=title, help=help)

    def _find(self, text: str) -> Sequence[Row]:
        return found(self.app.desk, text)

    @on(Lines.Moved)
    def _moved(self, event: Lines.Moved) -> None:
        event.stop()
        if event.row:
            self.post_message(self.At(event.row.key))


def found(desk: Desk, text: str) -> list[Row]:
    """Find items, each with what is free here."""
    items = find(desk, text, limit=ASKED)
    with desk.reading() as session:
        lying = shelves(session, [item.id for item in items])
    return [_row(item, sum(s.available for s in lying[item.id] if s.kind == "main")) for item in items]


def _row(item: Found, free: int) -> Row:
    name = full_name(item.name, item.spec)
    tone = "muted" if item.discontinued else "warn" if free <= 0 else ""
    return Row(item.code, (item.code, name, item.brand, f"{free:,}", formatted(item.list_price)), tone=tone)
