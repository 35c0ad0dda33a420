"""The main job on a real terminal: sign in, find the caller, five lines, confirm, read back, at any typing speed."""

from __future__ import annotations

from pathlib import Path

import pytest

from ordersdesk.calls.queries import unfinished
from ordersdesk.delivery.slips.allocating_actions import Order, allocate
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.book.queries import Filter, page
from tests.builders import a_draft, agreed, as_role
from tests.screens.intake import CODES
from tests.terminal.desk_home import a_home
from tests.terminal.harness import Terminal, python

SIGN_IN = "lin<Enter>demo1234<Enter>"
LINES = "".join(f"{code}<Enter>{number + 1}<Enter>" for number, code in enumerate(CODES))


def a_desk(home: Path) -> Terminal:
    return Terminal(python("-m", "ordersdesk.cli", "--home", str(home), "desk"), home=home, size=(100, 30))


def lines(desk: Desk) -> list[list[tuple[str, int]]]:
    found = [by_number(desk, entry.number) for entry in page(desk, Filter())]
    return [[(line.code, line.quantity) for line in order.lines] for order in found]


@pytest.mark.parametrize("gap", [0.0, 0.015, 0.030])
def test_an_order_typed_by_heart_from_sign_in_to_read_back_is_the_order_meant(tmp_path: Path, gap: float) -> None:
    desk = a_home(tmp_path)
    with a_desk(tmp_path) as terminal:
        terminal.type(f"{SIGN_IN}<F2>8000<Enter>{LINES}<F9><F9>", gap=gap)
        terminal.wait_for("Read it back", "kept: ‹F9›")
        terminal.press("<Ctrl+R>", until="is done.")
    assert lines(desk) == [[(code, number + 1) for number, code in enumerate(CODES)]]


def test_a_new_caller_typed_by_heart_becomes_a_customer_with_an_order(tmp_path: Path) -> None:
    desk = a_home(tmp_path)
    with a_desk(tmp_path) as terminal:
        terminal.type(f"{SIGN_IN}<F2>13912345678<Enter>")
        terminal.type(
            "新星文具<Enter>李明<Enter><Enter>上海市世纪大道1号<Enter>浦东<Enter>A4-80<Enter>3<Enter><F9>", gap=0.005
        )
        terminal.wait_for("Read it back")
        terminal.press("<F9>", until="is done.")
    head = by_number(desk, page(desk, Filter())[0].number).head
    assert (head.customer_name, head.contact, head.phone, head.address) == (
        "新星文具", "李明", "13912345678", "上海市世纪大道1号",
    )  # fmt: skip


def test_a_slip_scanned_in_the_middle_of_a_line_opens_and_the_line_goes_on(tmp_path: Path) -> None:
    desk = a_home(tmp_path)
    agreed(desk, a_draft(("A4-80", 3), customer="C000001", address="上海市张江路88号"))
    order = page(desk, Filter())[0].number
    slip = allocate(as_role(desk, "order_group"), Order(numbers=(order,))).made[0].slip
    with a_desk(tmp_path) as terminal:
        terminal.type(f"{SIGN_IN}<F2>8000<Enter>A4-80<Enter>1{slip}<Enter><F3>2<Enter>HB", gap=0.003)
        terminal.wait_for("Item HB", "120.00")


def test_a_killed_desk_offers_the_intake_as_it_was(tmp_path: Path) -> None:
    desk = a_home(tmp_path)
    with a_desk(tmp_path) as terminal:
        terminal.type(f"{SIGN_IN}<F2>8000<Enter>A4-80<Enter>3<Enter>PEN-1<Enter>12")
        terminal.wait_for("Item PEN-1", "Quantity 12", "30.00")
        terminal.kill()
    with a_desk(tmp_path) as terminal:
        terminal.type(SIGN_IN)
        terminal.wait_for("Unfinished", "明远办公")
        terminal.type("<Enter>")
        terminal.wait_for("Item PEN-1", "Quantity 12", "30.00")
        terminal.type("<Enter>")
        terminal.wait_for("132.00")
        terminal.press("<F9>", until="Read it back")
        terminal.press("<F9>", until="is done.")
    assert lines(desk) == [[("A4-80", 3), ("PEN-1", 12)]]
    assert unfinished(as_role(desk, "agent", login="lin")) == []
