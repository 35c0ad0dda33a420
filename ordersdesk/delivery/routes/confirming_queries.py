"""Which slips are a first delivery that nobody has confirmed with the customer yet (CUS-14)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlmodel import Session

from ordersdesk.delivery.model.queries import OPEN, SLIP
from ordersdesk.delivery.model.views import SlipRow
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.model.queries import ORDER

_ROW = tuple(SLIP.c[name] for name in SlipRow.__dataclass_fields__)
# Goods came to the customer before, or a file says so.
_KNOWN = exists().where(
    ORDER.c.customer_id == SLIP.c.customer_id, ORDER.c.delivery.in_(("partly delivered", "delivered"))
)


def unconfirmed(desk: Desk, session: Session, slip_ids: Sequence[int]) -> list[SlipRow]:
    """Return those of some slips."""
    chosen = select(*_ROW).where(SLIP.c.id.in_(slip_ids), SLIP.c.confirmed_at.is_(None), ~_KNOWN)
    return [SlipRow(*row) for row in session.connection().execute(chosen.order_by(SLIP.c.id))]


def to_confirm(desk: Desk, *, limit: int = 100) -> list[SlipRow]:
    """Return the slips of the branch that wait for it, what leaves first on top."""
    waits = (SLIP.c.branch == desk.branch) & SLIP.c.state.in_(OPEN) & SLIP.c.left_at.is_(None)
    chosen = select(*_ROW).where(waits, SLIP.c.confirmed_at.is_(None), ~_KNOWN)
    with desk.reading() as session:
        rows = session.connection().execute(chosen.order_by(SLIP.c.leaves_on, SLIP.c.wave, SLIP.c.id).limit(limit))
        return [SlipRow(*row) for row in rows]
