"""What slips do to their orders: how far each line's pieces are (ORD-3, SLP-1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, and_, bindparam, case, select, update
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Held, record, stale
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.model.queries import LINE, ORDER, WAITS
from ordersdesk.orders.terms.delivery_status import delivery_track
from ordersdesk.orders.terms.flow import ORDER_FLOW
from ordersdesk.stock.rules import Shortage


@dataclass(frozen=True)
class Moved:
    """By how much the counters of a line change; pieces that come back are negative."""

    allocated: int = 0
    released: int = 0
    shipped: int = 0
    delivered: int = 0
    short: int = 0

    def __neg__(self) -> Moved:
        """Return what takes this back."""
        return Moved(-self.allocated, -self.released, -self.shipped, -self.delivered, -self.short)


@dataclass(frozen=True)
class Progress:
    """What happens to one order: its lines by id, what its story says, and what else is kept of it."""

    moved: Mapping[int, Moved]
    note: str
    details: Mapping[str, Any]


@dataclass(frozen=True)
class _Line:
    quantity: int
    allocated: int
    released: int
    delivered: int


_COUNTERS = ("allocated", "released", "shipped", "delivered", "short")
_SHORTER = bindparam("more_short", type_=Integer)
_NEW = {name: LINE.c[name] + bindparam(f"more_{name}") for name in _COUNTERS[:-1]}
_WAITS = WAITS + _SHORTER
_CHOSEN = LINE.c.shortage.in_(("", Shortage.LEAVE.value))
# What was left out stays so until the line waits for something again; then the rest comes by itself (SLP-4).
_SHORT = {
    "short": case((_SHORTER == 0, LINE.c.short), else_=_WAITS),
    "shortage": case((and_(_SHORTER > 0, _CHOSEN), Shortage.PARTIAL.value), else_=LINE.c.shortage),
}
# Each among those before it, and what waits for goods is on no slip: said in the write, whoever else writes.
_NESTED = (
    _NEW["delivered"] >= 0,
    _NEW["shipped"] >= _NEW["delivered"],
    _NEW["released"] >= _NEW["shipped"],
    _NEW["allocated"] >= _NEW["released"],
    _WAITS >= 0,
    LINE.c.quantity >= _NEW["allocated"] + _WAITS,
)
_MINE = (LINE.c.id == bindparam("line"), LINE.c.order_id == bindparam("of"))
_MOVE = Prepared(update(LINE).where(*_MINE, *_NESTED).values(_NEW | _SHORT))
_STEP = Prepared(
    update(ORDER)
    .where(ORDER.c.id == bindparam("order"), ORDER.c.version == bindparam("was"))
    .values(
        delivery=bindparam("track"), version=bindparam("was") + 1,
        changed_at=bindparam("at"), changed_by=bindparam("by_whom"),
    )
)  # fmt: skip


def fulfil(
    desk: Desk,
    session: Session,
    order_id: int,
    moved: Mapping[int, Moved],
    *,
    note: str,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Move the counters of an order's lines with what a slip does, in the caller's transaction (ORD-3)."""
    fulfil_many(desk, session, {order_id: Progress(moved, note, details or {})})


def fulfil_many(desk: Desk, session: Session, done: Mapping[int, Progress]) -> None:
    """Do the same for many orders at once: refused (SLP-1) when pieces are missing, stale when an order moved on."""
    heads = {head.id: head for head in _locked(session, done)}
    verb = ORDER_FLOW.verb("fulfil")
    for head in heads.values():
        ORDER_FLOW.check(verb, roles=desk.user.roles, state=head.state, number=head.number)
    _move(session, done, heads)
    tracks = _tracks(session, done)
    now, who = desk.now(), desk.user.login
    steps = [
        {"order": head.id, "was": head.version, "track": tracks[head.id], "at": now, "by_whom": who}
        for head in heads.values()
    ]
    if steps and _STEP.many(session, steps) != len(steps):
        raise stale(next(iter(heads.values())).number)
    for head in heads.values():
        told = done[head.id]
        record(
            desk, session, ORDER_FLOW.kind, head.id, "fulfil",
            from_state=head.state, to_state=head.state, rule=verb.rule, note=told.note, details=told.details,
        )  # fmt: skip


def _locked(session: Session, order_ids: Iterable[int]) -> list[Held]:
    """Read heads for writing, by id, so that two who move the same orders wait and do not lock each other out."""
    columns = (ORDER.c.id, ORDER.c.number, ORDER.c.state, ORDER.c.version)
    found: list[Held] = []
    for part in chunks(sorted(order_ids)):
        chosen = select(*columns).where(ORDER.c.id.in_(part)).order_by(ORDER.c.id).with_for_update()
        found += [Held(*row) for row in session.connection().execute(chosen)]
    return found


def _move(session: Session, done: Mapping[int, Progress], heads: Mapping[int, Held]) -> None:
    rows = [
        {"line": line_id, "of": order_id} | {f"more_{name}": getattr(moved, name) for name in _COUNTERS}
        for order_id, told in sorted(done.items())
        for line_id, moved in sorted(told.moved.items())
    ]
    if rows and _MOVE.many(session, rows) != len(rows):
        raise _too_many(next(iter(heads.values())).number)


def _tracks(session: Session, order_ids: Iterable[int]) -> dict[int, str]:
    columns = (LINE.c.order_id, LINE.c.quantity, LINE.c.allocated, LINE.c.released, LINE.c.delivered)
    lines: dict[int, list[_Line]] = {order_id: [] for order_id in order_ids}
    for part in chunks(sorted(lines)):
        for order_id, *counts in session.connection().execute(select(*columns).where(LINE.c.order_id.in_(part))):
            lines[order_id].append(_Line(*counts))
    return {order_id: delivery_track(mine) for order_id, mine in lines.items()}


def _too_many(what: str) -> Refused:
    return Refused(
        "SLP-1",
        _("{what}: there are not so many pieces left for that.").format(what=what),
        mend=_("Look at the order again: somebody else moved its goods meanwhile."),
        field="lines",
    )
