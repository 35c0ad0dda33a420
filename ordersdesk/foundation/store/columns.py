"""Column types and declarations the tables share: money, moments, choices, JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

# Rows are written and read by SQLAlchemy: the validator of a table is built when somebody asks for it.
SQLModel.model_config["defer_build"] = True


class MoneyColumn(TypeDecorator[Decimal]):
    """`Decimal` in code, integer minor units in the store: a float never comes near (CAT-5)."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Turn an amount into minor units."""
        return None if value is None else int(value * 100)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Turn minor units into an amount."""
        return None if value is None else Decimal(value).scaleb(-2)


class Moment(TypeDecorator[datetime]):
    """An aware UTC time; SQLite would drop the zone and store local wall time (ORD-12)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times early: they are a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time must be aware")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def money(default: Decimal | None = Decimal("0.00")) -> Any:
    """Declare a money column; a default of None makes it optional."""
    return Field(default=default, sa_type=MoneyColumn, nullable=default is None)


def moment(*, optional: bool = False, index: bool = False) -> Any:
    """Declare a UTC time column."""
    if optional:
        return Field(default=None, sa_type=Moment, nullable=True, index=index)
    return Field(sa_type=Moment, nullable=False, index=index)


def json(default: Any = dict) -> Any:
    """Declare a JSON column; assign a new value to change it, changes in place are not seen."""
    return Field(default_factory=default, sa_type=JSON, nullable=False)
