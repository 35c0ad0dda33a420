"""Customers for the tests of this room, made as an agent makes them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ordersdesk.customers.finding.find_queries import find
from ordersdesk.customers.model.drafts import NewCustomer
from ordersdesk.customers.records.actions import Saved, create
from ordersdesk.foundation.desk import Desk

ZHANG: dict[str, Any] = {
    "name": "张三",
    "kind": "person",
    "phone": "13800138000",
    "address": "上海市浦东新区张江路123号",
    "territory": "浦东",
}


def draft(**values: Any) -> NewCustomer:
    """A complete new customer: 张三 in 浦东."""
    return NewCustomer(**(ZHANG | values))


def saved(desk: Desk, **values: Any) -> Saved:
    """A customer made without any likely duplicate."""
    made = create(desk, draft(**values))
    assert made.is_new
    return made


def serving(desk: Desk, *territories: str, route: str = "") -> Desk:
    """The same desk, whose policy names territories."""
    customers = desk.policy.customers.model_copy(update={"territories": dict.fromkeys(territories, route)})
    return replace(desk, policy=desk.policy.model_copy(update={"customers": customers}))


def numbers(desk: Desk, text: str) -> list[str]:
    """Return the numbers of the customers a text finds."""
    return [found.number for found in find(desk, text)]
