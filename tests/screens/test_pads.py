"""Handwritten slips on the screen: a few keys each, and what does not add up in a list (SLP-7)."""

from __future__ import annotations

from pathlib import Path

import pytest

from ordersdesk.delivery.pads.check_queries import pads_check
from ordersdesk.foundation.desk import Desk
from screens.pads.entering_screen import EnteringScreen, day_typed, is_document
from tests.delivery.papers import a_pad, a_slip, an_order, entered, finance
from tests.screens.acting import type_keys, wait_for, wait_until
from tests.screens.seated import desk_of, seated

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_a_slip_takes_its_number_what_it_belongs_to_and_its_amount(desk: Desk, tmp_path: Path) -> None:
    order = an_order(desk)
    a_slip(desk, order)
    a_pad(desk)
    async with seated(desk, tmp_path, "order_group", login="mei") as pilot:
        await desk_of(pilot).go_to("pads")
        await wait_for(pilot, "H0000001", "H0000050", "Zhao", "1 pad")
        await type_keys(pilot, "<Enter>computer<Enter><Enter><Enter>")
        await type_keys(pilot, "<Enter>SL20261123-0001<Enter>125<Enter>")
        await wait_for(pilot, "H0000001 is kept.", "SL20261123-0001", order)
        await type_keys(pilot, f"<Enter>{order.lower()}<Enter><Enter>")
        await wait_for(pilot, "H0000002 is kept. SL20261123-0001 has H0000001 already.")
        await type_keys(pilot, "2<Enter>Mingyuan<Enter><Enter>")
        await wait_for(pilot, "H0000002 was entered by Mei", "it all the same, as doubled.")
        assert len(pads_check(finance(desk)).doubled) == 0
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, "Mingyuan", "It is listed as doubled.")
        assert [one.about for one in pads_check(finance(desk)).doubled] == ["SL20261123-0001", "Mingyuan"]


async def test_the_check_list_pairs_and_the_list_issues(desk: Desk, tmp_path: Path) -> None:
    a_slip(desk, an_order(desk))
    a_pad(desk)
    entered(desk, "4", amount="7")
    async with seated(desk, tmp_path, "order_group", login="mei") as pilot:
        await desk_of(pilot).go_to("pads")
        await type_keys(pilot, "c")
        await wait_for(pilot, "1 unpaired", "H0000004", "明远", "computer down")
        await type_keys(pilot, "<Enter>")
        await wait_for(pilot, "Slip")
        await type_keys(pilot, "SL20261123-0001<Enter>")
        await wait_for(pilot, "H0000004 belongs to SL20261123-0001", "1 with another amount")
        await type_keys(pilot, "<Ctrl+L>")
        await wait_until(pilot, lambda: desk_of(pilot).area == "pads")
        await type_keys(pilot, "<Ctrl+L>cnmei<Enter>5<Enter><Enter>")
        await wait_for(pilot, "Mei has H0000051 to H0000055 now, sheets: 5.", "2 pads")
        assert not isinstance(desk_of(pilot).screen, EnteringScreen)


def test_a_day_is_typed_short_and_a_customer_in_words_is_no_document(desk: Desk) -> None:
    days = {"2026-11-02": "2026-11-02", "11-02": "2026-11-02", "２": "2026-11-02", "12/31": "2025-12-31"}
    assert {text: str(day_typed(text, desk.today())) for text in days} == days
    known = [is_document(text, "SO") for text in ("so20261123-0001", "ＳＬ20261123-0001", "Songjiang school", "SL")]
    assert known == [True, True, False, False]
