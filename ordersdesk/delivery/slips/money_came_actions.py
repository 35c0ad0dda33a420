"""Money that comes, or goes back, when slips are on paper: nobody is asked at the door for what is paid (PAY-3)."""

from __future__ import annotations

from decimal import Decimal

from sqlmodel import Session

from ordersdesk.delivery.model.cash import at_the_door
from ordersdesk.delivery.model.flow import SLIP_FLOW
from ordersdesk.delivery.model.queries import held, of_orders
from ordersdesk.delivery.model.rules import NOTHING
from ordersdesk.delivery.model.tables import Slip
from ordersdesk.delivery.model.views import SlipHead
from ordersdesk.delivery.slips.allocating_queries import carried
from ordersdesk.delivery.slips.revision_actions import settle_money
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import advance
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.orders.model.queries import Summary, by_id
from ordersdesk.orders.notices.actions import tell

PAPER = N_("The paper of {slip} of {customer} asks for {before}; {now} is due: print it again before it leaves.")
ROAD = N_("{slip} of {customer} is on the road and asks for {before}; {now} is due: call the driver.")
ASKS = N_("{before} → {now}")


def money_came(desk: Desk, session: Session, order_id: int) -> None:
    """Let all slips of an order that are not back ask for what is left of it; joins the caller's transaction."""
    settle_money(desk, session, order_id)
    order = by_id(session, order_id)
    for slip in of_orders(session, [order_id], states=SLIP_FLOW.verb("settle").from_, lock=True):
        elsewhere = carried(session, [order_id], without=slip.head.id).get(order_id, (NOTHING, NOTHING))[1]
        whole = slip.head.goods + slip.head.fee
        paid = max(NOTHING, min(whole, order.money_in - elsewhere))
        if paid != slip.head.deposit:
            _settle(desk, session, order, slip.head, paid=paid, due=whole - paid)


def _settle(desk: Desk, session: Session, order: Summary, slip: SlipHead, *, paid: Decimal, due: Decimal) -> None:
    doors = desk.policy.slips.at_the_door
    before, now = (formatted(at_the_door(slip.payment, each, doors)) for each in (slip.due, due))
    note, changes = _(ASKS).format(before=before, now=now), {"deposit": paid, "due": due}
    advance(desk, session, SLIP_FLOW, Slip, held(slip), "settle", changes=changes, note=note)
    if before != now:
        role, text = (Role.DISPATCHER, ROAD) if slip.left_at else (Role.ORDER_GROUP, PAPER)
        facts = {"slip": slip.number, "customer": slip.customer_name, "before": before, "now": now}
        tell(desk, session, order, rule="PAY-3", role=role, text=text, facts=facts)
