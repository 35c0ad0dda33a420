"""Reads of trouble on the road: one, and the list of those nobody has finished with (DLV-8)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import or_, select
from sqlmodel import Session

from ordersdesk.delivery.model.tables import Trouble
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Held, table_of
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.model.queries import ORDER

TROUBLE = table_of(Trouble)
OPEN = ("noted", "told", "claimed")


@dataclass(frozen=True)
class TroubleRow:
    """Everything a trouble says of itself."""

    id: int
    number: str
    state: str
    version: int
    slip_id: int
    slip_number: str
    order_id: int
    customer_name: str
    kind: str
    cause: str
    note: str
    told_by: str
    told_at: datetime | None
    claim_on: str
    claimed: Decimal
    settled: Decimal | None
    created_at: datetime
    created_by: str


_ROW = tuple(TROUBLE.c[name] for name in TroubleRow.__dataclass_fields__)


def held_trouble(desk: Desk, session: Session, number: str) -> TroubleRow:
    """Return one trouble; refused (DLV-8) when there is none with this number."""
    mine = (TROUBLE.c.branch == desk.branch) & (TROUBLE.c.number == number.strip().upper())
    row = session.connection().execute(select(*_ROW).where(mine)).first()
    if row is None:
        raise Refused(
            "DLV-8",
            _("There is no trouble {number}.").format(number=number[:40]),
            mend=_("`ordersdesk trouble list` names those there are."),
            field="number",
        )
    return TroubleRow(*row)


def held(trouble: TroubleRow) -> Held:
    """Return what a step along the flow needs to know of a trouble."""
    return Held(id=trouble.id, number=trouble.number, state=trouble.state, version=trouble.version)


def troubles(
    desk: Desk,
    *,
    state: str | Collection[str] = OPEN,
    kind: str = "",
    slip: str = "",
    agent: str = "",
    limit: int = 200,
) -> list[TroubleRow]:
    """Return troubles, oldest first; unless states are named, those somebody has to do with or must still be told."""
    states = (state,) if isinstance(state, str) else tuple(state)
    chosen = select(*_ROW).where(TROUBLE.c.branch == desk.branch)
    if any(states):
        untold = [TROUBLE.c.told_at.is_(None)] if states == OPEN else []
        chosen = chosen.where(or_(TROUBLE.c.state.in_(states), *untold))
    if kind:
        chosen = chosen.where(TROUBLE.c.kind == kind)
    if agent:
        chosen = chosen.where(TROUBLE.c.order_id.in_(select(ORDER.c.id).where(ORDER.c.agent == agent)))
    if slip:
        chosen = chosen.where(TROUBLE.c.slip_number == slip.strip().upper())
    with desk.reading() as session:
        return [TroubleRow(*row) for row in session.connection().execute(chosen.order_by(TROUBLE.c.id).limit(limit))]
