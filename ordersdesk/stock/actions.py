"""The verbs about stock: hold for a call, make firm for an order, release, post to the ledger, repair."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.foundation.texts.language import _
from ordersdesk.stock import queries
from ordersdesk.stock.queries import MOVEMENT, RESERVATION, STOCK
from ordersdesk.stock.rules import refused_short

Wanted = Mapping[tuple[int, int], int]  # (item, warehouse) -> pieces

_KEY = (STOCK.c.item_id == bindparam("item")) & (STOCK.c.warehouse_id == bindparam("place"))
_ROOM = STOCK.c.on_hand - STOCK.c.reserved >= bindparam("more")
_RESERVE = Prepared(update(STOCK).where(_KEY, _ROOM).values(reserved=STOCK.c.reserved + bindparam("more")))
_HELD = (RESERVATION.c.holder == bindparam("call")) & RESERVATION.c.order_id.is_(None)
_GIVE_UP = Prepared(
    delete(RESERVATION)
    .where(_HELD)
    .returning(RESERVATION.c.item_id, RESERVATION.c.warehouse_id, RESERVATION.c.quantity)
)
_KEEP = Prepared.inserting(RESERVATION)
_UNRESERVE = Prepared(update(STOCK).where(_KEY).values(reserved=STOCK.c.reserved - bindparam("less")))


def hold_within(desk: Desk, session: Session, *, holder: str, wanted: Mapping[int, int]) -> dict[int, int]:
    """Bring a call's holds of these items to what it wants, as far as there is stock; joins the caller's transaction.

    Returns what it now holds of each.
    """
    place = queries.main_warehouse(desk, session)
    if place is None:
        return {}
    free = queries.lock(session, wanted)
    before = {item: held for (item, where), held in queries.held_by(session, holder).items() if where == place}
    granted: dict[int, int] = {}
    for item_id in sorted(wanted):
        held, left = before.get(item_id, 0), free.get((item_id, place), 0)
        if wanted[item_id] - held > left and release_lapsed_within(desk, session, item_id=item_id):
            left = queries.free_at(session, item_id, place)
        granted[item_id] = max(0, min(wanted[item_id], held + max(0, left)))
        if granted[item_id] != held:
            _change_reserved(session, {(item_id, place): granted[item_id] - held})
            _replace_hold(desk, session, holder, (item_id, place), granted[item_id])
    return granted


def _replace_hold(desk: Desk, session: Session, holder: str, key: tuple[int, int], quantity: int) -> None:
    this = (RESERVATION.c.item_id == key[0]) & (RESERVATION.c.warehouse_id == key[1])
    session.connection().execute(delete(RESERVATION).where(_held(holder) & this))
    if quantity:
        _KEEP.many(session, [_reservation(desk, key, quantity, holder=holder)])


def _reservation(
    desk: Desk, key: tuple[int, int], quantity: int, *, holder: str = "", order_id: int | None = None
) -> dict[str, Any]:
    return {
        "item_id": key[0],
        "warehouse_id": key[1],
        "quantity": quantity,
        "holder": holder,
        "order_id": order_id,
        "heard_at": desk.now(),
        "by": desk.user.login,
    }


def _change_reserved(session: Session, changes: Wanted) -> bool:
    """Move the counters with the guard in the write itself, in key order; False when pieces are missing."""
    ordered = sorted(changes.items())
    less = [{"item": i, "place": p, "less": -n} for (i, p), n in ordered if n < 0]
    more = [{"item": i, "place": p, "more": n} for (i, p), n in ordered if n > 0]
    if less:
        _UNRESERVE.many(session, less)
    return _RESERVE.many(session, more) == len(more)


def make_firm(
    desk: Desk, session: Session, *, holder: str, order_id: int, wanted: Wanted, names: Mapping[int, str]
) -> None:
    """Turn a call's holds into an order's reservations, taking what more is needed; refused (STK-3) when short.

    Joins the caller's transaction. Quantities are already summed per item and warehouse.
    """
    held = _given_up(session, holder) if holder else {}
    changes = {key: wanted.get(key, 0) - held.get(key, 0) for key in {*wanted, *held}}
    if not _change_reserved(session, changes):
        _refuse_short(session, wanted, held, names)
    _KEEP.many(
        session, [_reservation(desk, key, count, order_id=order_id) for key, count in sorted(wanted.items()) if count]
    )


def change_firm(
    desk: Desk, session: Session, *, order_id: int, items: Collection[int], wanted: Wanted, names: Mapping[int, str]
) -> None:
    """Bring an order's reservations of these items to what it wants now; refused (STK-3) when pieces are missing."""
    mine = (RESERVATION.c.order_id == order_id) & RESERVATION.c.item_id.in_(sorted(items))
    columns = (RESERVATION.c.item_id, RESERVATION.c.warehouse_id, RESERVATION.c.quantity)
    held: dict[tuple[int, int], int] = {}
    for item_id, place, count in session.connection().execute(delete(RESERVATION).where(mine).returning(*columns)):
        held[item_id, place] = held.get((item_id, place), 0) + count
    changes = {key: wanted.get(key, 0) - held.get(key, 0) for key in {*wanted, *held}}
    if not _change_reserved(session, changes):
        _refuse_short(session, wanted, held, names)
    _KEEP.many(
        session, [_reservation(desk, key, count, order_id=order_id) for key, count in sorted(wanted.items()) if count]
    )


def _given_up(session: Session, holder: str) -> dict[tuple[int, int], int]:
    """Take a call's holds away and return them: what is given up is what was there, whoever changes it meanwhile."""
    return {(item_id, place): count for item_id, place, count in _GIVE_UP.rows(session, call=holder)}


def _refuse_short(session: Session, wanted: Wanted, held: Wanted, names: Mapping[int, str]) -> None:
    """Name the first item that is short: its counter is not yet ahead of its rows by what this order wants."""
    for (item_id, place), count in sorted(wanted.items()):
        promised = select(func.coalesce(func.sum(RESERVATION.c.quantity), 0)).where(
            RESERVATION.c.item_id == item_id, RESERVATION.c.warehouse_id == place
        )
        chosen = (STOCK.c.item_id == item_id) & (STOCK.c.warehouse_id == place)
        statement = select(STOCK.c.on_hand, STOCK.c.reserved, promised.scalar_subquery()).where(chosen)
        row = session.connection().execute(statement).first()
        on_hand, reserved, proved = row if row else (0, 0, 0)
        if reserved - proved != count:
            left = on_hand - reserved + held.get((item_id, place), 0)
            raise refused_short(names.get(item_id, str(item_id)), wanted=count, left=left, field="lines")
    raise refused_short(_("an item"), wanted=sum(wanted.values()), left=0, field="lines")


def release(session: Session, *, holder: str = "", order_id: int | None = None) -> int:
    """Give back what a call holds or an order has reserved; joins the caller's transaction; returns the pieces."""
    mine = RESERVATION.c.order_id == order_id if order_id else _held(holder)
    return _release_where(session, mine)


def _held(holder: str) -> Any:
    return (RESERVATION.c.holder == holder) & RESERVATION.c.order_id.is_(None)


def _release_where(session: Session, chosen: Any) -> int:
    columns = (RESERVATION.c.id, RESERVATION.c.item_id, RESERVATION.c.warehouse_id, RESERVATION.c.quantity)
    rows = session.connection().execute(select(*columns).where(chosen).with_for_update()).all()
    freed: dict[tuple[int, int], int] = {}
    for _id, item_id, place, count in rows:
        freed[item_id, place] = freed.get((item_id, place), 0) - count
    _change_reserved(session, freed)
    if rows:
        session.connection().execute(delete(RESERVATION).where(RESERVATION.c.id.in_([row[0] for row in rows])))
    return sum(row[3] for row in rows)


def release_lapsed_within(desk: Desk, session: Session, *, item_id: int | None = None) -> int:
    """Give back every hold whose desk was not heard of for the time the policy allows (STK-3), perhaps of one item.

    Joins the caller's transaction.
    """
    longest = timedelta(minutes=desk.policy.stock.hold_minutes)
    # A desk whose clock was far ahead was heard of in the future: its hold ends as well.
    silent = (RESERVATION.c.heard_at < desk.now() - longest) | (RESERVATION.c.heard_at > desk.now() + longest)
    lapsed = RESERVATION.c.order_id.is_(None) & silent
    return _release_where(session, lapsed if item_id is None else lapsed & (RESERVATION.c.item_id == item_id))


@action
def still_there(desk: Desk, session: Session, *, holder: str) -> None:
    """Note that a desk with an open call was heard of: its holds stay."""
    session.connection().execute(update(RESERVATION).where(_held(holder)).values(heard_at=desk.now()))


def post(
    desk: Desk, session: Session, moves: Iterable[tuple[int, int, int]], *, reason: str, document: str = ""
) -> int:
    """Write ledger entries (item, warehouse, pieces) and their counters; joins the caller's transaction (STK-2)."""
    rows = [
        {"item_id": item_id, "warehouse_id": place, "quantity": count,
         "reason": reason, "document": document, "at": desk.now(), "by": desk.user.login}
        for item_id, place, count in sorted(moves) if count
    ]  # fmt: skip
    if not rows:
        return 0
    session.connection().execute(insert(MOVEMENT), rows)
    counters = [{"item_id": r["item_id"], "warehouse_id": r["warehouse_id"], "on_hand": r["quantity"]} for r in rows]
    session.connection().execute(_upsert(session), counters)
    return len(rows)


def _upsert(session: Session) -> Any:
    dialect = postgresql if session.connection().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(STOCK).values(reserved=0, quarantined=0)
    more = {"on_hand": STOCK.c.on_hand + statement.excluded.on_hand}
    return statement.on_conflict_do_update(index_elements=["item_id", "warehouse_id"], set_=more)


@action
def repair(desk: Desk, session: Session) -> int:
    """Set every counter to what its rows prove and return how many were wrong (`check --fix`)."""
    wrong = queries.discrepancies(session)
    for found in wrong:
        chosen = (STOCK.c.item_id == found.item_id) & (STOCK.c.warehouse_id == found.warehouse_id)
        session.connection().execute(update(STOCK).where(chosen).values({found.counter: found.proved}))
    return len(wrong)
