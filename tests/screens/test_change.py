"""Changing an order on the screen: old and new side by side, then asked for or applied (CHG-1 … CHG-5)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from ordersdesk.foundation.desk import Desk
from ordersdesk.orders import change_queries, queries
from ordersdesk.orders.actions import submit
from screens.change.change_lines import ChangeLines
from screens.change.screen import ChangeScreen
from screens.order.screen import OrderScreen
from tests.builders import a_customer, a_draft, an_item
from tests.screens.acting import screen_text, settled, type_keys, wait_for, wait_until
from tests.screens.seated import desk_of, seated

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
REQUEST = "CH20261123-0001"


@asynccontextmanager
async def changing(
    desk: Desk, home: Path, *, size: tuple[int, int] = (80, 24), keys: str = "h"
) -> AsyncIterator[tuple[Pilot[int], str]]:
    """An order of 20 × 25.00 and 10 × 1.50, confirmed, opened to be changed."""
    a_customer(desk)
    an_item(desk, "A4-80", stock=100, name="Paper [/] 80g")
    an_item(desk, "PEN", price="1.50", stock=1000)
    an_item(desk, "PEN-RED", price="1.50", stock=1000)
    number = submit(desk, a_draft(("A4-80", 20), ("PEN", 10))).number
    async with seated(desk, home, size=size) as pilot:
        await desk_of(pilot).show_order(number)
        await wait_for(pilot, "Paper [/]")
        await type_keys(pilot, keys)
        await settled(pilot)
        yield pilot, number


def story(desk: Desk, number: str) -> list[str]:
    return [row.verb for row in queries.by_number(desk, number).story]


async def test_a_new_quantity_shows_old_and_new_while_it_is_typed(desk: Desk, tmp_path: Path) -> None:
    async with changing(desk, tmp_path) as (pilot, number):
        before = story(desk, number)
        await type_keys(pilot, "22")
        await wait_for(
            pilot, "20 包", "22_", "+50.00", "515.00", "565.00", "minor: The total changes by only 50.00. (CHG-2)",
            "team leader",
        )  # fmt: skip
        assert story(desk, number) == before
