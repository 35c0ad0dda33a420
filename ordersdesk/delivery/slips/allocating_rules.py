"""Which orders go onto slips, in which order, and why the others do not: pure, over plain values (SLP-1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from ordersdesk.approvals.queries import WaitingFor
from ordersdesk.catalogue.rules import amount
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import N_, _, in_turn, ngettext, spoken
from ordersdesk.foundation.texts.texts import full_name
from ordersdesk.orders.promise.waves import Wave
from ordersdesk.orders.terms.delivery_status import free, missing


@dataclass(frozen=True)
class Wanted:
    """An order as far as its slips need it."""

    id: int
    number: str
    agent: str
    state: str
    customer_id: int
    customer_name: str
    size_class: str
    contact: str
    phone: str
    address: str
    route: str
    region: str
    payment: str
    note: str
    urgent: bool
    latest: str
    department: str
    promised_on: date | None
    promised_part: str
    leaves_on: date | None
    wave: str
    fee: Decimal
    money_in: Decimal
    reserve_on: date | None
    """The day from which its goods are reserved; nothing once they are."""


@dataclass(frozen=True)
class Goods:
    """A line of an order with what is known of its item."""

    order_id: int
    id: int
    position: int
    item_id: int
    code: str
    name: str
    spec: str
    unit: str
    quantity: int
    short: int
    shortage: str
    allocated: int
    price: Decimal
    note: str
    weight_g: int
    volume_cm3: int
    valuable: bool
    brand: str = ""
    model: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Picked:
    """Pieces of a line that go onto a slip."""

    line: Goods
    pieces: int

    @property
    def amount(self) -> Decimal:
        """What they cost."""
        return amount(self.line.price, self.pieces)

    @property
    def valuable(self) -> bool:
        """Whether they are packed and insured."""
        return self.line.valuable

    @property
    def weight_g(self) -> int:
        """The weight of one."""
        return self.line.weight_g

    @property
    def volume_cm3(self) -> int:
        """The volume of one."""
        return self.line.volume_cm3


@dataclass(frozen=True)
class WhyNot:
    """Why an order is left out (ORD-13): a template and its facts, so that any language can say it."""

    rule: str
    text: str
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    is_done: bool = False
    """Nothing is wrong: there is nothing left to do."""

    def sentence(self) -> str:
        """Return the sentence in the language being spoken."""
        return spoken(self.text, self.facts)


_COMES = {
    "transfer": N_("{pieces} of {item} come from another warehouse: the order goes whole."),
    "purchase": N_("{pieces} of {item} come from the supplier: the order goes whole."),
}
_COMES_LATER = {
    "transfer": N_("{pieces} of {item} come from another warehouse."),
    "purchase": N_("{pieces} of {item} come from the supplier."),
}


def none_made(leaves: Wave, stay: int, later: Wave | None) -> str:
    """Say why a wave makes no slip: what could go stays, or nothing is due with it."""
    facts = {"wave": leaves.at, "day": short_day(leaves.day)}
    if stay:
        text = ngettext(
            "No slip for {wave}, {day}: {count} order stays.", "No slip for {wave}, {day}: {count} orders stay.", stay
        )
        return text.format(count=stay, **facts)
    nothing = _("No slip for {wave}, {day}: no order leaves with it.").format(**facts)
    if later is None:
        return nothing
    text = _("The next one leaves {day} {wave}.").format(wave=later.at, day=short_day(later.day))
    return in_turn((nothing, text))


def sequence(order: Wanted) -> tuple[Any, ...]:
    """Return the place of an order: urgent ones first, the earliest wanted before; key customers, then by leaving."""
    return not order.urgent, order.latest, order.size_class != "key", order.leaves_on or date.max, order.wave, order.id


def picked(lines: Sequence[Goods]) -> tuple[Picked, ...]:
    """Return what of an order can go onto a slip now."""
    return tuple(Picked(line, here) for line in lines if (here := free(line)))


def why_not(
    order: Wanted, lines: Sequence[Goods], held: Sequence[WaitingFor] = (), *, partial: bool = False
) -> WhyNot | None:
    """Return why an order does not go now; nothing when it does. `held` is what stands against it (ORD-13)."""
    if order.state != "confirmed":
        return WhyNot("ORD-3", N_("It is not confirmed."))
    if held:
        return WhyNot(held[0].rule, "{reason}", {"reason": in_turn(one.sentence for one in held)})
    if order.reserve_on:
        return WhyNot("STK-3", N_("Its goods are set aside from {day} on."), {"day": f"{order.reserve_on}"})
    waits = [line for line in lines if missing(line)]
    comes = next((line for line in waits if line.shortage in _COMES), None)
    if picked(lines):
        return _comes(comes, _COMES) if comes and not partial else None
    if comes:
        return _comes(comes, _COMES_LATER)
    if waits:
        facts = {"pieces": missing(waits[0]), "item": full_name(waits[0].name, waits[0].spec)}
        return WhyNot("STK-5", N_("Nothing of it is on the shelf: {pieces} of {item} are missing."), facts)
    return WhyNot("SLP-1", N_("Everything of it is on slips already."), is_done=True)


def _comes(line: Goods, texts: Mapping[str, str]) -> WhyNot:
    return WhyNot("STK-5", texts[line.shortage], {"pieces": missing(line), "item": full_name(line.name, line.spec)})
