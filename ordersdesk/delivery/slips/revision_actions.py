"""A slip not yet printed is written anew: other goods, another address, another share of fee and deposit (CHG-3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, insert
from sqlmodel import Session

from ordersdesk.delivery.model.flow import SLIP_FLOW
from ordersdesk.delivery.model.picking_queries import weighed
from ordersdesk.delivery.model.queries import SLIP_LINE, held, of_orders
from ordersdesk.delivery.model.rules import NOTHING, totals
from ordersdesk.delivery.model.tables import Slip
from ordersdesk.delivery.model.views import SlipView
from ordersdesk.delivery.slips import allocating_queries as reads
from ordersdesk.delivery.slips.allocating_rules import Picked, Wanted
from ordersdesk.delivery.slips.creation_actions import AS_ORDERED, carriage, line_rows
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import advance
from ordersdesk.foundation.texts.language import N_, _

FOLLOWED = N_("It follows its order.")


def rewrite(
    desk: Desk,
    session: Session,
    slip: SlipView,
    order: Wanted,
    goods: Sequence[Picked],
    leaving: tuple[date, str],
    *,
    note: str = "",
) -> bool:
    """Bring a made slip to what its order says now; joins the caller's transaction; False when nothing differs.

    The counters of the order's lines are the caller's to move.
    """
    columns = _columns(desk, session, slip, order, goods, leaving)
    changes = {name: value for name, value in columns.items() if value != getattr(slip.head, name)}
    if changes.keys() & {"contact", "phone", "address"}:
        changes["confirmed_at"] = None  # what was confirmed was said of another place (CUS-14)
    rows = line_rows(slip.head.id, goods)
    same_lines = rows == [_as_row(line) for line in slip.lines]
    if not changes and same_lines:
        return False
    details: dict[str, Any] = {"changed": sorted(changes), "lines": [[row["code"], row["pieces"]] for row in rows]}
    said = note or _(FOLLOWED)
    advance(desk, session, SLIP_FLOW, Slip, held(slip.head), "adjust", changes=changes, note=said, details=details)
    if not same_lines:
        session.connection().execute(delete(SLIP_LINE).where(SLIP_LINE.c.slip_id == slip.head.id))
        session.connection().execute(insert(SLIP_LINE), rows)
    return True


def settle_money(desk: Desk, session: Session, order_id: int) -> None:
    """Let the slips not yet printed carry what of fee and deposit no other slip carries any more (DLV-1)."""
    order = next(iter(reads.by_ids(session, [order_id])))
    for slip in of_orders(session, [order_id], states=("made",), lock=True):
        sums = _sums(desk, session, slip, order, weighed(session, slip.head.id))
        changes = {name: value for name, value in sums.items() if value != getattr(slip.head, name)}
        if changes:
            note, details = _(FOLLOWED), {"changed": sorted(changes)}
            advance(
                desk, session, SLIP_FLOW, Slip, held(slip.head), "adjust", changes=changes, note=note, details=details
            )


def _columns(
    desk: Desk, session: Session, slip: SlipView, order: Wanted, goods: Sequence[Picked], leaving: tuple[date, str]
) -> dict[str, Any]:
    sums = _sums(desk, session, slip, order, goods)
    same: Mapping[str, Any] = {name: getattr(order, name) for name in AS_ORDERED}
    way, _warning = carriage(desk, order.region, sums, leaving[0], order.promised_on)
    return {**same, **sums, **way, "leaves_on": leaving[0], "wave": leaving[1]}


def _sums(desk: Desk, session: Session, slip: SlipView, order: Wanted, goods: Sequence[Any]) -> dict[str, Any]:
    others = reads.carried(session, [order.id], without=slip.head.id).get(order.id, (NOTHING, NOTHING))
    left = order.money_in - others[1]
    return totals(goods, fee=order.fee - others[0], deposit=left, policy=desk.policy)


def _as_row(line: Any) -> dict[str, Any]:
    names = (
        "slip_id", "order_line_id", "position", "item_id", "code", "name", "spec", "unit", "pieces", "asked", "price",
        "amount", "note", "valuable", "refused", "refused_why", "brand", "model", "colour",
    )  # fmt: skip
    return {name: getattr(line, name) for name in names}
