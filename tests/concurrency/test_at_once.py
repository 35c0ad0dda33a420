"""Several agents at the same moment, on both databases: nothing sold twice, no number lost, one order per key."""

from __future__ import annotations

import threading
from collections import Counter
from functools import partial

import pytest
from sqlalchemy import text
from sqlmodel import Session

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.entry.actions import Submitted, submit
from ordersdesk.orders.entry.intake_actions import keep
from ordersdesk.orders.terms.draft import Draft
from ordersdesk.stock.queries import shelves
from tests.builders import a_customer, a_draft, an_item, hold
from tests.concurrency.together import at_once, processes, take_orders
from tests.properties.proofs import prove

CODES = ("A", "B", "C")
AGENTS = 6


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """Three items, thirty pieces of each, and a customer for each agent, so that nobody is asked about doubles."""
    for number in range(AGENTS):
        a_customer(desk, f"C20000{number}")
    for code in CODES:
        an_item(desk, code, price="25.00", stock=30)
    return desk


def drafts(agent: int, count: int, pieces: int) -> list[Draft]:
    """Orders of two items each, named in another order every time: what locks in another order deadlocks."""
    yes = (*(f"JOY-5:SO20261123-{number:04d}" for number in range(1, 200)), *(f"ORD-4:{code}" for code in CODES))
    return [
        a_draft(
            (CODES[(agent + turn) % 3], pieces), (CODES[(agent - turn) % 3], pieces),
            customer=f"C20000{agent}", accepted=yes,
        )
        for turn in range(count)
    ]  # fmt: skip


def numbers(made: list[Submitted | Refused]) -> list[str]:
    return sorted(order.number for order in made if isinstance(order, Submitted))


def rules(made: list[Submitted | Refused]) -> set[str]:
    return {refused.rule for refused in made if isinstance(refused, Refused)}


def reserved(desk: Desk) -> list[int]:
    with desk.reading() as session:
        found = shelves(session, [1, 2, 3])
    return [shelf.reserved for item in (1, 2, 3) for shelf in found[item]]


def test_submits_at_once_sell_what_there_is_and_no_more(shop: Desk) -> None:
    wanted = [draft for agent in range(AGENTS) for draft in drafts(agent, 2, 4)]
    made = at_once([partial(submit, shop, draft) for draft in wanted])
    prove(shop.database)
    assert numbers(made) == [f"SO20261123-{count:04d}" for count in range(1, len(numbers(made)) + 1)]
    assert rules(made) <= {"STK-3", "STK-5"}
    assert max(reserved(shop)) > 22  # an order is only refused when fewer pieces are left than it wants


def test_the_same_key_at_once_is_one_order(shop: Desk) -> None:
    draft = a_draft(("A", 5), customer="C200000")
    made = at_once([partial(submit, shop, draft)] * AGENTS)
    assert numbers(made) == ["SO20261123-0001"] * AGENTS
    assert Counter(order.repeated for order in made if isinstance(order, Submitted)) == {False: 1, True: AGENTS - 1}
    assert reserved(shop) == [5, 0, 0]


def test_holds_at_once_share_out_the_shelf(shop: Desk) -> None:
    granted = at_once([partial(hold, shop, holder=f"call-{n}", item_id=1, quantity=8) for n in range(AGENTS)])
    prove(shop.database)
    assert sorted(pieces for pieces in granted if isinstance(pieces, int)) == [0, 0, 6, 8, 8, 8]


def test_an_intake_kept_twice_at_once_opens_one_call_and_holds_once(shop: Desk) -> None:
    draft = a_draft(("A", 5), ("B", 2), customer="C200000")
    at_once([partial(keep, shop, draft, typed={"turn": turn}) for turn in range(AGENTS)])
    prove(shop.database)
    assert reserved(shop) == [5, 2, 0]


def test_typing_and_submitting_at_once_hold_and_sell_only_what_is_there(shop: Desk) -> None:
    typed = [partial(keep, shop, draft, typed={}) for draft in drafts(0, 4, 3)]
    sold = [partial(submit, shop, draft) for agent in (1, 2) for draft in drafts(agent, 2, 5)]
    made = at_once([*typed, *sold])
    prove(shop.database)
    assert rules([each for each in made if isinstance(each, Refused)]) <= {"STK-3", "STK-5"}


def test_processes_share_the_stock_and_the_numbers(shop: Desk) -> None:
    with processes(shop.database, 3) as pool:
        made = [each for done in pool.map(take_orders, [drafts(agent, 8, 2) for agent in range(3)]) for each in done]
    prove(shop.database)
    assert numbers(made) == [f"SO20261123-{count:04d}" for count in range(1, len(numbers(made)) + 1)]
    assert rules(made) <= {"STK-3", "STK-5"}
    assert max(reserved(shop)) > 26


def test_a_deadlock_is_repeated_until_it_is_done(shop: Desk) -> None:
    if shop.database.dialect == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    both_began = threading.Barrier(2)

    def counted(first: int, second: int) -> None:
        tries: list[int] = []

        def work(session: Session) -> None:
            session.connection().execute(text("SET LOCAL deadlock_timeout = '20ms'"))
            tries.append(_add_one(session, first))
            if len(tries) == 1:
                both_began.wait(60)
            _add_one(session, second)

        shop.database.write(work)

    at_once([partial(counted, 1, 2), partial(counted, 2, 1)])
    with shop.reading() as session:
        left = session.connection().execute(text("SELECT quarantined FROM stock ORDER BY item_id")).scalars().all()
    assert left == [2, 2, 0]


def _add_one(session: Session, item_id: int) -> int:
    done = text("UPDATE stock SET quarantined = quarantined + 1 WHERE item_id = :item").bindparams(item=item_id)
    session.connection().execute(done)
    return item_id
