"""Users: who may sit at a desk."""

# SQLModel declares __tablename__ as something else than a name.
# pyright: reportAssignmentType=false

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from ordersdesk.foundation.columns import json, moment


class User(SQLModel, table=True):
    """A person who signs in; never deleted, since timelines name them."""

    __tablename__ = "user_account"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    login: str = Field(unique=True)
    name: str
    roles: list[str] = json(list)
    password_hash: str
    language: str = "en"
    is_active: bool = True
    failures: int = 0
    locked_until: datetime | None = moment(optional=True)
    created_at: datetime = moment()
