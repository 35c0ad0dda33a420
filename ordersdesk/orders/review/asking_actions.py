"""Asking whoever can clear an order that stands still: it then stands first on their screen (ORD-13)."""

from __future__ import annotations

from sqlmodel import Session

from ordersdesk.approvals.actions import ask_again_within, withdraw_within
from ordersdesk.approvals.open_queries import open_on
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import record
from ordersdesk.foundation.policy.roles import DESK_ROLES, ROLE_NAMES
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.model import queries
from ordersdesk.orders.model.queries import Summary
from ordersdesk.orders.review import reason_queries
from ordersdesk.orders.review.looking_actions import ask_held
from ordersdesk.orders.review.open_queries import ASKED
from ordersdesk.orders.review.outcome import go_on
from ordersdesk.orders.terms.flow import ORDER_FLOW


@action
def ask(desk: Desk, session: Session, *, number: str) -> list[str]:
    """Ask for an order that stands still and return the roles that were asked, by name (N_).

    Nobody is asked when what held it is over: it goes on. Refused (ORD-13) when nothing holds it.
    """
    desk.needs(*DESK_ROLES, doing=_("ask for an order"))
    found = queries.held_order(desk, session, number, lock=True)
    if go_on(desk, session, found.id):
        return []
    _ask_held(desk, session, found)
    waits = reason_queries.reasons(desk, session, found.id)
    if not waits:
        raise Refused(
            "ORD-13",
            _("{number} does not wait for anybody.").format(number=found.number),
            mend=_("Its page says where it stands."),
            field="number",
        )
    asked = ask_again_within(desk, session, ORDER_FLOW.kind, found.id)
    roles = list(dict.fromkeys((*asked, *(one.role for one in waits))))
    record(desk, session, ORDER_FLOW.kind, found.id, ASKED, rule="ORD-13", details={"roles": roles})
    return [ROLE_NAMES.get(role, role) for role in roles]


def ask_about_held(desk: Desk, session: Session, number: str) -> None:
    """Ask about a confirmed order that is held on its way, in the work of whoever found it held."""
    _ask_held(desk, session, queries.held_order(desk, session, number))


def _ask_held(desk: Desk, session: Session, head: Summary) -> None:
    """What was asked about the order as it was before is asked anew."""
    if head.state != "confirmed":
        return
    if any(one.document_version != head.version for one in open_on(session, ORDER_FLOW.kind, head.id)):
        withdraw_within(desk, session, ORDER_FLOW.kind, head.id, reason=_("The order moved on."))
    ask_held(desk, session, head)
