"""Column types and declarations the tables share: money, moments, phrases, JSON."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from json import dumps, loads
from typing import Any, cast

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from ordersdesk.foundation.texts.language import phrase_of
from ordersdesk.foundation.texts.phrases import Phrase, kept

KEPT = "\x1f"  # before a phrase as a column keeps it: no person can type this character (FIL-3)

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


class PhraseColumn(TypeDecorator[str]):
    """What the program says: template and facts in the store, a phrase of the reader's language in code.

    What a person typed stays as it was typed, as do the sentences of older versions.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Write a phrase as template and facts."""
        return None if value is None else _written(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Say what was written."""
        return _said(value) if value else value


class FactsColumn(TypeDecorator[Any]):
    """JSON whose texts may be phrases."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Write the phrases in it as template and facts."""
        return _each_text(value, _written) if value else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Say what was written."""
        return _each_text(value, _said) if value else value


def _written(text: str) -> str:
    if not isinstance(text, Phrase):
        return text.lstrip(KEPT)
    return KEPT + dumps(kept(text), ensure_ascii=False) if text else ""


def _said(text: str) -> str:
    return phrase_of(loads(text[1:])) if text.startswith(KEPT) else text


def _each_text(value: Any, turn: Callable[[str], str]) -> Any:
    match value:
        case str():
            return turn(value)
        case dict():
            return {name: _each_text(each, turn) for name, each in cast("dict[str, Any]", value).items()}
        case list() | tuple():
            return [_each_text(each, turn) for each in cast("list[Any]", value)]
        case _:
            return value


def money(default: Decimal | None = Decimal("0.00")) -> Any:
    """Declare a money column; a default of None makes it optional."""
    return Field(default=default, sa_type=MoneyColumn, nullable=default is None)


def moment(*, optional: bool = False, index: bool = False) -> Any:
    """Declare a UTC time column."""
    if optional:
        return Field(default=None, sa_type=Moment, nullable=True, index=index)
    return Field(sa_type=Moment, nullable=False, index=index)


def phrase() -> Any:
    """Declare a column for a note or a reason that a person typed or the program says."""
    return Field(default="", sa_type=PhraseColumn, nullable=False)


def json(default: Any = dict) -> Any:
    """Declare a JSON column; assign a new value to change it, changes in place are not seen."""
    return Field(default_factory=default, sa_type=FactsColumn, nullable=False)
