"""What customers usually buy: added to by every order, read by the intake (CAL-4, JOY-5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import ModuleType
from typing import Any

from sqlalchemy import case as when
from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.orders.assessment.case import Case
from ordersdesk.orders.model.queries import USUAL


def habits(case: Case, today: date) -> list[dict[str, Any]]:
    """Return what an order adds to what its customer usually buys."""
    assert case.buyer is not None
    customer = case.buyer.id
    return [
        {"customer_id": customer, "item_id": item_id, "orders": 1, "pieces": pieces, "last_on": today}
        for item_id, pieces in sorted(case.quantities().items())
    ]


def remember(session: Session, bought: Sequence[Mapping[str, Any]]) -> None:
    """Add to what customers usually buy; joins the caller's transaction (CAL-4)."""
    _REMEMBER[session.get_bind().dialect.name].many(session, bought)


def forget(session: Session, customer_id: int, basket: Mapping[int, int]) -> None:
    """Take back what an order that does not stand added: items with their pieces; joins the caller's transaction."""
    adjust(session, customer_id, {item_id: (-1, -pieces) for item_id, pieces in basket.items()})


def adjust(session: Session, customer_id: int, changes: Mapping[int, tuple[int, int]]) -> None:
    """Add orders and pieces, also fewer of them, to items a customer has bought; what is left at nought goes."""
    for item_id, (orders, pieces) in sorted(changes.items()):
        mine = (USUAL.c.customer_id == customer_id) & (USUAL.c.item_id == item_id)
        fewer = {"orders": USUAL.c.orders + orders, "pieces": USUAL.c.pieces + pieces}
        session.connection().execute(update(USUAL).where(mine).values(fewer))
        session.connection().execute(delete(USUAL).where(mine, USUAL.c.orders <= 0))


def _upsert(dialect: ModuleType) -> Prepared:
    statement = dialect.insert(USUAL)
    later = {
        "orders": USUAL.c.orders + statement.excluded.orders,
        "pieces": USUAL.c.pieces + statement.excluded.pieces,
        # Past orders may come in after later ones.
        "last_on": when(
            (USUAL.c.last_on > statement.excluded.last_on, USUAL.c.last_on), else_=statement.excluded.last_on
        ),
    }
    return Prepared(statement.on_conflict_do_update(index_elements=["customer_id", "item_id"], set_=later))


_REMEMBER = {"sqlite": _upsert(sqlite), "postgresql": _upsert(postgresql)}
