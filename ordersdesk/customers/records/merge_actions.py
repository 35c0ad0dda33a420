"""Two records of one customer become one: documents follow, the old number still finds it (CUS-5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Column, RowMapping, Table, and_, delete, select, update
from sqlmodel import Session, SQLModel

from ordersdesk.customers.model.changing import KIND, locked
from ordersdesk.customers.model.indexing import forget, keys, reindex
from ordersdesk.customers.model.queries import ADDRESS, CUSTOMER
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import record
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.language import _, line_list
from ordersdesk.foundation.texts.refusals import Refused

MERGERS = (Role.LEADER, Role.MANAGER)
_FILLED = (
    "route", "agent", "sales_rep", "language", "invoice_title", "tax_id", "invoice_address", "bank", "bank_account",
)  # fmt: skip


def merge_within(desk: Desk, session: Session, *, kept_id: int, merged_id: int) -> None:
    """Merge the second customer into the first (CUS-5); joins the caller's transaction."""
    desk.needs(*MERGERS, doing=_("merge customers"))
    if kept_id == merged_id:
        raise Refused("CUS-5", _("A customer cannot be merged into itself."), mend=_("Choose two customers."))
    rows = {each: locked(desk, session, each, version=None) for each in sorted((kept_id, merged_id))}
    before = {each: keys(session, each) for each in rows}
    _follow(session, kept_id, merged_id)
    _drop_repeated_addresses(session, kept_id)
    _add_up(session, rows[kept_id], rows[merged_id])
    forget(desk, session, merged_id, before=before[merged_id])
    reindex(desk, session, kept_id, before=before[kept_id])
    kept, merged = rows[kept_id].number, rows[merged_id].number
    record(desk, session, KIND, merged_id, "merged", rule="CUS-5", note=kept, details={"into": kept_id})
    record(desk, session, KIND, kept_id, "took over", rule="CUS-5", note=merged, details={"from": merged_id})


def _follow(session: Session, kept_id: int, merged_id: int) -> None:
    """Point every row of every room that names the merged customer at the kept one."""
    for table, column in _naming():
        if column.primary_key:
            _follow_keyed(session, table, column, kept_id=kept_id, merged_id=merged_id)
        else:
            session.connection().execute(update(table).where(column == merged_id).values({column: kept_id}))


def _naming() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column that refers to a customer, whatever room it is in: this one may not know the rooms above it."""
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column is CUSTOMER.c.id for key in column.foreign_keys):
                yield table, column


def _follow_keyed(session: Session, table: Table, column: Column[Any], *, kept_id: int, merged_id: int) -> None:
    """Move rows kept once per customer and something else; where both have one, counts add up and dates stay latest."""
    others = [key for key in table.primary_key.columns if key is not column]
    connection = session.connection()
    for row in connection.execute(select(table).where(column == merged_id)).mappings().all():
        same = and_(column == kept_id, *(key == row[key] for key in others))
        mine = and_(column == merged_id, *(key == row[key] for key in others))
        there = connection.execute(select(table).where(same)).mappings().first()
        if there is None:
            connection.execute(update(table).where(mine).values({column: kept_id}))
            continue
        connection.execute(delete(table).where(mine))
        connection.execute(update(table).where(same).values(_united(table, there, row)))


def _united(table: Table, there: RowMapping, row: RowMapping) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column in table.columns:
        first, second = there[column], row[column]
        if column.primary_key:
            values[column.name] = first
        elif isinstance(first, int) and isinstance(second, int) and not isinstance(first, bool):
            values[column.name] = first + second
        elif isinstance(first, date) and isinstance(second, date):
            values[column.name] = max(first, second)
    return values


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(one, other) if one and other else one or other


def _drop_repeated_addresses(session: Session, customer_id: int) -> None:
    chosen = select(ADDRESS.c.id, ADDRESS.c.text).where(ADDRESS.c.customer_id == customer_id).order_by(ADDRESS.c.id)
    seen: set[str] = set()
    for address_id, text in session.connection().execute(chosen).all():
        if text in seen:
            session.connection().execute(delete(ADDRESS).where(ADDRESS.c.id == address_id))
        seen.add(text)


def _add_up(session: Session, kept: Any, merged: Any) -> None:
    """What is owed adds up, empty particulars are filled; class, terms and limit stay the kept customer's own."""
    filled = {name: getattr(kept, name) or getattr(merged, name) for name in _FILLED}
    notes = line_list((kept.note, merged.note))
    owed: Mapping[str, Any] = {
        "overdue": kept.overdue + merged.overdue,
        "opening_balance": kept.opening_balance + merged.opening_balance,
        "balance_due_on": _earlier(kept.balance_due_on, merged.balance_due_on),
        "blocked": kept.blocked or merged.blocked,
    }
    connection = session.connection()
    connection.execute(update(CUSTOMER).where(CUSTOMER.c.id == kept.id).values(**filled, **owed, note=notes))
    connection.execute(update(CUSTOMER).where(CUSTOMER.c.merged_into == merged.id).values(merged_into=kept.id))
    connection.execute(update(CUSTOMER).where(CUSTOMER.c.id == merged.id).values(merged_into=kept.id))
