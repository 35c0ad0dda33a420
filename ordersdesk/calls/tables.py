"""Calls, with the unfinished intake they carry."""

# SQLModel declares __tablename__ as something else than a name.
# pyright: reportAssignmentType=false

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from ordersdesk.foundation.documents.document import Document
from ordersdesk.foundation.store.columns import json, moment


class Call(Document, table=True):
    """One contact with a customer (CAL-1); `key` is made by the desk and is the holder of its stock holds."""

    __tablename__ = "call"
    __table_args__ = (
        Index("ix_call_agent", "agent", "state"),
        Index("ix_call_presented", "presented", "state"),
        Index("ix_call_customer", "customer_id"),
        Index("ix_call_created", "branch", "created_at"),  # a log's calls are looked for around their moments
        {"sqlite_autoincrement": True},
    )

    key: str = Field(unique=True)
    agent: str
    channel: str = "phone"
    direction: str = "in"
    presented: str = ""
    customer_id: int | None = Field(default=None, foreign_key="customer.id")
    rang_at: datetime | None = moment(optional=True)
    """When the telephone system popped it; nothing without one (CAL-1)."""
    answered_at: datetime | None = moment(optional=True)
    """When a key took it; nothing of a call nobody saw ring."""
    ended_at: datetime | None = moment(optional=True)
    reason: str = ""
    outcome: str = ""
    note: str = ""
    documents: list[str] = json(list)
    draft: dict[str, Any] = json()
    draft_at: datetime | None = moment(optional=True)
