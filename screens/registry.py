"""The screens behind home: imported once home can be used, and what they alone need of the rooms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from textual.screen import Screen

from ordersdesk.customers.finding.find_queries import holders
from ordersdesk.delivery.routes.queries import sheet as read_sheet
from ordersdesk.foundation.desk import Desk
from ordersdesk.kinds import KINDS
from ordersdesk.orders.commitments.claiming_actions import reserve_due
from ordersdesk.stock.actions import still_there
from screens.approvals.screen import ApprovalsScreen
from screens.book.screen import BookScreen
from screens.customer.card import CardScreen
from screens.customer.screen import CustomerScreen
from screens.dispatch.screen import DispatchScreen
from screens.ground.areas import APPROVALS, BOOK, DISPATCH, INTAKE
from screens.intake.screen import IntakeScreen
from screens.kit.list_screen import DocumentsScreen
from screens.kit.page_screen import DocumentScreen
from screens.order.screen import OrderScreen
from screens.pads.screen import PadsScreen
from screens.route.list_screen import RoutesScreen
from screens.route.screen import RouteScreen
from screens.slip.page import read as read_slip
from screens.slip.screen import SlipScreen
from screens.stock.screen import StockScreen
from screens.users.screen import UsersScreen

AREAS: Mapping[str, Callable[[], Screen[Any]]] = {
    "stock": StockScreen,
    BOOK: BookScreen,
    "customer": CustomerScreen,
    INTAKE: IntakeScreen,
    APPROVALS: ApprovalsScreen,
    "pads": PadsScreen,
    "users": UsersScreen,
    DISPATCH: DispatchScreen,
}

# Reached through `screens/start.py`.
__all__ = [
    "AREAS", "CardScreen", "OrderScreen", "RouteScreen", "RoutesScreen", "SlipScreen", "caller", "document_screen",
    "list_screen", "read_sheet", "read_slip", "reserve_due", "still_there",
]  # fmt: skip


def list_screen(kind: str) -> Screen[Any]:
    """Make the list of a kind of document."""
    return DocumentsScreen(KINDS[kind])


def document_screen(kind: str, number: str) -> Screen[Any]:
    """Make the page of one document of a kind."""
    return DocumentScreen(KINDS[kind], number)


def caller(desk: Desk, number: str) -> str:
    """Return whose number rings, when it is one customer's."""
    found = holders(desk, number)
    return found[0].name if len(found) == 1 else ""
