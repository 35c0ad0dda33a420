"""Orders that come twice, changed, or under another key: same, different, or new, and never doubled (FIL-1)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from ordersdesk.files.imports import Plan, bad_rows, commit, plan
from ordersdesk.files.loading.loads import Counts
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.model.queries import LINE, ORDER, USUAL
from tests.builders import a_customer, an_item, as_role
from tests.files.tables import text
from tests.files.test_imports import rows, said

HEAD = "Order,Date,Customer,Item,Qty,Price"
PAST = f"{HEAD}\n7,2026-10-01,C100001,A1,3,2.00\n7,2026-10-01,C100001,A2,1,5.50\n"
WEB = "Order,Date,Customer,Item,Qty,Price,Address\n"


@pytest.fixture
def boss(desk: Desk) -> Desk:
    boss = as_role(desk, "manager")
    for number in ("C100001", "C100002"):
        a_customer(boss, number)
    for code in ("A1", "A2"):
        an_item(boss, code, price="5.00", stock=90)
    return boss


def brought(desk: Desk, path: Path, *, keys: str = "", update: bool = False, history: bool = True) -> Plan:
    """Import orders, under a mapping whose key is said if it is given."""
    mapping = None
    if keys:
        table = f'kind="orders"\nkey=[{keys}]\n[fields]\nnumber="Order"\ndate="Date"\ncustomer="Customer"\n'
        table += 'item="Item"\nquantity="Qty"\nprice="Price"\n'
        mapping = text(path.parent, table, name="m.toml")
    planned = plan(desk, "orders", path, mapping, history=history, update=update)
    commit(desk, planned, keep_good=True)
    return planned


def remarks(planned: Plan) -> list[tuple[int, str, str]]:
    return [(each.row, each.column, each.value) for each in planned.problems.remarks.first(9)]


def test_the_same_orders_under_another_key_are_known(boss: Desk, tmp_path: Path) -> None:
    table = text(tmp_path, f"{PAST}7,2026-10-02,C100002,A1,1,2.00\n")

    counts = [
        brought(boss, table, keys=keys).counts
        for keys in ('"number", "customer"', '"number", "customer", "date"', '"customer", "number"')
    ]

    assert counts == [Counts(new=2), Counts(same=2), Counts(same=2)]
    assert rows(boss, ORDER.c.number, ORDER.c.their_number) == [("7/C100001", "7"), ("7/C100002", "7")]


def test_the_number_of_the_old_system_offers_the_orders_that_have_it(boss: Desk, tmp_path: Path) -> None:
    brought(boss, text(tmp_path, f"{PAST}7,2026-10-02,C100002,A1,1,2.00\n"), keys='"number", "customer"')

    with pytest.raises(Refused) as no:
        by_number(boss, "7")
    assert (no.value.rule, no.value.mend) == ("ORD-9", "Here it is: 7/C100001, 7/C100002.")


def test_a_file_kept_in_part_and_read_again_with_a_mended_key_comes_in(boss: Desk, tmp_path: Path) -> None:
    table = text(tmp_path, f"{PAST}7,2026-10-02,C100002,A1,1,2.00\n8,2026-10-02,C100002,A1,1,2.00\n")

    first = brought(boss, table, keys='"number"')
    again = brought(boss, table, keys='"number", "customer"')

    assert (first.counts, again.counts, len(again.problems)) == (Counts(new=1), Counts(new=2, same=1), 0)
    assert [number for (number,) in rows(boss, ORDER.c.number)] == ["7/C100001", "7/C100002", "8"]


def test_a_known_order_that_differs_is_told_and_stays(boss: Desk, tmp_path: Path) -> None:
    brought(boss, text(tmp_path, PAST))

    planned = brought(boss, text(tmp_path, f"{HEAD}\n7,2026-10-01,C100001,A1,3,2.00\n", name="less.csv"))

    assert (planned.counts, planned.sums) == (Counts(differs=1), {"year": {}, "category": {}})
    assert remarks(planned) == [(2, "Item", "A1 × 3 = 6.00; A2 × 1 = 5.50 = 11.50 → A1 × 3 = 6.00 = 6.00")]
    assert rows(boss, ORDER.c.total) == [(Decimal("11.50"),)]


def test_a_known_order_is_written_anew_when_asked_and_its_story_says_so(boss: Desk, tmp_path: Path) -> None:
    brought(boss, text(tmp_path, PAST))
    path = text(tmp_path, f"{HEAD},Phone\n7,2026-10-02,C100001,A1,4,2.00,021-5555\n", name="new.csv")

    counts = [brought(boss, path, update=True).counts for _time in range(2)]

    order = by_number(boss, "7")
    assert counts == [Counts(changed=1), Counts(same=1)]
    assert (order.head.total, order.head.phone, order.story[-1].verb) == (Decimal(8), "021-5555", "updated from a file")
    assert sorted(order.story[-1].details) == ["date", "lines", "phone"]
    assert rows(boss, USUAL.c.item_id, USUAL.c.orders, USUAL.c.pieces) == [(1, 1, 4)]


def test_everything_a_past_order_says_is_kept(boss: Desk, tmp_path: Path) -> None:
    head = (
        "Order,Date,Customer,Item,Qty,Price,Discount,Contact,Phone,Payment,Invoice,Delivery fee,Delivery date,Line note"
    )
    path = text(tmp_path, f"{head}\n7,2026-10-01 09:30,C100001,A1,2,10,15%,王芳,62345678,刷卡,普票,5,2026-10-03,红的\n")

    brought(boss, path)

    with boss.reading() as session:
        order = session.connection().execute(select(ORDER)).mappings().one()
        line = session.connection().execute(select(LINE.c.price, LINE.c.amount, LINE.c.note)).one()
    kept = [order[name] for name in ("contact", "phone", "payment", "invoice", "fee", "goods", "total")]
    assert kept == ["王芳", "62345678", "card", "ordinary", Decimal(5), Decimal(17), Decimal(22)]
    assert (str(order["wished_on"]), f"{order['created_at']:%H:%M}") == ("2026-10-03", "01:30")
    assert tuple(line) == (Decimal("8.50"), Decimal(17), "红的")


@pytest.mark.parametrize(
    ("said_of_it", "state", "paid", "usual"),
    [
        ("交易关闭,0,0", "cancelled", "unpaid", 0),
        ("交易成功,10,10", "closed", "refunded", 0),
        ("交易成功,10,4", "closed", "paid", 1),
        ("交易成功,6,0", "closed", "partly paid", 1),
    ],
)
def test_what_became_of_a_past_order_and_its_money_is_kept(
    boss: Desk, tmp_path: Path, said_of_it: str, state: str, paid: str, usual: int
) -> None:
    head = f"{HEAD},交易状态,实付金额,退款金额"

    brought(boss, text(tmp_path, f"{head}\n7,2026-10-01,C100001,A1,2,5,{said_of_it}\n"))

    assert rows(boss, ORDER.c.state, ORDER.c.paid) == [(state, paid)]
    assert len(rows(boss, USUAL.c.item_id)) == usual


def test_an_order_of_next_year_is_no_history(boss: Desk, tmp_path: Path) -> None:
    planned = plan(boss, "orders", text(tmp_path, f"{HEAD}\n7,2027-05-01,C100001,A1,1,2\n"), history=True)

    assert said(planned) == {(2, "ORD-1", "Date")}


def test_a_unit_counts(boss: Desk, tmp_path: Path) -> None:
    an_item(boss, "A3", unit="支")
    head = "Order,Date,Customer,Item,Qty,Unit,Price"
    planned = plan(boss, "orders", text(tmp_path, f"{head}\n7,2026-10-01,C100001,A3,1,箱,2\n"), history=True)

    assert said(planned) == {(2, "CAT-1", "Unit")}


@pytest.mark.parametrize("street", ["上海市浦东大道", "浦东大道"])  # the customer's territory is 浦东
def test_a_web_order_that_comes_again_changed_is_named(boss: Desk, tmp_path: Path, street: str) -> None:
    first = text(tmp_path, f"{WEB}W1,2026-11-23,C100001,A1,2,5,{street}1号\n")
    changed = text(tmp_path, f"{WEB}W1,2026-11-23,C100001,A1,20,5,{street}99号\n", name="b.csv")

    counts = [brought(boss, path, history=False).counts for path in (first, first)]
    again = plan(boss, "orders", changed, update=True)

    assert counts == [Counts(new=1), Counts(same=1)]
    assert [(each.column, each.value) for each in again.problems.first(9)] == [
        ("Address", f"{street}1号 → {street}99号"),
        ("Qty", "A1 × 2 → A1 × 20"),
    ]


def test_an_address_nobody_can_place_is_shown_where_its_province_is_missing(boss: Desk, tmp_path: Path) -> None:
    planned = plan(boss, "orders", text(tmp_path, f"{WEB}W1,2026-11-23,C100001,A1,2,5,北京西路1号\n"))

    assert [(each.rule, each.column, each.value) for each in planned.problems.first(9)] == [
        ("CUS-12", "Province", "北京西路1号")
    ]


def test_what_a_file_calls_an_order_is_no_note_on_its_papers(boss: Desk, tmp_path: Path) -> None:
    table = f"{WEB.strip()},Note\n7,2026-11-23,C100001,A1,3,5.00,张江路88号,请送到前台\n"
    brought(boss, text(tmp_path, table), history=False)
    assert rows(boss, ORDER.c.their_number, ORDER.c.note) == [("7", "请送到前台")]


def test_a_web_order_known_by_another_key_is_not_taken_twice(boss: Desk, tmp_path: Path) -> None:
    path = text(tmp_path, f"{HEAD}\nW1,2026-11-23,C100001,A1,2,5\n")
    brought(boss, path, history=False, keys='"number"')

    assert brought(boss, path, history=False, keys='"number", "customer"').counts == Counts(same=1)


def test_a_web_order_that_has_the_number_of_a_past_one_is_neither_lost_nor_doubled(boss: Desk, tmp_path: Path) -> None:
    web = f"{WEB}7,{{day}},C100001,A1,3,5.00,上海市浦东大道1号\n"
    brought(boss, text(tmp_path, f"{HEAD}\n7,2026-11-20,C100001,A1,3,5.00\n"), keys='"number", "customer"')

    same = brought(boss, text(tmp_path, web.format(day="2026-11-20")), history=False)
    brought(boss, text(tmp_path, f"{HEAD}\n7,2026-10-01,C100002,A1,3,5.00\n"))
    taken = brought(boss, text(tmp_path, web.format(day="2026-11-23")), history=False)

    assert (same.counts, said(taken)) == (Counts(same=1), {(2, "ORD-11", "Order")})
    assert [each[1] for each in rows(boss, ORDER.c.business_date, ORDER.c.their_number)] == ["7", "7"]


@pytest.mark.parametrize(("price", "fee", "wrong"), [
    ("2", "-3", ("CAT-5", "Delivery fee")), ("$2", "3", ("FIL-1", "Price")), ("￥2", "€3", ("FIL-1", "Delivery fee")),
])  # fmt: skip
def test_money_of_a_past_order_is_the_desks_and_never_less_than_nought(
    boss: Desk, tmp_path: Path, price: str, fee: str, wrong: tuple[str, str]
) -> None:
    told = brought(boss, text(tmp_path, f"{HEAD},Delivery fee\n7,2026-10-01,C100001,A1,3,{price},{fee}\n"))

    assert said(told) == {(2, *wrong)}


@pytest.mark.parametrize(("price", "wrong"), [("5.00", set[int]()), ("5.01", {2}), ("4.99", {2})])
def test_a_price_the_customer_saw_is_not_changed_in_silence(
    boss: Desk, tmp_path: Path, price: str, wrong: set[int]
) -> None:
    planned = plan(boss, "orders", text(tmp_path, f"{HEAD}\nW1,2026-11-23,C100001,A1,2,{price}\n"))

    assert {row for row, _rule, _column in said(planned)} == wrong


def test_alike_baskets_of_one_file_come_in_as_the_dry_run_said(boss: Desk, tmp_path: Path) -> None:
    lines = "W1,2026-11-23,C100001,A1,2,5\nW2,2026-11-23,C100001,A1,4,5\nW3,2026-11-23,C100002,A1,1,5\n"
    planned = plan(boss, "orders", text(tmp_path, f"{HEAD}\n{lines}"))

    assert rows(boss, ORDER.c.number) == []
    assert (planned.counts, len(planned.problems)) == (Counts(new=3), 0)
    commit(boss, planned)
    assert [state for _number, state in rows(boss, ORDER.c.number, ORDER.c.state)] == [
        "confirmed", "review", "confirmed",
    ]  # fmt: skip


def test_orders_that_use_up_a_promotion_together_are_told_apart_in_the_dry_run(boss: Desk, tmp_path: Path) -> None:
    promotion = "Item,Price kind,Price,From,Until,Cap\nA1,promotion,4,2026-11-01,2026-11-30,3\n"
    commit(boss, plan(boss, "prices", text(tmp_path, promotion, name="p.csv")))
    lines = "W1,2026-11-23,C100001,A1,2,4\nW2,2026-11-23,C100001,A1,2,4\nW3,2026-11-23,C100002,A1,2,4\n"
    planned = plan(boss, "orders", text(tmp_path, f"{HEAD}\n{lines}"))

    assert (said(planned), planned.counts) == ({(3, "ORD-4", "Price")}, Counts(new=2))
    assert bad_rows(planned, tmp_path / "bad.csv") == 1
    commit(boss, planned, keep_good=True)


def test_what_a_web_order_cannot_keep_is_refused_by_name(boss: Desk, tmp_path: Path) -> None:
    table = 'kind="orders"\n[fields]\nnumber="Order"\ndate="Date"\ncustomer="Customer"\nitem="Item"\nquantity="Qty"\n'
    mapping = text(tmp_path, table + 'refunded="Price"\n', name="m.toml")

    with pytest.raises(Refused, match="keeps no: Price"):
        plan(boss, "orders", text(tmp_path, f"{HEAD}\nW1,2026-11-23,C100001,A1,2,5\n"), mapping)
