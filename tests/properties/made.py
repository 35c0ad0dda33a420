"""A document of any kind in any state, written as it stands: what its flow is tried on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Integer, Table, insert, select, update
from sqlmodel import AutoString, Session

from ordersdesk.documents.kind import Kind
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import stamps
from ordersdesk.foundation.store.columns import FactsColumn, Moment, MoneyColumn, PhraseColumn
from ordersdesk.kinds import KINDS

NUMBER = "SO20261123-0001"
# What a verb looks at; everything else says nothing.
SAID: dict[str, dict[str, Any]] = {
    "order": {
        "key": "k", "agent": "lin", "size_class": "small", "channel": "phone", "contact": "王芳",
        "phone": "13800138000", "address": "张江路88号", "payment": "cash", "invoice": "none",
    },
    "call": {"key": "k", "presented": NUMBER},
    "credit": {"customer_number": "C100001", "purpose": "new", "credit_days": 30},
    "change": {"kind": "change", "level": "minor", "occasions": []},
    "approval": {"subject": "order", "document": NUMBER, "occasion": "overdue", "rule": "CUS-9", "role": "manager"},
    "slip": {"services": []},
}  # fmt: skip


def make(desk: Desk, session: Session, kind: str, state: str) -> None:
    """Write a document in this state, and before it those it points at; the customer is there."""
    declared = KINDS[kind]
    table = declared.core_table()
    known = stamps(desk, state) | {"number": NUMBER} | SAID.get(kind, {})
    missing = [column for column in table.columns if _is_needed(column) and column.name not in known]
    values = {column.name: _value(desk, session, declared, column) for column in missing}
    session.connection().execute(insert(table).values(**known, **values))


HOSTILE = "[/red]\x1b[31m\u202e\u200b" + "长" * 2_000 + "\n"
KEPT = {"number", "branch", "state", "created_by", "changed_by"}


def make_hostile(desk: Desk, session: Session, kind: str) -> None:
    """Write one in its first state, every text of it hostile that is no code."""
    declared = KINDS[kind]
    make(desk, session, kind, declared.flow.start)
    table = declared.core_table()
    kept = KEPT | {column.name for column in (*declared.columns, *declared.page) if column.labels}
    texts = [column.name for column in table.columns if isinstance(column.type, AutoString | PhraseColumn)]
    hostile = {name: HOSTILE for name in texts if name not in kept}
    session.connection().execute(update(table).values(hostile))


def _is_needed(column: Column[Any]) -> bool:
    return not (column.nullable or column.primary_key or column.default)


def _value(desk: Desk, session: Session, kind: Kind, column: Column[Any]) -> object:
    if column.foreign_keys:
        (key,) = column.foreign_keys
        return _some_id(desk, session, key.column.table)
    words = {one.name: one.labels for one in (*kind.columns, *kind.page) if one.labels}
    return next(iter(words.get(column.name, ())), _nothing_much(desk, column))


def _nothing_much(desk: Desk, column: Column[Any]) -> object:
    values: tuple[tuple[type, object], ...] = (
        (Moment, desk.now()), (MoneyColumn, Decimal(0)), (Date, desk.today()), (Boolean, False), (Integer, 1),
        (JSON, {}), (FactsColumn, {}),
    )  # fmt: skip
    return next((value for kind, value in values if isinstance(column.type, kind)), "?")


def _some_id(desk: Desk, session: Session, table: Table) -> int:
    chosen = select(table.c.id).limit(1)
    found = session.connection().execute(chosen).scalar()
    if found is None:
        _furnish(desk, session, table)
        found = session.connection().execute(chosen).scalar_one()
    return int(found)


def _furnish(desk: Desk, session: Session, table: Table) -> None:
    if table.name == "warehouse":
        main = {"code": "MAIN", "name": "Main", "branch": desk.branch, "kind": "main"}
        session.connection().execute(insert(table), main)
        return
    flow = next(kind.flow for kind in KINDS.values() if kind.core_table() is table)
    make(desk, session, flow.kind, "confirmed" if flow.kind == "order" else flow.start)
