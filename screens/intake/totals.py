"""The bottom of the intake: what it comes to, when it comes, and what is still missing."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.widget import Widget

from ordersdesk.foundation.texts.language import _, with_more
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.foundation.texts.texts import shown
from ordersdesk.foundation.time.worktime import Calendar
from ordersdesk.orders.assessment.case import Case, Weight
from ordersdesk.orders.assessment.checks import review
from ordersdesk.orders.promise.waves import closes_in
from ordersdesk.orders.terms.flow import ORDER_FLOW
from screens.widgets.cells import clipped


def makes_it(case: Case) -> str:
    """Say how long the wave waits that takes this order today (JOY-2)."""
    calendar = Calendar(case.policy)
    now = case.now.astimezone(calendar.zone)
    if case.promise is None or case.promise.leaves is None or case.promise.closes is None:
        return ""
    clock = closes_in(case.promise.leaves, case.promise.closes, now)
    return _("{clock}, this order still makes it").format(clock=clock)


class Totals(Widget):
    """Three lines: money, promise, what is missing or would be asked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"totals--total", "totals--warn", "totals--good"}
    DEFAULT_CSS = "Totals { height: 3; }"

    def __init__(self) -> None:
        super().__init__(id="totals", markup=False)
        self._case: Case | None = None

    def show(self, case: Case | None) -> None:
        """Show another case."""
        self._case = case
        self.refresh()

    def render(self) -> Text:
        """Draw the three lines in their width."""
        if self._case is None:
            return Text("")
        return Text("\n").join((self._money(self._case), self._promise(self._case), self._missing(self._case)))

    def _money(self, case: Case) -> Text:
        parts = _("Goods {goods}   Delivery {fee}").format(goods=formatted(case.goods), fee=formatted(case.fee))
        if case.to_free and case.lines:
            parts += "   " + _("{missing} more for free delivery").format(missing=formatted(case.to_free))
        total = _("Total {total}").format(total=formatted(case.total))
        room = self.size.width - cell_len(total) - 1
        left = clipped(parts, room)
        return Text.assemble(
            left,
            " " * (room - cell_len(left) + 1),
            (total, self.get_component_rich_style("totals--total", partial=True)),
        )

    def _promise(self, case: Case) -> Text:
        if case.promise_trouble:
            # The line below says what is wrong; here stands what mends it.
            return self._said(case.promise_trouble.mend or case.promise_trouble.message, "warn")
        if case.awaits_supplier and not case.promise:
            return self._said(case.promised, "note")
        if case.promise is None:
            return Text("")
        parts = (case.promise.explanation, makes_it(case), case.promise.warning)
        return Text(clipped(shown(" · ".join(part for part in parts if part)), self.size.width))

    def _missing(self, case: Case) -> Text:
        findings = review(case)
        if not findings:
            return self._said(_("Ready: F9 confirms."), "good")
        first, more = findings[0], len(findings) - 1
        text = with_more(first.sentence(), more)
        if first.weight is Weight.REVIEW:
            return self._said(
                _("Goes to {state}: {why}").format(state=_(ORDER_FLOW.states["review"]), why=text), "warn"
            )
        return self._said(text, "warn")

    def _said(self, text: str, tone: str) -> Text:
        style = self.get_component_rich_style(f"totals--{tone}", partial=True)
        return Text(clipped(shown(text), self.size.width), style, no_wrap=True)
