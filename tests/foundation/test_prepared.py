"""Statements prepared once: the same values, types and errors as through SQLAlchemy, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Integer,
    MetaData,
    String,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)  # fmt: skip
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from ordersdesk.foundation.store.columns import Moment, MoneyColumn
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.foundation.store.typed_rows import put

# A column of every type; in a catalogue of its own, since it is none of the desk's tables.
PARCEL = Table(
    "parcel",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("label", String, unique=True, nullable=False),
    Column("colour", String, default="brown", nullable=False),
    Column("is_heavy", Boolean, default=False, nullable=False),
    Column("sent_on", Date),
    Column("sent_at", Moment, nullable=False),
    Column("worth", MoneyColumn, default=Decimal("0.00"), nullable=False),
    Column("stamps", JSON, nullable=False),
)
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
WHOLE: dict[str, Any] = {
    "label": "a", "colour": "red", "is_heavy": True, "sent_on": date(2026, 11, 23), "sent_at": NOON,
    "worth": Decimal("12.30"), "stamps": ["by air", "王"],
}  # fmt: skip
NEW, ROW = Prepared.inserting(PARCEL), Prepared.inserting(PARCEL, returning_id=True)
BY_LABEL = Prepared(select(*(PARCEL.c[name] for name in WHOLE)).where(PARCEL.c.label == bindparam("wanted")))
AMONG = Prepared(
    select(PARCEL.c.label)
    .where(PARCEL.c.label.in_(bindparam("labels", expanding=True)), PARCEL.c.colour != "blue")
    .order_by(PARCEL.c.label),
    lists=["labels"],
)
PAINT = Prepared(update(PARCEL).where(PARCEL.c.label == bindparam("wanted")).values(colour=bindparam("tone")))
THROW = Prepared(delete(PARCEL).where(PARCEL.c.colour == bindparam("tone")).returning(PARCEL.c.worth))


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.engine.begin() as connection:
        PARCEL.create(connection)
    with database.reading() as session:
        yield session
    with database.engine.begin() as connection:
        PARCEL.drop(connection)


def few(label: str, **values: Any) -> dict[str, Any]:
    return {"label": label, "sent_at": NOON, "stamps": [], **values}


def test_a_row_comes_back_as_it_was_given(session: Session) -> None:
    assert ROW.rows(session, **WHOLE) == [(1,)]
    assert BY_LABEL.first(session, wanted="a") == tuple(WHOLE.values())
    assert BY_LABEL.first(session, wanted="b") is None


def test_and_as_sqlalchemy_gives_and_takes_it(session: Session) -> None:
    session.connection().execute(insert(PARCEL), WHOLE)
    assert BY_LABEL.rows(session, wanted="a") == [tuple(WHOLE.values())]
    NEW.many(session, [WHOLE | {"label": "b"}])
    assert session.connection().execute(select(*(PARCEL.c[name] for name in WHOLE)).offset(1)).all() == [
        tuple((WHOLE | {"label": "b"}).values())
    ]


def test_many_rows_that_share_a_value_are_each_written_with_it(session: Session) -> None:
    rows = [WHOLE | {"id": place, "label": f"{place}"} for place in range(1, 4)]
    rows[1] |= {"worth": Decimal("7.00"), "stamps": []}
    put(session, PARCEL, rows)
    found = [BY_LABEL.first(session, wanted=f"{place}") for place in range(1, 4)]
    assert found == [tuple(row[name] for name in WHOLE) for row in rows]


def test_a_column_that_is_not_given_gets_its_default(session: Session) -> None:
    NEW.many(session, [few("a")])
    assert BY_LABEL.first(session, wanted="a") == ("a", "brown", False, None, NOON, Decimal("0.00"), [])


@pytest.mark.parametrize("labels", [[], ["a"], ["a", "x", "y", "b"], [f"{n}" for n in range(70)] + ["b"]])
def test_a_list_finds_what_is_in_it_whatever_its_length(session: Session, labels: list[str]) -> None:
    NEW.many(session, [few("a"), few("b"), few("c")])
    assert AMONG.rows(session, labels=labels) == [(label,) for label in ("a", "b") if label in labels]


def test_many_rows_say_how_many_were_changed(session: Session) -> None:
    assert NEW.many(session, [few("a"), few("b")]) == 2
    assert PAINT.many(session, [{"wanted": "a", "tone": "blue"}, {"wanted": "x", "tone": "blue"}]) == 1
    assert PAINT.many(session, []) == 0


def test_what_is_thrown_away_is_given_back(session: Session) -> None:
    NEW.many(session, [few("a", worth=Decimal("1.50")), few("b", worth=Decimal("2.00"))])
    assert sorted(THROW.rows(session, tone="brown")) == [(Decimal("1.50"),), (Decimal("2.00"),)]


def test_a_driver_s_error_is_sqlalchemy_s(session: Session) -> None:
    NEW.many(session, [few("a")])
    with pytest.raises(IntegrityError):
        NEW.many(session, [few("a")])


def test_each_transaction_of_a_session_has_a_cursor_of_its_own(session: Session) -> None:
    NEW.many(session, [few("a")])
    session.rollback()
    assert BY_LABEL.rows(session, wanted="a") == []
