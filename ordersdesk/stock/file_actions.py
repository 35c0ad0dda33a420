"""Stock as a file tells it: counted pieces go through the ledger, goods on order are replaced (FIL-1, STK-1, STK-2)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from sqlalchemy import CursorResult, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.stock.actions import post
from ordersdesk.stock.queries import EXPECTED, STOCK, WAREHOUSE

REASON = "file"
Place = tuple[int, int]  # item, warehouse


class Coming(NamedTuple):
    """Pieces on order and the day they should be here."""

    quantity: int
    due: date


def counters(session: Session, item_ids: Collection[int]) -> dict[Place, tuple[int, int]]:
    """Return pieces on hand and reserved of these items, by item and warehouse."""
    found: dict[Place, tuple[int, int]] = {}
    columns = (STOCK.c.item_id, STOCK.c.warehouse_id, STOCK.c.on_hand, STOCK.c.reserved)
    for piece in chunks(sorted(item_ids)):
        rows = session.connection().execute(select(*columns).where(STOCK.c.item_id.in_(piece)))
        found |= {(item, place): (hand, held) for item, place, hand, held in rows}
    return found


def coming(session: Session, item_ids: Collection[int]) -> dict[Place, list[Coming]]:
    """Return what files said is on order, by item and warehouse."""
    found: dict[Place, list[Coming]] = {}
    columns = (EXPECTED.c.item_id, EXPECTED.c.warehouse_id, EXPECTED.c.quantity, EXPECTED.c.due)
    for piece in chunks(sorted(item_ids)):
        chosen = EXPECTED.c.item_id.in_(piece) & (EXPECTED.c.source == REASON)
        for item, place, quantity, due in session.connection().execute(select(*columns).where(chosen)):
            found.setdefault((item, place), []).append(Coming(quantity, due))
    return found


def set_on_hand(desk: Desk, session: Session, wanted: Mapping[Place, int]) -> int:
    """Post what differs from the pieces counted and return how many places changed; joins the caller's transaction."""
    held = counters(session, {item for item, _place in wanted})
    moves = [(*key, pieces - held.get(key, (0, 0))[0]) for key, pieces in wanted.items()]
    _open_shelves(session, [key for key in wanted if key not in held])
    return post(desk, session, moves, reason=REASON)


def _open_shelves(session: Session, places: Sequence[Place]) -> None:
    """Give every place a counter: nought pieces of an item are an answer too (STK-4)."""
    dialect = postgresql if session.connection().dialect.name == "postgresql" else sqlite
    rows = [{"item_id": i, "warehouse_id": p, "on_hand": 0, "reserved": 0, "quarantined": 0} for i, p in sorted(places)]
    if rows:
        session.connection().execute(dialect.insert(STOCK).on_conflict_do_nothing(), rows)


def places(session: Session, item_ids: Collection[int]) -> dict[Place, str]:
    """Return where these items lie, by item and warehouse."""
    found: dict[Place, str] = {}
    columns = (STOCK.c.item_id, STOCK.c.warehouse_id, STOCK.c.place)
    for piece in chunks(sorted(item_ids)):
        rows = session.connection().execute(select(*columns).where(STOCK.c.item_id.in_(piece)))
        found |= {(item, warehouse): place for item, warehouse, place in rows}
    return found


def set_places(session: Session, wanted: Mapping[Place, str]) -> None:
    """Write down where items lie now (SLP-4); joins the caller's transaction."""
    held = places(session, {item for item, _warehouse in wanted})
    for (item, warehouse), place in sorted(wanted.items()):
        if held.get((item, warehouse)) != place:
            mine = (STOCK.c.item_id == item) & (STOCK.c.warehouse_id == warehouse)
            session.connection().execute(update(STOCK).where(mine).values(place=place))


def set_coming(session: Session, wanted: Mapping[Place, Coming | None]) -> None:
    """Replace what files said is on order; joins the caller's transaction."""
    connection = session.connection()
    held = coming(session, {item for item, _place in wanted})
    for item, place in held.keys() & wanted.keys():
        chosen = (EXPECTED.c.item_id == item) & (EXPECTED.c.warehouse_id == place) & (EXPECTED.c.source == REASON)
        connection.execute(delete(EXPECTED).where(chosen))
    rows = [
        {"item_id": item, "warehouse_id": place, "quantity": said.quantity, "due": said.due, "source": REASON}
        for (item, place), said in wanted.items()
        if said and said.quantity
    ]
    if rows:
        connection.execute(insert(EXPECTED), rows)


def add_warehouses(desk: Desk, session: Session, rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Add warehouses (code, name, kind) of this branch and return their ids; joins the caller's transaction."""
    ids: dict[str, int] = {}
    for row in rows:
        result = session.connection().execute(insert(WAREHOUSE), {**row, "branch": desk.branch})
        ids[row["code"]] = int(cast("CursorResult[Any]", result).inserted_primary_key[0])  # type: ignore[index]
    return ids
