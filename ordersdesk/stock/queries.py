"""Reads of stock for screens, commands and the order review."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, case, func, select, true
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.stock.rules import Shelf
from ordersdesk.stock.tables import KINDS, MAIN, Expected, Movement, Reservation, Stock, Warehouse

STOCK, WAREHOUSE = table_of(Stock), table_of(Warehouse)
RESERVATION, MOVEMENT, EXPECTED = table_of(Reservation), table_of(Movement), table_of(Expected)

_OFFERED = case({kind: place for place, kind in enumerate(KINDS)}, value=WAREHOUSE.c.kind)


@dataclass(frozen=True)
class Place:
    """A warehouse as lists show it."""

    id: int
    code: str
    name: str
    branch: str
    kind: str


def warehouses(session: Session) -> list[Place]:
    """Return all warehouses, main first."""
    columns = (WAREHOUSE.c.id, WAREHOUSE.c.code, WAREHOUSE.c.name, WAREHOUSE.c.branch, WAREHOUSE.c.kind)
    return [Place(*row) for row in session.connection().execute(select(*columns).order_by(_OFFERED, WAREHOUSE.c.code))]


def main_warehouse(desk: Desk, session: Session) -> int | None:
    """Return the warehouse this branch delivers from."""
    chosen = (WAREHOUSE.c.branch == desk.branch) & (WAREHOUSE.c.kind == MAIN)
    return session.connection().execute(select(WAREHOUSE.c.id).where(chosen).order_by(WAREHOUSE.c.id)).scalar()


_COMING = EXPECTED.c.item_id == STOCK.c.item_id, EXPECTED.c.warehouse_id == STOCK.c.warehouse_id
_SHELVES = Prepared(
    select(
        STOCK.c.item_id, WAREHOUSE.c.id, WAREHOUSE.c.name, WAREHOUSE.c.kind, STOCK.c.on_hand, STOCK.c.reserved,
        func.coalesce(select(func.sum(EXPECTED.c.quantity)).where(*_COMING).scalar_subquery(), 0),
        select(func.min(EXPECTED.c.due)).where(*_COMING).scalar_subquery(), STOCK.c.quarantined,
    )
    .join(WAREHOUSE, WAREHOUSE.c.id == STOCK.c.warehouse_id)
    .where(STOCK.c.item_id.in_(bindparam("items", expanding=True)))
    .order_by(_OFFERED, WAREHOUSE.c.code),
    lists=["items"],
)  # fmt: skip


def shelves(session: Session, item_ids: Collection[int]) -> dict[int, list[Shelf]]:
    """Return every warehouse's answer about these items, main first (STK-4)."""
    found: dict[int, list[Shelf]] = {item_id: [] for item_id in item_ids}
    for item_id, *shelf in _SHELVES.rows(session, items=item_ids):
        found[item_id].append(Shelf(*shelf))
    return found


def on_shelf(session: Session, warehouse_id: int, item_ids: Sequence[int], *, holder: str = "") -> dict[int, int]:
    """Return what one warehouse can promise to this holder: what is available and what it already holds."""
    chosen = (STOCK.c.warehouse_id == warehouse_id) & STOCK.c.item_id.in_(item_ids)
    rows = session.connection().execute(select(STOCK.c.item_id, STOCK.c.on_hand - STOCK.c.reserved).where(chosen))
    left = {item_id: pieces for item_id, pieces in rows}
    if holder:
        for (item_id, place), held in held_by(session, holder).items():
            if place == warehouse_id and item_id in left:
                left[item_id] += held
    return left


def free_at(session: Session, item_id: int, place: int, *, lock: bool = False) -> int:
    """Return what a warehouse has and has promised to nobody; with `lock`, whoever else writes there waits."""
    chosen = (STOCK.c.item_id == item_id) & (STOCK.c.warehouse_id == place)
    statement = select(STOCK.c.on_hand - STOCK.c.reserved).where(chosen)
    return int(session.connection().execute(statement.with_for_update() if lock else statement).scalar() or 0)


_LOCKED = Prepared(
    select(STOCK.c.item_id, STOCK.c.warehouse_id, STOCK.c.on_hand - STOCK.c.reserved)
    .where(STOCK.c.item_id.in_(bindparam("items", expanding=True)))
    .order_by(STOCK.c.item_id, STOCK.c.warehouse_id)
    .with_for_update(),
    lists=["items"],
)


def lock(session: Session, item_ids: Iterable[int]) -> dict[tuple[int, int], int]:
    """Let whoever else writes the stock of these items wait; return what is promised to nobody, by item and place.

    All of an act at once and in the order of their keys: nobody waits for one item holding another that is free.
    """
    return {(item_id, place): free for item_id, place, free in _LOCKED.rows(session, items=sorted(set(item_ids)))}


_HELD_BY = Prepared(
    select(RESERVATION.c.item_id, RESERVATION.c.warehouse_id, RESERVATION.c.quantity)
    .where(RESERVATION.c.holder == bindparam("call"), RESERVATION.c.order_id.is_(None))
)  # fmt: skip


def held_by(session: Session, holder: str) -> dict[tuple[int, int], int]:
    """Return what a call holds, by item and warehouse."""
    return {(item_id, place): count for item_id, place, count in _HELD_BY.rows(session, call=holder)}


@dataclass(frozen=True)
class Discrepancy:
    """A counter that its rows do not prove."""

    item_id: int
    warehouse_id: int
    counter: str
    stored: int
    proved: int


def discrepancies(session: Session) -> list[Discrepancy]:
    """Prove every counter: on hand and quarantined from the ledger, reserved from reservations (STK-1…3)."""
    wrong: list[Discrepancy] = []
    aside = MOVEMENT.c.quarantine
    for counter, table, rows in (
        ("on_hand", MOVEMENT, ~aside),
        ("quarantined", MOVEMENT, aside),
        ("reserved", RESERVATION, true()),
    ):
        key = (table.c.item_id, table.c.warehouse_id)
        proof = select(*key, func.sum(table.c.quantity).label("proved")).where(rows).group_by(*key).subquery()
        same = and_(proof.c.item_id == STOCK.c.item_id, proof.c.warehouse_id == STOCK.c.warehouse_id)
        proved = func.coalesce(proof.c.proved, 0)
        stored = STOCK.c[counter]
        statement = select(STOCK.c.item_id, STOCK.c.warehouse_id, stored, proved).outerjoin(proof, same)
        for item_id, warehouse_id, value, truth in session.connection().execute(statement.where(stored != proved)):
            wrong.append(Discrepancy(item_id, warehouse_id, counter, value, int(truth)))
    return wrong
