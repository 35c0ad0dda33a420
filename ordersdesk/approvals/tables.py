"""Approvals that were asked for, and the codes that are read out over the phone."""

# SQLModel declares __tablename__ as something else than a name.
# pyright: reportAssignmentType=false

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from ordersdesk.foundation.documents.document import Document
from ordersdesk.foundation.store.columns import json, moment, money, phrase

_WAITING = text("state = 'waiting'")
_ANSWERABLE = text("answerable")


class Approval(Document, table=True):
    """One yes that a document needs: why, from whom, until when, and what its asker saw (created_by asked)."""

    __tablename__ = "approval"
    __table_args__ = (
        Index("ix_approval_document", "subject", "document_id"),
        # The queue in its order: key customers first, then what is due.
        Index(
            "ix_approval_waiting", "branch", "role", "rank", "due_at", "id", "created_by",
            sqlite_where=_WAITING, postgresql_where=_WAITING,
        ),
        Index(
            "ix_approval_answerable", "branch", "decided_by", "id",
            sqlite_where=_ANSWERABLE, postgresql_where=_ANSWERABLE,
        ),
        {"sqlite_autoincrement": True},
    )  # fmt: skip

    subject: str
    document_id: int
    document: str
    document_version: int
    about: str = ""
    occasion: str
    rule: str
    role: str
    group: str = ""
    """Of which group a team leader is asked (USR-3); empty for other roles, and where nobody has a group."""
    amount: Decimal = money()
    covers: Decimal = money()
    """How far a yes goes: it stands while what is asked about is no more than this; nothing once it is void."""
    text: str
    facts: dict[str, Any] = json()
    seen: dict[str, str] = json()
    rank: int = 1
    step: int = 1
    due_at: datetime = moment()
    asked_at: datetime | None = moment(optional=True)
    decided_by: str = ""
    decided_at: datetime | None = moment(optional=True)
    reason: str = phrase()
    by_code: str = ""
    """Who typed the approver's code (JOY-10)."""
    answerable: bool = False
    """Goods leave unpaid by this yes: `decided_by` answers for it (USR-4)."""
    answers_since: datetime | None = moment(optional=True)
    """When the document went on by it; nothing while it still waits for something else."""


class OneTimeCode(SQLModel, table=True):
    """A code an approver reads out: good for one document as it was, for one amount, once (JOY-10)."""

    __tablename__ = "approval_code"
    __table_args__ = (Index("ix_approval_code_document", "subject", "document_id"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    subject: str
    document_id: int
    document_version: int
    amount: Decimal = money()
    hash: str
    made_by: str
    made_at: datetime = moment()
    expires_at: datetime = moment()
    tries: int = 0
    used_at: datetime | None = moment(optional=True)
