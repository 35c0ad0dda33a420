"""When an order in review goes on: after the last yes and condition; or not, after the first no (ORD-5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal

from sqlmodel import Session

from ordersdesk.customers.queries import buyer
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents import Held, advance
from ordersdesk.foundation.language import _, in_turn
from ordersdesk.foundation.refusals import Refused
from ordersdesk.orders.agreed_queries import customer_number
from ordersdesk.orders.exposure_queries import exposure
from ordersdesk.orders.fee_actions import fee_agreed
from ordersdesk.orders.flow import ORDER_FLOW
from ordersdesk.orders.giving_back_actions import give_all_back
from ordersdesk.orders.promise_anew_actions import promise_anew
from ordersdesk.orders.promise_ledger_actions import fallen
from ordersdesk.orders.queries import Summary, by_id, goods_of, reasons
from ordersdesk.orders.seen import credit_shown, shown
from ordersdesk.orders.sheet_rules import open_conditions
from ordersdesk.orders.tables import Order


def go_on(desk: Desk, session: Session, order_id: int, *, verb: str = "clear") -> bool:
    """Confirm an order in review when nothing holds it any more: no approval waits, no condition is open (ORD-6).

    Its promise counts from this moment, and its agent is told when that is another day (ORD-15).
    """
    head = by_id(session, order_id)
    if head.state != "review" or reasons(session, order_id):
        return False
    advance(desk, session, ORDER_FLOW, Order, held(head), verb)
    promise_anew(desk, session, order_id)
    return True


def wait_again(desk: Desk, session: Session, order_id: int) -> None:
    """Let a confirmed order wait when a change leaves a sheet or a deposit open (ORD-6)."""
    head = by_id(session, order_id)
    if open_ones := list(open_conditions(asdict(head))):
        note = in_turn(one.sentence for one in open_ones)
        advance(desk, session, ORDER_FLOW, Order, held(head), "wait", note=note)


def granted(desk: Desk, session: Session, order_id: int) -> None:
    """Go on after the last yes (ORD-5); refused (CUS-11) when the customer was blocked meanwhile."""
    _refuse_blocked(desk, session, by_id(session, order_id))
    fee_agreed(session, order_id, kind=ORDER_FLOW.kind, document_id=order_id)
    go_on(desk, session, order_id, verb="approve")


def _refuse_blocked(desk: Desk, session: Session, head: Summary) -> None:
    who = buyer(desk, session, customer_number(session, head.customer_id))
    if who and who.blocked:
        raise Refused(
            "CUS-11",
            _("{customer} is blocked: {reason}.").format(customer=who.name, reason=who.blocked),
            mend=_("Deny the order with this reason, or have a manager lift the block first."),
            field="customer",
        )


def denied(desk: Desk, session: Session, order_id: int, reason: str) -> None:
    """Reject an order and give back what it took: its agent corrects it, or tells the customer (ORD-4)."""
    head = by_id(session, order_id)
    advance(desk, session, ORDER_FLOW, Order, held(head), "reject", note=reason)
    fallen(desk, session, order_id)
    give_all_back(desk, session, head)


def seen(desk: Desk, session: Session, order_id: int) -> Mapping[str, str]:
    """Return what an approver is shown of an order as it is now, with its customer's credit where it leans on it."""
    head, lines = by_id(session, order_id), [(line.code, line.quantity) for line in goods_of(session, order_id)]
    number = customer_number(session, head.customer_id)
    who = buyer(desk, session, number)
    owed = exposure(session, who, without=order_id) if who else Decimal("0.00")
    return shown(asdict(head), lines, number) | (credit_shown(head.payment, who, owed) if who else {})


def held(head: Summary) -> Held:
    """Return what a step along the flow needs to know of an order."""
    return Held(id=head.id, number=head.number, state=head.state, version=head.version)
