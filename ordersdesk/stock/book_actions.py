"""How stock is written: counters first and in key order, then reservations, then the ledger (STK-2, STK-3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from ordersdesk.catalogue.queries import ITEM
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.stock.queries import MOVEMENT, RESERVATION, STOCK

Kept = tuple[int, int, int, int]  # order, item, warehouse, pieces
Laid = tuple[int, int, int]  # item, warehouse, pieces

_RESERVED = Prepared(
    select(
        RESERVATION.c.id,
        RESERVATION.c.order_id,
        RESERVATION.c.item_id,
        RESERVATION.c.warehouse_id,
        RESERVATION.c.quantity,
    )
    .where(RESERVATION.c.order_id.in_(bindparam("orders", expanding=True)))
    .order_by(RESERVATION.c.id)
    .with_for_update(),
    lists=["orders"],
)
_CHANGE = Prepared(
    update(RESERVATION)
    .where(RESERVATION.c.id == bindparam("row"), RESERVATION.c.quantity == bindparam("was"))
    .values(quantity=bindparam("left"))
)
_REMOVE = Prepared(
    delete(RESERVATION).where(RESERVATION.c.id == bindparam("row"), RESERVATION.c.quantity == bindparam("was"))
)
_KEEP = Prepared.inserting(RESERVATION)
_LEDGER = Prepared.inserting(MOVEMENT)


def keep_less(session: Session, kept: Sequence[Kept]) -> None:
    """Take pieces off what orders have reserved; refused (STK-3) when they have not so many."""
    held = _held(session, kept)
    changed: list[dict[str, int]] = []
    for order, item, place, pieces in kept:
        row, quantity = held.get((order, item, place), (0, 0))
        if quantity < pieces:
            raise _not_reserved(session, item, wanted=pieces, left=quantity)
        changed.append({"row": row, "was": quantity, "left": quantity - pieces})
    gone = [{"row": one["row"], "was": one["was"]} for one in changed if not one["left"]]
    done = _CHANGE.many(session, [one for one in changed if one["left"]]) + _REMOVE.many(session, gone)
    if done != len(changed):
        raise _not_reserved(session, kept[0][1], wanted=kept[0][3], left=0)


def _held(session: Session, kept: Sequence[Kept]) -> dict[tuple[int, int, int], tuple[int, int]]:
    """Return row and pieces of what the orders have reserved: one row for an order, item and warehouse."""
    rows = _RESERVED.rows(session, orders=sorted({order for order, *_rest in kept}))
    return {(order, item, place): (row, quantity) for row, order, item, place, quantity in rows}


def _not_reserved(session: Session, item: int, *, wanted: int, left: int) -> Refused:
    code = session.connection().execute(select(ITEM.c.code).where(ITEM.c.id == item)).scalar()
    return Refused(
        "STK-3",
        _("Only {left} of {item} are reserved for the order, {wanted} wanted.").format(
            left=left, item=code or item, wanted=wanted
        ),
        mend=_("Look at it again and repeat."),
        field="lines",
    )


def keep_more(desk: Desk, session: Session, kept: Sequence[Kept]) -> None:
    """Add pieces to what orders have reserved."""
    held = _held(session, kept)
    more: list[dict[str, Any]] = []
    fresh: list[dict[str, Any]] = []
    for order, item, place, pieces in kept:
        if found := held.get((order, item, place)):
            more.append({"row": found[0], "was": found[1], "left": found[1] + pieces})
        else:
            fresh.append(
                {"item_id": item, "warehouse_id": place, "quantity": pieces, "holder": "", "order_id": order,
                 "heard_at": desk.now(), "by": desk.user.login}
            )  # fmt: skip
    _CHANGE.many(session, more)
    _KEEP.many(session, fresh)


def counted(moves: Iterable[tuple[int, ...]]) -> list[Any]:
    """Return the moves summed by what they are about, in the order everybody locks in; none of nought pieces."""
    summed: Counter[tuple[int, ...]] = Counter()
    for *key, pieces in moves:
        if pieces < 0:
            raise ValueError("goods move by whole pieces in one direction")
        summed[tuple(key)] += pieces
    return [(*key, pieces) for key, pieces in sorted(summed.items()) if pieces]


def by_place(kept: Sequence[Kept]) -> Mapping[tuple[int, int], int]:
    """Return the pieces of each item and warehouse, in the order everybody locks in."""
    there: Counter[tuple[int, int]] = Counter()
    for _order, item, place, pieces in kept:
        there[item, place] += pieces
    return {key: there[key] for key in sorted(there)}


def grow(session: Session, rows: list[dict[str, int]]) -> None:
    """Add to counters (on_hand, reserved, quarantined) of items and warehouses, which may be new there."""
    if not rows:
        return
    dialect = postgresql if session.connection().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(STOCK)
    counters = ("on_hand", "reserved", "quarantined")
    more = {name: STOCK.c[name] + statement.excluded[name] for name in counters}
    grown = statement.on_conflict_do_update(index_elements=["item_id", "warehouse_id"], set_=more)
    session.connection().execute(grown, [dict.fromkeys(counters, 0) | row for row in rows])


def enter(
    desk: Desk, session: Session, moves: Iterable[Laid], document: str, *, reason: str, aside: bool = False
) -> None:
    """Write the ledger's rows (STK-2)."""
    said = {"quarantine": aside, "reason": reason, "document": document, "at": desk.now(), "by": desk.user.login}
    _LEDGER.many(session, [{"item_id": i, "warehouse_id": p, "quantity": n, **said} for i, p, n in moves])
