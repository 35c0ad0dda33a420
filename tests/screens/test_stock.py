"""The stock check answers before Enter is pressed, and says the sentence for a quantity (STK-4, JOY-3)."""

from __future__ import annotations

from pathlib import Path

import pytest

from ordersdesk.foundation.desk import Desk
from ordersdesk.stock.leaving_actions import quarantine
from screens.stock.answers import page, read
from screens.stock.screen import StockScreen
from tests.builders import an_item, on_shelf
from tests.screens.acting import type_keys, wait_for
from tests.screens.seated import desk_of, seated

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_the_answer_follows_the_cursor(desk: Desk, tmp_path: Path) -> None:
    paper = an_item(desk, stock=8)
    on_shelf(desk, paper, 20, code="Pudong", kind="sibling")
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<F5>A4-80")
        assert isinstance(desk_of(pilot).screen, StockScreen)
        await wait_for(pilot, "1 now", "Pudong", "25.00 / 包  list price")


async def test_a_quantity_gives_the_sentence_to_say_and_enter_goes_on_to_the_next_item(
    desk: Desk, tmp_path: Path
) -> None:
    paper = an_item(desk, stock=8)
    on_shelf(desk, paper, 20, code="Pudong", kind="sibling")
    an_item(desk, "PEN-1", price="3.00", stock=100)
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<F5>A4-80<Enter>12<Enter>")
        await wait_for(pilot, "8 now, 4 more from Pudong")
        await type_keys(pilot, "PEN-1")
        await wait_for(pilot, "3.00 / 包  list price", "1 now")


async def test_typed_in_one_burst_the_quantity_belongs_to_the_item_just_found(desk: Desk, tmp_path: Path) -> None:
    an_item(desk, stock=8)
    an_item(desk, "PEN-1", stock=3)
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<F5>PEN-1<Enter>5<Enter>")
        await wait_for(pilot, "3 now, 2 must be ordered")


async def test_a_name_that_looks_like_markup_is_shown_as_it_is(desk: Desk, tmp_path: Path) -> None:
    an_item(desk, "EVIL", stock=1, name="[/] [@click=app.quit]x[/] \x1b[31m")
    async with seated(desk, tmp_path, size=(120, 40)) as pilot:
        await type_keys(pilot, "<F5>EVIL")
        await wait_for(pilot, "[/] [@click=app.quit]x[/] ␛[31m", "1 now")


def test_goods_set_aside_are_said_and_never_offered(desk: Desk) -> None:
    paper = an_item(desk, stock=8)
    desk.database.write(lambda session: quarantine(desk, session, [(paper, 1, 3)], "SL1"))
    told = read(desk, "A4-80", 10)
    assert told
    said = "\n".join("".join(text for text, _role in line) for line in page(told, 100))
    assert "8 now, 2 must be ordered" in said
    assert "3 back in Main and not inspected: not for sale" in said
