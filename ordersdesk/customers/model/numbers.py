"""The numbers of customers: issued by the system, never twice (CUS-1)."""

from __future__ import annotations

from sqlalchemy import update
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Counter, next_count, table_of

_COUNTER = table_of(Counter)
_KIND = "customer"


def next_numbers(desk: Desk, session: Session, count: int) -> list[str]:
    """Return so many new numbers such as `C000123`; all branches share one series."""
    first = next_count(session, branch="", kind=_KIND, day="")
    if count > 1:
        mine = (_COUNTER.c.branch == "") & (_COUNTER.c.kind == _KIND) & (_COUNTER.c.day == "")
        more = update(_COUNTER).where(mine).values(last=_COUNTER.c.last + count - 1)
        session.connection().execute(more)
    policy = desk.policy.customers
    return [f"{policy.number_prefix}{number:0{policy.number_digits}d}" for number in range(first, first + count)]
