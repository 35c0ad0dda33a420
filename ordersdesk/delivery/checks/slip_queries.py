"""Proofs of slips: numbers, timelines, sums, and that orders and stock count what the slips carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlmodel import Session

from ordersdesk.delivery.model.queries import SLIP, SLIP_LINE
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.proofs import Fault
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.orders.model.queries import LINE, ORDER
from ordersdesk.stock.queries import RESERVATION

_OFF = ("void", "failed")
_STANDS = SLIP.c.state.not_in(_OFF)
_KEPT = SLIP_LINE.c.pieces - SLIP_LINE.c.refused
_PROVED = {
    "allocated": _STANDS,
    "released": _STANDS & (SLIP.c.state != "made"),
    "shipped": _STANDS & SLIP.c.left_at.is_not(None),
    "delivered": SLIP.c.state.in_(("delivered", "refused")),
}


def _rows(session: Session, statement: Any) -> Iterable[Sequence[Any]]:
    rows: Any = session.connection().execute(statement)
    return rows


def counters(_desk: Desk, session: Session) -> Iterator[Fault]:
    """Give every order line that counts other pieces than its slips carry (ORD-3, SLP-1)."""
    sums = [func.sum(case((told, _KEPT), else_=0)).label(name) for name, told in _PROVED.items()]
    slips = select(SLIP_LINE.c.order_line_id, *sums).join(SLIP, SLIP.c.id == SLIP_LINE.c.slip_id)
    proof = slips.group_by(SLIP_LINE.c.order_line_id).subquery()
    proved = {name: func.coalesce(proof.c[name], 0) for name in _PROVED}
    differs = or_(*(LINE.c[name] != count for name, count in proved.items()))
    columns = (ORDER.c.number, LINE.c.position, *(LINE.c[name] for name in _PROVED), *proved.values())
    joined = select(*columns).join(ORDER, ORDER.c.id == LINE.c.order_id)
    joined = joined.outerjoin(proof, proof.c.order_line_id == LINE.c.id).where(differs, ORDER.c.from_history.is_(False))
    for number, position, *counts in _rows(session, joined):
        stored, truth = counts[: len(_PROVED)], [int(count) for count in counts[len(_PROVED) :]]
        for name, said, made in zip(_PROVED, stored, truth, strict=True):
            if said != made:
                text = _("{number}, line {position}: {counter} is {said}; its slips make {made}.")
                yield Fault(
                    "ORD-3",
                    text.format(number=number, position=position, counter=name, said=said, made=made),
                )


def sums(_desk: Desk, session: Session) -> Iterator[Fault]:
    """Give every slip whose lines do not make its pieces and goods, or goods, fee and deposit what is due (PAY-6)."""
    lines = select(
        SLIP_LINE.c.slip_id,
        func.sum(SLIP_LINE.c.pieces).label("pieces"),
        func.sum(SLIP_LINE.c.amount).label("goods"),
        func.sum(SLIP_LINE.c.refused).label("back"),
    )
    made = lines.group_by(SLIP_LINE.c.slip_id).subquery()
    due = SLIP.c.goods + SLIP.c.fee - SLIP.c.deposit
    wrong = or_(
        made.c.goods.is_(None),
        made.c.pieces != SLIP.c.pieces,
        made.c.goods != SLIP.c.goods,
        and_(made.c.back == 0, due != SLIP.c.due),
    )
    columns: tuple[Any, ...] = (SLIP.c.number, SLIP.c.goods, SLIP.c.fee, SLIP.c.deposit, SLIP.c.due, made.c.goods)
    joined = select(*columns).outerjoin(made, made.c.slip_id == SLIP.c.id).where(wrong, SLIP.c.state != "void")
    for number, goods, fee, deposit, said, truth in _rows(session, joined):
        text = _("{number}: goods {goods} + fee {fee} − deposit {deposit} = {due}, but its lines make {made}.")
        figures = {"goods": goods, "fee": fee, "deposit": deposit, "due": said}
        shown = {name: formatted(value) for name, value in figures.items()}
        yield Fault("PAY-6", text.format(number=number, made="–" if truth is None else formatted(truth), **shown))


def goods(_desk: Desk, session: Session) -> Iterator[Fault]:
    """Give every order whose slips carry goods, still in the house, that are not reserved for it (STK-3)."""
    key = (SLIP.c.order_id, SLIP_LINE.c.item_id, SLIP.c.warehouse_id)
    here = _STANDS & SLIP.c.left_at.is_(None)
    carried = select(*key, func.sum(_KEPT).label("pieces")).join(SLIP_LINE, SLIP_LINE.c.slip_id == SLIP.c.id)
    needs = carried.where(here).group_by(*key).subquery()
    mine = (RESERVATION.c.order_id, RESERVATION.c.item_id, RESERVATION.c.warehouse_id)
    kept = select(*mine, func.sum(RESERVATION.c.quantity).label("pieces")).group_by(*mine).subquery()
    same = and_(*(needs.c[name] == kept.c[name] for name in ("order_id", "item_id", "warehouse_id")))
    reserved = func.coalesce(kept.c.pieces, 0)
    columns: tuple[Any, ...] = (ORDER.c.number, needs.c.item_id, needs.c.pieces, reserved)
    joined = select(*columns).select_from(needs).join(ORDER, ORDER.c.id == needs.c.order_id).outerjoin(kept, same)
    for number, item, pieces, there in _rows(session, joined.where(reserved < needs.c.pieces)):
        text = _("{number}: {pieces} of item {item} are on its slips, {there} are reserved.")
        yield Fault("STK-3", text.format(number=number, pieces=int(pieces), item=item, there=int(there)))
