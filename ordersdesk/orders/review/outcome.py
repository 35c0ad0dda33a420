"""When an order in review goes on: after the last yes and condition; or not, after the first no (ORD-5)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict

from sqlmodel import Session

from ordersdesk.approvals.actions import answers_within
from ordersdesk.approvals.queries import waiting_on
from ordersdesk.customers.model.queries import buyer
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Held, advance
from ordersdesk.foundation.texts.language import N_, _, in_turn
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.assessment.sheet_rules import open_conditions
from ordersdesk.orders.assessment.standing_queries import standing_of
from ordersdesk.orders.commitments.release_actions import give_all_back
from ordersdesk.orders.commitments.renewal_actions import promise_anew
from ordersdesk.orders.model.agreed_queries import customer_number
from ordersdesk.orders.model.queries import Summary, by_id, goods_of
from ordersdesk.orders.model.tables import Order
from ordersdesk.orders.notices.actions import tell
from ordersdesk.orders.promise.ledger_actions import fallen
from ordersdesk.orders.review.fee_actions import fee_agreed
from ordersdesk.orders.review.hold_queries import holds
from ordersdesk.orders.review.looking_actions import drop_over, look_again
from ordersdesk.orders.review.open_queries import asked_on_their_way, unasked, waiting_of
from ordersdesk.orders.review.snapshot import credit_shown, shown
from ordersdesk.orders.terms.flow import ORDER_FLOW

HELD = N_("{number} of {customer} is held: {reason}")


def go_on(desk: Desk, session: Session, order_id: int, *, verb: str = "clear") -> bool:
    """Confirm an order in review when nothing holds it any more: no approval waits, no condition is open (ORD-6).

    How its customer stands is looked at now, not as it was when somebody was asked (ORD-5).
    Its promise counts from this moment, and its agent is told when that is another day (ORD-15).
    """
    head = by_id(session, order_id)
    if head.state != "review":
        return False
    look_again(desk, session, head)
    if waiting_on(session, ORDER_FLOW.kind, order_id) or holds(desk, session, [order_id]):
        return False
    advance(desk, session, ORDER_FLOW, Order, held(head), verb)
    answers_within(desk, session, ORDER_FLOW.kind, order_id)
    promise_anew(desk, session, order_id)
    return True


def go_on_of(desk: Desk, session: Session, customers: Collection[int]) -> None:
    """Look at all orders of customers that are in review: how they stand has changed (CUS-7, CUS-9, CUS-11).

    What was asked about those on their way, and is not so any more, falls away.
    """
    for order_id in waiting_of(session, customers):
        go_on(desk, session, order_id)
    for order_id in asked_on_their_way(session, customers):
        drop_over(desk, session, by_id(session, order_id))


def go_on_freed(desk: Desk, session: Session) -> None:
    """Let orders go on that nobody is asked about and that nothing holds any more: a block was lifted (CUS-11)."""
    ids = unasked(desk, session)
    held = holds(desk, session, ids)
    for order_id in (each for each in ids if each not in held):
        go_on(desk, session, order_id)


def looked(desk: Desk, session: Session, order_id: int) -> None:
    """Ask after a yes only what is still so: a limit may have been raised meanwhile, a debt paid (ORD-5)."""
    head = by_id(session, order_id)
    if head.state == "review":
        look_again(desk, session, head)


def wait_again(desk: Desk, session: Session, order_id: int) -> None:
    """Let a confirmed order wait when a change leaves a sheet, a deposit or its money open (ORD-6, PAY-3)."""
    head = by_id(session, order_id)
    if open_ones := list(open_conditions(asdict(head), desk.policy)):
        note = in_turn(one.sentence for one in open_ones)
        advance(desk, session, ORDER_FLOW, Order, held(head), "wait", note=note)


def granted(desk: Desk, session: Session, order_id: int) -> None:
    """Go on after the last yes (ORD-5); refused (CUS-11) when the customer was blocked meanwhile.

    One that is confirmed already was held on its way: by this yes it may go.
    """
    head = by_id(session, order_id)
    _refuse_blocked(desk, session, head)
    fee_agreed(session, order_id, kind=ORDER_FLOW.kind, document_id=order_id)
    if head.state == "review":
        go_on(desk, session, order_id, verb="approve")
    else:
        answers_within(desk, session, ORDER_FLOW.kind, order_id)


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
    """Reject an order and give back what it took: its agent corrects it, or tells the customer (ORD-4).

    One that is confirmed already stays held; its agent is told, and calls it off or has it paid first.
    """
    head = by_id(session, order_id)
    if head.state != "review":
        facts = {"number": head.number, "customer": head.customer_name, "reason": reason}
        tell(desk, session, head, rule="ORD-5", login=head.agent, text=HELD, facts=facts)
        return
    advance(desk, session, ORDER_FLOW, Order, held(head), "reject", note=reason)
    fallen(desk, session, order_id)
    give_all_back(desk, session, head)


def seen(desk: Desk, session: Session, order_id: int) -> Mapping[str, str]:
    """Return what an approver is shown of an order as it is now, with its customer's credit where it leans on it."""
    head, lines = by_id(session, order_id), [(line.code, line.quantity) for line in goods_of(session, order_id)]
    one = standing_of(desk, session, head)
    number = customer_number(session, head.customer_id)
    return shown(asdict(head), lines, number) | credit_shown(head.payment, one.buyer, one.exposure)


def held(head: Summary) -> Held:
    """Return what a step along the flow needs to know of an order."""
    return Held(id=head.id, number=head.number, state=head.state, version=head.version)
