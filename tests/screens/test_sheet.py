"""The confirmation sheet on the screen: read, printed, sent, taken back (ORD-6)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.book import page_queries
from ordersdesk.orders.entry.actions import submit
from tests.builders import a_customer, a_draft, an_item
from tests.screens.acting import screen_text, type_keys, wait_for, wait_until
from tests.screens.seated import desk_of, seated

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@asynccontextmanager
async def reading(desk: Desk, home: Path) -> AsyncIterator[tuple[Pilot[int], str]]:
    """The sheet of an order that waits for it."""
    a_customer(desk, language="en")
    an_item(desk, stock=2)
    line = a_draft(("A4-80", 10)).lines[0].model_copy(update={"shortage": "purchase"})
    number = submit(desk, a_draft(lines=(line,))).number
    async with seated(desk, home, size=(90, 40)) as pilot:
        await desk_of(pilot).show_order(number)
        await wait_for(pilot, "Waits for agent: The confirmation sheet is to be back on Mon 23 Nov.")
        await type_keys(pilot, "p")
        await wait_for(pilot, "Order confirmation sheet", "Return by")
        yield pilot, number


async def test_the_sheet_is_read_on_the_screen(desk: Desk, tmp_path: Path) -> None:
    async with reading(desk, tmp_path) as (pilot, number):
        await wait_for(pilot, f"Confirmation sheet {number}", "明远办公", "250.00", "P PDF", "S Sent")
        assert "B Back" not in screen_text(pilot.app)


async def test_sent_and_back_the_order_is_confirmed(desk: Desk, tmp_path: Path) -> None:
    async with reading(desk, tmp_path) as (pilot, number):
        await type_keys(pilot, "sfax<Enter>")
        await wait_for(pilot, "The sheet is sent; the order is in review.")
        await type_keys(pilot, "b")
        await wait_for(pilot, "The sheet is returned; the order is confirmed.")
        assert page_queries.by_number(desk, number).head.state == "confirmed"


async def test_the_pdf_lies_in_the_folder(desk: Desk, tmp_path: Path) -> None:
    async with reading(desk, tmp_path) as (pilot, number):
        await type_keys(pilot, "p<Enter>")
        await wait_for(pilot, "Printed to")
        assert (tmp_path / "papers" / f"{number}.pdf").read_bytes()[:5] == b"%PDF-"


async def test_a_folder_that_is_not_there_is_refused_beside_its_field(desk: Desk, tmp_path: Path) -> None:
    async with reading(desk, tmp_path) as (pilot, _number):
        await type_keys(pilot, "p<Ctrl+U>/nowhere<Enter>")
        await wait_for(pilot, "cannot be written", "Choose a folder you may write to.")


async def test_esc_puts_the_question_away_and_then_the_sheet(desk: Desk, tmp_path: Path) -> None:
    async with reading(desk, tmp_path) as (pilot, _number):
        await type_keys(pilot, "s")
        await wait_for(pilot, "Sent by")
        await type_keys(pilot, "<Esc>")
        await wait_until(pilot, lambda: "Sent by" not in screen_text(pilot.app))
        await type_keys(pilot, "<Esc>")
        await wait_for(pilot, "Waits for agent")
