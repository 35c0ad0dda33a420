"""Marking money in (PAY-3): part payments add up, too much is asked about, a mistake is taken back by its own row."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import insert, update
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import advance, record
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.language import N_, _, labelled
from ordersdesk.foundation.texts.money import formatted, rounded
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import clean
from ordersdesk.orders.model.queries import ORDER, Summary, by_id, held_order
from ordersdesk.orders.model.tables import Order
from ordersdesk.orders.notices.actions import tell
from ordersdesk.orders.payments.queries import PAYMENT, standing
from ordersdesk.orders.review.outcome import go_on, go_on_of, held
from ordersdesk.orders.terms.flow import CASHIERS, ORDER_FLOW
from ordersdesk.orders.terms.payment_status import NOTHING, paid_track, still_due
from ordersdesk.people.names import person

MONEY_IN, TAKEN_BACK = N_("money in"), N_("money taken back")
TOO_MUCH = N_("{number} of {customer} costs {total} now: {more} of what came in goes back to the customer.")
DEAD = ("cancelled",)


@dataclass(frozen=True)
class Received:
    """Money as it is marked in; `sure` says it once more where it was asked about."""

    amount: Decimal
    reference: str = ""
    sure: bool = False


@dataclass(frozen=True)
class Booked:
    """Where an order's money stands after a payment; `left` is less than nothing when more came than it costs."""

    number: str
    state: str
    paid: str
    amount: Decimal
    money_in: Decimal
    left: Decimal


def paid_within(desk: Desk, session: Session, number: str, money: Received) -> Booked:
    """Mark money in for an order (PAY-3); it goes on when that was the last it waited for.

    Refused when more comes than is due, or the same came already, unless said once more; joins the caller's work.
    """
    desk.needs(*CASHIERS, doing=_("mark money in"))
    head = _alive(desk, session, number)
    amount, reference = rounded(money.amount), clean(money.reference, field="reference", longest=100)
    if amount <= 0:
        raise Refused("PAY-3", _("Nothing came in."), mend=_("Give what came in."), field="amount")
    if not money.sure:
        _refuse_more(head, amount)
        _refuse_again(desk, session, head, amount, reference)
    _write(desk, session, head, {"amount": amount, "reference": reference})
    note = f"{formatted(amount)} {reference}".strip()
    record(desk, session, ORDER_FLOW.kind, head.id, MONEY_IN, rule="PAY-3", note=note)
    return _counted(desk, session, head.id, amount)


def take_back_within(desk: Desk, session: Session, number: str, payment: int, *, why: str) -> Booked:
    """Take a payment back that was marked in by mistake: a row against it, with the reason; both stay (PAY-3)."""
    desk.needs(*CASHIERS, doing=_("take a payment back"))
    head, reason = _alive(desk, session, number), clean(why, field="why", longest=500)
    if not reason:
        raise Refused("PAY-3", _("Why is it taken back?"), mend=_("Give a reason."), field="why")
    row = next((each for each in standing(session, head.id) if each.id == payment), None)
    if row is None:
        raise Refused(
            "PAY-3",
            _("{number} has no payment {payment} to take back.").format(number=head.number, payment=payment),
            mend=_("`ordersdesk orders payments {number}` lists them.").format(number=head.number),
            field="payment",
        )
    _write(desk, session, head, {
        "amount": -row.amount, "reference": row.reference, "reverses": row.id, "reason": reason,
    })  # fmt: skip
    note = labelled(formatted(-row.amount), reason)
    record(desk, session, ORDER_FLOW.kind, head.id, TAKEN_BACK, rule="PAY-3", note=note)
    if head.state == "closed":
        advance(desk, session, ORDER_FLOW, Order, held(by_id(session, head.id)), "open_again", note=reason)
    return _counted(desk, session, head.id, -row.amount)


def count_money(session: Session, order_id: int, *, delivered: bool | None = None) -> str:
    """Bring an order's track of money up to what came for it, and return it; joins the caller's work (ORD-3)."""
    head = by_id(session, order_id)
    done = head.delivery == "delivered" if delivered is None else delivered
    paid = paid_track(head, head.paid, delivered=done)
    if paid != head.paid:
        session.connection().execute(update(ORDER).where(ORDER.c.id == order_id).values(paid=paid))
    return paid


def costs_now(desk: Desk, session: Session, before: Summary) -> None:
    """Count what came for an order that costs something else now, and tell finance what of it is too much (PAY-3)."""
    count_money(session, before.id)
    now = by_id(session, before.id)
    more = -still_due(now)
    if more > max(NOTHING, -still_due(before)):
        facts = {"number": now.number, "customer": now.customer_name}
        facts |= {"total": formatted(now.total), "more": formatted(more)}
        tell(desk, session, now, rule="PAY-3", role=Role.FINANCE.value, text=TOO_MUCH, facts=facts)


def _counted(desk: Desk, session: Session, order_id: int, amount: Decimal) -> Booked:
    paid = count_money(session, order_id)
    go_on(desk, session, order_id)
    now = by_id(session, order_id)
    go_on_of(desk, session, [now.customer_id])  # a debt that is paid held the others too (CUS-9)
    return Booked(now.number, now.state, paid, amount, now.money_in, still_due(now))


def _write(desk: Desk, session: Session, head: Summary, values: dict[str, object]) -> None:
    """Write the row and add it up; who else books for the order waits."""
    usual: dict[str, object] = {
        "branch": desk.branch, "order_id": head.id, "business_date": desk.today(), "at": desk.now(),
        "by": desk.user.login, "reference": "", "reverses": None, "reason": "",
    }  # fmt: skip
    session.connection().execute(insert(PAYMENT).values(**(usual | values)))
    more = update(ORDER).where(ORDER.c.id == head.id).values(money_in=ORDER.c.money_in + values["amount"])
    session.connection().execute(more)


def _alive(desk: Desk, session: Session, number: str) -> Summary:
    head = held_order(desk, session, number, lock=True)
    if head.state in DEAD:
        raise Refused(
            "PAY-3",
            _("{number} is {state}: no money is due for it.").format(
                number=head.number, state=_(ORDER_FLOW.states[head.state])
            ),
            mend=_("Find the order it was meant for, or give it back."),
            field="number",
        )
    return head


def _refuse_more(head: Summary, amount: Decimal) -> None:
    due = max(NOTHING, still_due(head))
    if amount > due:
        raise Refused(
            "PAY-3",
            _("{amount} is more than the {due} that are due for {number}.").format(
                amount=formatted(amount), due=formatted(due), number=head.number
            ),
            mend=_("Look at it once more; if so much came, say so: --sure."),
            field="amount",
        )


def _refuse_again(desk: Desk, session: Session, head: Summary, amount: Decimal, reference: str) -> None:
    """A payment with the same reference, or on the same day without any, is one that is booked twice."""
    for row in standing(session, head.id):
        same_day = row.at.astimezone(desk.zone).date() == desk.today()
        if row.amount == amount and row.reference == reference and (reference or same_day):
            raise Refused(
                "PAY-3",
                _("{amount} is in already: {who} marked it in.").format(
                    amount=formatted(amount), who=person(desk, row.by)
                ),
                mend=_("If it came once more, say so: --sure."),
                field="reference" if reference else "amount",
            )
