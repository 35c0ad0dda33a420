"""The answer beside the lines: what the goods in hand cost this customer and where they are (STK-4, JOY-3, CAT-3)."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text
from textual import getters
from textual.widget import Widget

from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import _, labelled
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.foundation.texts.texts import shown
from ordersdesk.orders.assessment.case import Line
from ordersdesk.stock.rules import answer
from screens.seat.desk import OrderDesk
from screens.widgets.laying import wrapped


class Answer(Widget):
    """Shows one line of a case."""

    app = getters.app(OrderDesk)
    DEFAULT_CSS = "Answer { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__(id="answer", markup=False)
        self._line: Line | None = None

    def show(self, line: Line | None) -> None:
        """Show another line."""
        self._line = line
        self.refresh()

    def render(self) -> Text:
        """Draw name, price, shelves, and the sentence to say."""
        return Text("\n").join(self._wrapped())

    def _wrapped(self) -> Iterator[Text]:
        """Break each paragraph beside its figures."""
        for paragraph in self._paragraphs():
            yield from (Text(line, paragraph.style) for line in wrapped(paragraph.plain, self.size.width))

    def _paragraphs(self) -> Iterator[Text]:
        line = self._line
        if line is None or line.ware is None:
            return
        yield Text(shown(line.ware.full_name), "bold")
        if line.trouble:
            yield Text(shown(line.trouble.message))
            return
        label = line.priced.label if line.priced else ""
        yield Text(f"{formatted(line.price)} / {shown(line.ware.unit)}  {label}")
        for shelf in line.within_reach:
            due = f"  +{shelf.expected} {short_day(shelf.due)}" if shelf.due and shelf.expected else ""
            yield Text(labelled(shown(shelf.warehouse), f"{shelf.available:,}{due}"))
        if line.short and line.is_claimed:
            text = _("{count} will be there by then, {missing} must be ordered")
            yield Text(text.format(count=line.available, missing=line.short), "bold")
        elif line.short:
            order = self.app.desk.policy.stock.warehouse_order
            yield Text(answer(line.within_reach, line.quantity, order), "bold")
        if line.ware.units:
            packs = "  ".join(f"1 {shown(name)} = {factor}" for name, factor in line.ware.units.items())
            yield Text(packs)
        if line.bought:
            usual = max(1, round(line.bought.pieces / line.bought.orders))
            yield Text(_("usually {usual}, last on {day}").format(usual=usual, day=short_day(line.bought.last_on)))
        if line.ware.discontinued:
            yield Text(_("No longer sold; instead: {item}").format(item=shown(line.ware.replacement or "–")))
