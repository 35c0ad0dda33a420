"""Asking whoever can clear an order that waits: it then stands first on their screen (ORD-13)."""

from __future__ import annotations

from sqlmodel import Session

from ordersdesk.approvals.actions import ask_again_within
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents import record
from ordersdesk.foundation.language import _
from ordersdesk.foundation.refusals import Refused
from ordersdesk.foundation.roles import DESK_ROLES, ROLE_NAMES
from ordersdesk.orders import queries
from ordersdesk.orders.flow import ORDER_FLOW
from ordersdesk.orders.waiting_queries import ASKED


@action
def ask(desk: Desk, session: Session, *, number: str) -> list[str]:
    """Ask for an order in review and return the roles that were asked, by name (N_); refused (ORD-13) otherwise."""
    desk.needs(*DESK_ROLES, doing=_("ask for an order"))
    found = queries.held_order(desk, session, number)
    if found.state != "review":
        raise Refused(
            "ORD-13",
            _("{number} does not wait for anybody.").format(number=found.number),
            mend=_("Its page says where it stands."),
            field="number",
        )
    roles = ask_again_within(desk, session, ORDER_FLOW.kind, found.id)
    record(desk, session, ORDER_FLOW.kind, found.id, ASKED, rule="ORD-13", details={"roles": roles})
    return [ROLE_NAMES.get(role, role) for role in roles]
