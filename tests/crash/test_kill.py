"""Processes are killed at random points: what was told is there whole, and everything proves itself afterwards."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from ordersdesk.calls.queries import CALL
from ordersdesk.catalogue.actions import add_item
from ordersdesk.check import check
from ordersdesk.customers.model.drafts import NewCustomer
from ordersdesk.customers.records.actions import create
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.stock.queries import RESERVATION
from screens.intake.call.journal import Journal
from tests.builders import as_role, on_shelf, release_lapsed
from tests.crash.lives import APART, CODES, CUSTOMERS, NAMES, typed
from tests.crash.nursery import Life, Nursery
from tests.properties.proofs import prove

ROUNDS = {"sqlite": 100, "postgresql": 30}  # two are killed in each
CYCLE = 0.03  # seconds in which a life passes through all its points


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as nursery:
        yield nursery


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """The shop whose desks are killed."""
    return stocked(desk)


def stocked(desk: Desk) -> Desk:
    """Four customers nobody takes for each other, four items and more of each than can be sold."""
    manager = as_role(desk, "agent", "planning")
    for place, name in enumerate(NAMES):
        new = NewCustomer(
            name=name, phone=f"1380013800{place}", address=f"{name} road {place}", region="上海", territory="浦东"
        )
        assert create(manager, new).number == CUSTOMERS[place]
    for item_id, code in enumerate(CODES, 1):
        add_item(manager, {"code": code, "name": code, "unit": "只", "list_price": Decimal("3.50")})
        on_shelf(desk, item_id, 1_000_000)
    return desk


def test_what_was_told_survives_whoever_is_killed_and_whenever(shop: Desk, nursery: Nursery) -> None:
    told = killed(nursery, shop)
    prove(shop.database)
    assert [fault for found in check(shop) for fault in found.faults] == []
    assert [order for order in told["order"] if kept(shop, order["number"]) != order] == []
    assert parked(shop).items() >= {call["key"]: call["typed"] for call in told["park"]}.items()
    release_lapsed(shop)
    assert held(shop) == 0
    assert min(len(told["order"]), len(told["park"])) > ROUNDS[shop.database.dialect]


def killed(nursery: Nursery, desk: Desk) -> dict[str, list[Any]]:
    """Let two desks work at a time and kill both, in any order, after any number of things done and at any point."""
    url = desk.database.url.render_as_string(hide_password=False)
    lives: dict[str, list[Life]] = {"order": [], "park": []}
    rounds = ROUNDS[desk.database.dialect]
    for turn in range(rounds):
        for life, born in lives.items():
            born.append(nursery.born(life, turn, url))
        for life in random.sample([*lives], len(lives)):
            nursery.kill(lives[life][-1], told=random.choice((0, 1, 2, 4)), after=random.uniform(0, CYCLE))
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(APART * (rounds + 1))
    return {life: [words for one in born for words in one.told] for life, born in lives.items()}


def kept(desk: Desk, number: str) -> dict[str, Any]:
    """Return what the book has of an order, in the words in which it was told."""
    whole = by_number(desk, number)
    return {"number": number, "key": whole.head.key, "pieces": [line.quantity for line in whole.lines]}


def parked(desk: Desk) -> dict[str, Any]:
    """Return what was typed in the calls that are parked."""
    statement = select(CALL.c.key, CALL.c.draft).where(CALL.c.state == "parked")
    with desk.reading() as session:
        return {key: draft for key, draft in session.connection().execute(statement)}


def held(desk: Desk) -> int:
    """Return the pieces held for calls."""
    with desk.reading() as session:
        pieces = select(func.coalesce(func.sum(RESERVATION.c.quantity), 0)).where(RESERVATION.c.order_id.is_(None))
        return int(session.connection().execute(pieces).scalar_one())


def test_a_killed_typist_loses_at_most_the_last_key(tmp_path: Path, nursery: Nursery) -> None:
    for turn in range(60):
        life = nursery.born("type", turn, str(tmp_path / str(turn)))
        nursery.kill(life, told=random.randint(0, 80), after=random.uniform(0, CYCLE / 10))
        found = [work.typing["line"] for work in Journal(tmp_path / str(turn), "lin").unfinished()]
        letters = len(life.told)
        assert found in ([typed(letters)] if letters else [], [typed(letters + 1)])
