"""What changes how a customer stands lets their orders go on that waited for just that (CUS-5, CUS-11, ORD-13)."""

from __future__ import annotations

from sqlmodel import Session

from ordersdesk.customers.records.actions import unblock_within
from ordersdesk.customers.records.merge_actions import merge_within
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.orders.review.outcome import go_on_of


@action
def unblock(desk: Desk, session: Session, customer_id: int, *, note: str = "") -> None:
    """Take a customer's orders again; only a manager lifts a block (CUS-11). What it held goes on."""
    unblock_within(desk, session, customer_id, note=note)
    go_on_of(desk, session, [customer_id])


@action
def merge(desk: Desk, session: Session, *, kept_id: int, merged_id: int) -> None:
    """Merge the second customer into the first (CUS-5); a team leader does it, and it cannot be undone.

    Their orders in review are looked at as those of the customer they are of now.
    """
    merge_within(desk, session, kept_id=kept_id, merged_id=merged_id)
    go_on_of(desk, session, [kept_id])
