"""The order confirmation sheet as a form: everything agreed, in the customer's language (ORD-6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from ordersdesk.customers.card_queries import card
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.language import N_, _, translator
from ordersdesk.foundation.money import formatted
from ordersdesk.foundation.refusals import Refused
from ordersdesk.orders.flow import ORDER_FLOW
from ordersdesk.orders.names import INVOICES, PAYMENTS
from ordersdesk.orders.queries import Row, Summary, Whole, by_number
from ordersdesk.orders.readback import day_written
from ordersdesk.people.queries import account
from ordersdesk.printing import wording
from ordersdesk.printing.figures import in_words
from ordersdesk.printing.forms import Box, Fact, Form
from ordersdesk.printing.wording import Say
from ordersdesk.stock.rules import SHORTAGE_LABELS

TEMPLATE = "sheet"


@dataclass(frozen=True)
class Parties:
    """Who the sheet is between, as it stands in the books today."""

    company: str
    branch: str
    agent: str
    customer_number: str
    invoice_title: str
    tax_id: str
    language: str
    warning: Callable[[object, Say], str] = lambda _day, _say: ""
    """What is not certain about a promised day, in the sheet's language (DLV-3)."""


def sheet_of(desk: Desk, number: str) -> Form:
    """Return the sheet of an order as it stands; refused (ORD-6) for one that will not be delivered."""
    order = by_number(desk, number)
    if order.head.state in ("draft", "rejected", "cancelled"):
        raise Refused(
            "ORD-6",
            _("{number} is {state}: there is nothing to confirm.").format(
                number=order.head.number, state=_(ORDER_FLOW.states[order.head.state])
            ),
            mend=_("Enter it again, or take a new order."),
            field="number",
        )
    day = order.head.created_at.astimezone(desk.zone).date()
    return sheet(order, parties(desk, order), day)


def parties(desk: Desk, order: Whole) -> Parties:
    """Return what the sheet says of both sides, and the language it is in (CAL-2)."""
    buyer = card(desk, order.head.customer_id)
    with desk.reading() as session:
        taker = account(session, order.head.agent)
    branch = desk.policy.branch
    return Parties(
        company=branch.company,
        branch=branch.name,
        agent=taker.name if taker else order.head.agent,
        customer_number=buyer.number if buyer else "",
        invoice_title=buyer.invoice_title if buyer else "",
        tax_id=buyer.tax_id if buyer else "",
        language=(buyer.language if buyer else "") or branch.language,
        warning=desk.calendar.warning,
    )


def sheet(order: Whole, sides: Parties, day: date) -> Form:
    """Return the sheet of an order; what is empty is left out."""
    say, head = translator(sides.language), order.head
    marks = [(N_("Order"), head.number), (N_("Date"), day.isoformat()), (N_("Return by"), _due(head))]
    return Form(
        template=TEMPLATE,
        language=sides.language,
        issuer=f"{sides.company} {sides.branch}".strip(),
        title=say(N_("Order confirmation sheet")),
        number=head.number,
        marks=wording.facts(say, marks, strong=("Order",)),
        blocks=wording.blocks(say, _blocks(say, head, sides)),
        columns=wording.columns(say, _COLUMNS),
        rows=tuple(_row(say, row) for row in order.lines),
        sums=tuple(_sums(say, head)),
        remarks=wording.facts(say, [*_remarks(say, order), (N_("Promised"), sides.warning(head.promised_on, say))]),
        boxes=tuple(
            Box(f"{say(title)} · {name}", (say(N_("Full name")), say(N_("Signature")), say(N_("Date"))))
            for title, name in ((N_("Seller, stamp"), sides.company), (N_("Customer, stamp"), head.customer_name))
        ),
        page=say(wording.PAGE),
    )


_COLUMNS = (
    (N_("No."), True, 1), (N_("Code"), False, 5), (N_("Name"), False, 9), (N_("Spec"), False, 5),
    (N_("Unit"), False, 2), (N_("Quantity"), True, 1), (N_("Price"), True, 1), (N_("Amount"), True, 1),
)  # fmt: skip


def _blocks(say: Say, head: Summary, sides: Parties) -> list[tuple[str, list[tuple[str, str]]]]:
    invoiced = head.invoice != "none"
    deposit = formatted(head.deposit) if head.deposit else ""
    return [
        (N_("Seller"), [(N_("Name"), sides.company), (N_("Branch"), sides.branch), (N_("Agent"), sides.agent)]),
        (N_("Customer"), [(N_("Name"), head.customer_name), (N_("Number"), sides.customer_number)]),
        (N_("Delivery"), [
            (N_("Contact"), head.contact), (N_("Phone"), head.phone), (N_("Address"), head.address),
            (N_("Promised"), day_written(say, head.promised_on, head.promised_part)),
            (N_("Urgent"), say(N_("yes")) if head.urgent else ""),
        ]),
        (N_("Payment"), [
            (N_("Terms"), say(PAYMENTS.get(head.payment, head.payment))), (N_("Deposit"), deposit),
            (N_("Invoice"), say(INVOICES.get(head.invoice, head.invoice))),
            (N_("Invoice title"), sides.invoice_title if invoiced else ""),
            (N_("Tax id"), sides.tax_id if invoiced else ""),
        ]),
    ]  # fmt: skip


def _row(say: Say, row: Row) -> tuple[str, ...]:
    name = row.name
    if row.short and row.shortage:
        name = say(N_("{goods} · {short} short: {choice}")).format(
            goods=name, short=row.short, choice=say(SHORTAGE_LABELS.get(row.shortage, row.shortage))
        )
    return (
        str(row.position), row.code, "\n".join(filter(None, (name, row.note))), row.spec, row.unit,
        f"{row.quantity:,}", formatted(row.price), formatted(row.amount),
    )  # fmt: skip


def _sums(say: Say, head: Summary) -> Iterator[Fact]:
    yield Fact(say(N_("Goods")), formatted(head.goods))
    label = N_("Delivery fee") if head.fee_said is None else N_("Delivery fee, as agreed")
    yield Fact(say(label), formatted(head.fee))
    yield Fact(say(N_("Total")), formatted(head.total), strong=True)
    yield Fact(say(N_("In words")), in_words(head.total))


def _remarks(say: Say, order: Whole) -> list[tuple[str, str]]:
    head = order.head
    special = ", ".join(row.name for row in order.lines if row.special and row.quantity)
    kept = say(N_("{goods}: ordered for you alone, cannot be returned.")).format(goods=special)
    ask = say(N_("Please sign and stamp this sheet and send it back."))
    if head.sheet_due_on:
        ask = say(N_("Please sign and stamp this sheet and return it by {day}.")).format(day=_due(head))
        ask += say(N_(" For each working day it is late, delivery moves one working day."))
    deposit = say(N_("{amount} is to be paid before we order your goods.")).format(amount=formatted(head.deposit))
    return [(N_("Note"), head.note), (N_("Deposit"), deposit if head.deposit else ""),
            (N_("Special goods"), kept if special else ""), (N_("Return"), ask)]  # fmt: skip


def _due(head: Summary) -> str:
    return head.sheet_due_on.isoformat() if head.sheet_due_on else ""
