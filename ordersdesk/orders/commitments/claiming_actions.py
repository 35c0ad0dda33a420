"""Claims of orders for a later day become reservations when their day has come, the first ordered first (STK-3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import CursorResult, update
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import record
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.language import N_, ngettext
from ordersdesk.orders.assessment.case import Line
from ordersdesk.orders.commitments.renewal_actions import promise_anew
from ordersdesk.orders.model.agreed_queries import agreed_lines
from ordersdesk.orders.model.queries import LINE, ORDER, Summary, by_id
from ordersdesk.orders.notices.actions import tell
from ordersdesk.orders.promise.claim_queries import claimable, due
from ordersdesk.orders.promise.rules import SHORT
from ordersdesk.orders.terms.agreed import Agreed
from ordersdesk.orders.terms.flow import ORDER_FLOW
from ordersdesk.stock.actions import make_firm
from ordersdesk.stock.queries import lock, shelves
from ordersdesk.stock.rules import Shelf, Shortage, refused_short, sources

RESERVED = N_("goods reserved")
MISSING = N_("{pieces} of {item} for {number}, promised for {day}, are not there: they must be ordered.")


@dataclass(frozen=True)
class Reserved:
    """An order whose day has come: the pieces that are reserved for it now, and those that are missing."""

    order: str
    customer: str
    pieces: int
    missing: int


@action
def reserve_due(desk: Desk, session: Session) -> list[Reserved]:
    """Reserve the goods of every order for a later day whose day has come; safe to do again at any time."""
    return reserve_due_within(desk, session)


def reserve_due_within(desk: Desk, session: Session) -> list[Reserved]:
    """Do the same in the caller's transaction, before it takes goods itself: nobody overtakes those who came first."""
    return [_reserved(desk, session, by_id(session, each)) for each in due(desk, session, lock=True)]


def refuse_overclaimed(desk: Desk, session: Session, order_id: int, lines: Sequence[Line]) -> None:
    """Refuse (STK-3) what others have claimed meanwhile; whoever claims the same goods at this moment waits here."""
    wanted: dict[int, int] = {}
    for line in lines:
        if line.ware:
            wanted[line.ware.id] = wanted.get(line.ware.id, 0) + line.quantity - line.short
    lock(session, wanted)
    day = by_id(session, order_id).leaves_on
    left = claimable(desk, session, wanted, day or desk.today(), without=order_id)
    for ware in (line.ware for line in lines if line.ware):
        if wanted[ware.id] > left[ware.id]:
            raise refused_short(ware.name, wanted=wanted[ware.id], left=left[ware.id], field="lines")


def _reserved(desk: Desk, session: Session, head: Summary) -> Reserved:
    lines = agreed_lines(session, head.id)
    items = sorted({line.item_id for line in lines})
    lock(session, items)
    there = shelves(session, items)
    taken: dict[tuple[int, int], int] = {}
    elsewhere = desk.policy.stock.warehouse_order
    short = {line.id: _take(line, there[line.item_id], elsewhere, taken) for line in lines if line.quantity}
    done = session.connection().execute(
        update(ORDER).where(ORDER.c.id == head.id, ORDER.c.reserve_on.is_not(None)).values(reserve_on=None)
    )
    if cast("CursorResult[Any]", done).rowcount != 1:
        return Reserved(head.number, head.customer_name, 0, 0)
    make_firm(desk, session, holder="", order_id=head.id, wanted=taken, names={})
    _write(session, lines, short)
    pieces, missing = sum(taken.values()), sum(short.values())
    note = ngettext("{count} piece", "{count} pieces", pieces).format(count=pieces)
    details = {"reserved": pieces, "missing": missing}
    record(desk, session, ORDER_FLOW.kind, head.id, RESERVED, rule="STK-3", note=note, details=details)
    for line in lines:
        if short.get(line.id, 0) > _known(line):
            _tell(desk, session, head, line, short[line.id])
    if missing and head.state == "confirmed":
        promise_anew(desk, session, head.id, because=SHORT)
    return Reserved(head.number, head.customer_name, pieces, missing)


def _take(line: Agreed, there: Sequence[Shelf], order: Sequence[str], taken: dict[tuple[int, int], int]) -> int:
    """Take what the main warehouse has, a transfer where it comes from; return the pieces that are not here."""
    left = line.quantity
    for shelf in there:
        if shelf.is_main:
            at = (line.item_id, shelf.warehouse_id)
            share = max(0, min(left, shelf.available - taken.get(at, 0)))
            taken[at] = taken.get(at, 0) + share
            left -= share
    if line.shortage == Shortage.TRANSFER:
        for shelf, share in sources(there, left, order):
            at = (line.item_id, shelf.warehouse_id)
            taken[at] = taken.get(at, 0) + min(share, max(0, shelf.available - taken.get(at, 0)))
    return left


def _known(line: Agreed) -> int:
    """Return the pieces the agent knew would be missing and chose a way for."""
    return 0 if line.shortage in ("", Shortage.LEAVE) else line.short


def _write(session: Session, lines: Sequence[Agreed], short: dict[int | None, int]) -> None:
    for line in lines:
        missing = short.get(line.id, 0)
        way = line.shortage if line.shortage not in ("", Shortage.LEAVE) else Shortage.PARTIAL.value
        values = {"short": missing, "shortage": way if missing else line.shortage}
        if not missing and line.shortage == Shortage.LEAVE:
            values["short"] = line.short
        session.connection().execute(update(LINE).where(LINE.c.id == line.id).values(values))


def _tell(desk: Desk, session: Session, head: Summary, line: Agreed, missing: int) -> None:
    """The agent tells the customer, purchasing orders what is missing."""
    day = [f"{head.promised_on}", head.promised_part]
    facts = {"pieces": missing, "item": line.full_name, "number": head.number, "day": day}
    tell(desk, session, head, rule="STK-3", text=MISSING, facts=facts, login=head.agent)
    tell(desk, session, head, rule="STK-3", text=MISSING, facts=facts, role=str(Role.PURCHASING))
