"""Imports: a dry run first, then all or nothing or the good rows only; the same file again changes nothing (FIL-1)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import ColumnElement, func, select

from ordersdesk.catalogue.queries import ITEM, UNIT
from ordersdesk.customers.model.queries import CUSTOMER, PHONE
from ordersdesk.files.imports import IMPORTED, Plan, bad_rows, commit, plan
from ordersdesk.files.loading.loads import Counts
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused, SignedOut
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.model.queries import LINE, ORDER, USUAL
from ordersdesk.people.account_actions import end_sign_ins
from ordersdesk.stock.file_actions import places
from ordersdesk.stock.queries import discrepancies, shelves
from tests.builders import a_customer, a_draft, a_warehouse, agreed, an_item, as_role
from tests.files.tables import cells, text
from tests.people.making import a_user


@pytest.fixture
def boss(desk: Desk) -> Desk:
    return as_role(desk, "manager")


def rows(desk: Desk, *columns: ColumnElement[Any]) -> list[tuple[Any, ...]]:
    """Return what a table holds, ordered by the first column."""
    with desk.reading() as session:
        return [tuple(row) for row in session.connection().execute(select(*columns).order_by(columns[0]))]


def imported(desk: Desk, kind: str, path: Path, *, history: bool = False, mapping: Path | None = None) -> Plan:
    """Import a file and return its plan."""
    planned = plan(desk, kind, path, mapping, history=history)
    commit(desk, planned)
    return planned


def said(planned: Plan) -> set[tuple[int, str, str]]:
    """Return what is wrong with which row, by rule and column."""
    return {(problem.row, problem.rule, problem.column) for problem in planned.problems.first(99)}


CUSTOMERS = (
    "客户编号,客户名称,电话,地址,区域\n"
    "K1,明远办公,021-62345678转801,张江路88号,浦东\n"
    "K2,张三,138 0013 8000,福州路1号,黄浦\n"
)


def test_a_dry_run_counts_and_writes_nothing(boss: Desk, tmp_path: Path) -> None:
    planned = plan(boss, "customers", text(tmp_path, CUSTOMERS, encoding="gb18030"))

    assert (planned.rows, planned.counts, len(planned.problems)) == (2, Counts(new=2), 0)
    assert rows(boss, CUSTOMER.c.name) == []


def test_customers_come_in_with_their_phones_once(boss: Desk, tmp_path: Path) -> None:
    path = text(tmp_path, CUSTOMERS)

    imported(boss, "customers", path)
    again = imported(boss, "customers", path)

    assert again.counts == Counts(same=2)
    assert rows(boss, CUSTOMER.c.number, CUSTOMER.c.name) == [("C000001", "明远办公"), ("C000002", "张三")]
    assert rows(boss, PHONE.c.e164, PHONE.c.extension) == [("+8613800138000", ""), ("+862162345678", "801")]


def test_customers_without_a_number_come_in_once_too(boss: Desk, tmp_path: Path) -> None:
    path = text(tmp_path, "Name,Phone,Territory\nLi,62345678,North\nLi,62345679,South\n")

    imported(boss, "customers", path)

    assert imported(boss, "customers", path).counts == Counts(same=2)


def test_two_columns_of_one_name_are_two_phones(boss: Desk, tmp_path: Path) -> None:
    imported(
        boss,
        "customers",
        text(tmp_path, "客户名称,区域,电话,电话,地址\n店,浦东,13900001121,021-62345678,浦东大道11号\n"),
    )

    assert rows(boss, PHONE.c.e164) == [("+8613900001121",), ("+862162345678",)]


def test_a_customer_known_by_our_number_is_changed(boss: Desk, tmp_path: Path) -> None:
    a_customer(boss, "C100001", name="Li", territory="North")
    path = text(tmp_path, "Customer number,Name,Territory,Blocked\nC100001,Li,South,twice unpaid\n")

    counts = [imported(boss, "customers", path).counts for _time in range(2)]

    assert counts == [Counts(changed=1), Counts(same=1)]
    assert rows(boss, CUSTOMER.c.territory, CUSTOMER.c.blocked) == [("South", "twice unpaid")]


def test_every_problem_is_said_by_row_and_column(boss: Desk, tmp_path: Path) -> None:
    path = text(tmp_path, "Name,Phone,Territory,Grade,km\n,62345678,N,A,1\nWu,12,N,A,1\nXu,62345678,N,D,far\n")

    planned = plan(boss, "customers", path)

    assert said(planned) == {(2, "FIL-1", "Name"), (3, "CUS-3", "Phone"), (4, "FIL-1", "Grade"), (4, "FIL-1", "km")}


def test_a_phone_that_is_none_can_be_kept_as_a_note(boss: Desk, tmp_path: Path) -> None:
    mapping = 'kind = "customers"\nkey = ["name"]\n[fields]\nname = "n"\nterritory = "n"\nphone = "p"\n'
    mapping += "phone_as_note = { constant = true }\n"

    imported(boss, "customers", text(tmp_path, "n,p\nLi,12\n"), mapping=text(tmp_path, mapping, name="m.toml"))

    assert rows(boss, CUSTOMER.c.note) == [("Phone: 12",)]


def test_bad_rows_stop_an_import_unless_the_good_ones_are_kept(boss: Desk, tmp_path: Path) -> None:
    planned = plan(boss, "items", text(tmp_path, "Item code,Name,Price\nA1,Pen,2\nA2,Ink,dear\n"))

    with pytest.raises(Refused) as refused:
        commit(boss, planned)
    assert (refused.value.rule, rows(boss, ITEM.c.code)) == ("FIL-1", [])

    commit(boss, planned, keep_good=True)
    assert rows(boss, ITEM.c.code) == [("A1",)]


def test_bad_rows_are_written_mended_and_fed_again(boss: Desk, tmp_path: Path) -> None:
    planned = plan(boss, "items", text(tmp_path, "Item code,Name,Price\nA1,Pen, red,2\nA2,Ink,dear\nA3,Clip,1\n"))
    bad = tmp_path / "bad.csv"

    assert bad_rows(planned, bad) == 2
    assert len(plan(boss, "items", bad).problems) == 2
    lines = bad.read_text("utf-8-sig").splitlines()
    mended = [lines[0], 'A1,"Pen, red",2,', lines[2].replace("dear", "3")]
    imported(boss, "items", text(tmp_path, "\n".join(mended), name="mended.csv"))

    assert rows(boss, ITEM.c.code, ITEM.c.name) == [("A1", "Pen, red"), ("A2", "Ink")]


def test_a_number_mended_behind_the_guards_apostrophe_is_a_number(boss: Desk, tmp_path: Path) -> None:
    an_item(boss, "A1")
    a_warehouse(boss, "EAST", "sibling")
    head = "Item,Warehouse,On hand,On order,Expected date\n"

    planned = plan(boss, "stock", text(tmp_path, head + "A1,EAST,'5,'20,'2026-11-30\n"))

    assert (said(planned), planned.counts) == (set(), Counts(new=1))


def test_a_row_whose_cells_stood_wrong_is_refused_until_its_mark_is_taken_away(boss: Desk, tmp_path: Path) -> None:
    planned = plan(boss, "items", text(tmp_path, "Item code,Name,Price\nA1,Pen\n"))
    bad_rows(planned, tmp_path / "bad.csv")

    filled = (tmp_path / "bad.csv").read_text("utf-8-sig").replace("A1,Pen,,", "A1,Pen,2,")

    again = plan(boss, "items", text(tmp_path, filled, name="filled.csv"))
    assert [problem.message for problem in again.problems.first(9)] == ["it is not mended yet"]


def test_refused_rows_hold_no_control_bytes_and_do_not_pass_as_mended(boss: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    planned = plan(boss, "items", text(tmp_path, "Item code,Name,Price\nA1,\x1b[31mPen\x9b,2\nA2,Ink,1\n"))

    assert bad_rows(planned, bad) == 1
    assert not set(bad.read_bytes().decode()) & {"\x1b", "\x9b"}
    again = plan(boss, "items", bad)
    assert [problem.message for problem in again.problems.first(9)] == ["it is not mended yet"]


def test_items_come_in_with_packs_and_are_changed_by_their_code(boss: Desk, tmp_path: Path) -> None:
    first = text(tmp_path, "商品编码,名称,单价,包装,停产\na1,中性笔,2.5,盒=12;箱=144,否\n")
    second = text(tmp_path, "商品编码,名称,单价\nA1,中性笔,2.8\n", name="second.csv")

    counts = [imported(boss, "items", path).counts for path in (first, first, second)]

    assert counts == [Counts(new=1), Counts(same=1), Counts(changed=1)]
    assert rows(boss, UNIT.c.factor, UNIT.c.name) == [(12, "盒"), (144, "箱")]


def test_one_code_is_one_item_however_it_is_written(boss: Desk, tmp_path: Path) -> None:
    head = "商品编码,名称,单价\n"
    imported(boss, "items", text(tmp_path, head + "ＺＨ９０１,纸,4\n\u200bZH902,笔,4\n\t00456\t,章,4\n"))
    a_warehouse(boss)

    again = imported(boss, "items", text(tmp_path, head + "ZH901,纸,4\nzh902,笔,5\n", name="again.csv"))
    stock = imported(boss, "stock", text(tmp_path, "Item,Warehouse,On hand\nZH901,MAIN,1\nＺＨ９０２,MAIN,2\n"))

    assert rows(boss, ITEM.c.code) == [("00456",), ("ZH901",), ("ZH902",)]
    assert (again.counts, stock.counts) == (Counts(changed=1, same=1), Counts(new=2))


def test_goods_without_a_code_get_one_of_their_own_and_keep_it(boss: Desk, tmp_path: Path) -> None:
    path = text(tmp_path, "名称,规格,条码,单价\n复印纸,A4,,25\n复印纸,A3,,50\n中性笔,,725272730706,2\n")

    counts = [imported(boss, "items", path).counts for _time in range(2)]

    assert counts == [Counts(new=3), Counts(same=3)]
    assert rows(boss, ITEM.c.code, ITEM.c.spec) == [("0725272730706", ""), ("FYZ", "A4"), ("FYZ-2", "A3")]


def test_two_spellings_of_a_code_in_one_file_are_one_key(boss: Desk, tmp_path: Path) -> None:
    planned = plan(boss, "items", text(tmp_path, "Item code,Name,Price\nＺＨ９０１,Wide,4\nZH901,Narrow,4\n"))

    assert said(planned) == {(2, "FIL-1", "Item code"), (3, "FIL-1", "Item code")}


def test_a_bar_code_of_two_items_is_told_at_import_and_asked_about_after(boss: Desk, tmp_path: Path) -> None:
    a_warehouse(boss)
    head = "Item code,Name,Price,Bar code\n"
    planned = imported(boss, "items", text(tmp_path, head + "B1,Pen,2,6901234567892\nB2,Ink,3,06901234567892\n"))
    told = [(problem.row, problem.column, problem.message) for problem in planned.problems.remarks.first(9)]
    shelf = plan(boss, "stock", text(tmp_path, "Item,Warehouse,On hand\n6901234567892,MAIN,1\n", name="stock.csv"))

    assert told == [
        (2, "Bar code", "is the bar code of B2 too: a scan will ask which is meant"),
        (3, "Bar code", "is the bar code of B1 too: a scan will ask which is meant"),
    ]
    assert [problem.message for problem in shelf.problems.first(9)] == ["is the bar code of several items: B1, B2"]


def test_of_rows_with_one_key_and_other_values_none_is_taken_however_often_they_are_fed(
    boss: Desk, tmp_path: Path
) -> None:
    path = text(tmp_path, "Item code,Name\nA1,Pen\na1,Pen\nA1,Ink\nA2,Clip\nA1,Pen\n")

    planned = plan(boss, "items", path)
    bad_rows(planned, tmp_path / "bad.csv")
    commit(boss, planned, keep_good=True)
    again = plan(boss, "items", tmp_path / "bad.csv")
    commit(boss, again, keep_good=True)

    assert said(planned) == {(row, "FIL-1", "Item code") for row in (2, 3, 4, 6)}
    assert (planned.good_rows, planned.counts, again.good_rows) == (1, Counts(new=1), 0)
    assert rows(boss, ITEM.c.code, ITEM.c.name) == [("A2", "Clip")]


def test_a_row_refused_for_its_key_says_which_key(boss: Desk, tmp_path: Path) -> None:
    head = "Item,Warehouse,On hand\n"
    bad_rows(plan(boss, "stock", text(tmp_path, head + "A1,MAIN,7\nA1,MAIN,8\n")), tmp_path / "bad.csv")

    told = [row[3] for row in cells(tmp_path / "bad.csv")]
    assert [each.split(":")[0] for each in told] == ["Item, Warehouse A1 MAIN"] * 2


@pytest.mark.parametrize("history", [False, True])
def test_good_bad_and_left_out_rows_are_all_rows(boss: Desk, tmp_path: Path, history: bool) -> None:
    a_customer(boss, "C100001")
    an_item(boss, "A1", price="2.00", stock=9)
    table = "Order,Date,Customer,Item,Qty,Price\n1,2026-10-01,C100001,A1,3,2\n1,2026-10-01,C100001,A9,3,2\n"
    table += "2,2026-10-01,C100001,A1,3,2\n3,2026-10-01,X,A1,3,2\n4,some day,C100001,A1,3,2\nx,,,,,\n"
    mapping = 'kind = "orders"\n[fields]\nnumber = "Order"\ndate = "Date"\ncustomer = "Customer"\nitem = "Item"\n'
    mapping += 'quantity = "Qty"\nprice = "Price"\n[[skip]]\ncolumn = "Order"\nis = "x"\nreason = "the foot"\n'

    planned = plan(boss, "orders", text(tmp_path, table), text(tmp_path, mapping, name="m.toml"), history=history)

    assert (planned.rows, planned.good_rows, len(planned.problems), planned.left_out) == (6, 1, 4, 1)


def test_stock_becomes_what_was_counted(boss: Desk, tmp_path: Path) -> None:
    item = an_item(boss, "A1", stock=10)
    a_warehouse(boss, "EAST", "sibling")
    head = "Item,Warehouse,On hand,On order,Expected date\n"
    path = text(tmp_path, head + "A1,MAIN,7,20,2026-11-30\nA1,east,0,,\n")

    counts = [imported(boss, "stock", path).counts for _time in range(2)]

    assert counts == [Counts(new=1, changed=1), Counts(same=2)]
    with boss.reading() as session:
        found = [(shelf.warehouse, shelf.on_hand, shelf.expected) for shelf in shelves(session, [item])[item]]
    assert found == [("Main", 7, 20), ("East", 0, 0)]


def test_a_count_below_what_is_reserved_is_written_and_its_newest_orders_wait(boss: Desk, tmp_path: Path) -> None:
    a_customer(boss)
    item = an_item(boss, "A1", stock=60)
    first, second = (agreed(boss, a_draft(("A1", pieces), note=str(pieces))) for pieces in (20, 30))

    planned = imported(boss, "stock", text(tmp_path, "Item,Warehouse,On hand\nA1,MAIN,25\n"))

    told = [(each.row, each.rule, each.message) for each in planned.problems.remarks.first(9)]
    assert told == [(2, "STK-6", f"is 25 less than is reserved; these orders will wait: {second.number}")]
    with boss.reading() as session:
        assert [(shelf.on_hand, shelf.reserved) for shelf in shelves(session, [item])[item]] == [(25, 25)]
    short = [by_number(boss, each.number).lines[0].short for each in (first, second)]
    with boss.reading() as session:
        assert (short, discrepancies(session)) == ([0, 25], [])


def test_a_stock_file_says_where_goods_lie_and_one_without_places_leaves_them(boss: Desk, tmp_path: Path) -> None:
    item = an_item(boss, "A1", stock=10)
    placed = text(tmp_path, "Item,Warehouse,On hand,货位\nA1,MAIN,10, A-03-2 \n")
    counts = [imported(boss, "stock", placed).counts for _time in range(2)]
    imported(boss, "stock", text(tmp_path, "Item,Warehouse,On hand\nA1,MAIN,9\n", name="count.csv"))
    assert counts == [Counts(changed=1), Counts(same=1)]
    with boss.reading() as session:
        assert list(places(session, [item]).values()) == ["A-03-2"]


def test_stock_of_unknown_things_is_a_problem(boss: Desk, tmp_path: Path) -> None:
    an_item(boss, "A1", stock=10)
    path = text(tmp_path, "Item,Warehouse,On hand\nA9,MAIN,7\nA1,MOON,7\nA1,MAIN,-1\n")

    assert said(plan(boss, "stock", path)) == {(2, "CAT-2", "Item"), (3, "STK-1", "Warehouse"), (4, "STK-1", "On hand")}


def test_a_warehouse_that_says_its_kind_is_added(boss: Desk, tmp_path: Path) -> None:
    item = an_item(boss, "A1")

    imported(boss, "stock", text(tmp_path, "Item,Warehouse,Warehouse kind,On hand\nA1,SHOP-1,门店,7\n"))

    with boss.reading() as session:
        assert [(shelf.kind, shelf.on_hand) for shelf in shelves(session, [item])[item]] == [("shop", 7)]


def test_prices_of_every_kind_come_in_once(boss: Desk, tmp_path: Path) -> None:
    an_item(boss, "A1", price="3.00")
    a_customer(boss, "C100001")
    head = "Item,Price kind,Customer,Quantity,Price,From,Until\n"
    path = text(
        tmp_path,
        head + "A1,目录价,,,2.80,,\nA1,协议价,C100001,,2.2,2026-01-01,\nA1,break,,12,2.5,,\n"
        "A1,促销,,,2.6,2026-11-01,2026-11-30\n",
    )

    counts = [imported(boss, "prices", path).counts for _time in range(2)]

    assert counts == [Counts(new=3, changed=1), Counts(same=4)]


def test_prices_for_nobody_and_nothing_are_problems(boss: Desk, tmp_path: Path) -> None:
    an_item(boss, "A1")
    path = text(tmp_path, "Item,Customer,Price\nA9,,2\nA1,C9,2\n")

    assert said(plan(boss, "prices", path)) == {(2, "CAT-3", "Item"), (3, "CAT-3", "Customer")}


HISTORY = "Order,Date,Customer,Item,Qty,Price\n7,2026-10-01,C100001,A1,3,2.00\n7,2026-10-01,C100001,A2,1,5.50\n"


def test_past_orders_come_in_closed_and_feed_usual_items(boss: Desk, tmp_path: Path) -> None:
    a_customer(boss)
    an_item(boss, "A1")
    an_item(boss, "A2")
    path = text(tmp_path, HISTORY)

    counts = [imported(boss, "orders", path, history=True).counts for _time in range(2)]

    assert counts == [Counts(new=1), Counts(same=1)]
    assert [str(total) for (total,) in rows(boss, ORDER.c.total)] == ["11.50"]
    assert rows(boss, ORDER.c.number, ORDER.c.state) == [("7", "closed")]
    assert rows(boss, USUAL.c.pieces, USUAL.c.orders) == [(1, 1), (3, 1)]


@pytest.mark.parametrize("bad", ["7,2026-10-01,C100001,A9,1,1", "7,2026-10-01,C100001,A1,0,1", "7,2026-10-01,C100001"])
def test_one_bad_row_holds_its_whole_order_back(boss: Desk, tmp_path: Path, bad: str) -> None:
    a_customer(boss)
    an_item(boss, "A1")
    an_item(boss, "A2")
    other = "8,2026-10-02,C100001,A1,1,2.00\n"

    planned = plan(boss, "orders", text(tmp_path, f"{HISTORY}{bad}\n{other}"), history=True)
    commit(boss, planned, keep_good=True)

    assert (sorted(planned.problems.bad_rows), rows(boss, ORDER.c.number)) == ([2, 3, 4], [("8",)])


def test_a_number_given_twice_still_makes_two_orders(boss: Desk, tmp_path: Path) -> None:
    a_customer(boss, "C100001")
    a_customer(boss, "C100002")
    an_item(boss, "A1")
    mapping = 'kind="orders"\nkey=["number","customer"]\n[fields]\nnumber="n"\ndate="d"\ncustomer="c"\n'
    mapping += 'item="i"\nquantity="q"\namount="a"\n'
    table = "n,d,c,i,q,a\n7,2026-10-01,C100001,A1,1,1\n7,2026-10-02,C100002,A1,3,10\n"

    imported(boss, "orders", text(tmp_path, table), history=True, mapping=text(tmp_path, mapping, name="m.toml"))

    assert rows(boss, ORDER.c.number) == [("7/C100001",), ("7/C100002",)]
    assert [(q, str(p), str(a)) for q, p, a in rows(boss, LINE.c.quantity, LINE.c.price, LINE.c.amount)] == [
        (1, "1.00", "1.00"),
        (3, "3.33", "10.00"),
    ]


def test_web_orders_go_the_way_of_every_order_and_come_in_once(boss: Desk, tmp_path: Path) -> None:
    a_customer(boss)
    an_item(boss, "A1", stock=9)
    path = text(tmp_path, "订单号,日期,客户,商品编码,数量,渠道\nW1,2026-11-23,C100001,A1,3,网站\n")

    counts = [imported(boss, "orders", path).counts for _time in range(2)]

    assert counts == [Counts(new=1), Counts(same=1)]
    found = rows(boss, ORDER.c.number, ORDER.c.state, ORDER.c.channel, ORDER.c.contact, ORDER.c.address)
    assert found == [("SO20261123-0001", "confirmed", "web", "王芳", "张江路88号")]


def test_what_the_review_would_stop_is_a_problem_of_its_row(boss: Desk, tmp_path: Path) -> None:
    a_customer(boss, "C100001")
    a_customer(boss, "C100002", blocked="twice unpaid")
    an_item(boss, "A1", stock=9)
    head = "Order,Date,Customer,Item,Qty\n"
    lines = "W1,2026-11-23,C100001,A1,3\nW1,2026-11-23,C100001,A9,3\nW2,2026-11-23,C100002,A1,1\nW3,2026-11-23,X,A1,1\n"

    planned = plan(boss, "orders", text(tmp_path, head + lines))

    assert {row for row, _rule, _column in said(planned)} == {2, 3, 4, 5}
    assert {(4, "CUS-11", "Customer"), (5, "CUS-2", "Customer")} <= said(planned)
    assert planned.counts == Counts()


def test_the_write_is_one_transaction(boss: Desk, tmp_path: Path) -> None:
    planned = plan(boss, "items", text(tmp_path, "Item code,Name\nA1,Pen\nA2,Ink\n"))

    def broken(_stage: str, _done: int, _about: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        commit(boss, planned, progress=broken)

    with boss.reading() as session:
        assert session.connection().execute(select(func.count()).select_from(ITEM)).scalar() == 0


HEADERS = {
    "customers": "Name,Territory",
    "items": "Code,Name",
    "stock": "Item,Warehouse,On hand",
    "prices": "Item,Price",
}


@pytest.mark.parametrize("kind", HEADERS)
def test_an_agent_does_not_import_master_data(desk: Desk, tmp_path: Path, kind: str) -> None:
    header = HEADERS[kind]

    with pytest.raises(Refused) as refused:
        plan(desk, kind, text(tmp_path, f"{header}\n{',1' * header.count(',')}\n"))

    assert refused.value.rule == "USR-2"


EVERY_KIND = HEADERS | {
    "receipts": "Code,Quantity",
    "orders": "订单号,日期,客户,商品编码,数量,渠道",
    "calls": "主叫号码,开始时间,接听时间,结束时间",
}


@pytest.mark.parametrize(("kind", "history"), [*((kind, False) for kind in IMPORTED), ("orders", True)])
def test_who_lost_the_right_while_a_file_was_read_does_not_write_it(
    boss: Desk, tmp_path: Path, kind: str, history: bool
) -> None:
    """Rights are proven again where it is written, whoever looked at the dry run (USR-1, USR-2)."""
    planned = plan(boss, kind, text(tmp_path, f"{EVERY_KIND[kind]}\nno such\n"), history=history)

    with pytest.raises(Refused) as refused:
        commit(as_role(boss, "service_tech"), planned, keep_good=True)

    assert refused.value.rule == "USR-2"


def test_a_dry_run_of_web_orders_is_proven_like_any_act(desk: Desk, tmp_path: Path) -> None:
    boss, lin = a_user(desk, "boss", "admin"), a_user(desk, "lin")
    a_customer(desk)
    an_item(desk, "A1", stock=9)
    path = text(tmp_path, "订单号,日期,客户,商品编码,数量,渠道\nW1,2026-11-23,C100001,A1,3,网站\n")
    assert plan(lin, "orders", path).counts == Counts(new=1)
    end_sign_ins(boss, "lin")

    with pytest.raises(SignedOut):
        plan(lin, "orders", path)


def test_a_mapping_that_comes_with_the_program_is_found_by_its_name(boss: Desk, tmp_path: Path) -> None:
    path = text(
        tmp_path, "Customer ID,Customer Name,Segment,City,State,Postal Code,Country,Region\nA,B,Corporate,,,,,N\n"
    )

    planned = plan(boss, "customers", path, Path("us-superstore-customers"))

    assert planned.counts == Counts(new=1)


def test_another_kind_is_refused(boss: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        plan(boss, "users", tmp_path)

    assert refused.value.rule == "FIL-1"
