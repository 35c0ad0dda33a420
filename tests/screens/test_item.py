"""Planning at the desk: an item's page, its prices and its story (CAT-6)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ordersdesk.catalogue.actions import add_item
from ordersdesk.catalogue.pages.queries import page_of
from ordersdesk.catalogue.prices.actions import set_prices
from ordersdesk.foundation.desk import Desk
from screens.item.screen import ItemScreen
from tests.builders import a_customer, as_role
from tests.screens.acting import screen_text, type_keys, wait_for, wait_until
from tests.screens.seated import desk_of, seated

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def goods(desk: Desk) -> Desk:
    """Paper with a promotion, ink, and somebody to agree a price with."""
    a_customer(desk, size_class="key")
    planner = as_role(desk, "planning", login="cai")
    for code, name in (("A4-80", "复印纸"), ("INK-1", "墨盒 [/]")):
        add_item(planner, {"code": code, "name": name, "unit": "包", "list_price": Decimal("25.00")})
    days = {"start": date(2026, 11, 1), "end": date(2026, 12, 31)}
    set_prices(planner, [{"item": "A4-80", "price": Decimal("18.00"), **days}])
    return desk


async def test_everybody_reads_an_item_and_only_planning_has_keys(goods: Desk, tmp_path: Path) -> None:
    async with seated(goods, tmp_path) as pilot:
        await type_keys(pilot, "<F5>A4-80<Ctrl+F>")
        await wait_for(pilot, "Item A4-80", "promotion", "18.00", "running", "cai", "Price set")
        assert "Discontinue" not in screen_text(pilot.app)


async def test_planning_edits_and_the_story_says_so(goods: Desk, tmp_path: Path) -> None:
    async with seated(goods, tmp_path, "planning", size=(120, 40)) as pilot:
        await type_keys(pilot, "<F5>A4-80<Ctrl+F>")
        await wait_for(pilot, "Edit", "Discontinue")
        await type_keys(pilot, "e<Enter>Copy paper<F9>")
        await wait_for(pilot, "Saved.", "Lin  Changed English name: Copy paper")


async def test_a_price_is_agreed_with_a_customer(goods: Desk, tmp_path: Path) -> None:
    async with seated(goods, tmp_path, "planning", size=(120, 40)) as pilot:
        await type_keys(pilot, "<F5>A4-80<Ctrl+F>")
        await wait_for(pilot, "Discontinue")
        await type_keys(pilot, "pagreed<Enter>17<Enter>C100001<F9>")
        await wait_for(pilot, "Saved.", "agreed price", "17.00", "明远办公")


async def test_a_promotion_is_ended(goods: Desk, tmp_path: Path) -> None:
    async with seated(goods, tmp_path, "planning", size=(120, 40)) as pilot:
        await type_keys(pilot, "<F5>A4-80<Ctrl+F>")
        await wait_for(pilot, "Discontinue")
        await type_keys(pilot, "n<Enter><Enter>")
        await wait_for(pilot, "Saved.", "over", "Price ended")
    assert page_of(goods, "A4-80").prices[0].stands(goods.today()) == "over"


async def test_an_item_is_discontinued_with_its_replacement(goods: Desk, tmp_path: Path) -> None:
    async with seated(goods, tmp_path, "planning", size=(120, 40)) as pilot:
        await type_keys(pilot, "<F5>A4-80<Ctrl+F>")
        await wait_for(pilot, "Discontinue")
        await type_keys(pilot, "xNONE<Enter>")
        await wait_for(pilot, "cannot replace A4-80")
        await type_keys(pilot, "INK-1<Enter>")
        await wait_for(pilot, "No longer sold; instead: INK-1")


async def test_planning_adds_an_item(goods: Desk, tmp_path: Path) -> None:
    async with seated(goods, tmp_path, "planning", size=(120, 40)) as pilot:
        await type_keys(pilot, "<F5>PEN-9<Enter><Enter>签字笔<Enter><F9>")
        await wait_for(pilot, "Saved.")
        await type_keys(pilot, "<Ctrl+F>")
        await wait_until(pilot, lambda: isinstance(desk_of(pilot).screen, ItemScreen))
        await wait_for(pilot, "签字笔", "Lin", "Added")
