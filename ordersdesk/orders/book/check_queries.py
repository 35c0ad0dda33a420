"""Proofs of orders: numbers, timelines, sums, and goods reserved only while an order is open."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlmodel import Session

from ordersdesk.approvals.flow import OPEN
from ordersdesk.approvals.queries import APPROVAL
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.proofs import Fault
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.orders.model.queries import LINE, ORDER
from ordersdesk.orders.payments.queries import PAYMENT
from ordersdesk.orders.promise.queries import PROMISE
from ordersdesk.orders.review.looking_actions import HELD_BY
from ordersdesk.orders.terms.flow import ORDER_FLOW
from ordersdesk.orders.terms.payment_status import NOTHING
from ordersdesk.stock.queries import RESERVATION

FALLEN = ("draft", "cancelled", "rejected")
OVER = ("draft", "cancelled", "rejected", "closed")  # a draft was pulled back: its goods are free


def sums(_desk: Desk, session: Session) -> Iterator[Fault]:
    """Give every order whose lines do not make its goods, or goods and fee its total (CAT-5)."""
    lines = select(LINE.c.order_id, func.sum(LINE.c.amount).label("goods")).group_by(LINE.c.order_id).subquery()
    statement = select(ORDER.c.number, ORDER.c.goods, ORDER.c.fee, ORDER.c.total, lines.c.goods)
    joined = statement.outerjoin(lines, lines.c.order_id == ORDER.c.id)
    wrong = lines.c.goods.is_(None) | (lines.c.goods != ORDER.c.goods) | (ORDER.c.goods + ORDER.c.fee != ORDER.c.total)
    for number, goods, fee, total, made in session.connection().execute(joined.where(wrong)):
        text = _("{number}: goods {goods} + fee {fee} = {total}, but its lines make {made}.")
        facts = {"goods": formatted(goods), "fee": formatted(fee), "total": formatted(total)}
        yield Fault("CAT-5", text.format(number=number, made=formatted(made) if made is not None else "–", **facts))


def money(_desk: Desk, session: Session) -> Iterator[Fault]:
    """Give every order whose money in is not the sum of its payments (PAY-3)."""
    booked_for = select(PAYMENT.c.order_id, func.sum(PAYMENT.c.amount).label("amount"))
    rows = booked_for.group_by(PAYMENT.c.order_id).subquery()
    statement = select(ORDER.c.number, ORDER.c.money_in, rows.c.amount).outerjoin(rows, rows.c.order_id == ORDER.c.id)
    wrong = func.coalesce(rows.c.amount, 0) != ORDER.c.money_in
    for number, said, booked in session.connection().execute(statement.where(wrong)):
        text = _("{number} has {said} in, but its payments make {booked}.")
        facts = {"said": formatted(said), "booked": formatted(booked or NOTHING)}
        yield Fault("PAY-3", text.format(number=number, **facts))


def asked_in_vain(_desk: Desk, session: Session) -> Iterator[Fault]:
    """Give every approval that is asked for an order which neither is in review nor can be held (ORD-13)."""
    mine = (APPROVAL.c.subject == ORDER_FLOW.kind) & APPROVAL.c.state.in_(OPEN)
    joined = select(APPROVAL.c.document).outerjoin(ORDER, ORDER.c.id == APPROVAL.c.document_id)
    held = (ORDER.c.state == "confirmed") & APPROVAL.c.occasion.in_(sorted(HELD_BY))
    lost = joined.where(mine, ORDER.c.id.is_(None) | ((ORDER.c.state != "review") & ~held)).distinct()
    for number in session.connection().execute(lost).scalars():
        yield Fault("ORD-13", _("{number} is not in review, yet somebody is asked about it.").format(number=number))


def promises(_desk: Desk, session: Session) -> Iterator[Fault]:
    """Give every order with an open promise that is not the one it says, or that does not stand any more (DLV-7)."""
    mine = select(ORDER.c.number).join(PROMISE, PROMISE.c.order_id == ORDER.c.id).where(PROMISE.c.outcome == "open")
    same = (PROMISE.c.promised_on == ORDER.c.promised_on) & (PROMISE.c.promised_part == ORDER.c.promised_part)
    same &= PROMISE.c.latest == ORDER.c.latest
    wrong = ~same | ORDER.c.promised_on.is_(None) | ORDER.c.state.in_(FALLEN)
    for number in session.connection().execute(mine.where(wrong).distinct()).scalars():
        yield Fault("DLV-7", _("{number} has an open promise that is not its own.").format(number=number))
    for number in session.connection().execute(mine.group_by(ORDER.c.number).having(func.count() > 1)).scalars():
        yield Fault("DLV-7", _("{number} has more than one open promise.").format(number=number))


def over_with_goods(session: Session) -> list[tuple[int, str]]:
    """Return orders that are over and still have goods reserved."""
    kept = select(ORDER.c.id, ORDER.c.number).join(RESERVATION, RESERVATION.c.order_id == ORDER.c.id)
    rows = session.connection().execute(kept.where(ORDER.c.state.in_(OVER)).distinct())
    return [(row[0], row[1]) for row in rows]


def reservations(_desk: Desk, session: Session) -> Iterator[Fault]:
    """Give every order that is over and still has goods reserved (STK-3), and goods reserved for no order."""
    for _id, number in over_with_goods(session):
        yield Fault("STK-3", _("{number} is over and still has goods reserved.").format(number=number))
    lost = select(RESERVATION.c.order_id).outerjoin(ORDER, ORDER.c.id == RESERVATION.c.order_id)
    none = lost.where(RESERVATION.c.order_id.is_not(None), ORDER.c.id.is_(None)).distinct()
    for order_id in session.connection().execute(none).scalars():
        yield Fault("STK-3", _("Goods are reserved for order #{id}, which is not there.").format(id=order_id))


def claims(_desk: Desk, session: Session) -> Iterator[Fault]:
    """Give every order that only claims its goods for a later day and has some all the same (STK-3)."""
    claiming = select(ORDER.c.number).where(ORDER.c.reserve_on.is_not(None)).distinct()
    kept = claiming.join(RESERVATION, RESERVATION.c.order_id == ORDER.c.id)
    for number in session.connection().execute(kept).scalars():
        yield Fault("STK-3", _("{number} only claims its goods, and has some reserved.").format(number=number))
    slips = claiming.join(LINE, LINE.c.order_id == ORDER.c.id).where(LINE.c.allocated > 0)
    for number in session.connection().execute(slips).scalars():
        yield Fault("STK-3", _("{number} only claims its goods, and has some on slips.").format(number=number))
