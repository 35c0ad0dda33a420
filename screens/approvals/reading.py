"""What somebody who decides must see of a document, read in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ordersdesk.approvals.page_queries import Entry, entries
from ordersdesk.asked import asked_about
from ordersdesk.credit.flow import CREDIT_FLOW
from ordersdesk.credit.queries import APPLICATIONS, Credit, credit_of
from ordersdesk.customers.finding.card_queries import card
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Held
from ordersdesk.foundation.flow import Flow
from ordersdesk.orders.book import page_queries
from ordersdesk.orders.book.page_queries import Whole
from ordersdesk.orders.terms.change_flow import CHANGE_FLOW
from ordersdesk.orders.terms.flow import ORDER_FLOW
from screens.change.request import page as change_page
from screens.change.request.page import Asked


@dataclass(frozen=True)
class Asking:
    """A document as it is shown to be decided: its version goes with the decision (ORD-11)."""

    flow: Flow
    number: str
    version: int
    state: str
    about: str
    entries: tuple[Entry, ...]
    now: Mapping[str, str]
    order_number: str = ""
    customer_id: int = 0
    order: Whole | None = None
    change: Asked | None = None
    credit: Credit | None = None

    def mine(self, desk: Desk) -> list[Entry]:
        """Return what this user may answer now."""
        return [one for one in self.entries if one.for_me]


def read(desk: Desk, kind: str, number: str, *, about: str) -> Asking:
    """Read a document to decide about; refused when somebody was quicker (ORD-11)."""
    with desk.reading() as session:
        asked = asked_about(desk, session, kind, number)
        held = asked.held
        found = Asking(
            flow=asked.kind.flow, number=held.number, version=held.version, state=held.state, about=about,
            entries=tuple(entries(desk, session, kind, held.id)),
            now=asked.kind.seen(desk, session, held.id) if asked.kind.seen else {},
        )  # fmt: skip
    more = MORE.get(kind)
    found = replace(found, **more(desk, held)) if more else found
    return replace(found, credit=_credit(desk, found.order)) if found.order else found


def _order(desk: Desk, held: Held) -> dict[str, Any]:
    order = page_queries.by_number(desk, held.number)
    return {"order": order, "order_number": held.number, "customer_id": order.head.customer_id}


def _change(desk: Desk, held: Held) -> dict[str, Any]:
    asked = change_page.read(desk, held.number)
    return {"change": asked, "order_number": asked.request.order_number}


def _application(desk: Desk, held: Held) -> dict[str, Any]:
    with desk.reading() as session:
        return {"customer_id": APPLICATIONS.get(session, held.id).customer_id}


# What is read of some kinds beside what every kind shows an approver.
MORE = {ORDER_FLOW.kind: _order, CHANGE_FLOW.kind: _change, CREDIT_FLOW.kind: _application}


def _credit(desk: Desk, order: Whole) -> Credit | None:
    """Return how the customer of an order stands; of interest for who buys on account or owes something."""
    who = card(desk, order.head.customer_id)
    if who is None or (who.terms != "account" and order.head.payment != "account" and not who.overdue):
        return None
    return credit_of(desk, who.number)
