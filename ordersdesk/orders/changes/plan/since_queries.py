"""From where each level of changes measures: the order as it was last approved at it, or confirmed (CHG-2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.foundation.documents.document import Timeline, table_of
from ordersdesk.orders.changes.plan.rules import Base, Level
from ordersdesk.orders.model.tables import ChangeRequest
from ordersdesk.orders.terms.flow import ORDER_FLOW

_TIMELINE, _CHANGE = table_of(Timeline), table_of(ChangeRequest)
_STEPS = ("enter", "clear", "approve", "wait", "change")
_RANK = {level: place for place, level in enumerate(Level)}
Step = tuple[str, Decimal, Decimal]
"""The level of a change that was made, and the total before and after it."""


def since(session: Session, order_id: int, total: Decimal) -> dict[Level, Base]:
    """Return, for the levels that weigh amounts, the total an order had then and what changes moved since."""
    made = _made(session, _numbers(session, order_id))
    return {level: _base(level, made, total) for level in (Level.MAJOR, Level.TOP)}


def _base(level: Level, made: Sequence[Step], total: Decimal) -> Base:
    approved = [place for place, step in enumerate(made) if _RANK[Level(step[0])] >= _RANK[level]]
    later = made[approved[-1] + 1 :] if approved else made
    moved = sum((after - before for _level, before, after in later), Decimal("0.00"))
    return Base(later[0][1] if later else total, moved)


def _numbers(session: Session, order_id: int) -> list[str]:
    """Name the requests that changed an order since it was confirmed; that it waited since is no new confirmation."""
    mine = (_TIMELINE.c.kind == ORDER_FLOW.kind) & (_TIMELINE.c.document_id == order_id)
    steps = select(_TIMELINE.c.verb, _TIMELINE.c.details).where(mine, _TIMELINE.c.verb.in_(_STEPS))
    rows = session.connection().execute(steps.order_by(_TIMELINE.c.id)).all()
    return _since_confirmed((row[0], row[1]) for row in rows)


def _since_confirmed(story: Iterable[tuple[str, dict[str, Any]]]) -> list[str]:
    found: list[str] = []
    waited = False
    for verb, details in story:
        if verb == "enter" or (verb in ("clear", "approve") and not waited):
            found, waited = [], False
        elif verb == "wait":
            waited = True
        elif verb == "change" and details.get("request"):
            found.append(str(details["request"]))
    return found


def _made(session: Session, numbers: Sequence[str]) -> list[Step]:
    if not numbers:
        return []
    columns = (_CHANGE.c.level, _CHANGE.c.old_total, _CHANGE.c.new_total)
    chosen = select(*columns).where(_CHANGE.c.number.in_(numbers), _CHANGE.c.state == "applied").order_by(_CHANGE.c.id)
    return [(row[0], row[1], row[2]) for row in session.connection().execute(chosen)]
