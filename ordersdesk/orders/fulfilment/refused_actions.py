"""Pieces nobody wants any more: refused at the door and closed, as if they had not been ordered (CHG-5, SLP-6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import update
from sqlmodel import Session

from ordersdesk.catalogue.prices.actions import count_promotions
from ordersdesk.catalogue.rules import amount
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import advance
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.commitments.release_actions import basket
from ordersdesk.orders.commitments.usual_actions import adjust
from ordersdesk.orders.model.agreed_queries import agreed_lines
from ordersdesk.orders.model.queries import LINE, by_id
from ordersdesk.orders.model.tables import Order
from ordersdesk.orders.payments.actions import costs_now
from ordersdesk.orders.review.outcome import held
from ordersdesk.orders.terms.agreed import Agreed
from ordersdesk.orders.terms.delivery_status import delivery_track, missing
from ordersdesk.orders.terms.flow import ORDER_FLOW


def close_refused(desk: Desk, session: Session, order_id: int, pieces: Mapping[int, int], why: str) -> None:
    """Close pieces the customer does not want at the door; the fee stays as agreed (CHG-5).

    They have left the line's counters before (`fulfil`); joins the caller's transaction.
    """
    head = by_id(session, order_id)
    lines = {line.id: line for line in agreed_lines(session, order_id) if line.id in pieces}
    before = basket(session, order_id)
    less = Decimal("0.00")
    for line_id, gone in sorted(pieces.items()):
        less += _closed(session, lines[line_id], gone, why)
    promotions: Counter[int] = Counter()
    for line_id, gone in pieces.items():
        if (promotion := lines[line_id].promotion_id) is not None:
            promotions[promotion] -= gone
    count_promotions(session, head.customer_id, promotions)
    _not_bought(session, order_id, head.customer_id, before)
    changes: dict[str, Any] = {"goods": head.goods - less, "total": head.total - less}
    changes["delivery"] = delivery_track(agreed_lines(session, order_id))
    details = {"closed": {str(line): count for line, count in pieces.items()}}
    advance(desk, session, ORDER_FLOW, Order, held(head), "fulfil", changes=changes, note=why, details=details)
    costs_now(desk, session, head)


def _closed(session: Session, line: Agreed, gone: int, why: str) -> Decimal:
    """Take pieces off a line and return what they cost."""
    left = line.quantity - gone
    if left < line.allocated + missing(line):
        raise Refused(
            "SLP-1",
            _("{what}: there are not so many pieces left for that.").format(what=line.name),
            mend=_("Look at the order again: somebody else moved its goods meanwhile."),
            field="lines",
        )
    costs = amount(line.price, left)
    values = {"quantity": left, "amount": costs, "closed_short": line.closed_short + gone, "closed_why": why}
    session.connection().execute(update(LINE).where(LINE.c.id == line.id).values(values))
    return line.amount - costs


def _not_bought(session: Session, order_id: int, customer_id: int, before: Mapping[int, int]) -> None:
    """What was refused was not bought: it is no part of what is usual (CAL-4)."""
    now = basket(session, order_id)
    fewer = {item: (0 if item in now else -1, now.get(item, 0) - count) for item, count in before.items()}
    adjust(session, customer_id, {item: change for item, change in fewer.items() if change[1]})
