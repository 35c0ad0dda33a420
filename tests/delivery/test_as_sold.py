"""Goods are called on every paper as they were when they were sold, whatever planning writes of them later (SLP-2)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ordersdesk.catalogue.actions import edit_item
from ordersdesk.changing import request
from ordersdesk.deciding import grant
from ordersdesk.delivery.papers.slip_form import slips_of
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.book.readback import sentences
from ordersdesk.orders.sheets.form import sheet_of
from ordersdesk.orders.terms.change_draft import parsed
from ordersdesk.printing.devices.plain import text
from tests.builders import a_customer, an_item, as_role
from tests.delivery.building import allocated, an_order

SO, SL = "SO20261123-0001", "SL20261123-0001"


@pytest.fixture
def renamed(desk: Desk) -> Desk:
    """An order of ten, of an item that is called otherwise since."""
    a_customer(desk, "C100009")
    an_item(desk, stock=1000, brand="云笺", model="YJ-80", colour="白", spec="80g")
    an_order(desk, ("A4-80", 10), customer="C100009")
    renaming = {"brand": "晨光", "model": "CG-70", "colour": "米", "name": "打印纸", "spec": "70g"}
    edit_item(as_role(desk, "planning"), "A4-80", renaming)
    return desk


def slip(desk: Desk) -> str:
    allocated(desk, SO)
    return text(slips_of(desk, [SL])[0])


PAPERS: dict[str, Callable[[Desk], str]] = {
    "slip": slip,
    "sheet": lambda desk: text(sheet_of(desk, SO)),
    "read-back": lambda desk: " ".join(
        sentences(by_number(desk, SO), "zh_CN", plan=desk.policy.phones, today=desk.today())
    ),
}


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_calls_goods_as_they_were_sold(renamed: Desk, paper: str) -> None:
    said = PAPERS[paper](renamed)
    assert ([word for word in ("云笺", "YJ-80", "80g") if word not in said], "晨光" in said, "CG-70" in said) == (
        [], False, False,
    )  # fmt: skip


def test_more_of_the_same_goods_are_called_as_before_and_others_as_they_are_now(renamed: Desk) -> None:
    an_item(renamed, "B5", stock=10, brand="得力", model="DL-1", colour="蓝")
    lines = [{"position": 1, "quantity": 11}]
    more = {"order": SO, "reason": "more", "lines": lines, "add": [{"item": "B5", "quantity": 1}]}
    request(renamed, parsed(more))
    grant(as_role(renamed, "leader", login="over"), "change", "CH20261123-0001", seen_version=1)
    rows = [(row.name, row.brand, row.model, row.colour, row.quantity) for row in by_number(renamed, SO).lines]
    assert rows == [("复印纸 A4-80", "云笺", "YJ-80", "白", 11), ("复印纸 B5", "得力", "DL-1", "蓝", 1)]
