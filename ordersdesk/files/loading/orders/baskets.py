"""The rows of a file gathered into orders: one bad row and the whole order waits (FIL-1, ORD-1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from sys import intern

from ordersdesk.files.loading.loads import Job, Key
from ordersdesk.files.mapping.converting import Value
from ordersdesk.files.mapping.rows import Bad, Mapped
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.money import rounded

# One line, as small as half a million of them need to be: row, item, name, quantity, unit price, amount, note, unit.
Line = tuple[int, str, str, int, Decimal | None, Decimal | None, str, str]
_SAME = (
    "date", "customer", "contact", "phone", "address", "payment", "invoice", "channel", "delivery_date", "fee",
    "order_state", "payment_state", "received", "refunded",
)  # fmt: skip


_NEVER_LESS = ("price", "amount", "fee", "received", "refunded")


@dataclass(slots=True)
class Basket:
    """One order of the file: what its rows say in common, and its lines."""

    row: int
    head: dict[str, Value]
    lines: list[Line] = field(default_factory=list[Line])
    bad_row: int = 0

    @property
    def customer(self) -> str:
        """What the file calls the customer."""
        return str(self.head["customer"])

    @property
    def at(self) -> datetime:
        """When it was ordered."""
        at = self.head["date"]
        assert isinstance(at, datetime)
        return at

    @property
    def number(self) -> str:
        """The number the file gives it."""
        return self.text("number")

    def money(self, name: str) -> Decimal | None:
        """Return an amount its rows say, if they do."""
        value = self.head.get(name)
        return value if isinstance(value, Decimal) else None

    def text(self, name: str) -> str:
        """Return one thing its rows say, as text."""
        return str(self.head.get(name) or "")


@dataclass
class Baskets:
    """The orders of a file by their key, in the order they were met."""

    job: Job
    by_key: dict[Key, Basket] = field(default_factory=dict[Key, Basket])
    spoilt: dict[Key, int] = field(default_factory=dict[Key, int])
    known: dict[tuple[Value, ...], dict[str, Value]] = field(default_factory=dict[tuple[Value, ...], dict[str, Value]])

    def take(self, row: Mapped) -> None:
        """Put a row into its order; what is wrong with the line keeps the order out."""
        key, per_row = self.job.key(row.values), self.job.fit.kind.per_row
        basket = self.by_key.get(key)
        if basket is None:
            head = {name: value for name, value in row.values.items() if name not in per_row}
            basket = self.by_key[key] = Basket(row.row, head)
        elif not self._agrees(basket, row):
            basket.bad_row = basket.bad_row or row.row
        line = self._line(row)
        if line is None:
            basket.bad_row = basket.bad_row or row.row
            line = (row.row, "", "", 0, None, None, "", "")
        basket.lines.append(line)

    def _agrees(self, basket: Basket, row: Mapped) -> bool:
        for name in _SAME:
            said = row.values.get(name)
            if said is not None and _told(said) != _told(basket.head.setdefault(name, said)):
                self.job.problem(row.row, name, said, _("another row of this order says something else"), "ORD-1")
                return False
        return True

    def _line(self, row: Mapped) -> Line | None:
        values = row.values
        quantity, price, amount = values["quantity"], values.get("price"), values.get("amount")
        if not isinstance(quantity, int) or not 0 < quantity <= self.job.desk.policy.catalogue.largest_quantity:
            self.job.problem(row.row, "quantity", quantity, _("is no number of pieces a line can hold"), "ORD-1")
            return None
        price = price if isinstance(price, Decimal) else None
        amount = amount if isinstance(amount, Decimal) else None
        for name in _NEVER_LESS:
            money = values.get(name)
            if isinstance(money, Decimal) and money < 0:
                self.job.problem(row.row, name, money, _("is less than nought"), "CAT-5")
                return None
        discount = values.get("discount")
        if price is not None and isinstance(discount, Decimal):
            price *= 1 - discount
        if self.job.history and price is None and amount is None:
            self.job.problem(row.row, "amount", "", _("neither a price nor an amount is given"), "ORD-1")
            return None
        item, name = intern(str(values["item"])), intern(str(values.get("item_name") or ""))
        note, unit = str(values.get("line_note") or ""), intern(str(values.get("unit") or ""))
        return (row.row, item, name, quantity, price, amount, note, unit)

    def spoil(self, row: Bad) -> None:
        """Keep an order out of which a row cannot be read."""
        key = self.job.key(row.values)
        if any(key):
            self.spoilt.setdefault(key, row.row)

    def good(self) -> dict[Key, Basket]:
        """Return the orders without a bad row; the other rows of a spoilt one are named too."""
        kept: dict[Key, Basket] = {}
        for key, basket in self.by_key.items():
            bad_row = basket.bad_row or self.spoilt.get(key, 0)
            if bad_row:
                self.hold_back(key, basket, bad_row)
            else:
                kept[key] = basket
        return kept

    def hold_back(self, key: Key, basket: Basket, bad_row: int) -> None:
        """Name all rows of an order one of whose rows is bad, so that it can be mended and fed again whole."""
        shown = " ".join(part for part in key if part)
        for line in basket.lines:
            if line[0] != bad_row and line[0] not in self.job.problems.bad_rows:
                self.job.problem(line[0], "number", shown, _("another row of this order cannot be taken"), "ORD-1")


def _told(value: Value) -> Value:
    # A till stamps the lines of one order with the minute it scanned each.
    return value.date() if isinstance(value, datetime) else value


def figures(line: Line) -> tuple[Decimal, Decimal]:
    """Return unit price and amount of a line; the one the file leaves out follows from the other (CAT-5)."""
    quantity, price, amount = line[3], line[4], line[5]
    if amount is None:
        assert price is not None
        return rounded(price), rounded(price * quantity)
    return (price if price is not None else rounded(amount / quantity)), amount
