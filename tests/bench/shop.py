"""A shop to sell in: items with plenty of stock, customers, and drafts of five lines that no rule stops."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from random import Random

from ordersdesk.catalogue.actions import add_item
from ordersdesk.catalogue.queries import wares
from ordersdesk.customers.exchange.import_actions import add_many
from ordersdesk.foundation.desk import Actor, Desk
from ordersdesk.foundation.policy.policy import load
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.orders.terms.draft import Draft
from ordersdesk.people.actions import add_user
from ordersdesk.stock.actions import post
from tests.bench.people import customer
from tests.builders import a_draft, a_warehouse, as_role, at_their_word
from tests.conftest import MONDAY_TEN

ITEMS = 300
BUYERS = 1_000
PLENTY = 10_000_000
LOGIN, PASSWORD = "lin", "a long password"
APART = timedelta(seconds=20)  # a busy desk; the guard against doubles looks back over ninety orders


def desk_over(database: Database) -> Desk:
    """An agent's desk on a Monday at ten."""
    policy = load()
    lin = Actor(1, LOGIN, "Lin", frozenset({"agent"}))
    return Desk(lin, policy.branch.code, FixedClock(MONDAY_TEN), policy, database, at_their_word)


def furnish(desk: Desk, *, items: int = ITEMS, buyers: int = BUYERS) -> None:
    """Put items on the shelf, and customers on file unless they are there."""
    editor = as_role(desk, "admin", "planning")
    add_user(editor, login=LOGIN, name="Lin", roles=["agent"], password=PASSWORD)
    for number in range(items):
        values = {"code": code(number), "name": f"复印纸 {number}", "unit": "包", "packs": "箱=10"}
        add_item(editor, values | {"list_price": Decimal(number % 90 + 10) / 10})
    main = a_warehouse(desk)
    with desk.reading() as session:
        found = wares(session, [code(number) for number in range(items)])
    moves = [(ware.id, main, PLENTY) for ware in found.values()]
    desk.database.write(lambda session: post(desk, session, moves, reason="opening"))
    if buyers:
        desk.database.write(lambda session: add_many(desk, session, map(customer, range(1, buyers + 1))))


def code(number: int) -> str:
    """Return an item's code."""
    return f"P{number:04d}"


def drafts(desk: Desk, *, seed: int) -> Iterator[Draft]:
    """Yield drafts of five lines from any customer, each a little later than the one before."""
    dice = Random(seed)
    while True:
        clock = desk.clock
        assert isinstance(clock, FixedClock)
        clock.advance(APART)
        lines = [(code(number), dice.randint(2, 9)) for number in dice.sample(range(ITEMS), 5)]
        who = f"C{dice.randint(1, BUYERS):06d}"
        yield a_draft(*lines, customer=who, key=f"{seed}-{dice.getrandbits(64):x}", address="上海市张江路88号")
