"""Reads of notices: what somebody must know about orders and has not noted yet (CHG-4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.foundation.texts.language import spoken
from ordersdesk.orders.model.tables import Notice
from ordersdesk.orders.terms.reasons import when

NOTICE = table_of(Notice)


@dataclass(frozen=True)
class Told:
    """One notice, in the language being spoken."""

    id: int
    order: str
    rule: str
    sentence: str
    at: datetime


def mine(desk: Desk) -> Any:
    """Return the condition of what is told to this user, by login or by role, and not noted."""
    to_me = or_(NOTICE.c.login == desk.user.login, NOTICE.c.role.in_(sorted(desk.user.roles)))
    return (NOTICE.c.branch == desk.branch) & NOTICE.c.noted_at.is_(None) & to_me


def sentence(text: str, facts: Mapping[str, Any]) -> str:
    """Say a notice in the language being spoken; `old`, `new` and `day` are promised days, `[day, part]` (DLV-5)."""
    days = {name: _day(facts[name]) for name in ("old", "new", "day") if isinstance(facts.get(name), list)}
    return spoken(text, {**facts, **days})


def _day(promised: list[Any]) -> str:
    return when(date.fromisoformat(promised[0]), promised[1])


def notices(desk: Desk, *, limit: int = 50) -> list[Told]:
    """Return what this user must know, oldest first."""
    columns = (NOTICE.c.id, NOTICE.c.order_number, NOTICE.c.rule, NOTICE.c.text, NOTICE.c.facts, NOTICE.c.at)
    statement = select(*columns).where(mine(desk)).order_by(NOTICE.c.id).limit(limit)
    with desk.reading() as session:
        rows = session.connection().execute(statement).all()
    return [Told(id_, number, rule, sentence(text, facts), at) for id_, number, rule, text, facts, at in rows]
