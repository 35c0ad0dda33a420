"""Credit on a customer's page: what is open and left, who asks for more, who reviews it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ordersdesk.credit.queries import credit_of, leads
from ordersdesk.foundation.desk import Desk
from tests.builders import a_customer
from tests.credit.making import TODAY, a_regular
from tests.screens.acting import screen_text, type_keys, wait_for
from tests.screens.seated import desk_of, seated

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

ACCOUNT: dict[str, Any] = {
    "terms": "account", "credit_limit": Decimal(10000), "credit_days": 30, "opening_balance": Decimal(2500),
}  # fmt: skip


async def test_the_page_says_what_is_open_and_left_and_when_it_is_reviewed(desk: Desk, tmp_path: Path) -> None:
    who = a_customer(desk, **ACCOUNT, credit_review_on=date(2027, 5, 23))
    async with seated(desk, tmp_path, size=(140, 30)) as pilot:
        await desk_of(pilot).show_customer(who)
        await wait_for(pilot, "monthly account, limit 10,000.00, 30 days", "2,500.00, 7,500.00 left", "Next review")
        assert "C Credit" not in screen_text(pilot.app)


async def test_a_lapsed_account_says_so(desk: Desk, tmp_path: Path) -> None:
    who = a_customer(desk, **ACCOUNT, credit_review_on=TODAY - timedelta(days=31))
    async with seated(desk, tmp_path) as pilot:
        await desk_of(pilot).show_customer(who)
        await wait_for(pilot, "prepaid only: the review was missed")


async def test_a_sales_rep_applies_from_the_page(desk: Desk, tmp_path: Path) -> None:
    a_regular(desk)
    async with seated(desk, tmp_path, "sales_rep", login="xu") as pilot:
        await desk_of(pilot).show_customer(1)
        await wait_for(pilot, "cash on delivery")
        await type_keys(pilot, "cplenty<Enter>")
        await wait_for(pilot, "(CUS-7)")
        await type_keys(pilot, "<Ctrl+U>20000<Enter>30<Enter>Pays well.<F9>")
        await wait_for(pilot, "CR20261123-0001 up to 20,000.00 is being decided")


async def test_finance_reviews_with_one_key(desk: Desk, tmp_path: Path) -> None:
    who = a_customer(desk, **ACCOUNT, credit_review_on=TODAY)
    async with seated(desk, tmp_path, "finance", login="fi") as pilot:
        await desk_of(pilot).show_customer(who)
        await wait_for(pilot, "monthly account")
        await type_keys(pilot, "c<F9>")
        await wait_for(pilot, "Saved.")
    assert credit_of(desk, "C100001").review_on == date(2027, 5, 23)


async def test_an_agent_passes_the_wish_for_credit_on(desk: Desk, tmp_path: Path) -> None:
    who = a_customer(desk)
    async with seated(desk, tmp_path) as pilot:
        await desk_of(pilot).show_customer(who)
        await wait_for(pilot, "cash on delivery")
        await type_keys(pilot, "cwants 30 days<Enter>")
        await wait_for(pilot, "Saved.")
    assert [(lead.number, lead.note) for lead in leads(desk)] == [("C100001", "wants 30 days")]
