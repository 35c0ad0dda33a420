"""Who is on the line: a search until it is known, then the card with all that helps to speak with them (CAL-3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.text import Text
from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget

from ordersdesk.customers.finding.caller_queries import Caller, caller
from ordersdesk.customers.finding.find_queries import Found, find, holders
from ordersdesk.customers.model.rules import WHY_LABELS
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.phones.numbering_plans import PhonePlan
from ordersdesk.foundation.phones.writing import readable
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.foundation.texts.texts import shown
from ordersdesk.orders.book.answer_queries import Habit, Owed, Past, last_orders, owed, usual_items, with_arrears
from ordersdesk.orders.terms.flow import ORDER_FLOW
from screens.forms.finder import ASKED, Finder
from screens.ground.outages import Spoken
from screens.seat.desk import OrderDesk
from screens.widgets.cells import cut
from screens.widgets.rows import Column, Row
from screens.widgets.words import Words

FOUND = (
    Column(N_("Number"), 8, drop=1),
    Column(N_("Name")),
    Column(N_("Found by"), 12),
    Column(N_("Contact"), 8, drop=3),
    Column(N_("Phone"), 13, drop=2),
)


@dataclass(frozen=True)
class Front:
    """All the desk knows of the customer on the line."""

    caller: Caller
    past: tuple[Past, ...]
    owed: tuple[Owed, ...]
    usual: tuple[Habit, ...]


def front(desk: Desk, number: str, *, presented: str = "") -> Front | None:
    """Read everything the screen pop shows, in one go (CAL-3)."""
    found = caller(desk, number, presented=presented)
    if found is None:
        return None
    who = found.buyer.id
    found = replace(found, buyer=with_arrears(desk, found.buyer))
    return Front(found, tuple(last_orders(desk, who)), tuple(owed(desk, who)), tuple(usual_items(desk, who)))


def found_row(found: Found, plan: PhonePlan) -> Row:
    """Return a customer as a line of the result list, with why it is there."""
    why = _(WHY_LABELS[found.why])
    phone = readable(found.phone, plan)
    cells = (found.number, found.name, why, found.contact, phone)
    return Row(found.number, cells, tone="warn" if found.blocked else "", data=found.number)


class CallerPanel(Spoken, Vertical):
    """Posts `Known` with a customer number, or `Newcomer` when nobody is found for what was typed."""

    app = getters.app(OrderDesk)
    DEFAULT_CSS = """
    CallerPanel { height: auto; }
    CallerPanel Finder { height: auto; }
    CallerPanel Finder Lines { height: 9; display: none; }
    CallerPanel Finder.-found Lines { display: block; }
    CallerPanel Finder.-none Lines { display: block; height: 2; }
    CallerPanel Card { display: none; }
    CallerPanel.-known Card { display: block; }
    CallerPanel #caller-row { height: auto; }
    CallerPanel .entry--label { width: auto; padding: 0 1 0 0; }
    CallerPanel.-known #caller-row { display: none; }
    """

    @dataclass
    class Known(Message):
        """This customer is on the line."""

        number: str

    @dataclass
    class Newcomer(Message):
        """Nobody is found: a new customer."""

        text: str

    def __init__(self) -> None:
        super().__init__(id="caller-panel")
        self.finder = Finder(
            self._find, FOUND, id="caller", title=N_("Caller"), empty=N_("Nobody found: Enter makes a new customer"),
            help=N_("Phone, any part of it; number, name, pinyin or initials, contact, address. "
                    "Enter on a text nobody is found for makes a new customer."),
        )  # fmt: skip
        self.card = Card()

    def compose(self) -> ComposeResult:
        """The search, and the card that takes its place."""
        with Horizontal(id="caller-row"):
            yield Words(N_("Caller"), classes="entry--label")
            yield self.finder
        yield self.card

    def _find(self, text: str) -> list[Row]:
        desk = self.app.desk
        exact = holders(desk, text)
        return [found_row(found, desk.policy.phones) for found in exact or find(desk, text, limit=ASKED)]

    def show(self, known: Front | None, *, greeting: str = "") -> None:
        """Show a card, or the search when nobody is known."""
        self.set_class(known is not None, "-known")
        self.card.show(known, greeting)

    @on(Finder.Picked)
    def _picked(self, event: Finder.Picked) -> None:
        event.stop()
        self.finder.put_away()
        self.post_message(self.Known(str(event.row.data)))

    @on(Finder.Unknown)
    def _unknown(self, event: Finder.Unknown) -> None:
        event.stop()
        if event.text:
            self.post_message(self.Newcomer(event.text))
        else:
            self.app.say(_("Type a phone number or a name first."))


class Card(Widget):
    """The customer in a few lines: name and terms, whom to ask for, what is open, what was last ordered."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"card--name", "card--warn", "card--muted"}
    DEFAULT_CSS = "Card { height: 4; text-wrap: nowrap; }"

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._front: Front | None = None
        self._greeting = ""

    def show(self, known: Front | None, greeting: str) -> None:
        """Show another customer."""
        self._front, self._greeting = known, greeting
        self.refresh()

    def render(self) -> Text:
        """Draw the lines, each cut at the edge."""
        lines = self._lines() if self._front else ()
        return Text("\n").join(cut(line, self.size.width) for line in lines)

    def _lines(self) -> Iterator[Text]:
        assert self._front is not None
        buyer = self._front.caller.buyer
        name = self.get_component_rich_style("card--name", partial=True)
        warn = self.get_component_rich_style("card--warn", partial=True)
        muted = self.get_component_rich_style("card--muted", partial=True)
        size = _("key customer") if buyer.size_class == "key" else ""
        terms = {"cash": _("cash"), "prepaid": _("prepaid"), "account": _("monthly account")}.get(buyer.terms, "")
        facts = "  ".join(filter(None, (buyer.number, size, buyer.grade, terms, shown(buyer.territory))))
        yield Text.assemble((shown(buyer.name), name), "  ", facts)
        troubles = [_("blocked: {reason}").format(reason=shown(buyer.blocked))] if buyer.blocked else []
        if buyer.overdue > 0:
            troubles.append(_("{amount} overdue").format(amount=formatted(buyer.overdue)))
        reach = self._front.caller.reach
        said = "  ".join(
            filter(None, (shown(reach.contact), shown(reach.phone), *map(shown, self._front.caller.addresses[:1])))
        )
        yield Text.assemble((" · ".join(troubles) + "  " if troubles else "", warn), said)
        yield Text(self._story())
        yield Text(shown(self._greeting), muted)
        # Only tall screens have room for these two.
        if self._front.usual:
            goods = "  ".join(f"{shown(one.full_name)} {one.usual}" for one in self._front.usual[:4])
            yield Text(_("Usually: {goods}").format(goods=goods))
        if self._front.owed:
            goods = "  ".join(f"{shown(one.full_name)} {one.quantity}" for one in self._front.owed[:4])
            yield Text(_("To come: {goods}").format(goods=goods))

    def _story(self) -> str:
        assert self._front is not None
        if not self._front.past:
            return _("First order.")
        last = self._front.past[0]
        story = _("Last: {day} {number} {state}, lines: {lines}, {total}").format(
            day=short_day(last.day), number=shown(last.number), state=_(ORDER_FLOW.states[last.state]),
            lines=last.lines, total=formatted(last.total),
        )  # fmt: skip
        open_ones = len({one.number for one in self._front.owed})
        return " · ".join([story, *([_("{count} open").format(count=open_ones)] if open_ones else [])])
