"""Changing an order on the screen: old and new side by side, then asked for or applied (CHG-1 … CHG-5)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from ordersdesk.changing import request
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts import language
from ordersdesk.orders.book import page_queries
from ordersdesk.orders.changes.queries import CHANGES, compare
from ordersdesk.orders.entry.actions import submit
from ordersdesk.orders.terms.change_draft import parsed
from screens.change.compare.change_lines import ChangeLines
from screens.change.compare.sides import lay
from screens.change.screen import ChangeScreen
from screens.order.screen import OrderScreen
from tests.builders import a_customer, a_draft, an_item
from tests.screens.acting import screen_text, settled, type_keys, wait_for, wait_until
from tests.screens.seated import desk_of, seated
from tests.screens.test_looks import SIZES_AND_LANGUAGES

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
REQUEST = "CH20261123-0001"


@asynccontextmanager
async def changing(
    desk: Desk, home: Path, *, size: tuple[int, int] = (80, 24), keys: str = "h", language_of: str = "en"
) -> AsyncIterator[tuple[Pilot[int], str]]:
    """An order of 20 × 25.00 and 10 × 1.50, confirmed, opened to be changed."""
    a_customer(desk)
    an_item(desk, "A4-80", stock=100, name="Paper [/] 80g")
    an_item(desk, "PEN", price="1.50", stock=1000)
    an_item(desk, "PEN-RED", price="1.50", stock=1000)
    number = submit(desk, a_draft(("A4-80", 20), ("PEN", 10))).number
    async with seated(desk, home, size=size, language=language_of) as pilot:
        await desk_of(pilot).show_order(number)
        await wait_for(pilot, "Paper [/]")
        await type_keys(pilot, keys)
        await settled(pilot)
        yield pilot, number


def story(desk: Desk, number: str) -> list[str]:
    return [row.verb for row in page_queries.by_number(desk, number).story]


async def test_a_new_quantity_shows_old_and_new_while_it_is_typed(desk: Desk, tmp_path: Path) -> None:
    async with changing(desk, tmp_path) as (pilot, number):
        before = story(desk, number)
        await type_keys(pilot, "22")
        await wait_for(
            pilot, "20 包", "22_", "+50.00", "515.00", "565.00", "minor: The total changes by only 50.00. (CHG-2)",
            "team leader",
        )  # fmt: skip
        assert story(desk, number) == before


def test_a_promise_that_moves_from_morning_to_afternoon_of_its_day_is_shown_as_moved(desk: Desk) -> None:
    a_customer(desk)
    an_item(desk, "A4-80", stock=100)
    number = submit(desk, a_draft(("A4-80", 20))).number
    same = compare(desk, parsed({"order": number, "reason": "asked", "note": "ring twice"}))
    moved = replace(same, old_part="morning", new_part="afternoon", new_promise="")
    told = ["".join(text for text, _role in line) for line in lay(moved, 100)]
    assert any("Tue 24 Nov morning" in line and "Tue 24 Nov afternoon" in line for line in told)


async def test_a_quantity_typed_with_a_reason_is_asked_for_and_the_order_waits(desk: Desk, tmp_path: Path) -> None:
    async with changing(desk, tmp_path) as (pilot, number):
        await type_keys(pilot, "21<Enter><F9>caller needs more<Enter>")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, OrderScreen))
        await wait_for(pilot, f"{REQUEST} waits for team leader: The total changes by only 25.00.")
        asked = CHANGES.read(desk, REQUEST)
        assert (asked.state, asked.reason) == ("asked", "caller needs more")
        assert asked.edits["lines"] == [{"position": 1, "quantity": "21"}]
        assert page_queries.by_number(desk, number).lines[0].quantity == 20


async def test_all_keys_typed_ahead_from_the_order_land_where_they_belong(desk: Desk, tmp_path: Path) -> None:
    keys = "h21<Enter>12<Enter>PEN-RED<Enter>3<Enter><F9>in one go<Enter>"
    async with changing(desk, tmp_path, keys=keys) as (pilot, _number):
        await wait_for(pilot, f"{REQUEST} waits for team leader")
        edits = CHANGES.read(desk, REQUEST).edits
        assert edits["lines"] == [{"position": 1, "quantity": "21"}, {"position": 2, "quantity": "12"}]
        assert edits["add"] == [{"item": "PEN-RED", "quantity": "3"}]


async def test_a_light_change_is_applied_at_once(desk: Desk, tmp_path: Path) -> None:
    async with changing(desk, tmp_path) as (pilot, number):
        await type_keys(pilot, "t<Enter><Enter>上海市张江路99号<Enter>")
        await wait_for(pilot, "张江路88号               上海市张江路99号", "none: F9 applies it at once")
        await type_keys(pilot, "<F9>moved<Enter>")
        await wait_for(pilot, f"{REQUEST} is applied.", "上海市张江路99号")
        assert page_queries.by_number(desk, number).head.version == 2


async def test_a_day_without_deliveries_is_refused_and_the_cursor_goes_to_the_day(desk: Desk, tmp_path: Path) -> None:
    async with changing(desk, tmp_path) as (pilot, _number):
        await type_keys(pilot, "t<Enter><Enter><Enter><Enter><Enter><Ctrl+U>11-28<Esc><F9>")
        await wait_for(pilot, "There is no delivery on Sat 28 Nov: not a working day. (DLV-3)")
        await type_keys(pilot, "11-25")
        await wait_for(pilot, "Deliver on      11-25", "As wished: Wed 25 Nov")


async def test_missing_goods_ask_at_once_how_the_rest_shall_come(desk: Desk, tmp_path: Path) -> None:
    async with changing(desk, tmp_path) as (pilot, _number):
        await type_keys(pilot, "130<Enter>")
        await wait_for(pilot, "100 here, 30 short", "1 what is here now, the rest later", "5 leave the rest out")
        await type_keys(pilot, "3<Enter>")
        await wait_for(pilot, "30 short: order the rest", "3,265.00", "branch GM")


async def test_a_quantity_that_is_none_is_refused_on_its_line_and_typed_anew(desk: Desk, tmp_path: Path) -> None:
    async with changing(desk, tmp_path) as (pilot, _number):
        await type_keys(pilot, "2箱<Enter>")
        await wait_for(pilot, "(CAT-1)")
        assert "-500.00 " not in screen_text(pilot.app).splitlines()[3]
        await type_keys(pilot, "19<Enter>")
        await wait_for(pilot, "490.00")
        assert "(CAT-1)" not in screen_text(pilot.app)


async def test_a_line_is_closed_short_with_its_reason_and_taken_back(desk: Desk, tmp_path: Path) -> None:
    async with changing(desk, tmp_path) as (pilot, _number):
        await type_keys(pilot, "<Down>snot needed<Enter>")
        await wait_for(pilot, "closed short", "-15.00", "500.00")
        await type_keys(pilot, "<Delete>")
        await wait_for(pilot, "Type a new quantity, add a line")
        assert "closed short" not in screen_text(pilot.app)


async def test_another_item_takes_the_place_of_one(desk: Desk, tmp_path: Path) -> None:
    async with changing(desk, tmp_path) as (pilot, _number):
        await type_keys(pilot, "<Down>oPEN-RED<Enter><F9>red ones<Enter>")
        await wait_for(pilot, f"{REQUEST} waits for team leader")
        assert CHANGES.read(desk, REQUEST).edits["lines"] == [{"position": 2, "item": "PEN-RED"}]


async def test_esc_goes_back_step_by_step_and_nothing_typed_is_lost(desk: Desk, tmp_path: Path) -> None:
    async with changing(desk, tmp_path) as (pilot, _number):
        await type_keys(pilot, "22<Enter>t<Enter>555<Esc>")
        assert isinstance(pilot.app.focused, ChangeLines)
        await type_keys(pilot, "<Esc>")
        await wait_for(pilot, "What was typed is kept: H shows it again.")
        await type_keys(pilot, "h")
        await wait_for(pilot, "What was typed before is here again", "22", "565.00", "555")


async def test_f9_on_nothing_changed_says_so(desk: Desk, tmp_path: Path) -> None:
    async with changing(desk, tmp_path) as (pilot, _number):
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "Nothing changes. (CHG-1)")
        assert isinstance(pilot.app.screen, ChangeScreen)


async def test_what_waits_is_shown_side_by_side_and_can_be_taken_back(desk: Desk, tmp_path: Path) -> None:
    async with changing(desk, tmp_path, keys="h21<Enter><F9>more<Enter>") as (pilot, number):
        await type_keys(pilot, "hv")
        await wait_for(
            pilot, f"Change request {REQUEST}", "Waits for team leader", "20 × A4-80", "21 × A4-80", "+25.00"
        )
        await type_keys(pilot, "xcaller called again<Enter>")
        await wait_for(pilot, "withdrawn; the order stays as it is.")
        assert story(desk, number)[-1] == "change withdrawn"


async def test_an_order_changed_underneath_is_read_again_and_the_typing_stays(desk: Desk, tmp_path: Path) -> None:
    async with changing(desk, tmp_path) as (pilot, number):
        await type_keys(pilot, "21<Enter>")
        request(desk, parsed({"order": number, "reason": "meanwhile", "contact": "李雷"}))
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "540.00", "21")
        await type_keys(pilot, "<F9>more<Enter>")
        await wait_for(pilot, "CH20261123-0002 waits for team leader")


async def test_what_the_customer_is_to_be_asked_is_said_yes_to_by_a_second_f9(desk: Desk, tmp_path: Path) -> None:
    async with changing(desk, tmp_path) as (pilot, _number):
        await type_keys(pilot, "t<Enter><Enter><Enter><Enter>VAT<Enter><F9>")
        await wait_for(pilot, "A VAT special invoice needs title and tax id", "F9 says yes.")
        await type_keys(pilot, "<F9>for the tax office<Enter>")
        await wait_for(pilot, f"{REQUEST} waits for team leader")


async def test_the_requests_of_an_order_are_gone_through_one_by_one(desk: Desk, tmp_path: Path) -> None:
    async with changing(desk, tmp_path) as (pilot, number):
        for contact in ("李雷", "韩梅"):
            request(desk, parsed({"order": number, "reason": f"ask for {contact}", "contact": contact}))
        await type_keys(pilot, "<Esc>hv")
        await wait_for(pilot, "Change request CH20261123-0002", "ask for 韩梅", "applied")
        await type_keys(pilot, "p")
        await wait_for(pilot, "Change request CH20261123-0001", "ask for 李雷", "N Next request")


async def test_in_review_a_change_is_free_and_applied_at_once(desk: Desk, tmp_path: Path) -> None:
    a_customer(desk)
    an_item(desk, "SAFE", price="26000.00", stock=5)
    number = submit(desk, a_draft(("SAFE", 2))).number
    async with seated(desk, tmp_path) as pilot:
        await desk_of(pilot).show_order(number)
        await wait_for(pilot, "in review")
        await type_keys(pilot, "h1<Enter><F9>one is enough<Enter>")
        await wait_for(pilot, f"{REQUEST} is applied: 52,000.00 → 26,000.00.")
        assert page_queries.by_number(desk, number).head.state == "confirmed"


async def test_the_language_can_be_changed_while_somebody_types(desk: Desk, tmp_path: Path) -> None:
    async with changing(desk, tmp_path) as (pilot, _number):
        await type_keys(pilot, "22<Ctrl+L>")
        await wait_for(pilot, "22_", "565.00", "合计", "组长")
        await type_keys(pilot, "0<Enter>")
        await wait_for(pilot, "220", "其余向供应商订")


WALK = (
    ("change, opened", "h"),
    ("change, typing", "130"),
    ("change, short", "<Enter>"),
    ("change, compared", "1<Enter>snot needed<Enter>"),
    ("change, terms", "t<Enter><Enter>上海市张江路99号<Enter>"),
    ("change, reason", "<F9>"),
    ("change, asked for", "caller asked<Enter>"),
    ("change request", "hv"),
)


@pytest.mark.parametrize(("size", "code"), SIZES_AND_LANGUAGES)
async def test_how_a_change_looks(
    desk: Desk, tmp_path: Path, snapshot: SnapshotAssertion, size: tuple[int, int], code: str
) -> None:
    language.use(code)
    async with changing(desk, tmp_path, size=size, keys="", language_of=code) as (pilot, _number):
        for place, keys in WALK:
            await type_keys(pilot, keys)
            await settled(pilot)
            assert screen_text(pilot.app) == snapshot(name=place)
