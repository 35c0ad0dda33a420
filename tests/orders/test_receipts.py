"""Goods arrive: the ledger grows, waiting orders get theirs in their turn, their agents are told (STK-7)."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.fulfilment.receipt_actions import receive
from ordersdesk.orders.fulfilment.receipt_rules import Waiting, WaitingLine, by_line, shared
from ordersdesk.orders.model.queries import LINE
from ordersdesk.orders.notices.queries import notices
from ordersdesk.orders.terms.draft import DraftLine
from ordersdesk.stock.file_actions import Coming, set_coming
from ordersdesk.stock.queries import EXPECTED, STOCK, discrepancies
from ordersdesk.stock.rules import Shortage
from tests.builders import a_customer, a_draft, agreed, an_item, as_role, on_shelf
from tests.concurrency.together import at_once
from tests.orders.looking import reserved

PARTIAL, TRANSFER, PURCHASE, LEAVE = Shortage


@pytest.fixture
def store(desk: Desk) -> Desk:
    """Somebody in the warehouse; ten pieces of an item, three customers, the last a key customer."""
    a_customer(desk)
    a_customer(desk, "C100002")
    a_customer(desk, "C100003", size_class="key")
    an_item(desk, stock=10)
    return as_role(desk, "warehouse")


def order(store: Desk, pieces: int, shortage: Shortage, customer: str = "C100001") -> str:
    """An order of lin's, confirmed."""
    lin = as_role(store, "agent", "manager", login="lin")
    line = DraftLine(item="A4-80", quantity=pieces, shortage=shortage)
    return agreed(lin, a_draft(lines=(line,), customer=customer)).number


def shelf(desk: Desk) -> list[tuple[Any, ...]]:
    """On hand and reserved in each warehouse; every counter proved."""
    with desk.reading() as session:
        assert discrepancies(session) == []
        found = select(STOCK.c.on_hand, STOCK.c.reserved).order_by(STOCK.c.warehouse_id)
        return [tuple(row) for row in session.connection().execute(found)]


def short(desk: Desk) -> list[int]:
    with desk.reading() as session:
        return list(session.connection().execute(select(LINE.c.short).order_by(LINE.c.id)).scalars())


@pytest.mark.parametrize(
    ("pieces", "moved", "filled"),
    [
        (5, 2, {1: 3, 2: 4}),  # moved goods go to who waits for them, what comes besides to who waits for a supplier
        (5, 0, {2: 4, 1: 1}),
        (2, 0, {2: 2}),
        (0, 2, {1: 2}),
        (0, 5, {1: 3, 2: 2}),
        (9, 9, {1: 3, 2: 4}),
        (0, 0, {}),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_two_lines_of_an_item_are_filled_by_how_their_goods_were_to_come(
    pieces: int, moved: int, filled: dict[int, int], turned: bool
) -> None:
    lines = (WaitingLine(1, TRANSFER, 3), WaitingLine(2, PURCHASE, 4))
    order = Waiting(7, lines[::-1] if turned else lines, {})
    assert by_line(order, pieces, moved=moved) == filled


def test_what_an_order_waits_for_is_counted_over_its_lines_and_never_below_nought() -> None:
    lines = (WaitingLine(1, TRANSFER, 3), WaitingLine(2, PURCHASE, 4))
    waits, kept = Waiting(7, lines, {2: 5, 3: 1}), Waiting(8, lines, {2: 9})
    assert (waits.short, waits.uncovered, waits.kept_at(2), waits.kept_at(9)) == (7, 1, 5, 0)
    assert (kept.short, kept.uncovered, kept.kept_at(2)) == (7, 0, 7)


def test_pieces_are_shared_in_the_order_given_until_nothing_is_left() -> None:
    turn = [Waiting(number, (WaitingLine(number, PURCHASE, short),), {}) for number, short in ((9, 3), (2, 0), (4, 5))]
    assert shared(turn, 4, lambda each: each.short) == {9: 3, 4: 1}
    assert shared(turn, 8, lambda each: each.short) == {9: 3, 4: 5}


def test_key_customers_get_theirs_first_then_the_oldest(store: Desk) -> None:
    first, second = order(store, 14, PARTIAL), order(store, 3, PURCHASE, "C100002")
    key = order(store, 5, PURCHASE, "C100003")
    got = receive(store, "a4-80", 10, note="dn-7")
    assert [(one.order, one.pieces, one.missing) for one in got.filled] == [(key, 5, 0), (first, 4, 0), (second, 1, 2)]
    assert (got.free, got.note, short(store), shelf(store)) == (0, "DN-7", [0, 2, 0], [(20, 20)])


def test_the_agent_is_told(store: Desk) -> None:
    number = order(store, 13, PARTIAL)
    receive(store, "A4-80", 2)
    receive(store, "A4-80", 5)
    lin = as_role(store, "agent", login="lin")
    assert [(one.order, one.rule, one.sentence) for one in notices(lin)] == [
        (number, "STK-7", "2 包 of A4-80 are here for this order; 1 are still to come."),
        (number, "STK-7", "1 包 of A4-80 are here for this order; none are missing any more."),
    ]
    assert (shelf(store), reserved(store)) == ([(17, 13)], {"A4-80": 13})


def test_nobody_gets_what_was_left_out_or_what_another_warehouse_keeps_for_them(store: Desk) -> None:
    on_shelf(store, 1, 2, code="SIB", kind="sibling")
    order(store, 3, TRANSFER)
    order(store, 9, LEAVE, "C100002")
    order(store, 2, TRANSFER, "C100003")
    got = receive(store, "A4-80", 5)
    assert (got.filled, got.free, short(store), shelf(store)) == ((), 5, [0, 2, 2], [(15, 10), (2, 2)])


def test_goods_from_a_sibling_bring_their_reservations_along(store: Desk) -> None:
    on_shelf(store, 1, 6, code="SIB", kind="sibling")
    moved, waits = order(store, 14, TRANSFER), order(store, 1, PURCHASE, "C100002")
    got = receive(store, "A4-80", "6", came_from="sib")
    assert [(one.order, one.pieces) for one in got.filled] == [(moved, 4), (waits, 1)]
    assert (short(store), shelf(store), reserved(store)) == ([0, 0], [(16, 15), (0, 0)], {"A4-80": 14})


def test_a_sibling_gives_no_more_than_it_has(store: Desk) -> None:
    on_shelf(store, 1, 6, code="SIB", kind="sibling")
    order(store, 14, TRANSFER)
    with pytest.raises(Refused, match="SIB has only 6 of A4-80 to give, 7 wanted"):
        receive(store, "A4-80", 7, came_from="SIB")
    assert shelf(store) == [(10, 10), (6, 4)]


def test_what_was_on_order_is_expected_no_longer_the_earliest_first(store: Desk) -> None:
    for pieces, day in ((4, 27), (6, 25)):
        coming = {(1, 1): Coming(pieces, date(2026, 11, day))}
        store.database.write(lambda session, coming=coming: set_coming(session, coming))
        store.database.write(lambda session: session.connection().execute(EXPECTED.update().values(source="")))
    receive(store, "A4-80", 7)
    with store.reading() as session:
        left = session.connection().execute(select(EXPECTED.c.quantity, EXPECTED.c.due)).all()
    assert [tuple(row) for row in left] == [(3, date(2026, 11, 27))]


@pytest.mark.parametrize(
    ("said", "rule", "field"),
    [
        ({"code": "NONE"}, "CAT-2", "code"),
        ({"quantity": 0}, "ORD-1", "quantity"),
        ({"quantity": "-5"}, "ORD-1", "quantity"),
        ({"quantity": 10**12}, "ORD-1", "quantity"),
        ({"came_from": "MAIN"}, "STK-7", "from"),
        ({"came_from": "nowhere"}, "STK-7", "from"),
        ({"note": "a\x1bb"}, "FIL-3", "note"),
    ],
)
def test_what_cannot_be_received_is_named(store: Desk, said: dict[str, Any], rule: str, field: str) -> None:
    usual: dict[str, Any] = {"code": "A4-80", "quantity": 1}
    with pytest.raises(Refused) as refused:
        receive(store, **(usual | said))
    assert (refused.value.rule, refused.value.field, bool(refused.value.mend)) == (rule, field, True)
    assert shelf(store) == [(10, 0)]


def test_agents_receive_nothing(desk: Desk) -> None:
    an_item(desk, stock=1)
    with pytest.raises(Refused, match="receive goods"):
        receive(desk, "A4-80", 1)


def test_one_delivery_note_is_received_once_also_at_the_same_moment(store: Desk) -> None:
    order(store, 12, PARTIAL)
    made = at_once([partial(receive, store, "A4-80", 5, note=note) for note in ("dn 1", "DN 1", "dn 1 ", "dn 2")])
    assert sorted(one.field or "" for one in made if isinstance(one, Refused)) == ["note", "note"]
    assert (shelf(store), short(store)) == ([(20, 12)], [0])
