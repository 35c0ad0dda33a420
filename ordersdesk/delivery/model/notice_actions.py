"""Telling the people of the desk what happened on the road (SLP-6, PAY-6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from ordersdesk.foundation.desk import SYSTEM, Desk
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.orders.model.queries import by_id
from ordersdesk.orders.notices.actions import tell


def tell_agent(desk: Desk, session: Session, order_id: int, *, rule: str, text: str, facts: Mapping[str, Any]) -> None:
    """Tell the agent of an order, or the leader of the desk where it has none; joins the caller's transaction."""
    order = by_id(session, order_id)
    whom = {"login": order.agent} if order.agent not in ("", SYSTEM.login) else {"role": Role.LEADER.value}
    tell(desk, session, order, rule=rule, text=text, facts=facts, **whom)


def tell_finance(
    desk: Desk, session: Session, order_id: int, *, rule: str, text: str, facts: Mapping[str, Any]
) -> None:
    """Tell finance something that an order has to do with; joins the caller's transaction."""
    tell(desk, session, by_id(session, order_id), rule=rule, text=text, facts=facts, role=Role.FINANCE.value)
