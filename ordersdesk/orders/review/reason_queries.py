"""Why orders stand still, in the language being spoken (ORD-13)."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.approvals.queries import WaitingFor, waiting_on_many
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.language import _
from ordersdesk.orders.model.queries import ORDER
from ordersdesk.orders.review.hold_queries import holds
from ordersdesk.orders.terms.flow import ORDER_FLOW


def reasons(desk: Desk, session: Session, order_id: int) -> list[WaitingFor]:
    """Return why an order stands still, in the language being spoken (ORD-13): first for whose yes it waits."""
    return reasons_of(desk, session, [order_id]).get(order_id, [])


def reasons_of(desk: Desk, session: Session, ids: Collection[int]) -> dict[int, list[WaitingFor]]:
    """Return the same for several orders; what somebody is asked about is said once."""
    asked, held = waiting_on_many(session, ORDER_FLOW.kind, ids), holds(desk, session, ids)
    found: dict[int, list[WaitingFor]] = {}
    for id_ in ids:
        people = asked.get(id_, [])
        occasions = {one.occasion for one in people}
        rest = [one for one in held.get(id_, ()) if not one.occasion or one.occasion not in occasions]
        if people or rest:
            found[id_] = [*people, *rest]
    return found | _may_go_on(session, [id_ for id_ in ids if id_ not in found])


def _may_go_on(session: Session, ids: Collection[int]) -> dict[int, list[WaitingFor]]:
    """Say of orders in review that what held them is over: whoever asks for them lets them go on (ORD-13)."""
    waits = select(ORDER.c.id).where(ORDER.c.id.in_(ids), ORDER.c.state == "review")
    over = WaitingFor("ORD-13", Role.AGENT, _("Nothing stands against it any more: ask for it, and it goes on."))
    return {id_: [over] for id_ in session.connection().execute(waits).scalars()} if ids else {}
