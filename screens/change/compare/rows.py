"""The lines of an order that changes, as rows: what it was, what it will be, what that costs more or less."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ordersdesk.foundation.texts.language import N_, _, pgettext
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.foundation.texts.texts import full_name
from ordersdesk.orders.changes.plan.comparison import Comparison, LinePair
from ordersdesk.orders.terms.agreed import Agreed
from ordersdesk.stock.rules import SHORTAGE_LABELS
from screens.change.compare.reading import Known, Result
from screens.change.compare.work import ADDED, LINE, ChangeWork, Place
from screens.widgets.rows import Column, Row

COLUMNS = (
    Column(N_("No."), 4, right=True),
    Column(N_("Code"), 8),
    Column(N_("Item"), least=16, inside=True),
    Column(N_("Was"), 8, right=True),
    Column(N_("Will be"), 8, right=True),
    Column(N_("Price"), 9, right=True, drop=1),
    Column(N_("Difference"), 11, right=True),
)
CURSOR = "_"


def signed(amount: Decimal) -> str:
    """Write by how much an amount changes; nothing when it does not."""
    return f"{'+' if amount > 0 else ''}{formatted(amount)}" if amount else ""


def rows(known: Known, work: ChangeWork, result: Result | None, typing: Place | None) -> list[Row]:
    """Return the lines as they are typed, with what the comparison says of each."""
    return list(_Rows(known, work, result, typing).all())


class _Rows:
    def __init__(self, known: Known, work: ChangeWork, result: Result | None, typing: Place | None) -> None:
        self._known, self._work, self._typing = known, work, typing
        compared = result if isinstance(result, Comparison) else None
        self._pairs = dict(_pairs(compared))
        found = [work.place_of(each.field) for each in compared.findings] if compared else []
        self._wrong = {each[0] for each in found if each}

    def all(self) -> Iterator[Row]:
        for line in self._known.lines:
            yield self._agreed((LINE, line.position), line)
        for number in range(len(self._work.added)):
            yield self._added((ADDED, number))

    def _agreed(self, place: Place, old: Agreed) -> Row:
        pair = self._pairs.get(place)
        new = pair.new if pair else old
        touched = self._work.has(place)
        was = _pieces(old) if old.quantity else pgettext("line", "closed")
        cells = (
            str(old.position), new.code, self._goods(place, old, pair), was, self._will_be(place, pair),
            formatted(new.price), "" if self._is_unread(place, pair) else signed(new.amount - old.amount),
        )  # fmt: skip
        tone = "good" if touched else "" if old.quantity else "muted"
        return Row(place, cells, tone="warn" if place in self._wrong else tone, data=pair)

    def _added(self, place: Place) -> Row:
        typed, pair = self._work.added[place[1]], self._pairs.get(place)
        cells = (
            "+", pair.new.code if pair else typed.item, self._goods(place, None, pair), "", self._will_be(place, pair),
            formatted(pair.new.price) if pair else "", signed(pair.new.amount) if pair else "",
        )  # fmt: skip
        return Row(place, cells, tone="warn" if place in self._wrong else "good", data=pair)

    def _is_unread(self, place: Place, pair: LinePair | None) -> bool:
        """Tell whether the quantity typed is none: then there is nothing to reckon with."""
        return place in self._wrong and pair is not None and not pair.new.quantity

    def _will_be(self, place: Place, pair: LinePair | None) -> str:
        typed = self._work.quantity(place)
        if place == self._typing:
            return typed + CURSOR
        if pair is None or place in self._wrong:
            return typed
        changes = pair.old is None or (pair.new.quantity, pair.new.item_id) != (pair.old.quantity, pair.old.item_id)
        return _pieces(pair.new) if changes else ""

    def _goods(self, place: Place, old: Agreed | None, pair: LinePair | None) -> str:
        new = pair.new if pair else old
        if new is None:
            return ""
        # What is special comes first: the end is cut on a narrow screen.
        return " · ".join([*self._said(place, old, pair), full_name(new.name, new.spec)])

    def _said(self, place: Place, old: Agreed | None, pair: LinePair | None) -> Iterator[str]:
        """Say what the figures do not: another item, another price, what is short, why it is closed."""
        if old and pair and pair.new.item_id != old.item_id:
            yield _("was {code}").format(code=old.code)
        if old and pair and pair.new.item_id == old.item_id and pair.new.price != old.price:
            yield _("was {price}").format(price=formatted(old.price))
        if pair and pair.change == "closed":
            yield _("closed short")
        if pair and pair.short and self._work.has(place):
            choice = _(SHORTAGE_LABELS.get(pair.new.shortage, "")) if pair.new.shortage else _("F4 chooses")
            yield _("{short} short: {choice}").format(short=pair.short, choice=choice)


def _pairs(compared: Comparison | None) -> Iterator[tuple[Place, LinePair]]:
    """Give each pair its place: those of the order by position, the added ones in their order."""
    added = 0
    for pair in compared.lines if compared else ():
        if pair.old is not None:
            yield (LINE, pair.position), pair
        else:
            yield (ADDED, added), pair
            added += 1


def _pieces(line: Agreed) -> str:
    return f"{line.quantity} {line.unit}".strip() if line.quantity else "0"
