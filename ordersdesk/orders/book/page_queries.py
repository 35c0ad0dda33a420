"""One order with everything about it: its lines, why it waits, its story (ORD-8)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlmodel import Session

from ordersdesk.approvals.open_queries import Denial, denials
from ordersdesk.approvals.queries import WaitingFor
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Happening, timeline
from ordersdesk.orders.model.queries import Row, Summary, goods_of, held_order
from ordersdesk.orders.promise.queries import PromiseRow, of_order
from ordersdesk.orders.review.reason_queries import reasons
from ordersdesk.orders.terms.flow import ORDER_FLOW
from ordersdesk.orders.terms.reasons import spoken_story


@dataclass(frozen=True)
class Whole:
    """One order with everything about it (ORD-8)."""

    head: Summary
    lines: tuple[Row, ...]
    reasons: tuple[WaitingFor, ...]
    story: tuple[Happening, ...]
    denied: tuple[Denial, ...] = ()
    """Why it was rejected, when it is."""
    promises: tuple[PromiseRow, ...] = ()
    warning: str = ""
    """What is not certain about the promised day (DLV-3)."""


def by_number(desk: Desk, number: str) -> Whole:
    """Return one order with everything about it; refused (ORD-9) when there is none with this number."""
    with desk.reading() as session:
        head = held_order(desk, session, number)
        warning = desk.calendar.warning(head.promised_on)
        return replace(whole(desk, session, head), promises=of_order(desk, session, head.id), warning=warning)


def whole(desk: Desk, session: Session, head: Summary) -> Whole:
    """Return an order with lines, reasons and story."""
    return Whole(
        head=head,
        lines=tuple(goods_of(session, head.id)),
        reasons=tuple(reasons(desk, session, head.id)),
        story=spoken_story(timeline(session, "order", head.id)),
        denied=tuple(denials(session, ORDER_FLOW.kind, head.id)) if head.state == "rejected" else (),
    )
