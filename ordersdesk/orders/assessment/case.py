"""The case before the review: everything known about a draft, as plain values, and what was found wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from ordersdesk.catalogue.rules import amount as amount_of
from ordersdesk.catalogue.wares import Priced, Ware
from ordersdesk.customers.model.queries import Buyer
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.assessment.credit_wish import wants
from ordersdesk.orders.assessment.gates import Standing
from ordersdesk.orders.promise.promise import Promise
from ordersdesk.orders.terms.draft import Draft, DraftLine
from ordersdesk.orders.terms.finding import Finding as Finding
from ordersdesk.orders.terms.finding import Weight as Weight
from ordersdesk.orders.terms.finding import amount as amount
from ordersdesk.stock.rules import Shelf

SUPPLIER_ASKED = N_("The day is said when the supplier has answered.")


def payment_by_terms(terms: str) -> str:
    """Return how a customer pays unless they say otherwise (PAY-1)."""
    return {"cash": "cash", "prepaid": "transfer", "account": "account"}.get(terms, "cash")


class NotReady(Refused):
    """A draft that cannot be submitted as it is: carries every finding, worst first."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        first = findings[0]
        asks = first.weight is Weight.ASK
        mend = _("Ask the customer; submit again to say yes.") if asks else _("Mend it and submit again.")
        super().__init__(first.rule, first.sentence(), mend=mend, field=first.field or None, about=first.about)
        self.findings = tuple(findings)

    def __reduce__(self) -> tuple[object, ...]:
        return (NotReady, (self.findings,))


@dataclass(frozen=True)
class Bought:
    """What this customer bought of an item so far (JOY-5)."""

    orders: int
    pieces: int
    last_on: date


@dataclass(frozen=True)
class Line:
    """A line of the draft with all that is known about it."""

    place: int
    draft: DraftLine
    ware: Ware | None = None
    quantity: int = 0
    priced: Priced | None = None
    shelves: tuple[Shelf, ...] = ()
    available: int = 0
    short: int = 0
    bought: Bought | None = None
    trouble: Refused | None = None
    is_claimed: bool = False
    """It is for a later day: what is `available` will be there by then (STK-3)."""

    @property
    def price(self) -> Decimal:
        """Return what one smallest unit costs."""
        return self.priced.price if self.priced else Decimal("0.00")

    @property
    def within_reach(self) -> list[Shelf]:
        """Return the shelves as they are for this call: what it holds itself is still there for it."""
        return [
            replace(shelf, reserved=shelf.on_hand - self.available) if shelf.is_main else shelf
            for shelf in self.shelves
        ]

    @property
    def asks_how(self) -> bool:
        """Tell whether goods are short and nobody chose yet how the rest shall come (STK-5)."""
        return self.short > 0 and not self.draft.shortage

    @property
    def amount(self) -> Decimal:
        """Return what the line costs, rounded on its own (CAT-5)."""
        return amount_of(self.price, self.ordered)

    @property
    def ordered(self) -> int:
        """Return the pieces that are sold: all, or what is there when the rest is left out."""
        return self.quantity - self.short if self.draft.shortage == "leave" else self.quantity


@dataclass(frozen=True)
class Recent:
    """A recent order of the same customer, for the double-order guard (JOY-5)."""

    number: str
    agent: str
    at: datetime
    basket: Mapping[int, int]


@dataclass(frozen=True)
class Case:
    """All the review looks at; built inside the submit transaction and, the same way, while typing."""

    draft: Draft
    policy: Policy
    now: datetime
    buyer: Buyer | None = None
    lines: tuple[Line, ...] = ()
    recent: tuple[Recent, ...] = ()
    exposure: Decimal = Decimal("0.00")
    taken: Decimal = Decimal("0.00")
    """What the customer's other orders of the day come to (ORD-5)."""
    special_taken: Decimal = Decimal("0.00")
    """What special goods on them come to (QUO-4)."""
    awaits_supplier: bool = False
    """Nobody knows yet when special goods come: no day is promised."""
    is_first: bool = False
    """The first order of a key customer (T1.12)."""
    money_in: Decimal = Decimal("0.00")
    """What came in already for an order that is corrected or changed (PAY-3)."""
    region: str = ""
    """Where the goods go, as far as it is known."""
    promise: Promise | None = None
    promise_trouble: Refused | None = None
    fee: Decimal = Decimal("0.00")
    fee_by_rule: Decimal = Decimal("0.00")
    """What the slabs say, whatever was asked for instead (DLV-1)."""
    to_free: Decimal = Decimal("0.00")
    reserve_on: date | None = None
    """The day from which goods of a later date are reserved; they are claimed until then (STK-3)."""

    @property
    def goods(self) -> Decimal:
        """The sum of the lines, each rounded on its own (CAT-5)."""
        return sum((line.amount for line in self.lines), Decimal("0.00"))

    @property
    def total(self) -> Decimal:
        """What the customer pays."""
        return self.goods + self.fee

    @property
    def payment(self) -> str:
        """The payment chosen, else the customer's terms."""
        return self.draft.payment or payment_by_terms(self.buyer.terms if self.buyer else "")

    @property
    def promised(self) -> str:
        """Return in one line when the goods come, or that their supplier is asked first (QUO-4)."""
        return self.promise.explanation if self.promise else _(self.promised_instead)

    @property
    def promised_instead(self) -> str:
        """What an order without a day keeps in the promise's place: that its supplier is asked first (QUO-4)."""
        return SUPPLIER_ASKED if self.awaits_supplier else ""

    @property
    def standing(self) -> Standing | None:
        """How the order and its customer stand as far as money goes; nobody when no customer is known yet."""
        if self.buyer is None:
            return None
        return Standing(
            self.buyer, self.payment, self.total, money_in=self.money_in, exposure=self.exposure, taken=self.taken,
            region=self.region,
            may_ask=not wants(self.draft, self.buyer),
        )  # fmt: skip

    def quantities(self) -> dict[int, int]:
        """Return pieces per item over all lines (STK-3)."""
        basket: dict[int, int] = {}
        for line in self.lines:
            if line.ware:
                basket[line.ware.id] = basket.get(line.ware.id, 0) + line.ordered
        return basket

    def to_hold(self) -> dict[int, int]:
        """Return the pieces per item that a call may hold: what can be sold and the caller agreed to (STK-3).

        A line whose shortage question is open holds nothing: a slip of the finger must not empty the shelf for
        every other desk. Beyond a purchase limit nothing can be ordered, so nothing is held either. Goods of a later
        date are claimed, not held.
        """
        basket: dict[int, int] = {}
        if self.reserve_on:
            return basket
        for line in self.lines:
            ware = line.ware
            if ware and not ware.discontinued and not line.asks_how:
                pieces = basket.get(ware.id, 0) + line.ordered
                basket[ware.id] = min(pieces, ware.purchase_limit) if ware.purchase_limit else pieces
        return basket
