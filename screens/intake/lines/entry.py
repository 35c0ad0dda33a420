"""Where lines are typed: an item by anything one hears, then how many; two keys a line beyond the text (CAL-4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input

from ordersdesk.catalogue.queries import Found, find, meant
from ordersdesk.catalogue.rules import several
from ordersdesk.catalogue.wares import Ware
from ordersdesk.foundation.texts.codes import spellings
from ordersdesk.foundation.texts.language import N_, _, ngettext
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import full_name
from ordersdesk.orders.book.answer_queries import Habit
from ordersdesk.stock.rules import SHORTAGE_LABELS
from screens.forms.choices import ChoiceList
from screens.forms.desk_input import DeskInput
from screens.forms.field import Field
from screens.forms.finder import ASKED, Finder
from screens.forms.form_field import Choice, FormField, Kind
from screens.ground.keys import bindings
from screens.ground.layers import layers_of
from screens.ground.outages import Spoken
from screens.seat.desk import OrderDesk
from screens.widgets.rows import Column, Row
from screens.widgets.words import Words

EQUIVALENT = "equivalent"
SHORTEST_CODE = 6  # digits of the shortest bar code (UPC-E)
FOUND = (
    Column(N_("Code"), 10),
    Column(N_("Item"), least=24, inside=True),
    Column(N_("Brand"), 8, drop=2),
    Column(N_("Unit"), 4, drop=1),
    Column(N_("List price"), 10, right=True, drop=1),
)


def shortage_choices() -> list[Choice]:
    """Return what is offered when goods are short, in the order of STK-5; leaving the rest out comes last."""
    offered = [Choice(value, label) for value, label in SHORTAGE_LABELS.items()]
    return [*offered[:-1], Choice(EQUIVALENT, N_("take another item instead")), offered[-1]]


def found_row(item: Found) -> Row:
    """Return an item as a line of the result list."""
    goods = full_name(item.name, item.spec)
    if item.discontinued:
        goods = _("{goods} · no longer sold, instead {item}").format(goods=goods, item=item.replacement or "–")
    cells = (item.code, goods, item.brand, item.unit, formatted(item.list_price))
    return Row(item.code, cells, tone="muted" if item.discontinued else "", data=item.code)


def habit_row(habit: Habit) -> Row:
    """Return a usual item as a line of the result list."""
    often = ngettext(
        "{goods} · {count} time, usually {usual}", "{goods} · {count} times, usually {usual}", habit.orders
    ).format(goods=habit.full_name, count=habit.orders, usual=habit.usual)
    return Row(habit.code, (habit.code, often, "", habit.unit, ""), data=habit.code)


class Entry(Spoken, Vertical):
    """Posts `Item` when goods were picked, `Typed` when a quantity was accepted, `Shortage` when that was answered."""

    app = getters.app(OrderDesk)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("choices", "next", "previous")]
    DEFAULT_CSS = """
    Entry { height: auto; }
    Entry #entry-row { height: auto; }
    Entry #item { height: auto; width: 1fr; }
    Entry #item Lines { height: 8; display: none; }
    Entry #item.-found Lines { display: block; }
    Entry #item.-none Lines { display: block; height: 2; }
    Entry #item > DeskInput { margin: 0; }
    Entry #quantity { width: 12; }
    Entry .entry--label { width: auto; padding: 0 1 0 0; }
    Entry .entry--quantity { width: auto; padding: 0 1; }
    Entry #field-shortage { display: none; }
    Entry.-short #field-shortage { display: block; }
    """

    @dataclass
    class Item(Message):
        """Goods were picked: the quantity comes next."""

        code: str

    @dataclass
    class Typed(Message):
        """A line is complete."""

        code: str
        quantity: str

    @dataclass
    class Shortage(Message):
        """How the rest shall come."""

        choice: str

    @dataclass
    class Leave(Message):
        """Enter on nothing, or an arrow, leads out of the lines: forward to the terms or back up."""

        forward: bool

    def __init__(self) -> None:
        super().__init__(id="entry")
        self._chooser = ChoiceList()
        self.finder = Finder(
            self._find, FOUND, id="item", title=N_("Item"),
            help=N_("Code, bar code, pinyin initials or a word. F4 shows the usual items. Enter on nothing goes on."),
        )  # fmt: skip
        self.quantity = DeskInput(id="quantity")
        self.shortage = Field(
            FormField(
                "shortage",
                N_("The rest"),
                kind=Kind.CHOICE,
                choices=shortage_choices,
                rule="STK-5",
                help=N_("How shall what is not here come? Its number and Enter, or the arrows and Enter."),
            ),
            self._chooser,
        )
        self.usual: Sequence[Habit] = ()
        self.code = ""
        self._doubtful = ""
        self._scanned = ""

    def compose(self) -> ComposeResult:
        """Item and quantity in one row, the question about the rest below when there is one."""
        with Horizontal(id="entry-row"):
            yield Words(N_("Item"), classes="entry--label")
            yield self.finder
            yield Words(N_("Quantity"), classes="entry--quantity")
            yield self.quantity
        yield self.shortage
        yield self._chooser

    def _find(self, text: str) -> list[Row]:
        return [found_row(item) for item in find(self.app.desk, text, limit=ASKED)]

    # --- what the screen calls

    def start_line(self, *, code: str = "", quantity: str = "", focus: bool = True) -> None:
        """Empty the fields for the next line, or load one to be changed."""
        self.remove_class("-short")
        self._chooser.close()
        self.shortage.fill("")
        self.code = code
        if code:
            self.finder.settle(Row(code, (code,), data=code), code)
        else:
            self.finder.clear()
        self.quantity.value = quantity
        self.quantity.placeholder = ""
        scanned, self._scanned = self._scanned, ""
        if focus:
            (self.quantity if code else self.finder.input).focus()
            if scanned and not code:
                self.finder.input.value = scanned
                self.finder.input.post_message(Input.Submitted(self.finder.input, scanned))

    def ask_shortage(self, why: str) -> None:
        """Ask how the rest shall come; what was typed behind it is kept aside."""
        layers_of(self).opened(self)
        self.add_class("-short")
        self.shortage.ask()
        self.shortage.note(why, tone="warn")
        self.app.set_aside()

    @property
    def is_open(self) -> bool:
        """Tell whether it is asked how the rest shall come."""
        return self.has_class("-short")

    def put_away(self) -> None:
        """Esc: the question goes, the line is in the fields to be changed."""
        self._chooser.close()
        self.remove_class("-short")
        self.quantity.focus()

    def offer(self, rows: Sequence[Row]) -> None:
        """Show rows to pick from without a search."""
        self.finder.offer(rows)
        self.finder.input.focus()

    # --- keys and messages

    def action_choices(self) -> None:
        """F4: what this customer usually takes."""
        if self.usual:
            self.offer([habit_row(habit) for habit in self.usual])
        else:
            self.app.say(_("Nothing is known of what this customer usually takes."))

    def action_previous(self) -> None:
        """Up: from the quantity to the item, from the item into the lines."""
        if self.quantity.has_focus:
            self.finder.input.focus()
        else:
            self.post_message(self.Leave(forward=False))

    def action_next(self) -> None:
        """Down or Tab on an empty item: on to the terms; elsewhere like Enter."""
        if self.quantity.has_focus:
            self._accept_quantity()
        elif self.finder.text:
            self.finder.input.post_message(Input.Submitted(self.finder.input, self.finder.input.value))
        else:
            self.post_message(self.Leave(forward=True))

    @on(Finder.Picked)
    def _picked(self, event: Finder.Picked) -> None:
        event.stop()
        if event.text != self._doubtful and self._means_several(event.text):
            return
        self.code = str(event.row.data)
        self.finder.settle(event.row, self.code)
        habit = next((habit for habit in self.usual if habit.code == self.code), None)
        self.quantity.placeholder = str(habit.usual) if habit else ""
        self.quantity.focus()
        self.post_message(self.Item(self.code))

    def _means_several(self, text: str) -> bool:
        """Ask which is meant when several items have the bar code that was scanned; the next Enter takes the row."""
        self._doubtful = text
        found = self._meant(text)
        if len(found) < 2 or found[0].barcode not in spellings(text):
            return False
        self.app.refuse(several(text, found))
        return True

    def _is_scan(self, typed: str) -> bool:
        """Tell whether what stands in the quantity is a bar code: nobody says a number as long as an article's."""
        return typed.isascii() and typed.isdigit() and len(typed) >= SHORTEST_CODE and bool(self._meant(typed))

    def _meant(self, text: str) -> Sequence[Ware]:
        if not text:
            return ()
        with self.app.desk.reading() as session:
            return meant(session, [text]).get(text, ())

    @on(Finder.Unknown)
    def _unknown(self, event: Finder.Unknown) -> None:
        event.stop()
        if event.text:
            self.app.refuse(
                Refused(
                    "CAT-2", _("No item is found for “{text}”.").format(text=event.text), mend=_("Try another word.")
                )
            )
        else:
            self.post_message(self.Leave(forward=True))

    @on(Input.Submitted, "#quantity")
    def _quantity(self, event: Input.Submitted) -> None:
        event.stop()
        self._accept_quantity()

    def _accept_quantity(self) -> None:
        typed = self.quantity.value.strip() or self.quantity.placeholder
        self._scanned = typed if self.code and self._is_scan(typed) else ""
        if self._scanned:  # the scanner went on: one piece of the article before, this one is the next line
            typed = "1"
        self.post_message(self.Typed(self.code or self.finder.text, typed))

    @on(Field.Accepted)
    def _answered(self, event: Field.Accepted) -> None:
        event.stop()
        self.post_message(self.Shortage(event.field.value))

    @on(Field.Rejected)
    def _not_answered(self, event: Field.Rejected) -> None:
        event.stop()
        self.app.set_aside()

    @on(Field.Back)
    def _back(self, event: Field.Back) -> None:
        event.stop()
        self.put_away()

    def help_here(self) -> tuple[str, str] | None:
        """What F1 says in the quantity."""
        return _("Quantity"), _("Pieces, or packs such as 5箱 or 5x. Enter takes the usual quantity when it is shown.")
