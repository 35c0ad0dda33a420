"""What the tests of approvals begin with: an order in review, and those who may decide it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ordersdesk.foundation.desk import SYSTEM, Desk
from ordersdesk.orders.book import page_queries
from ordersdesk.orders.book.page_queries import Whole
from ordersdesk.orders.entry import actions
from ordersdesk.people.actions import add_user
from tests.builders import a_customer, a_draft, an_item, as_role


def in_review(desk: Desk, *, total: int = 100, **customer: Any) -> str:
    """An order on monthly account of so much: for the manager, and from 50,000 for the branch GM too."""
    usual: dict[str, Any] = {"terms": "account", "credit_limit": Decimal(1_000_000)}
    a_customer(desk, **(usual | customer))
    an_item(desk, "DESK", price="100.00", stock=1000)
    return actions.submit(desk, a_draft(("DESK", total // 100))).number


def manager(desk: Desk) -> Desk:
    return as_role(desk, "manager", login="wang")


def gm(desk: Desk, login: str = "zhao") -> Desk:
    return as_role(desk, "branch_gm", login=login)


def a_manager(desk: Desk, login: str) -> None:
    """Somebody who could be asked."""
    add_user(desk.signed_in(SYSTEM), login=login, name=login.title(), roles=["manager"], password="long enough")


def order(desk: Desk, number: str) -> Whole:
    return page_queries.by_number(desk, number)
