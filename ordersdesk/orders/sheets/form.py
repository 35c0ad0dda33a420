"""The order confirmation sheet as a form: everything agreed, in the customer's language (ORD-6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from ordersdesk.catalogue.goods_queries import any_valuable
from ordersdesk.customers.finding.card_queries import Card, card
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.phones.writing import readable
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.daynames import dated
from ordersdesk.foundation.texts.language import N_, _, in_turn, translator, word_list
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.assessment.sheet_rules import SENT, WANTED
from ordersdesk.orders.book.page_queries import Whole, by_number
from ordersdesk.orders.book.readback import day_written
from ordersdesk.orders.model.queries import Row, Summary
from ordersdesk.orders.promise.regions import is_ours
from ordersdesk.orders.terms.flow import ORDER_FLOW
from ordersdesk.orders.terms.labels import INVOICES, PAYMENTS
from ordersdesk.people.queries import account
from ordersdesk.printing.forms import wording
from ordersdesk.printing.forms.figures import in_words
from ordersdesk.printing.forms.form import Fact, Form
from ordersdesk.printing.forms.wording import Say
from ordersdesk.stock.rules import SHORTAGE_LABELS

TEMPLATE = "sheet"


@dataclass(frozen=True)
class Parties:
    """Who the sheet is between, and what their books say of the goods as a whole."""

    policy: Policy
    agent: str
    buyer: Card | None
    day: date
    valid_until: date
    valuable: bool
    warning: Callable[[object, Say], str] = lambda _day, _say: ""
    """What is not certain about a promised day, in the sheet's language (DLV-3)."""

    @property
    def language(self) -> str:
        """The customer's language, else the branch's (CAL-2)."""
        return (self.buyer.language if self.buyer else "") or self.policy.branch.language


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
    return sheet(order, parties(desk, order))


def parties(desk: Desk, order: Whole) -> Parties:
    """Return what the sheet says of both sides, and until when it holds: at least until it must be back."""
    head = order.head
    day = head.created_at.astimezone(desk.zone).date()
    with desk.reading() as session:
        taker = account(session, head.agent)
        valuable = any_valuable(session, [row.code for row in order.lines])
    valid = desk.calendar.add_working_days(day, desk.policy.sheets.valid_days)
    return Parties(
        policy=desk.policy,
        agent=taker.name if taker else head.agent,
        buyer=card(desk, head.customer_id),
        day=day,
        valid_until=max(valid, head.sheet_due_on or valid),
        valuable=valuable,
        warning=desk.calendar.warning,
    )


def sheet(order: Whole, sides: Parties) -> Form:
    """Return the sheet of an order; what is empty is left out."""
    say, head = translator(sides.language), order.head
    made = Form(
        template=TEMPLATE,
        language=sides.language,
        title=say(N_("Order confirmation sheet")),
        number=head.number,
        marks=wording.facts(say, _marks(say, head, sides), strong=("Order no.",)),
        blocks=wording.blocks(say, _blocks(say, head, sides)),
        columns=wording.goods(say),
        rows=tuple(_row(say, row) for row in order.lines),
        total=_total(say, order),
        sums=tuple(_sums(say, head, sides.policy)),
        remarks=wording.facts(
            say, [*_remarks(say, order, sides), (N_("Promised"), sides.warning(head.promised_on, say))]
        ),
        boxes=wording.boxes(say, [N_("Seller (stamp)"), N_("Buyer (stamp)")], (N_("Handled by"), N_("Date"))),
    )
    return replace(wording.issued(made, sides.policy), firm=())  # the seller's block says it


def _marks(say: Say, head: Summary, sides: Parties) -> list[tuple[str, str]]:
    back = say(N_("may follow")) if head.sheet in (WANTED, SENT) else ""
    return [
        (N_("Order no."), head.number), (N_("Date"), dated(sides.day, say)), (N_("Contract"), head.contract),
        (N_("Valid until"), dated(sides.valid_until, say)), (N_("Return by"), _due(say, head) or back),
    ]  # fmt: skip


def _blocks(say: Say, head: Summary, sides: Parties) -> list[tuple[str, list[tuple[str, str]]]]:
    own, buyer, plan = sides.policy.firm, sides.buyer, sides.policy.phones
    phone = readable(head.phone, plan, say)
    fax = next((contact.fax for contact in buyer.contacts if contact.fax), "") if buyer else ""
    return [
        (N_("Seller"), [
            (N_("Name"), wording.issuer(sides.policy)), (N_("Address"), own.address),
            (N_("Phone and fax"), _both(say, own.hotline, own.fax)), (N_("Contact"), sides.agent),
            (N_("Tax id"), own.tax_number), (N_("Bank and account"), _both(say, own.bank, own.account)),
        ]),
        (N_("Buyer"), [
            (N_("Name"), f"{head.customer_name} {buyer.number if buyer else ''}".strip()),
            (N_("Address"), (buyer.invoice_address if buyer else "") or head.address),
            (N_("Phone and fax"), _both(say, phone, readable(fax, plan, say))), (N_("Contact"), head.contact),
            (N_("Tax id"), buyer.tax_id if buyer else ""),
            (N_("Bank and account"), _both(say, buyer.bank, buyer.bank_account) if buyer else ""),
        ]),
        (N_("Delivery and packing"), [
            (N_("Place of delivery"), head.address),
            (N_("Consignee"), " ".join(filter(None, (head.department, head.contact, phone)))),
            (N_("Time of delivery"), day_written(say, head.promised_on, head.promised_part, head.latest)),
            (N_("Way of delivery"), _way(say, head, sides.policy)), (N_("Packing"), _packing(say, sides)),
        ]),
        (N_("Payment and invoice"), [
            (N_("Terms"), say(PAYMENTS.get(head.payment, head.payment))),
            (N_("Deposit"), wording.money(say, head.deposit, sides.policy) if head.deposit else ""),
            (N_("Invoice"), say(INVOICES.get(head.invoice, head.invoice))),
            (N_("Invoice title"), buyer.invoice_title if buyer and head.invoice != "none" else ""),
        ]),
    ]  # fmt: skip


def _both(say: Say, *said: str) -> str:
    return word_list(filter(None, said), say)


def _way(say: Say, head: Summary, policy: Policy) -> str:
    if not is_ours(head.region, policy):
        return say(N_("by a carrier"))
    return say(N_("urgent, by our van") if head.urgent else N_("by our van"))


def _packing(say: Say, sides: Parties) -> str:
    """Say how the goods are packed: valuable ones with care, and insured (DLV-6)."""
    if sides.valuable:
        return say(N_("special packing, insured"))
    return say(N_("as the maker packs them"))


def _row(say: Say, row: Row) -> tuple[str, ...]:
    short = ""
    if row.short and row.shortage:
        choice = say(SHORTAGE_LABELS.get(row.shortage, row.shortage))
        short = say(N_("{short} short: {choice}")).format(short=row.short, choice=choice)
    return (
        str(row.position), row.code, row.name, row.brand,
        wording.described(row.name, row.spec, row.model, row.colour), row.unit,
        f"{row.quantity:,}", formatted(row.price), formatted(row.amount), "\n".join(filter(None, (short, row.note))),
    )  # fmt: skip


def _total(say: Say, order: Whole) -> tuple[str, ...]:
    pieces = sum(row.quantity for row in order.lines)
    return "", say(N_("Sum")), "", "", "", "", f"{pieces:,}", "", formatted(order.head.goods), ""


def _sums(say: Say, head: Summary, policy: Policy) -> Iterator[Fact]:
    yield Fact(say(N_("In words")), in_words(head.total))
    label = N_("Delivery fee") if head.fee_said is None else N_("Delivery fee, as agreed")
    yield Fact(say(label), formatted(head.fee))
    yield Fact(say(N_("Order total")), wording.money(say, head.total, policy), strong=True)


def _remarks(say: Say, order: Whole, sides: Parties) -> list[tuple[str, str]]:
    head = order.head
    special = word_list((row.name for row in order.lines if row.special and row.quantity), say)
    kept = say(N_("{goods}: ordered for you alone, cannot be returned.")).format(goods=special)
    amount = wording.money(say, head.deposit, sides.policy)
    deposit = say(N_("{amount} is to be paid before we order your goods.")).format(amount=amount)
    return [(N_("Special wishes"), head.note), (N_("Deposit"), deposit if head.deposit else ""),
            (N_("Special goods"), kept if special else ""), (N_("Return"), _back(say, head, sides.policy))]  # fmt: skip


def _back(say: Say, head: Summary, policy: Policy) -> str:
    """Ask for the sheet signed: until when, by fax or mail, and what a late one costs."""
    ask = say(N_("Please sign and stamp this sheet and send it back."))
    if head.sheet_due_on:
        ask = say(N_("Please sign and stamp this sheet and return it by {day}.")).format(day=_due(say, head))
        ask = in_turn([ask, say(N_("For each working day it is late, delivery moves one working day."))])
    ways = ((N_("Fax"), policy.firm.fax), (N_("E-mail"), policy.firm.mail))
    return "   ".join([ask, *(f"{say(label)} {to}" for label, to in ways if to)])


def _due(say: Say, head: Summary) -> str:
    return dated(head.sheet_due_on, say) if head.sheet_due_on else ""
