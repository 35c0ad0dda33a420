"""Reads of the promise ledger: of one order, of a day, with the share that was kept (DLV-5, DLV-7)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.foundation.texts.money import rounded
from ordersdesk.orders.model.tables import Order, Promised
from ordersdesk.orders.promise.rules import Due, is_over
from ordersdesk.orders.terms.reasons import said_of
from ordersdesk.orders.terms.receiving_hours import Part

ORDER, PROMISE = table_of(Order), table_of(Promised)
STANDING = ("open", "late")
BROKEN = ("broken", "late")


@dataclass(frozen=True)
class PromiseRow:
    """One promise about an order; an open one of which the time is over is late."""

    order: str
    customer: str
    agent: str
    promised_on: date
    promised_part: Part
    latest: str
    because: str
    explanation: str
    said_at: datetime
    said_by: str
    outcome: str
    ended_at: datetime | None


@dataclass(frozen=True)
class PromiseFilter:
    """Which promises are wanted; no outcome means those that stand: open and late ones."""

    outcomes: tuple[str, ...] = STANDING
    on: date | None = None
    agent: str = ""
    order: str = ""


@dataclass(frozen=True)
class Share:
    """How many promises were kept, and how many were not or are late by now."""

    kept: int
    broken: int
    late: int

    @property
    def percent(self) -> Decimal | None:
        """Return the share kept in percent; nothing when none was due yet."""
        due = self.kept + self.broken + self.late
        return rounded(Decimal(100 * self.kept) / due) if due else None


_ROW = (
    ORDER.c.number, ORDER.c.customer_name, ORDER.c.agent, PROMISE.c.promised_on, PROMISE.c.promised_part,
    PROMISE.c.latest, PROMISE.c.because, PROMISE.c.explanation, PROMISE.c.said_at, PROMISE.c.said_by, PROMISE.c.outcome,
    PROMISE.c.ended_at,
)  # fmt: skip


def over(desk: Desk, table: Any) -> ColumnElement[bool]:
    """Say in SQL that the promised day, part or latest time is over where the branch is."""
    today, now = desk.today(), desk.local()
    parts = [part for part in ("morning", "afternoon") if is_over(Due(today, part), now, desk.policy)]
    timed = and_(table.c.latest != "", table.c.latest < f"{now:%H:%M}")
    past = or_(table.c.promised_on < today, table.c.promised_part.in_(parts), timed)
    return and_(table.c.promised_on <= today, past)


def promises(desk: Desk, wanted: PromiseFilter, *, limit: int = 100) -> list[PromiseRow]:
    """Return promises, those due first at the top."""
    chosen = select(*_ROW).join(ORDER, ORDER.c.id == PROMISE.c.order_id)
    chosen = chosen.where(*_mine(desk, wanted), _outcome(desk, wanted))
    chosen = chosen.order_by(PROMISE.c.promised_on, PROMISE.c.promised_part, PROMISE.c.id).limit(limit)
    with desk.reading() as session:
        return [_shown(desk, PromiseRow(*row)) for row in session.connection().execute(chosen)]


def share(desk: Desk, wanted: PromiseFilter) -> Share:
    """Count what became of the promises of a filter, whatever their outcome."""
    late = and_(PROMISE.c.outcome == "open", over(desk, PROMISE))
    counted = select(PROMISE.c.outcome, late, func.count()).join(ORDER, ORDER.c.id == PROMISE.c.order_id)
    counted = counted.where(*_mine(desk, wanted)).group_by(PROMISE.c.outcome, late)
    with desk.reading() as session:
        found = {(row[0], bool(row[1])): row[2] for row in session.connection().execute(counted)}
    return Share(found.get(("kept", False), 0), found.get(("broken", False), 0), found.get(("open", True), 0))


def of_order(desk: Desk, session: Session, order_id: int) -> tuple[PromiseRow, ...]:
    """Return every promise about an order, the first one first."""
    chosen = select(*_ROW).join(ORDER, ORDER.c.id == PROMISE.c.order_id).where(PROMISE.c.order_id == order_id)
    rows = session.connection().execute(chosen.order_by(PROMISE.c.id))
    return tuple(_shown(desk, PromiseRow(*row)) for row in rows)


def outcomes_of(session: Session, order_ids: Collection[int]) -> dict[int, str]:
    """Return what became of the last promise of some orders."""
    chosen = select(PROMISE.c.order_id, PROMISE.c.outcome).where(PROMISE.c.order_id.in_(order_ids))
    return {row[0]: row[1] for row in session.connection().execute(chosen.order_by(PROMISE.c.id))}


def _shown(desk: Desk, row: PromiseRow) -> PromiseRow:
    due = Due(row.promised_on, row.promised_part, row.latest)
    is_late = row.outcome == "open" and is_over(due, desk.local(), desk.policy)
    told = said_of(row.explanation, row.promised_on, row.promised_part)
    return replace(row, explanation=told, outcome="late" if is_late else row.outcome)


def _mine(desk: Desk, wanted: PromiseFilter) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = [PROMISE.c.branch == desk.branch]
    if wanted.on:
        parts.append(PROMISE.c.promised_on == wanted.on)
    if wanted.agent:
        parts.append(ORDER.c.agent == wanted.agent)
    if wanted.order:
        parts.append(ORDER.c.number == wanted.order.strip().upper())
    return parts


def _outcome(desk: Desk, wanted: PromiseFilter) -> ColumnElement[bool]:
    """Say in SQL which outcomes are wanted; late ones are open ones whose time is over."""
    ended = PROMISE.c.outcome.in_([name for name in wanted.outcomes if name not in STANDING])
    is_open = PROMISE.c.outcome == "open"
    if set(STANDING) <= set(wanted.outcomes):
        return or_(ended, is_open)
    if "late" in wanted.outcomes:
        return or_(ended, and_(is_open, over(desk, PROMISE)))
    return or_(ended, and_(is_open, ~over(desk, PROMISE))) if "open" in wanted.outcomes else ended
