"""What the change screen asks of the rooms, in plain calls that may run off the screen's thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ordersdesk.catalogue.queries import Found, equivalents, wares
from ordersdesk.customers.finding.caller_queries import Caller, caller
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.roles import DESK_ROLES
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.book.answer_queries import Habit, usual_items
from ordersdesk.orders.changes.plan.comparison import Comparison
from ordersdesk.orders.changes.queries import compare, of_order
from ordersdesk.orders.model.agreed_queries import agreed_lines, customer_number
from ordersdesk.orders.model.queries import Summary, held_order
from ordersdesk.orders.terms.agreed import Agreed
from ordersdesk.orders.terms.change_draft import Change
from ordersdesk.orders.terms.flow import ORDER_FLOW

# What a change comes to, or why it cannot be looked at.
Result = Comparison | Refused


@dataclass(frozen=True)
class Known:
    """The order as it is agreed, who its customer is, the requests about it and the one that waits, if any."""

    head: Summary
    lines: tuple[Agreed, ...]
    caller: Caller | None
    usual: tuple[Habit, ...]
    requests: tuple[str, ...]
    waiting: str


def may_change(desk: Desk, head: Summary) -> bool:
    """Tell whether this user may ask for a change of an order as it is now (CHG-1, CHG-3)."""
    allowed = ORDER_FLOW.verb("change") in ORDER_FLOW.allowed(desk.user.roles, head.state)
    return allowed and bool(desk.user.roles & DESK_ROLES) and head.delivery != "delivered"


def read(desk: Desk, number: str) -> Known:
    """Read an order that is to change."""
    with desk.reading() as session:
        head = held_order(desk, session, number)
        lines = agreed_lines(session, head.id)
        customer = customer_number(session, head.customer_id)
        requests = of_order(session, head.id)
    return Known(
        head=head, lines=lines, caller=caller(desk, customer), usual=tuple(usual_items(desk, head.customer_id)),
        requests=tuple(one.number for one in requests),
        waiting=next((one.number for one in requests if one.state == "asked"), ""),
    )  # fmt: skip


def tried(desk: Desk, change: Change) -> Result:
    """Put a change side by side with the order; a refusal is an answer like any other while somebody types."""
    try:
        return compare(desk, change)
    except Refused as refused:
        return refused


def instead_of(desk: Desk, code: str) -> Sequence[Found]:
    """Return what can be sold instead of an item (STK-5)."""
    with desk.reading() as session:
        ware = wares(session, [code]).get(code)
        return equivalents(session, ware.id) if ware else []
