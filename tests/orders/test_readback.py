"""What is said aloud when an order is read back (JOY-1)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ordersdesk.catalogue.tables import ItemUnit
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import translator
from ordersdesk.orders.book import page_queries
from ordersdesk.orders.book.readback import aloud, sentences
from ordersdesk.orders.entry.actions import submit
from ordersdesk.orders.terms.draft import DraftLine
from ordersdesk.stock.rules import Shortage
from tests.builders import a_customer, a_draft, an_item


def test_what_comes_later_is_said_with_the_line_in_the_callers_language(desk: Desk) -> None:
    a_customer(desk)
    an_item(desk, stock=3)
    line = DraftLine(item="A4-80", quantity=5, shortage=Shortage.PARTIAL)
    number = submit(desk, a_draft(lines=(line,))).number
    order = page_queries.by_number(desk, number)
    english, chinese = (sentences(order, code, plan=desk.policy.phones) for code in ("en", "zh_CN"))
    assert (english[1], chinese[1]) == (
        "5 包 复印纸 A4-80, 25.00 for each 包. 2 包 of them come later.",
        "复印纸 A4-80，5 包，每包 25 元。其中 2 包到货后再给您补送。",
    )


def test_an_order_is_read_back_as_one_says_it_on_the_phone(desk: Desk) -> None:
    a_customer(desk)
    pen = {"name": "中性笔", "spec": "0.5mm", "brand": "墨舟", "model": "G05", "unit": "支", "price": "3.05"}
    item_id = an_item(desk, "G05", stock=600, **pen)
    desk.database.write(lambda session: session.add(ItemUnit(item_id=item_id, name="盒", factor=12)))
    number = submit(desk, a_draft(("G05", "5盒"), invoice="ordinary")).number
    order = page_queries.by_number(desk, number)
    assert sentences(order, "zh_CN", plan=desk.policy.phones, today=date(2026, 11, 23)) == [
        "我跟您核对一下订单。",
        "墨舟 中性笔 0.5mm G05，5 盒，共 60 支，每支 3 元零 5 分。",
        "货到付款，一共 183 元。",
        "发票随货（普通发票）。",
        "送到张江路88号，收货人王芳，电话 13800138000。",
        "我们明天（11月24号星期二）给您送到。",
        f"您的订单号是 {number}。感谢您的订购，再见。",
    ]


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("250", "250 元"), ("916.80", "916 元 8 角"), ("12.56", "12 元 5 角 6 分"), ("3.05", "3 元零 5 分"),
        ("0.50", "5 角"), ("0.05", "5 分"), ("0", "0 元"), ("1234.00", "1,234 元"),
    ],
)  # fmt: skip
def test_money_is_said_as_one_says_it(amount: str, said: str) -> None:
    assert aloud(Decimal(amount), translator("zh_CN")) == said


def test_in_english_money_is_said_as_it_is_written() -> None:
    amounts = ("250", "916.80", "12.56", "3.05", "0.50", "0.56", "0.05")
    assert [aloud(Decimal(amount), translator("en")) for amount in amounts] == [
        "250.00", "916.80", "12.56", "3.05", "0.50", "0.56", "0.05",
    ]  # fmt: skip
