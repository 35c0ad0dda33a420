"""Orders as a kind of document: which of them wait for whom, and what approvals do to one (ORD-4, ORD-16)."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table

from ordersdesk.documents.inbox import Waiting
from ordersdesk.documents.kind import Kind
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.roles import APPROVERS, DESK_ROLES, Role
from ordersdesk.foundation.texts.language import N_
from ordersdesk.orders.model.tables import Order
from ordersdesk.orders.payments.awaiting_queries import waits_for_money
from ordersdesk.orders.review import outcome
from ordersdesk.orders.terms.flow import CASHIERS, ORDER_FLOW
from ordersdesk.orders.terms.occasions import ORDER_OCCASIONS

# Whom an order in review concerns: who takes orders and who answers for them, not the store and the vans.
REVIEWERS = DESK_ROLES | APPROVERS
ALLOCATES = frozenset({Role.ORDER_GROUP, Role.LEADER, Role.MANAGER})


def _not_on_slips(_desk: Desk, order: Table) -> ColumnElement[bool]:
    return order.c.delivery.not_in(("allocated", "released", "delivered")) & order.c.from_history.is_(False)


def _unpaid(desk: Desk, order: Table) -> ColumnElement[bool]:
    return waits_for_money(desk.policy, order) & (order.c.delivery != "delivered")


def _handed_over(_desk: Desk, order: Table) -> ColumnElement[bool]:
    return (order.c.delivery == "delivered") & order.c.from_history.is_(False)


ORDER = Kind(
    ORDER_FLOW,
    Order,
    occasions=ORDER_OCCASIONS,
    seen=outcome.seen,
    looked=outcome.looked,
    granted=outcome.granted,
    denied=outcome.denied,
    inbox=(
        Waiting(("review",), N_("In review"), REVIEWERS),
        Waiting(("rejected",), N_("Rejected"), DESK_ROLES),
        Waiting(("draft",), N_("Pulled back"), DESK_ROLES),
        Waiting(("confirmed",), N_("To allocate"), ALLOCATES, only=_not_on_slips, piled=True),
        Waiting(("confirmed",), N_("Money awaited"), CASHIERS, only=_unpaid, piled=True, unpaid=True),
        Waiting(("confirmed",), N_("Delivered, not paid"), CASHIERS, only=_handed_over, piled=True, unpaid=True),
    ),
)
