"""Past orders as files tell them, and what two tellings of one order have in common (FIL-1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any

from ordersdesk.foundation.texts.language import _, clause_list

NOON = time(12)  # when a past order was made whose file knows the day only
LINES = "lines"
BOUGHT = "closed"  # the state of a past order that stood


@dataclass(frozen=True)
class PastLine:
    """A line of a past order with its own figures."""

    item_id: int
    code: str
    name: str
    unit: str
    quantity: int
    price: Decimal
    amount: Decimal
    note: str = ""


@dataclass(frozen=True)
class PastOrder:
    """A past order; `key` is made from the file's key columns, `theirs` is the number the file gives it."""

    key: str
    number: str
    customer_id: int
    customer_name: str
    day: date
    lines: tuple[PastLine, ...]
    theirs: str = ""
    time: time = NOON
    channel: str = "phone"
    contact: str = ""
    phone: str = ""
    address: str = ""
    payment: str = "cash"
    invoice: str = "none"
    delivery_date: date | None = None
    fee: Decimal = Decimal("0.00")
    note: str = ""
    agent: str = ""
    state: str = BOUGHT
    paid: str = "paid"
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """What else the file said and the story keeps, such as what was paid and given back."""

    @property
    def goods(self) -> Decimal:
        """The sum of its lines."""
        return sum((line.amount for line in self.lines), Decimal("0.00"))

    @property
    def counts(self) -> bool:
        """Whether it was bought: it stood, and was not given back."""
        return self.state == BOUGHT and self.paid != "refunded"


def differences(stored: PastOrder, told: PastOrder, said: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return by field what the book holds and what the file says; only what the file says is compared."""
    return dict(_differences(stored, told, said))


def _differences(stored: PastOrder, told: PastOrder, said: Collection[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    if stored.customer_id != told.customer_id:
        yield "customer", (stored.customer_name, told.customer_name)
    if stored.day != told.day:
        yield "date", (str(stored.day), str(told.day))
    elif told.time not in (NOON, stored.time) and stored.time != NOON:
        yield "date", (f"{stored.day} {stored.time:%H:%M}", f"{told.day} {told.time:%H:%M}")
    for name in sorted(set(said) & _COMPARED):
        before, after = getattr(stored, name), getattr(told, name)
        if before != after:
            yield name, (_text(before), _text(after))
    if _goods(stored, said) != _goods(told, said):
        yield LINES, (_lines(stored), _lines(told))


_COMPARED = {
    "channel", "contact", "phone", "address", "payment", "invoice", "delivery_date", "fee", "note", "agent", "state",
    "paid",
}  # fmt: skip


def _goods(order: PastOrder, said: Collection[str]) -> Counter[tuple[object, ...]]:
    noted = "line_note" in said
    return Counter((ln.item_id, ln.quantity, ln.price, ln.amount, ln.note if noted else "") for ln in order.lines)


def _lines(order: PastOrder) -> str:
    lines = clause_list(f"{line.code} × {line.quantity} = {line.amount}" for line in order.lines)
    return _("{lines} = {total}").format(lines=lines, total=f"{order.goods}")


def _text(value: object) -> str:
    return "–" if value in (None, "") else str(value)


def habits_of(order: PastOrder) -> dict[int, tuple[int, int]]:
    """Return what an order adds to what its customer usually buys: by item, orders and pieces."""
    found: dict[int, tuple[int, int]] = {}
    for line in order.lines if order.counts else ():
        found[line.item_id] = (1, found.get(line.item_id, (1, 0))[1] + line.quantity)
    return found
